import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { type Certificates, makeCertificates } from '../../support/certificates.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { loadImages, pullImage, pushImage, runContainer } from '../../support/images.js';
import { isInside } from '../../support/namespace.js';
import {
  REGISTRY_USER,
  type RegistryOptions,
  startRegistry,
  type TestRegistry,
} from '../../support/registry.js';
import { TOKEN_ISSUER, TokenServer } from '../../support/token-server.js';
import { clear, publishAs, updatePolicy } from '../../support/updating.js';

const port = 5091;

describe.runIf(isInside)('a check', () => {
  let engine: TestEngine;
  let registry: TestRegistry;
  let certificates: Certificates;
  let tokens: TokenServer;
  let config: string;
  const env = process.env['DOCKER_CONFIG'];

  beforeAll(async () => {
    [registry, certificates, engine] = await Promise.all([
      startRegistry({ port }),
      makeCertificates(),
      startEngine({ args: ['--registry-mirror', `http://127.0.0.1:${port}`] }),
    ]);
    tokens = await TokenServer.start(certificates);
    config = await mkdtemp(join(tmpdir(), 'careen-docker-config-'));
    const { username, password } = REGISTRY_USER;
    const auth = Buffer.from(`${username}:${password}`).toString('base64');
    await writeFile(
      join(config, 'config.json'),
      JSON.stringify({ auths: { [registry.host]: { auth } } }),
    );
    process.env['DOCKER_CONFIG'] = config;
  });
  afterAll(async () => {
    if (env === undefined) delete process.env['DOCKER_CONFIG'];
    else process.env['DOCKER_CONFIG'] = env;
    await tokens.close();
    await engine.dispose();
    await registry.dispose();
    await rm(config, { recursive: true });
  });
  beforeEach(() => registry.again({}));
  afterEach(() => clear(engine));

  const open = () => TestCareen.open({ socket: engine.socket, policy: updatePolicy });
  const asksForTokens = (): Omit<RegistryOptions, 'port'> => ({
    token: { realm: tokens.realm, issuer: TOKEN_ISSUER, certFile: certificates.certFile },
  });

  it('of 50 containers on 20 references takes 20 HEADs, and one token a scope', async () => {
    const refs = Array.from(
      { length: 20 },
      (_, n) => `${registry.host}/many/app${n % 10}:${n < 10 ? 1 : 2}`,
    );
    await loadImages(
      engine,
      refs.map((ref, n) => ({ refs: [ref], labels: { n: `${n}` } })),
    );
    await Promise.all(refs.map((ref) => pushImage(engine, ref)));
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        runContainer(engine, { image: refs[n % 20] ?? '', name: `app-${n}`, state: 'created' }),
      ),
    );
    await registry.again(asksForTokens());
    await registry.takeAsked();
    tokens.asked.splice(0);
    const careen = await open();
    const slice = await careen.call('update.check', { containers: null });
    expect(slice.rows.map(({ verdict, error }) => [verdict, error])).toEqual(
      slice.rows.map(() => [{ state: 'current' }, null]),
    );
    expect(slice.rows).toHaveLength(50);
    const asked = (await registry.takeAsked()).filter((one) => one.includes('/manifests/'));
    expect(asked).toEqual(
      refs
        .map((ref) => ref.split(/[/:]/).slice(-2))
        .map(([app, tag]) => `HEAD /v2/many/${app}/manifests/${tag}`)
        .sort(),
    );
    const scopes = tokens.asked.map(({ scope }) => scope);
    expect(scopes.sort()).toEqual(
      Array.from({ length: 10 }, (_, n) => `repository:many/app${n}:pull`),
    );
    await careen.close();
  });

  it.each([
    ['no door', () => ({})],
    ['a password', () => ({ auth: 'basic' })],
    ['tokens', asksForTokens],
    ['TLS', () => ({ tls: certificates, auth: 'basic' })],
  ] as const)('finds a new version with one HEAD behind %s', async (_, door) => {
    const ref = `${registry.host}/acme/web:1`;
    await publishAs(engine, ref, { labels: { version: 'v1' } });
    await pullImage(engine, ref);
    await runContainer(engine, { image: ref, name: 'web', state: 'created' });
    const digest = await publishAs(engine, ref, { labels: { version: 'v2' } });
    await registry.again(door());
    await registry.takeAsked();
    const careen = await open();
    const { rows } = await careen.call('update.check', { containers: null });
    expect(rows).toMatchObject([
      {
        container: 'web',
        error: null,
        verdict: { state: 'available', source: 'registry', to: { tag: '1', digest } },
      },
    ]);
    const asked = (await registry.takeAsked()).filter((one) => one.includes('/manifests/'));
    expect(asked).toEqual(['HEAD /v2/acme/web/manifests/1']);
    await careen.close();
  });

  it('asks by the engine where only that has a way, such as a mirror', async () => {
    const ref = 'careen-test-mirrored:1';
    const behind = `${registry.host}/library/${ref}`;
    await publishAs(engine, behind, { labels: { version: 'v1' } });
    await pullImage(engine, ref);
    await runContainer(engine, { image: ref, name: 'web', state: 'created' });
    const digest = await publishAs(engine, behind, { labels: { version: 'v2' } });
    const careen = await open();
    const { rows } = await careen.call('update.check', { containers: null });
    expect(rows).toMatchObject([{ error: null, verdict: { state: 'available', to: { digest } } }]);
    await registry.stop();
    const [row] = (await careen.call('update.check', { containers: ['web'] })).rows;
    // What was found stands, and this machine's own failure is told.
    expect(row).toMatchObject({
      error: { code: 'registry-unreachable', details: { registry: 'docker.io' } },
      verdict: { state: 'available', to: { digest } },
    });
    await careen.close();
  });
});
