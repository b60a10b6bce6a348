import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Pinned } from '../../../main/adapters/registry/types.js';
import { type Certificates, makeCertificates } from '../../support/certificates.js';
import { isInside } from '../../support/namespace.js';
import { publish, unpublish } from '../../support/publish.js';
import { REGISTRY_USER, startRegistry, type TestRegistry } from '../../support/registry.js';
import { IDENTITY_TOKEN, TOKEN_ISSUER, TokenServer } from '../../support/token-server.js';
import { encoded, RegistryUser } from './user.js';

const port = 5081;
const name = `127.0.0.1:${port}`;
const digest = `sha256:${'5'.repeat(64)}`;
const wrong = { username: 'u', password: 'wrong' };

let user: RegistryUser;
beforeEach(async () => {
  user = await RegistryUser.start();
});
afterEach(() => user.dispose());

const head = (reference: Pinned) => user.client().headManifest(reference);
const failure = (reference: Pinned) => head(reference).catch((e: unknown) => e);

describe.runIf(isInside)('a registry', () => {
  let registry: TestRegistry;
  let certificates: Certificates;
  let open: Pinned;
  let shut: Pinned;

  beforeAll(async () => {
    certificates = await makeCertificates();
    registry = await startRegistry({ port });
    open = await publish(registry, 'public/app');
    shut = await publish(registry, 'acme/app');
  });
  afterAll(() => registry.dispose());

  describe('without a door', () => {
    beforeAll(() => registry.again({}));

    it('says what it has, and what it has no more', async () => {
      const app = await publish(registry, 'acme/gone');
      expect(await head(app)).toEqual({
        found: true,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        size: expect.any(Number) as number,
      });
      await unpublish(app);
      expect(await head(app)).toEqual({ found: false });
      expect(await head({ ...app, path: 'acme/never' })).toEqual({ found: false });
    });
  });

  describe('with basic auth', () => {
    beforeAll(() => registry.again({ auth: 'basic' }));

    it('lets in whom config.json names', async () => {
      await user.signIn({ auths: { [`http://${name}/v1/`]: { auth: encoded(REGISTRY_USER) } } });
      expect(await head(shut)).toMatchObject({ found: true });
    });

    it('is told apart from one that has it not', async () => {
      expect(await failure(shut)).toMatchObject({
        code: 'registry-auth',
        details: { registry: name, repository: 'acme/app', why: 'not-signed-in' },
      });
    });

    it('is not asked again with the same wrong password', async () => {
      await user.signInTo(name, wrong);
      const one = user.client();
      const twice = [one.headManifest(shut), one.headManifest(open), one.headManifest(shut)];
      for (const { reason } of (await Promise.allSettled(twice)) as PromiseRejectedResult[])
        expect(reason).toMatchObject({ code: 'registry-auth', details: { why: 'refused' } });
    });

    it('lets in whom a credential helper names', async () => {
      user.env = {
        PATH: await helper('careen-test', 'cat > "$HOME/asked"; printf \'%s\' "$ANSWER"'),
      };
      await user.signIn({ credHelpers: { [name]: 'careen-test' } });
      // What a helper needs comes with it; no variable of Careen's own does.
      user.env['ANSWER'] = 'leaked';
      expect(await failure(shut)).toMatchObject({
        code: 'helper-failed',
        details: { helper: 'docker-credential-careen-test', why: 'unreadable' },
      });
      const answer = JSON.stringify({ ServerURL: name, Username: 'u', Secret: 'p' });
      user.env['PATH'] = await helper('careen-test', `cat > /dev/null; echo '${answer}'`);
      expect(await head(shut)).toMatchObject({ found: true });
    });
  });

  describe('with tokens', () => {
    let tokens: TokenServer;
    beforeAll(async () => {
      tokens = await TokenServer.start(certificates);
      const { certFile } = certificates;
      await registry.again({ token: { realm: tokens.realm, issuer: TOKEN_ISSUER, certFile } });
    });
    afterAll(() => tokens.close());
    beforeEach(() => void tokens.asked.splice(0));

    it('shows to anybody what is public, for one token', async () => {
      const one = user.client();
      const many = await Promise.all([1, 2, 3].map(() => one.headManifest(open)));
      expect(many.map(({ found }) => found)).toEqual([true, true, true]);
      expect(await one.headManifest({ ...open, digest })).toEqual({ found: false });
      expect(tokens.asked).toEqual([
        {
          method: 'GET',
          scope: 'repository:public/app:pull',
          service: 'test-registry',
          authorization: null,
          refreshToken: null,
        },
      ]);
    });

    it('is asked for a new token when the old one is over', async () => {
      tokens.lifetime = 60;
      const one = user.client();
      await one.headManifest(open);
      user.now += 55_000;
      await one.headManifest(open);
      expect(tokens.asked).toHaveLength(2);
    });

    it('keeps from strangers what is not', async () => {
      expect(await failure(shut)).toMatchObject({
        code: 'registry-auth',
        details: { repository: 'acme/app', why: 'not-signed-in' },
      });
    });

    it('opens to a password', async () => {
      await user.signInTo(name, REGISTRY_USER);
      expect(await head(shut)).toMatchObject({ found: true });
    });

    it('opens to an identity token', async () => {
      await user.signIn({ auths: { [name]: { identitytoken: IDENTITY_TOKEN } } });
      expect(await head(shut)).toMatchObject({ found: true });
      expect(tokens.asked).toMatchObject([{ method: 'POST', refreshToken: IDENTITY_TOKEN }]);
    });

    it('hears a wrong password once', async () => {
      await user.signInTo(name, wrong);
      const one = user.client();
      for (const reference of [shut, open])
        await expect(one.headManifest(reference)).rejects.toMatchObject({
          details: { why: 'refused' },
        });
      expect(tokens.asked).toHaveLength(1);
    });
  });

  describe('with TLS', () => {
    beforeAll(() => registry.again({ tls: certificates, auth: 'basic' }));
    beforeEach(() => user.signInTo(name, REGISTRY_USER));

    it('is believed by the CA in docker\u2019s folder for it', async () => {
      await user.trust(name, certificates.ca);
      expect(await head(shut)).toMatchObject({ found: true });
    });

    it('is not believed without, nor by another CA', async () => {
      const untrusted = { code: 'registry-tls', details: { registry: name } };
      expect(await failure(shut)).toMatchObject(untrusted);
      await user.trust(name, (await makeCertificates()).ca);
      expect(await failure(shut)).toMatchObject(untrusted);
    });

    it('needs no CA where the engine calls it insecure', async () => {
      user.insecure = ['127.0.0.0/8'];
      expect(await head(shut)).toMatchObject({ found: true });
    });
  });

  it('that cannot be reached is told as that', async () => {
    await registry.stop();
    expect(await failure(open)).toMatchObject({
      code: 'registry-unreachable',
      details: { registry: name, why: 'ECONNREFUSED' },
    });
  });
});

/** A folder with a credential helper that is this script. */
async function helper(helperName: string, script: string): Promise<string> {
  const folder = await mkdtemp(join(user.home, 'bin-'));
  const file = join(folder, `docker-credential-${helperName}`);
  await writeFile(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return folder;
}
