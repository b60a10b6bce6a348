import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../main/adapters/docker/client.js';
import { discover } from '../../../main/adapters/docker/discover.js';
import { thisHost } from '../../../main/adapters/docker/host-view.js';
import { startEngine, type TestEngine } from '../../support/engine.js';

describe('reaching an engine', () => {
  let folder: string;
  const servers: Server[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'careen-socket-'));
  });
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  /** A socket that does with every connection as it is told. */
  async function listen(name: string, answer: string | null): Promise<string> {
    const server = createServer((socket) => {
      socket.unref();
      socket.on('error', () => socket.destroy());
      if (answer !== null) socket.end(answer);
    });
    servers.push(server);
    const file = path.join(folder, name);
    server.listen(file);
    await once(server, 'listening');
    return `unix://${file}`;
  }

  it('gives up on a socket that accepts and never answers', async () => {
    const endpoint = await listen('silent.sock', null);
    await expect(connect(endpoint, { deadline: 200 })).rejects.toMatchObject({
      code: 'engine-silent',
      details: { endpoint, seconds: 0.2 },
    });
    const found = await discover(hostWith({ DOCKER_HOST: endpoint }), { deadline: 200 });
    expect(found).toMatchObject({ endpoint: null, error: { code: 'engine-silent' } });
    expect(found.looked).toContainEqual(
      expect.objectContaining({ name: 'DOCKER_HOST', endpoint, outcome: 'silent' }),
    );
  });

  it('gives up on an answer that stops half way', async () => {
    const half = 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nO';
    const server = createServer((socket) => {
      socket.unref();
      socket.write(half);
    });
    servers.push(server);
    const file = path.join(folder, 'half.sock');
    server.listen(file);
    await once(server, 'listening');
    await expect(connect(`unix://${file}`, { deadline: 200 })).rejects.toMatchObject({
      code: 'engine-silent',
    });
  });

  it('names what is no engine', async () => {
    const other = await listen('other.sock', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi');
    await expect(connect(other)).rejects.toMatchObject({ code: 'engine-unsupported' });
    const noise = await listen('noise.sock', 'SSH-2.0-OpenSSH_9.2\r\n');
    await expect(connect(noise)).rejects.toMatchObject({ code: 'engine-unsupported' });
    const absent = `unix://${path.join(folder, 'absent.sock')}`;
    await expect(connect(absent)).rejects.toMatchObject({ code: 'engine-refused' });
    await expect(connect('tcp://192.0.2.1:2375')).rejects.toMatchObject({
      code: 'endpoint-plain',
    });
    await expect(connect('nonsense')).rejects.toMatchObject({ code: 'endpoint-invalid' });
    const { looked } = await discover(hostWith({ DOCKER_HOST: other }));
    expect(looked.find(({ name }) => name === 'DOCKER_HOST')?.outcome).toBe('not-an-engine');
  });

  it('says that permission is missing', async () => {
    const endpoint = await listen('closed.sock', null);
    await chmod(path.join(folder, 'closed.sock'), 0o600);
    await chmod(folder, 0o711);
    // To root every socket is open; for as long as this asks it is nobody.
    process.seteuid?.('nobody');
    try {
      await expect(connect(endpoint)).rejects.toMatchObject({
        code: 'engine-permission',
        details: { endpoint },
      });
      const found = await discover(hostWith({ DOCKER_HOST: endpoint }));
      expect(found).toMatchObject({ endpoint: null, error: { code: 'engine-permission' } });
      expect(found.looked).toContainEqual(
        expect.objectContaining({ name: 'DOCKER_HOST', outcome: 'no-permission' }),
      );
    } finally {
      process.seteuid?.(0);
    }
  });
});

describe('an engine', () => {
  let test: TestEngine;
  beforeAll(async () => {
    test = await startEngine();
  });
  afterAll(async () => {
    await test.dispose();
  });

  it('is the one that was asked for, whatever the environment says', async () => {
    const told = {
      DOCKER_HOST: 'tcp://192.0.2.1:2376',
      DOCKER_TLS_VERIFY: '1',
      DOCKER_CERT_PATH: path.join(test.home, 'no-certificates'),
      DOCKER_PATH_PREFIX: '/elsewhere',
      DOCKER_CLIENT_TIMEOUT: '1',
      DOCKER_API_VERSION: '1.12',
    };
    for (const host of [
      told.DOCKER_HOST,
      'ssh://someone@192.0.2.1',
      'not a host',
      'unix:///none',
    ]) {
      Object.assign(process.env, told, { DOCKER_HOST: host });
      try {
        const engine = await connect(test.url);
        expect(engine.facts.id).toBe(((await test.docker.info()) as { ID: string }).ID);
        expect((await engine.list()).images).toEqual([]);
        expect(process.env['DOCKER_HOST']).toBe(host);
        engine.close();
      } finally {
        for (const name of Object.keys(told)) delete process.env[name];
      }
    }
  });

  it('is found by the variable and by its pinned endpoint, and by no other way in', async () => {
    const found = await discover(hostWith({ DOCKER_HOST: test.url }));
    expect(found).toMatchObject({ endpoint: test.url, error: null });
    expect(found.chosen).toMatchObject({ name: 'DOCKER_HOST', outcome: 'answers' });
    const practice = await discover(
      hostWith({ CAREEN_PRACTICE_SOCKET: test.socket, DOCKER_HOST: 'tcp://192.0.2.1:2375' }),
    );
    expect(practice).toMatchObject({ endpoint: test.url, chosen: { kind: 'practice' } });
    const pinned = await discover(hostWith({}), { chosen: test.url });
    expect(pinned).toMatchObject({ endpoint: test.url, looked: [{ kind: 'chosen' }] });
    await expect(
      discover(hostWith({ DOCKER_HOST: test.url }), { chosen: `unix://${test.home}/none.sock` }),
    ).rejects.toMatchObject({ code: 'engine-refused' });
  });

  it('is lost when it dies: the stream tells once, calls too', async () => {
    const engine = await connect(test.url);
    const closed: unknown[] = [];
    let tell = () => {};
    const told = new Promise<void>((resolve) => (tell = resolve));
    const sink = {
      event: () => undefined,
      closed: (error: unknown) => {
        closed.push(error);
        tell();
      },
    };
    await engine.events(sink, null);
    await Promise.all([told, test.kill()]);
    expect(closed).toEqual([expect.objectContaining({ code: 'engine-lost' })]);
    await expect(engine.list()).rejects.toMatchObject({ code: 'engine-lost' });
    await expect(engine.ping()).rejects.toMatchObject({ code: 'engine-lost' });
    await expect(connect(test.url)).rejects.toMatchObject({ code: 'engine-refused' });
    await test.start();
    await engine.ping();
    expect((await engine.list()).images).toEqual([]);
    expect(closed).toHaveLength(1);
    engine.close();
    await expect(engine.ping()).rejects.toMatchObject({ code: 'engine-lost' });
  });
});

function hostWith(env: Record<string, string>): ReturnType<typeof thisHost> {
  return { ...thisHost(), env, home: '/nonexistent' };
}
