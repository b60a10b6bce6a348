import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openChannel } from '../../../main/adapters/control/channel.js';
import { controlPlace } from '../../../main/adapters/control/place.js';
import type { SliceMessage } from '../../../main/contract/slices.js';
import { CareenError } from '../../../main/domain/errors.js';
import { claim } from '../../../main/services/owner/claim.js';
import { OwnerClient } from '../../../main/services/owner/client.js';
import { LateServe } from '../../../main/services/owner/late-serve.js';
import { Owner, type Serve } from '../../../main/services/owner/owner.js';
import { testFolder } from '../../support/folder.js';

const answering: Serve = (name, params, client) => {
  if (name === 'echo') return Promise.resolve({ params, by: client.by, version: client.version });
  if (name === 'silent') return new Promise(() => undefined);
  if (name === 'defect') throw new Error('a defect');
  throw new CareenError('image-unknown', { reference: name });
};

/** A moment that a test lets come. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

async function part(home: string, by: 'app' | 'cli', serve: Serve = answering) {
  const made = await claim({
    place: controlPlace(home),
    self: { home, version: '1.2.3', by },
    serve,
  });
  onTestFinished(async () => {
    await made.close();
  });
  return made;
}

async function both(
  serve: Serve = answering,
): Promise<{ owner: Owner; client: OwnerClient; home: string }> {
  const home = await testFolder();
  const owner = await part(home, 'app', serve);
  const client = await part(home, 'cli');
  if (!(owner instanceof Owner) || !(client instanceof OwnerClient)) throw new Error('wrong parts');
  return { owner, client, home };
}

describe('owner and client', () => {
  it('say who they are, and commands get their answers', async () => {
    const { client } = await both();
    expect(client.owner).toMatchObject({ by: 'app', version: '1.2.3' });
    for (const params of [{ a: [1, null] }, [1, 2], 'text', null])
      expect(await client.call('echo', params)).toEqual({ params, by: 'cli', version: '1.2.3' });
  });

  it('carry a failure over by its code and values, and a defect as one', async () => {
    const { client } = await both();
    const failure = await client.call('nothing:1', {}).catch((e: unknown) => e);
    expect(failure).toBeInstanceOf(CareenError);
    expect(failure).toMatchObject({ code: 'image-unknown', details: { reference: 'nothing:1' } });
    await expect(client.call('defect', {})).rejects.toMatchObject({
      code: 'internal',
      details: { message: 'a defect' },
    });
  });

  it('tell a client of the slices that it follows, and of no other', async () => {
    const { owner, client } = await both();
    const heard: unknown[] = [];
    const stop = client.onSlice((message) => heard.push(message));
    const history: SliceMessage<'history'> = {
      engine: 'first',
      slice: 'history',
      version: 4,
      value: { head: [], more: false, read: true },
    };
    const run: SliceMessage<'run'> = {
      engine: 'first',
      slice: 'run',
      version: 5,
      value: { current: null, queued: 0, last: null, question: null, next: null, update: null },
    };
    owner.publish(history);
    expect(owner.follows('run')).toBe(false);
    await client.follow(['run']);
    expect(owner.follows('run')).toBe(true);
    owner.publish(history);
    owner.publish(run);
    await client.call('echo', null);
    expect(heard).toEqual([run]);
    stop();
    owner.publish(run);
    await client.call('echo', null);
    expect(heard).toHaveLength(1);
  });

  it('end a call that the owner does not live to answer', async () => {
    const { owner, client, home } = await both();
    const call = client.call('silent', {});
    await client.follow([]);
    await Promise.all([
      owner.close(),
      expect(call).rejects.toMatchObject({ code: 'home-lost', details: { home } }),
      client.closed,
    ]);
    await expect(client.call('echo', {})).rejects.toMatchObject({ code: 'owner-ended' });
    expect(await owner.stillMine()).toBe(false);
    await expect(owner.assertMine()).rejects.toMatchObject({ code: 'owner-ended' });
    expect(await part(home, 'app')).toBeInstanceOf(Owner);
  });

  it('let what is under way end, and serve meanwhile, before the home is given up', async () => {
    const first = gate();
    const { owner, client, home } = await both((name) =>
      name === 'long' ? first.opened.then(() => 'ended') : Promise.resolve(name),
    );
    const long = client.call('long', {});
    await client.call('sent after it', {});
    const drained = owner.drain();
    const other = await part(home, 'cli');
    if (!(other instanceof OwnerClient)) throw new Error('the home has two owners');
    expect(await other.call('short', {})).toBe('short');
    expect(owner.busy).toBe(true);
    expect(await owner.stillMine()).toBe(true);
    first.open();
    await drained;
    await owner.close();
    expect(await long).toBe('ended');
  });

  it('tell calls that an ending owner did not begin from those it did', async () => {
    let begun = 0;
    const { owner, client, home } = await both(() => Promise.resolve((begun += 1)));
    expect(await client.call('any', {})).toBe(1);
    await owner.drain();
    const late = client.call('late', {});
    const arriving = part(home, 'cli');
    const refused = expect(late).rejects.toMatchObject({ code: 'owner-ended', details: { home } });
    // Answered by nobody as long as the owner is ending, and then not as done.
    await Promise.race([late.catch(() => undefined), new Promise((r) => setImmediate(r))]);
    await Promise.all([owner.close(), refused]);
    expect(begun).toBe(1);
    expect(await arriving).toBeInstanceOf(Owner);
  });

  it('have early calls wait for what answers them', async () => {
    const answers = new LateServe();
    const { client } = await both(answers.serve);
    const early = client.call('early', 1);
    answers.begin((name, params) => Promise.resolve({ name, params }));
    expect(await early).toEqual({ name: 'early', params: 1 });
  });

  it('have early calls fail as what was to answer them failed', async () => {
    const answers = new LateServe();
    const { owner, client, home } = await both(answers.serve);
    const early = client.call('early', 1);
    const failed = expect(early).rejects.toMatchObject({ code: 'home-unwritable' });
    await client.follow([]);
    answers.fail(new CareenError('home-unwritable', { home, why: 'EROFS' }));
    await owner.drain();
    await Promise.all([owner.close(), failed]);
  });

  it('send an answer that was made before the owner closes', async () => {
    let owner: Owner | null = null;
    const ended = await both(async (_, params) => {
      setImmediate(() => void owner?.close());
      return Promise.resolve({ params, large: 'x'.repeat(300_000) });
    });
    owner = ended.owner;
    expect(await ended.client.call('last', 1)).toMatchObject({ params: 1 });
  });

  it('tell the owner when a client went away', async () => {
    let gone = Promise.reject<void>(new Error('no call came'));
    gone.catch(() => undefined);
    const { client } = await both((_, __, connected) => {
      gone = connected.closed;
      return Promise.resolve({});
    });
    await client.call('any', {});
    client.close();
    await gone;
  });

  it('do not work together across protocols', async () => {
    const { owner, home } = await both();
    const socket = connect(join(home, 'control.sock'));
    const end = { answer: () => Promise.resolve(null), noticed: () => undefined };
    const lost = () => new CareenError('home-lost', { home });
    const channel = openChannel(socket, end, lost);
    onTestFinished(() => channel.close());
    const greeting = { protocol: 999, version: '9.9.9', by: 'cli' };
    expect(await channel.call('hello', greeting)).toMatchObject({ protocol: 2, version: '1.2.3' });
    await expect(channel.call('echo', {})).rejects.toMatchObject({
      code: 'owner-other-version',
      details: { found: '9.9.9', own: '1.2.3' },
    });
    expect(await owner.stillMine()).toBe(true);
  });

  it('refuse an owner of another protocol', async () => {
    const home = await testFolder();
    const place = controlPlace(home);
    const own = await place.bind((socket) => {
      const hello = { protocol: 999, version: '9.9.9', by: 'app' };
      const end = { answer: () => Promise.resolve(hello), noticed: () => undefined };
      openChannel(socket, end, () => new CareenError('home-lost', { home }));
    });
    onTestFinished(() => own.close());
    expect(await own.publish()).toBe(true);
    await expect(part(home, 'cli')).rejects.toMatchObject({
      code: 'owner-other-version',
      details: { found: '9.9.9', own: '1.2.3' },
    });
  });

  it('end a conversation that is none', async () => {
    const { client, home } = await both();
    const socket = connect(join(home, 'control.sock'));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\nnonsense'.repeat(50));
    await closed;
    expect(await client.call('echo', 1)).toMatchObject({ params: 1 });
  });
});

describe('20 who claim a stale home at once', () => {
  it('make one owner and 19 clients of it, however their steps fall', async () => {
    for (let round = 0; round < 25; round++) {
      const home = await testFolder();
      const stale = await controlPlace(home).bind((socket) => socket.destroy());
      await stale.publish();
      await stale.close();
      const parts = await Promise.all(
        Array.from({ length: 20 }, (_, n) => part(home, 'cli', () => Promise.resolve(n))),
      );
      const clients = parts.filter((p) => p instanceof OwnerClient);
      expect(clients).toHaveLength(19);
      const owner = parts.findIndex((p) => p instanceof Owner);
      expect(new Set(await Promise.all(clients.map((c) => c.call('who', {}))))).toEqual(
        new Set([owner]),
      );
      for (const p of parts) if (p instanceof Owner) expect(await p.stillMine()).toBe(true);
      for (const p of parts) await p.close();
    }
  }, 60_000);
});
