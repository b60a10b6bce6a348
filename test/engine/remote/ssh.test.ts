import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../main/adapters/docker/client.js';
import { type SshEndpoint, parseEndpoint } from '../../../main/adapters/docker/parse-endpoint.js';
import { ping } from '../../../main/adapters/docker/ping.js';
import { Requests } from '../../../main/adapters/docker/requests.js';
import { sshWay } from '../../../main/adapters/docker/ssh/way.js';
import { exit } from '../../../main/contract/exit.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { type SshUser, TestSshd } from '../../support/sshd.js';

describe('an engine by ssh', () => {
  let test: TestEngine;
  let sshd: TestSshd;
  beforeAll(async () => {
    test = await startEngine();
    sshd = await TestSshd.start(test);
  });
  afterEach(() => leavesNone());
  afterAll(async () => {
    await sshd.dispose();
    await test.dispose();
  });

  const failure = (endpoint: string) =>
    connect(endpoint).then(
      () => null,
      (e: unknown) => e,
    );
  const failed = (why: string, host = 'build') => ({ code: 'ssh-failed', details: { host, why } });

  /** An engine with its events open, and what they end with. */
  const listening = async (by = sshd) => {
    const engine = await connect(by.url());
    let closed: (error: unknown) => void = () => undefined;
    const ended = new Promise<unknown>((resolve) => (closed = resolve));
    await engine.events({ event: () => undefined, closed }, null);
    expect(await by.clients()).toBe(2);
    return { engine, ended };
  };

  /** Resolves once no ssh is left: a process that was ended goes when the machine comes to it. */
  const leavesNone = (by = sshd) => expect.poll(() => by.clients()).toBe(0);

  /** With a link whose ssh does not end by itself for as long as is waited for that here. */
  const withPatience = async (work: (patient: TestSshd) => Promise<void>) => {
    const patient = await TestSshd.start(test, { patient: true });
    try {
      await work(patient);
    } finally {
      await patient.dispose();
    }
  };

  it('answers as at its socket, over few logins, and leaves no ssh behind', async () => {
    const logins = sshd.link.carriedEver;
    const engine = await connect(sshd.url());
    expect(engine.facts).toMatchObject({
      endpoint: 'ssh://ada@build',
      id: ((await test.docker.info()) as { ID: string }).ID,
      product: 'docker-engine',
    });
    // The same kernel, the same folders, and yet not this machine's.
    expect(engine.diskRoots).toEqual([]);
    await Promise.all(Array.from({ length: 40 }, () => engine.ping()));
    expect(await sshd.clients()).toBe(4);
    await engine.events({ event: () => undefined, closed: () => undefined }, null);
    expect(await sshd.clients()).toBe(5);
    expect(sshd.link.carriedEver - logins).toBe(5);
    engine.close();
  });

  it('is found at a socket of its own', async () => {
    const engine = await connect(sshd.url('dan', test.socket));
    expect((await engine.list()).images).toEqual([]);
    engine.close();
  });

  it.each<[SshUser, string]>([
    ['bob', 'no-permission'],
    ['cyd', 'no-docker'],
    ['dan', 'no-engine'],
    ['eve', 'noise'],
    ['fay', 'login-refused'],
  ])('of %s fails with %s', async (user, why) => {
    expect(await failure(sshd.url(user))).toMatchObject(failed(why));
  });

  it('is not spoken to where its host key is unknown, or another one', async () => {
    await sshd.know(null);
    expect(await failure(sshd.url())).toMatchObject(failed('unknown-key'));
    await sshd.know('other');
    const changed = await failure(sshd.url());
    expect(changed).toMatchObject(failed('changed-key'));
    // Its key is known by another name than the address has.
    const oldKey = { file: join(sshd.folder, 'known_hosts'), line: 1 };
    expect(changed).toMatchObject({ details: { oldKey } });
    await sshd.know('host');
  });

  it('fails in ssh’s own words where there is no way to it', async () => {
    const there = (host: string, why: string) =>
      failure(`ssh://${host}`).then((e) => expect(e).toMatchObject(failed(why, host)));
    sshd.link.silence(true);
    await Promise.all([
      there('no-such-host.invalid', 'unresolved'),
      failure('ssh://127.0.0.1:9').then((e) =>
        expect(e).toMatchObject(failed('refused', '127.0.0.1')),
      ),
      there('192.0.2.1', 'no-route'),
      there('build', 'timed-out'),
    ]);
    sshd.link.silence(false);
  });

  it('is lost at once where the link is cut, and answers again by the next', async () => {
    const { engine, ended } = await listening();
    sshd.link.cut();
    expect(await ended).toMatchObject({ code: 'engine-lost' });
    await leavesNone();
    await engine.ping();
    sshd.link.open = false;
    sshd.link.cut();
    await expect(engine.list()).rejects.toMatchObject({ code: 'engine-lost' });
    sshd.link.open = true;
    engine.close();
  });

  it('is lost where the link falls silent', async () => {
    const { engine, ended } = await listening();
    sshd.link.silence(true);
    await expect(engine.list()).rejects.toMatchObject({
      code: 'engine-lost',
      cause: failed('silent'),
    });
    expect(await ended).toMatchObject({ code: 'engine-lost' });
    // Nobody on the other side says goodbye.
    engine.close();
    sshd.link.silence(false);
  });

  it('keeps no ssh that nobody uses', async () => {
    const way = sshWay(parseEndpoint(sshd.url()) as SshEndpoint, 2_000);
    const requests = new Requests(way, 'connected', null);
    const logins = sshd.link.carriedEver;
    await ping(requests, 10_000);
    await ping(requests, 10_000);
    expect(sshd.link.carriedEver - logins).toBe(1);
    await leavesNone();
    await ping(requests, 10_000);
    requests.close();
  });

  it('is reached through a docker program of 20.10, too', async () => {
    const old = await TestSshd.start(test, { docker: '20.10' });
    try {
      for (const url of [old.url(), old.url('dan', test.socket)]) {
        const engine = await connect(url);
        await engine.ping();
        engine.close();
      }
    } finally {
      await old.dispose();
    }
  });

  it('ends its ssh also on a dead link', () =>
    withPatience(async (patient) => {
      const { engine } = await listening(patient);
      patient.link.silence(true);
      engine.close();
      await leavesNone(patient);
    }));

  /** The command line as a process of its own, asking that engine. */
  const startCli = (by: TestSshd) => {
    const { folder } = by;
    const args = [resolve('out/cli/careen.cjs'), '--engine', by.url(), 'space'];
    return spawn(process.execPath, args, {
      stdio: 'ignore',
      env: { PATH: process.env['PATH'], HOME: folder, CAREEN_HOME: `${folder}/home` },
    });
  };

  it('takes its ssh along at the end of a command', async () => {
    const logins = sshd.link.carriedEver;
    expect(await once(startCli(sshd), 'exit')).toEqual([exit.done, null]);
    expect(sshd.link.carriedEver).toBeGreaterThan(logins);
    await leavesNone();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('takes its ssh along at the end by %s', (signal) =>
    withPatience(async (patient) => {
      patient.link.silence(true);
      const careen = startCli(patient);
      const ended = once(careen, 'exit') as Promise<[number | null]>;
      await expect.poll(() => patient.clients(), { timeout: 30_000 }).toBeGreaterThan(0);
      careen.kill(signal);
      expect(await ended).toEqual([exit.cancelled, null]);
      await leavesNone(patient);
    }),
  );

  it('says that ssh is missing here', async () => {
    const before = process.env['PATH'];
    process.env['PATH'] = sshd.folder;
    try {
      expect(await failure(sshd.url())).toMatchObject(failed('no-ssh'));
    } finally {
      process.env['PATH'] = before;
    }
  });
});
