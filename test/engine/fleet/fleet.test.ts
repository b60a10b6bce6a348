import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EngineRow } from '../../../main/contract/fleet.js';
import type { CommandContext } from '../../../main/services/commands/types.js';
import { TestCareen, type TestCareenOptions, unwilling } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { testPolicy } from '../../support/fleet.js';
import { loadImages } from '../../support/images.js';
import { afterFirstOutcome } from '../../support/in-the-middle.js';

const keepsAll = `version: 1
grace: 0s
remove: []
`;

/** Versions of a repository, of which all but the newest go by `testPolicy`. */
const load = (engine: TestEngine, repository: string, count: number) =>
  loadImages(
    engine,
    Array.from({ length: count }, (_, n) => ({
      refs: [`${repository}:${n}`],
      created: new Date(Date.UTC(2026, 9, 1 + n)).toISOString(),
      layers: ['busybox', { key: `${repository}-${n}`, kB: 100 }],
    })),
  );

const tagsOn = async (engine: TestEngine) =>
  (await engine.docker.listImages()).flatMap(({ RepoTags }) => RepoTags ?? []).sort();

describe('two engines', () => {
  let first: TestEngine;
  let second: TestEngine;
  let careen: TestCareen;

  beforeAll(async () => {
    // Two at once would make the same chains of iptables.
    first = await startEngine({ version: '26.1' });
    second = await startEngine({ version: '20.10' });
  });
  afterAll(async () => {
    await Promise.all([first.dispose(), second.dispose()]);
  });
  beforeEach(async () => {
    for (const engine of [first, second]) {
      if (!engine.running) await engine.start();
      for (const { Id } of await engine.docker.listImages())
        await engine.docker.getImage(Id).remove({ force: true });
    }
    await load(first, 'acme/one', 4);
    await load(second, 'acme/two', 4);
  });
  afterEach(async () => {
    await careen.close();
    expect(careen.reported).toEqual([]);
  });

  const open = async (options: Partial<TestCareenOptions> = {}) => {
    careen = await TestCareen.open({ socket: first.socket, policy: testPolicy, ...options });
    return careen;
  };

  /** Adds the second engine with a policy of its own; gives its key. */
  const add = async (policy: string | null = testPolicy) => {
    const { engine } = await careen.call('engines.add', { endpoint: second.url, name: 'cellar' });
    if (policy !== null) {
      await mkdir(join(careen.home, 'policies'), { recursive: true });
      await writeFile(join(careen.home, 'policies', `${engine}.yaml`), policy);
      await careen.call('plan.make', { policy: null }, engine);
    }
    return engine;
  };

  /** Nothing that is loaded here could be had again. */
  const clean = (key?: string) => careen.clean({ also: ['unrecoverable'] }, key);

  const row = (key: string): EngineRow => {
    const found = careen.slice('fleet').engines.find((one) => one.key === key);
    if (!found) throw new Error(`no row of ${key}`);
    return found;
  };

  it('each have a policy, a history and knowledge of their own', async () => {
    await open();
    const key = await add(keepsAll);
    const nothing = await clean(key);
    expect(nothing.removed).toEqual([]);
    const ran = await clean();
    expect(ran.removed).toHaveLength(3);
    expect(await tagsOn(second)).toHaveLength(4);
    expect(await careen.cleanRuns()).toMatchObject([{ runId: ran.runId }]);
    expect(await careen.cleanRuns(key)).toMatchObject([{ runId: nothing.runId }]);
    expect(careen.slice('images', key).upsert.flatMap(({ refs }) => refs)).toEqual(
      expect.arrayContaining(['acme/two:0']),
    );
    const { engines } = await careen.call('engines.list', {});
    expect(engines).toMatchObject([
      { key: 'first', state: 'found', endpoint: `unix://${await realpath(first.socket)}` },
      { key, name: 'cellar', state: 'found', policy: 'own', twinOf: [], canGoImages: 0 },
    ]);
    const files = await readdir(careen.home);
    expect(files.filter((name) => name.startsWith('knowledge-')).length).toBeGreaterThan(1);
    expect(files).toContain('engines.json');
  });

  it('can go by one policy', async () => {
    await open();
    const key = await add(keepsAll);
    await careen.call('engines.set', { engine: key, policy: 'shared' });
    expect((await clean(key)).removed).toHaveLength(3);
    expect(row(key).policy).toBe('shared');
  });

  it('go by one that does more by itself only once a person agrees', async () => {
    await open({ policy: `${testPolicy}update: { default: { mode: auto } }\n` });
    const key = await add(keepsAll);
    const share = { engine: key, policy: 'shared' } as const;
    const asked: unknown[] = [];
    const window: CommandContext = {
      ...unwilling,
      by: 'window',
      confirm: (_, of) => {
        asked.push(of);
        return Promise.resolve(false);
      },
    };
    const refused = { code: 'not-confirmed' };
    const shared = careen.careen.run('engines.set', share, window);
    await expect(shared).rejects.toMatchObject(refused);
    expect(row(key).policy).toBe('own');
    const edit = { path: 'mode', value: 'auto' };
    const own = careen.careen.run('policy.edit', edit, window, key);
    await expect(own).rejects.toMatchObject(refused);
    // Once both go by it, a change is asked about for both.
    await careen.call('engines.set', share);
    const both = careen.careen.run('policy.edit', edit, window, key);
    await expect(both).rejects.toMatchObject(refused);
    expect(asked).toEqual([['cellar'], ['cellar'], [row('first').name, 'cellar']]);
  });

  it('are both there again at the next start, and not once one is taken off', async () => {
    await open();
    const key = await add();
    await clean(key);
    const { home } = careen;
    await careen.close();
    await open({ home });
    expect(careen.slice('fleet').engines.map((one) => one.key)).toEqual(['first', key]);
    expect(await careen.cleanRuns(key)).toHaveLength(1);
    await careen.call('engines.remove', { engine: key });
    expect(careen.slice('fleet').engines.map((one) => one.key)).toEqual(['first']);
    await expect(careen.call('status', {}, key)).rejects.toMatchObject({ code: 'engine-unknown' });
    expect(await add(null)).toBe(key);
    expect(await careen.cleanRuns(key)).toHaveLength(1);
  });

  it('are never the same one twice', async () => {
    await open();
    await add();
    for (const endpoint of [first.url, second.url])
      await expect(careen.call('engines.add', { endpoint })).rejects.toMatchObject({
        code: 'engine-twice',
      });
    await expect(careen.call('engines.remove', { engine: 'first' })).rejects.toMatchObject({
      code: 'engine-first',
    });
  });

  it('wait for each other, and say so', async () => {
    let second: Promise<unknown> = Promise.resolve();
    let waited = '';
    await open({
      journalLog: afterFirstOutcome(async () => {
        second = clean(key);
        await careen.until('fleet', () => row(key).waitsFor !== null);
        waited = row(key).waitsFor ?? '';
      }),
    });
    const key = await add();
    const ran = await clean();
    await second;
    const [other] = await careen.cleanRuns(key);
    expect(waited).toBe('first');
    expect(other?.removed).toHaveLength(3);
    expect(other?.startedAt).toBeGreaterThanOrEqual(ran.endedAt ?? Infinity);
    await careen.until('fleet', () => row(key).waitsFor === null);
  });

  it('run together once a person says so', async () => {
    let during: unknown[] = [];
    await open({
      journalLog: afterFirstOutcome(async () => {
        await clean(key);
        during = await careen.cleanRuns(key);
      }),
    });
    const key = await add();
    await careen.call('engines.together', { together: true });
    expect((await clean()).removed).toHaveLength(3);
    expect(during).toMatchObject([{ outcome: 'done' }]);
  });

  it('stop neither each other when one is lost in the middle', async () => {
    let during: unknown[] = [];
    let lost: EngineRow | null = null;
    let other = Promise.resolve();
    await load(first, 'acme/many', 40);
    await open({
      journalLog: afterFirstOutcome(async () => {
        await first.kill();
        other = clean(key).then(async () => {
          during = await careen.cleanRuns(key);
          lost = row('first');
          await first.start();
        });
      }),
    });
    const key = await add();
    const ran = await clean();
    await other;
    expect(ran).toMatchObject({ outcome: 'done' });
    // What was being removed when the engine went may be found gone afterwards.
    expect(ran.failed).toEqual([]);
    expect(ran.removed.length + ran.skipped.length).toBe(42);
    expect(during).toMatchObject([{ outcome: 'done' }]);
    expect(lost).toMatchObject({ state: 'lost' });
    expect(await tagsOn(second)).toEqual(['acme/two:3']);
    careen.reported.length = 0;
  });

  it('of which one is not to be had leave the other as it is', async () => {
    await open();
    const key = await add();
    const { home } = careen;
    await careen.close();
    await second.kill();
    await open({ home });
    expect((await clean()).removed).toHaveLength(3);
    const { engines } = await careen.call('engines.list', {});
    expect(engines[1]).toMatchObject({ key, state: 'lost', error: { code: 'engine-refused' } });
    await second.start();
    await careen.call('engine.look', {}, key);
    expect((await clean(key)).removed).toHaveLength(3);
  });

  it('of which one accepts and never answers leave the other as it is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'careen-silent-'));
    const silent = createServer((socket) => socket.on('error', () => socket.destroy()));
    silent.listen(join(folder, 'docker.sock'));
    await once(silent, 'listening');
    await open();
    const { home } = careen;
    await careen.close();
    const one = {
      key: '00112233445566aa',
      name: 'silent',
      context: null,
      endpoint: `unix://${join(folder, 'docker.sock')}`,
      id: 'ID',
      policy: 'own',
      addedAt: 0,
    };
    const list = { version: 1, value: { together: false, engines: [one] } };
    await writeFile(join(home, 'engines.json'), JSON.stringify(list));
    await open({ home });
    const asked = careen.call('status', {}, one.key).catch((e: unknown) => e);
    expect((await clean()).removed).toHaveLength(3);
    // It may have been given up meanwhile.
    expect(row(one.key).state).not.toBe('found');
    await asked;
    expect(row(one.key)).toMatchObject({ state: 'lost', error: { code: 'engine-silent' } });
    silent.close();
  });

  it('are told apart when another one answers at an address', async () => {
    await open();
    const key = await add();
    const file = join(careen.home, 'engines.json');
    const { home } = careen;
    const { runId } = await clean(key);
    await careen.close();
    // As if it had ended before it had written that, and what was dismissed.
    const log = join(home, `journal-${key}-000001.jsonl`);
    const records = (await readFile(log, 'utf8')).split('\n').slice(0, -2);
    expect(records.at(-1)).toContain('"outcome"');
    const engineKey = String((JSON.parse(records[0] ?? '') as { engineKey: string }).engineKey);
    const moved = (text: string) => text.replace(/\|[^|]+\|/, '|OTHER|');
    records[0] = moved(records[0] ?? '');
    await writeFile(log, `${records.join('\n')}\n`);
    const dismissed = { engine: moved(engineKey), key: 'superseded x', weight: null, at: 1 };
    const dismissals = { version: 1, value: { dismissed: [dismissed] } };
    await writeFile(join(home, 'dismissed.json'), JSON.stringify(dismissals));
    await writeFile(file, (await readFile(file, 'utf8')).replace(/"id": "[^"]+"/, '"id": "OTHER"'));
    await open({ home });
    const { engines } = await careen.call('engines.list', {});
    expect(engines[1]).toMatchObject({ state: 'changed', error: { code: 'engine-replaced' } });
    await expect(clean(key)).rejects.toMatchObject({ code: 'engine-replaced' });
    await careen.call('engines.same', { engine: key });
    await careen.call('engines.list', {});
    expect(row(key).state).toBe('found');
    expect(await careen.cleanRuns(key)).toHaveLength(1);
    await expect
      .poll(async () => (await careen.cleanRuns(key)).map((run) => [run.runId, run.outcome]))
      .toEqual([[runId, 'done']]);
    const kept = await readFile(join(home, 'dismissed.json'), 'utf8');
    expect(kept).toContain(JSON.stringify(engineKey));
  });

  it('may be another one at an address: it is added in the place of the former', async () => {
    await open();
    const key = await add();
    const { home } = careen;
    await clean(key);
    await careen.close();
    const [former, id] = ['00112233445566aa', 'OTHER'];
    const file = join(home, 'engines.json');
    const list = (await readFile(file, 'utf8')).replace(key, former);
    await writeFile(file, list.replace(/"id": "[^"]+"/, `"id": "${id}"`));
    await open({ home });
    await expect(clean(former)).rejects.toMatchObject({ code: 'engine-replaced' });
    expect(await careen.call('engines.another', { engine: former })).toEqual({ engine: key });
    const { engines } = await careen.call('engines.list', {});
    expect(engines).toMatchObject([
      { key: 'first' },
      { key, name: 'cellar', state: 'found', policy: 'own' },
    ]);
    // What was kept of that one, from when it was in the list.
    expect(await careen.cleanRuns(key)).toHaveLength(1);
  });
});

describe('a home with one engine', () => {
  it('has no list, and keeps its files where they were', async () => {
    const engine = await startEngine();
    const home = await mkdtemp(join(tmpdir(), 'careen-home-'));
    const careen = await TestCareen.open({ socket: engine.socket, home, policy: testPolicy });
    await load(engine, 'acme/one', 3);
    await careen.clean({ also: ['unrecoverable'] });
    expect(careen.slice('fleet').engines).toMatchObject([{ key: 'first', state: 'found' }]);
    await careen.close();
    const files = await readdir(home);
    expect(files).toContain('journal-000001.jsonl');
    expect(files).not.toContain('engines.json');
    expect(files).not.toContain('policies');
    await engine.dispose();
  });

  it('asks which it is when another ID answers there, and does nothing until that is said', async () => {
    const engine = await startEngine();
    const home = await mkdtemp(join(tmpdir(), 'careen-home-'));
    const options = { socket: engine.socket, policy: testPolicy };
    let careen = await TestCareen.open({ ...options, home });
    const anew = async () => {
      await engine.stop();
      await rm(join(engine.dataRoot, 'engine-id'));
      await engine.start();
    };
    const knowledge = async () =>
      new Set(
        (await readdir(home)).flatMap((name) => /^knowledge-([0-9a-f]+)/.exec(name)?.[1] ?? []),
      );
    const state = () => careen.slice('fleet').engines[0]?.state;
    const clean = () => careen.clean({ also: ['unrecoverable'] });
    try {
      await load(engine, 'acme/one', 4);
      await clean();
      await load(engine, 'acme/two', 4);
      await careen.close();
      const [before] = await knowledge();

      // While Careen was away.
      await anew();
      careen = await TestCareen.open({ ...options, home, isAway: true });
      await careen.call('engines.list', {});
      expect(state()).toBe('changed');
      await expect(clean()).rejects.toMatchObject({ code: 'engine-replaced' });
      await careen.call('engines.same', { engine: 'first' });
      await careen.call('engines.list', {});
      expect(state()).toBe('found');
      const [same, ...others] = await knowledge();
      expect(others).toEqual([]);
      expect(same).not.toBe(before);
      expect((await clean()).removed).toHaveLength(3);

      // While it is at work.
      await anew();
      await careen.until('fleet', () => state() === 'changed');
      await expect(clean()).rejects.toMatchObject({ code: 'engine-replaced' });
      const another = { engine: 'first' } as const;
      expect(await careen.call('engines.another', another)).toEqual(another);
      await careen.call('engines.list', {});
      expect(state()).toBe('found');
      expect(await careen.cleanRuns()).toHaveLength(2);
      // It is known from then on, by what is its own.
      await careen.close();
      const all = await knowledge();
      expect([all.size, all.has(same ?? '')]).toEqual([2, true]);
      careen = await TestCareen.open({ ...options, home });
      await careen.call('engines.list', {});
      expect(state()).toBe('found');
      expect(await readdir(home)).not.toContain('engines.json');
    } finally {
      await careen.close();
      await engine.dispose();
    }
  });

  it("is another one only by a person's leave where its policy does more by itself", async () => {
    const engine = await startEngine();
    const home = await mkdtemp(join(tmpdir(), 'careen-home-'));
    const policy = `${testPolicy}update: { default: { mode: auto } }\n`;
    const met = { engines: [{ endpoint: `unix://${await realpath(engine.socket)}`, id: 'OTHER' }] };
    await writeFile(join(home, 'first-engine.json'), JSON.stringify({ version: 1, value: met }));
    const careen = await TestCareen.open({ socket: engine.socket, home, policy, isAway: true });
    const another = { engine: 'first' } as const;
    const asked = careen.careen.run('engines.another', another, { ...unwilling, by: 'window' });
    await expect(asked).rejects.toMatchObject({ code: 'not-confirmed' });
    await careen.call('engines.list', {});
    expect(careen.slice('fleet').engines[0]?.state).toBe('changed');
    await careen.close();
    await engine.dispose();
  });
});
