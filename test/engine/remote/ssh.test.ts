import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../main/adapters/docker/client.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { TestSshd, type SshUser } from '../../support/sshd.js';

const before = process.env['PATH'];

describe('an engine by ssh', () => {
  let test: TestEngine;
  let sshd: TestSshd;
  beforeAll(async () => {
    test = await startEngine();
    sshd = await TestSshd.start(test);
    process.env['PATH'] = `${sshd.path}:${before}`;
  });
  afterEach(async () => {
    await expect.poll(() => sshd.clients()).toBe(0);
  });
  afterAll(async () => {
    process.env['PATH'] = before;
    await sshd.dispose();
    await test.dispose();
  });

  it('answers as at its socket, over few logins, and leaves no ssh behind', async () => {
    const logins = sshd.link.carriedEver;
    const engine = await connect(sshd.url());
    expect(engine.facts).toMatchObject({
      endpoint: 'ssh://ada@build',
      id: ((await test.docker.info()) as { ID: string }).ID,
      product: 'docker-engine',
    });
    expect(engine.diskRoots).toEqual([]);
    await Promise.all(Array.from({ length: 40 }, () => engine.ping()));
    expect(await sshd.clients()).toBe(4);
    const stream = await engine.events({ event: () => {}, closed: () => {} }, null);
    expect(await sshd.clients()).toBe(5);
    expect(sshd.link.carriedEver - logins).toBe(5);
    stream.close();
    await expect.poll(() => sshd.clients()).toBe(4);
    engine.close();
  });

  it('is found at a path of its own', async () => {
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
  ])('of %s says %s', async (user, why) => {
    const error = await connect(sshd.url(user)).catch((e: unknown) => e);
    console.log(error);
    expect(error).toMatchObject({ code: 'ssh-failed', details: { host: 'build', why } });
  });
});
