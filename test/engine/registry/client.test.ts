import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RegistryClient } from '../../../main/adapters/registry/client.js';
import { Credentials } from '../../../main/adapters/registry/credentials/index.js';
import type { Pinned } from '../../../main/adapters/registry/types.js';
import { type Certificates, makeCertificates } from '../../support/certificates.js';
import { HttpHost } from '../../support/http-host.js';
import { isInside } from '../../support/namespace.js';
import { pinned, publish, unpublish } from '../../support/publish.js';
import { REGISTRY_USER, startRegistry, type TestRegistry } from '../../support/registry.js';
import { IDENTITY_TOKEN, TOKEN_ISSUER, TokenServer } from '../../support/token-server.js';

const port = 5081;
const name = `127.0.0.1:${port}`;
const digest = `sha256:${'5'.repeat(64)}`;
const encoded = (user: { username: string; password: string }) =>
  Buffer.from(`${user.username}:${user.password}`).toString('base64');
const wrong = { username: 'u', password: 'wrong' };

let home: string;
let env: Record<string, string>;
let insecure: string[];
let now: number;
let clients: RegistryClient[];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'careen-registry-'));
  env = { PATH: '' };
  insecure = [];
  now = Date.now();
  clients = [];
});
afterEach(async () => {
  for (const one of clients) await one.close();
  await rm(home, { recursive: true });
});

/** As this machine's user would be let in now. */
function client(): RegistryClient {
  const host = { platform: process.platform, env, home };
  const made = new RegistryClient(
    host,
    new Credentials(host, () => now),
    () => insecure,
    () => now,
  );
  clients.push(made);
  return made;
}

/** Writes the docker CLI's config.json. */
async function signIn(config: object): Promise<void> {
  await mkdir(join(home, '.docker'), { recursive: true });
  await writeFile(join(home, '.docker', 'config.json'), JSON.stringify(config));
}

