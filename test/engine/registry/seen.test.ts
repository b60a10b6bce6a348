import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { RegistryClient } from '../../../main/adapters/registry/client.js';
import { Credentials } from '../../../main/adapters/registry/credentials/index.js';
import { parseReference } from '../../../main/domain/reference.js';
import { Registries } from '../../../main/services/registries.js';
import { type Certificates, makeCertificates } from '../../support/certificates.js';
import { isInside } from '../../support/namespace.js';
import { publish } from '../../support/publish.js';
import { REGISTRY_USER, startRegistry, type TestRegistry } from '../../support/registry.js';
import { IDENTITY_TOKEN, TOKEN_ISSUER, TokenServer } from '../../support/token-server.js';
import { encoded, RegistryUser } from './user.js';

const port = 5085;
const name = `127.0.0.1:${port}`;
const stranger = { username: 'somebody', password: 'wrong-horse-battery' };

/** How one registry was asked, told without what it was told. */
describe.runIf(isInside)('a registry that asks for tokens', () => {
  let registry: TestRegistry;
  let tokens: TokenServer;
  let certificates: Certificates;
  let user: RegistryUser;

  beforeAll(async () => {
    registry = await startRegistry({ port });
    certificates = await makeCertificates();
    tokens = await TokenServer.start(certificates);
    for (const repository of ['acme/web', 'public/web'])
      await publish(registry, repository, { tags: ['1'] });
    const { certFile } = certificates;
    await registry.again({ token: { realm: tokens.realm, issuer: TOKEN_ISSUER, certFile } });
  });
  afterAll(async () => {
    await registry.dispose();
    await tokens.close();
  });
  beforeEach(async () => {
    user = await RegistryUser.start();
    onTestFinished(() => user.dispose());
  });

  /** Asks about one tag as the user is let in now, and tells how that went. */
  async function after(repository: string) {
    const host = { platform: process.platform, env: user.env, home: user.home };
    const now = () => user.now;
    const credentials = new Credentials(host, now);
    const client = new RegistryClient(
      host,
      credentials,
      () => ({ insecure: [], isElsewhere: false }),
      now,
    );
    onTestFinished(() => client.close());
    const failed = await client.head(parseReference(`${name}/${repository}:1`)).then(
      () => null,
      (e: unknown) => e,
    );
    const judging = { current: null };
    const told = new Registries({
      judging,
      checker: { asked: () => [] },
      registry: client,
      credentials,
    }).seen();
    const text = JSON.stringify(told);
    for (const secret of [
      encoded(REGISTRY_USER),
      encoded(stranger),
      stranger.username,
      stranger.password,
      IDENTITY_TOKEN,
      'eyJ',
      'Bearer',
    ])
      expect(text).not.toContain(secret);
    expect(told.registries).toHaveLength(1);
    return { ...told.registries[0], failed };
  }

  it('knows who is signed in by docker’s settings', async () => {
    await user.signInTo(name, REGISTRY_USER);
    expect(await after('acme/web')).toMatchObject({
      registry: name,
      access: 'signed-in',
      credentials: { from: 'config', helper: null },
      at: user.now,
      error: null,
      failed: null,
    });
  });

  it('knows who is signed in by an identity token', async () => {
    await user.signIn({ auths: { [name]: { identitytoken: IDENTITY_TOKEN } } });
    expect(await after('acme/web')).toMatchObject({ access: 'signed-in', error: null });
  });

  it('lets anybody ask about what is public', async () => {
    expect(await after('public/web')).toMatchObject({
      access: 'anonymous',
      credentials: { from: 'nowhere', helper: null },
      error: null,
    });
  });

  it('refuses whoever is not signed in', async () => {
    expect(await after('acme/web')).toMatchObject({
      access: 'refused',
      credentials: { from: 'nowhere' },
      error: { code: 'registry-auth', details: { why: 'not-signed-in' } },
    });
  });

  it('refuses whoever it does not know', async () => {
    await user.signInTo(name, stranger);
    expect(await after('acme/web')).toMatchObject({
      access: 'refused',
      credentials: { from: 'config' },
      error: { code: 'registry-auth', details: { why: 'refused' } },
    });
  });

  it('that cannot be asked since a helper is missing names the helper', async () => {
    await user.signIn({ credsStore: 'nowhere' });
    expect(await after('acme/web')).toMatchObject({
      access: 'unknown',
      credentials: { from: 'helper', helper: 'docker-credential-nowhere' },
      error: { code: 'helper-missing' },
    });
  });
});
