import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import {
  type AddressInfo,
  connect as dial,
  createServer,
  type Server,
  type Socket,
} from 'node:net';
import path from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../main/adapters/docker/client.js';
import { thisHost } from '../../../main/adapters/docker/host-view.js';
import { TestCareen } from '../../support/careen.js';
import { type Certificates, makeCertificates, type Pair } from '../../support/certificates.js';
import { type ContextFiles, writeContext } from '../../support/contexts.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { imageIds, loadFleet, testPolicy } from '../../support/fleet.js';
import { testRun } from '../../support/namespace.js';
import { startRegistry } from '../../support/registry.js';
import { of, publishAs, serve, service, updatePolicy } from '../../support/updating.js';

const port = 8123;
const there = `tcp://127.0.0.1:${port}`;

const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';

describe('an engine behind TLS', () => {
  let own: Certificates;
  let other: Certificates;
  let expired: Pair;
  let test: TestEngine;
  let folder: string;
  const servers: Server[] = [];

  beforeAll(async () => {
    [own, other] = await Promise.all([makeCertificates(), makeCertificates()]);
    expired = await own.another(-1);
    folder = await mkdtemp(path.join((await testRun()).folder, 'docker-'));
    const files = ['--tlscacert', own.caFile, '--tlscert', own.certFile, '--tlskey', own.keyFile];
    test = await startEngine({ args: ['-H', `tcp://0.0.0.0:${port}`, '--tlsverify', ...files] });
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) server.close();
    await rm(path.join(folder, 'contexts'), { recursive: true, force: true });
  });
  afterAll(() => test.dispose());

  const context = (host: string, { ca, cert, key }: ContextFiles, skipsVerify = false) =>
    writeContext(folder, {
      host,
      skipsVerify,
      ...(ca !== undefined && { ca }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
    });

  const host = (env: Record<string, string> = {}) => ({
    ...thisHost(),
    env: { DOCKER_CONFIG: folder, ...env },
  });
  const failure = (endpoint: string, env: Record<string, string> = {}) =>
    connect(endpoint, { host: host(env) }).then(
      () => null,
      (e: unknown) => e,
    );

  /** Something in front of the engine's socket; gives its address. */
  const inFront = async (make: (onward: (socket: Socket) => void) => Server): Promise<string> => {
    const server = make((socket) => {
      const onward = dial(test.socket);
      socket.on('error', () => onward.destroy());
      onward.on('error', () => socket.destroy());
      socket.pipe(onward).pipe(socket);
    });
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };

  it('answers where both sides prove who they are', async () => {
    await context(there, own);
    const engine = await connect(there, { host: host() });
    expect(engine.facts).toMatchObject({
      endpoint: there,
      id: ((await test.docker.info()) as { ID: string }).ID,
    });
    expect(engine.diskRoots).toEqual([]);
    expect((await engine.list()).images).toEqual([]);
    engine.close();
  });

  it('is spoken to with DOCKER_HOST’s certificates as the CLI does', async () => {
    const certificates = path.join(folder, 'variable');
    await mkdir(certificates);
    for (const name of ['ca', 'cert', 'key'] as const)
      await writeFile(path.join(certificates, `${name}.pem`), own[name]);
    const told = { DOCKER_HOST: there, DOCKER_CERT_PATH: certificates };
    const env = { ...told, DOCKER_TLS_VERIFY: '1' };
    expect(await failure(there, env)).toBeNull();
    expect(await failure(there, { ...told, DOCKER_TLS: '1' })).toMatchObject({
      details: { why: 'skips-verify' },
    });
    await rm(path.join(certificates, 'ca.pem'));
    expect(await failure(there, env)).toMatchObject({
      details: { why: 'files', said: path.join(certificates, 'ca.pem') },
    });
  });

  it('is spoken to as the context has it that it was chosen by, where several lead there', async () => {
    const foreign = { host: there, ca: own.ca, cert: other.cert, key: other.key };
    await writeContext(folder, { name: 'admin', ...foreign });
    await writeContext(folder, { name: 'mine', host: there, ...own });
    const by = (name: string | null) =>
      connect(there, { host: host(), context: name }).then(
        (engine) => engine.close(),
        (e: unknown) => e,
      );
    expect(await by('admin')).toMatchObject({ details: { why: 'client-unknown' } });
    expect(await by('mine')).toBeUndefined();
    // One that is gone has no say: then it is the first that leads there.
    expect(await by('gone')).toMatchObject({ details: { why: 'client-unknown' } });
  });

  it.each([
    ['a current context that is gone', '{"currentContext":"gone"}'],
    ['settings of the CLI that cannot be read', '{"currentContext":'],
  ])('is not kept away by %s', async (_, config) => {
    await context(there, own);
    const file = path.join(folder, 'config.json');
    await writeFile(file, config);
    expect(await failure(there)).toBeNull();
    await rm(file);
  });

  it.each<[string, () => ContextFiles]>([
    ['unknown-ca', () => ({ ...own, ca: other.ca })],
    // Without a CA of its own the system's count.
    ['unknown-ca', () => ({ cert: own.cert, key: own.key })],
    ['client-unknown', () => ({ ...other, ca: own.ca })],
    ['client-expired', () => ({ ...expired, ca: own.ca })],
    ['client-missing', () => ({ ca: own.ca })],
    ['pair', () => ({ ...own, key: other.key })],
    ['files', () => ({ ca: own.ca, cert: own.cert })],
    ['files', () => ({ ca: own.ca, key: own.key })],
  ])('fails with %s', async (why, files) => {
    await context(there, files());
    expect(await failure(there)).toMatchObject({
      code: 'tls-failed',
      details: { endpoint: there, why },
    });
  });

  it.each(['ca', 'cert', 'key'] as const)('names the %s.pem that is no use', async (name) => {
    const at = await context(there, own);
    const file = path.join(at, `${name}.pem`);
    for (const text of ['', 'none', broken]) {
      await writeFile(file, text);
      expect(await failure(there)).toMatchObject({
        code: 'tls-failed',
        details: { endpoint: there, why: 'unreadable', said: file },
      });
    }
    // As root reads what nobody else may, something else that cannot be read.
    await rm(file);
    await mkdir(file);
    expect(await failure(there)).toMatchObject({
      code: 'tls-failed',
      details: { endpoint: there, why: 'files', said: file },
    });
  });

  it('names a key that has a passphrase, and a second certificate that is no use', async () => {
    const key = createPrivateKey(own.key).export({
      ...{ type: 'pkcs8', format: 'pem' },
      ...{ cipher: 'aes-256-cbc', passphrase: 'secret' },
    });
    const at = await context(there, { ...own, key: key.toString() });
    expect(await failure(there)).toMatchObject({
      details: { why: 'passphrase', said: path.join(at, 'key.pem') },
    });
    await context(there, { ...own, ca: `${own.ca}\n${other.ca}` });
    expect(await failure(there)).toBeNull();
    await context(there, { ...own, ca: `${own.ca}\n${broken}` });
    expect(await failure(there)).toMatchObject({
      details: { why: 'unreadable', said: path.join(at, 'ca.pem') },
    });
  });

  it('fails with other-name, expired and plain-there', async () => {
    const elsewhere = `tcp://127.0.0.2:${port}`;
    await context(elsewhere, own);
    expect(await failure(elsewhere)).toMatchObject({ details: { why: 'other-name' } });
    const old = await inFront((onward) =>
      createTlsServer({ cert: expired.cert, key: expired.key }, onward),
    );
    await context(old, own);
    expect(await failure(old)).toMatchObject({ details: { why: 'expired' } });
    const plain = await inFront((onward) => createServer(onward));
    await context(plain, own);
    expect(await failure(plain)).toMatchObject({ details: { why: 'plain-there' } });
  });

  it('is not spoken to without TLS, nor with a context that takes any certificate', async () => {
    expect(await failure(there)).toMatchObject({ details: { why: 'tls-there' } });
    await context(there, own, true);
    expect(await failure(there)).toMatchObject({ details: { why: 'skips-verify' } });
    expect(await failure('tcp://192.0.2.1:2375')).toMatchObject({ code: 'endpoint-plain' });
  });

  it('answers without TLS on loopback alone, and is given no credentials there', async () => {
    const heard: string[] = [];
    const plain = await inFront((onward) =>
      createServer((socket) => {
        socket.on('data', (chunk) => heard.push(chunk.toString('latin1')));
        onward(socket);
      }),
    );
    const engine = await connect(plain, { host: host() });
    await expect(engine.distribution('127.0.0.1:9/none:1', 'c2VjcmV0')).rejects.toMatchObject({
      code: 'engine-error',
    });
    expect(heard.join('')).toContain('/distribution/');
    expect(heard.join('')).not.toContain('c2VjcmV0');
    engine.close();
  });

  describe('that is worked on', () => {
    const before = process.env['DOCKER_CONFIG'];
    let careen: TestCareen;
    beforeEach(async () => {
      await context(there, own);
      process.env['DOCKER_CONFIG'] = folder;
    });
    afterEach(async () => {
      await careen.close();
      if (before === undefined) delete process.env['DOCKER_CONFIG'];
      else process.env['DOCKER_CONFIG'] = before;
    });
    const open = async (policy: string) => {
      careen = await TestCareen.open({ socket: test.socket, endpoint: there, policy });
    };

    it('is cleaned up', async () => {
      await loadFleet(test);
      await open(testPolicy);
      const run = await careen.clean({ also: ['unrecoverable', 'estimates'] });
      expect(run).toMatchObject({ outcome: 'done', failed: [] });
      expect(run.removed).toHaveLength(7);
      expect(await imageIds(test)).toHaveLength(5);
      expect(careen.slice('gauges')).toMatchObject({
        engine: { used: null, missing: { why: 'elsewhere' } },
        host: { used: null, missing: { why: 'elsewhere' } },
      });
    });

    it('has its containers updated, proven and taken back', async () => {
      const registry = await startRegistry();
      try {
        const name = `${registry.host}/acme/web:1`;
        await publishAs(test, name, service('v1'));
        await serve(test, name, 'web', null);
        const image = async () => (await test.docker.getContainer('web').inspect()).Image;
        const one = await image();
        await publishAs(test, name, service('v2'));
        await open(updatePolicy);
        await careen.call('update.check', { containers: ['web'] });
        const run = await careen.call('update.run', {
          containers: [{ container: 'web', to: null }],
        });
        expect(of(run, 'web').result).toEqual({ state: 'updated', proven: true });
        expect(await image()).not.toBe(one);
        const back = await careen.call('update.rollback', {
          ...{ container: 'web', to: null, copies: false, token: null },
        });
        expect(of(back, 'web').result).toEqual({ state: 'restored' });
        expect(await image()).toBe(one);
      } finally {
        await registry.dispose();
      }
    });
  });
});