const head = (reference: Pinned) => client().headManifest(reference);
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
      await signIn({ auths: { [`http://${name}/v1/`]: { auth: encoded(REGISTRY_USER) } } });
      expect(await head(shut)).toMatchObject({ found: true });
    });

    it('is told apart from one that has it not', async () => {
      expect(await failure(shut)).toMatchObject({
        code: 'registry-auth',
        details: { registry: name, repository: 'acme/app', why: 'not-signed-in' },
      });
    });

    it('is not asked again with the same wrong password', async () => {
      await signIn({ auths: { [name]: { auth: encoded(wrong) } } });
      const one = client();
      const twice = [one.headManifest(shut), one.headManifest(open), one.headManifest(shut)];
      for (const { reason } of (await Promise.allSettled(twice)) as PromiseRejectedResult[])
        expect(reason).toMatchObject({ code: 'registry-auth', details: { why: 'refused' } });
    });

    it('lets in whom a credential helper names', async () => {
      env = { PATH: await helper('careen-test', 'cat > "$HOME/asked"; printf \'%s\' "$ANSWER"') };
      await signIn({ credHelpers: { [name]: 'careen-test' } });
      // What a helper needs comes with it; no variable of Careen's own does.
      env['ANSWER'] = 'leaked';
      expect(await failure(shut)).toMatchObject({
        code: 'helper-failed',
        details: { helper: 'docker-credential-careen-test', why: 'unreadable' },
      });
      const answer = JSON.stringify({ ServerURL: name, Username: 'u', Secret: 'p' });
      env['PATH'] = await helper('careen-test', `cat > /dev/null; echo '${answer}'`);
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
      const one = client();
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
      const one = client();
      await one.headManifest(open);
      now += 55_000;
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
      await signIn({ auths: { [name]: { auth: encoded(REGISTRY_USER) } } });
      expect(await head(shut)).toMatchObject({ found: true });
    });

    it('opens to an identity token', async () => {
      await signIn({ auths: { [name]: { identitytoken: IDENTITY_TOKEN } } });
      expect(await head(shut)).toMatchObject({ found: true });
      expect(tokens.asked).toMatchObject([{ method: 'POST', refreshToken: IDENTITY_TOKEN }]);
    });

    it('hears a wrong password once', async () => {
      await signIn({ auths: { [name]: { auth: encoded(wrong) } } });
      const one = client();
      for (const reference of [shut, open])
        await expect(one.headManifest(reference)).rejects.toMatchObject({
          details: { why: 'refused' },
        });
      expect(tokens.asked).toHaveLength(1);
    });
  });

  describe('with TLS', () => {
    beforeAll(() => registry.again({ tls: certificates, auth: 'basic' }));
    beforeEach(() => signIn({ auths: { [name]: { auth: encoded(REGISTRY_USER) } } }));

    const trust = async (ca: string) => {
      const folder = join(home, '.config', 'docker', 'certs.d', name);
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'ca.crt'), ca);
    };

    it('is believed by the CA in docker\u2019s folder for it', async () => {
      await trust(certificates.ca);
      expect(await head(shut)).toMatchObject({ found: true });
    });

    it('is not believed without, nor by another CA', async () => {
      const untrusted = { code: 'registry-tls', details: { registry: name } };
      expect(await failure(shut)).toMatchObject(untrusted);
      await trust((await makeCertificates()).ca);
      expect(await failure(shut)).toMatchObject(untrusted);
    });

    it('needs no CA where the engine calls it insecure', async () => {
      insecure = ['127.0.0.0/8'];
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

describe('a host', () => {
  let hosts: HttpHost[];
  beforeEach(() => (hosts = []));
  afterEach(async () => {
    for (const one of hosts) await one.close();
  });
  const start = async (...answer: Parameters<typeof HttpHost.start>) => {
    const host = await HttpHost.start(...answer);
    hosts.push(host);
    return host;
  };
  const at = (host: HttpHost) => pinned(`${host.host}/acme/app@${digest}`);
  const type = 'application/vnd.oci.image.index.v1+json';

  it('that a registry leads to hears no credentials', async () => {
    const store = await start((_, response) =>
      response.writeHead(200, { 'content-type': type, 'content-length': '7' }).end(),
    );
    const registry = await start((request, response) => {
      if (request.headers.authorization === undefined)
        response.writeHead(401, { 'www-authenticate': 'Basic realm="a, \\"b\\""' }).end();
      else response.writeHead(307, { location: `http://${store.host}/blob?x=1` }).end();
    });
    await signIn({ auths: { [registry.host]: { auth: encoded(REGISTRY_USER) } } });
    expect(await head(at(registry))).toEqual({ found: true, mediaType: type, size: 7 });
    expect(registry.asked.at(-1)?.authorization).toBe(`Basic ${encoded(REGISTRY_USER)}`);
    expect(store.asked).toEqual([{ method: 'HEAD', path: '/blob?x=1', authorization: null }]);
  });

  it('that a registry leads to gets none by asking for them either', async () => {
    const thief = await start((_, response) =>
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end(),
    );
    const registry = await start((_, response) =>
      response.writeHead(302, { location: `http://${thief.host}/` }).end(),
    );
    await signIn({ auths: { [registry.host]: { auth: encoded(REGISTRY_USER) } } });
    expect(await failure(at(registry))).toMatchObject({ code: 'registry-auth' });
    expect([...registry.asked, ...thief.asked].map((one) => one.authorization)).toEqual([
      null,
      null,
    ]);
  });

  it.each(['http://192.0.2.1/token', 'https://u:p@127.0.0.1/token', 'ftp://127.0.0.1/', 'token'])(
    'is no token server at %s',
    async (realm) => {
      const registry = await start((_, response) =>
        response.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}"` }).end(),
      );
      await signIn({ auths: { [registry.host]: { auth: encoded(REGISTRY_USER) } } });
      expect(await failure(at(registry))).toMatchObject({
        code: 'registry-auth',
        details: { why: 'unsafe' },
      });
    },
  );

  it('that takes no more questions is left alone for as long as it says', async () => {
    const registry = await start((_, response) =>
      response.writeHead(429, { 'retry-after': '30' }).end(),
    );
    const one = client();
    const limited = { code: 'registry-limited', details: { registry: registry.host } };
    await expect(one.headManifest(at(registry))).rejects.toMatchObject({
      ...limited,
      details: { retryAfter: 30 },
    });
    now += 20_000;
    await expect(one.headManifest(at(registry))).rejects.toMatchObject({
      ...limited,
      details: { retryAfter: 10 },
    });
    expect(registry.asked).toHaveLength(1);
    now += 10_000;
    await expect(one.headManifest(at(registry))).rejects.toMatchObject(limited);
    expect(registry.asked).toHaveLength(2);
  });

  it('that answers anything with 200 proves nothing', async () => {
    const page = await start((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html\u00a0' }).end(),
    );
    expect(await failure(at(page))).toMatchObject({ code: 'registry-unsupported' });
    const other = await start((_, response) =>
      response
        .writeHead(200, {
          'content-type': type,
          'docker-content-digest': `sha256:${'6'.repeat(64)}`,
        })
        .end(),
    );
    expect(await failure(at(other))).toMatchObject({ code: 'registry-unsupported' });
  });

  it('that fails is told by its status', async () => {
    const broken = await start((_, response) => response.writeHead(500).end());
    expect(await failure(at(broken))).toMatchObject({
      code: 'registry-error',
      details: { registry: broken.host, status: 500 },
    });
  });

  it('on another machine is asked through the proxy, and this machine never', async () => {
    const proxy = await start((_, response) => response.writeHead(500).end());
    env = { HTTP_PROXY: `http://${proxy.host}`, HTTPS_PROXY: `http://u:secret@${proxy.host}` };
    const away = pinned(`registry.example/acme/app@${digest}`);
    const failed = await failure(away);
    expect(failed).toMatchObject({ code: 'registry-unreachable', details: { why: 'proxy' } });
    expect(JSON.stringify(failed) + String(failed)).not.toContain('secret');
    const here = await start((_, response) => response.writeHead(404).end());
    expect(await head(at(here))).toEqual({ found: false });
    expect(proxy.asked).toMatchObject([{ method: 'CONNECT', path: 'registry.example:443' }]);
  });
});

/** A folder with a credential helper that is this script. */
async function helper(helperName: string, script: string): Promise<string> {
  const folder = await mkdtemp(join(home, 'bin-'));
  const file = join(folder, `docker-credential-${helperName}`);
  await writeFile(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return folder;
}
