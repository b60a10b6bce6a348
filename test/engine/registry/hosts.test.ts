import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Pinned } from '../../../main/adapters/registry/types.js';
import type { HttpHost } from '../../support/http-host.js';
import { pinned } from '../../support/publish.js';
import { REGISTRY_USER } from '../../support/registry.js';
import { encoded, RegistryUser } from './user.js';

const digest = `sha256:${'5'.repeat(64)}`;

let user: RegistryUser;
beforeEach(async () => {
  user = await RegistryUser.start();
});
afterEach(() => user.dispose());

const head = (reference: Pinned) => user.client().headManifest(reference);
const failure = (reference: Pinned) => head(reference).catch((e: unknown) => e);

describe('a host', () => {
  const at = (host: HttpHost) => pinned(`${host.host}/acme/app@${digest}`);
  const type = 'application/vnd.oci.image.index.v1+json';

  it('that a registry leads to hears no credentials', async () => {
    const store = await user.host((_, response) =>
      response.writeHead(200, { 'content-type': type, 'content-length': '7' }).end(),
    );
    const registry = await user.host((request, response) => {
      if (request.headers.authorization === undefined)
        response.writeHead(401, { 'www-authenticate': 'Basic realm="a, \\"b\\""' }).end();
      else response.writeHead(307, { location: `http://${store.host}/blob?x=1` }).end();
    });
    await user.signInTo(registry.host, REGISTRY_USER);
    expect(await head(at(registry))).toEqual({ found: true, mediaType: type, size: 7 });
    expect(registry.asked.at(-1)?.authorization).toBe(`Basic ${encoded(REGISTRY_USER)}`);
    expect(store.asked).toEqual([{ method: 'HEAD', path: '/blob?x=1', authorization: null }]);
  });

  it('that a registry leads to gets none by asking for them either', async () => {
    const thief = await user.host((_, response) =>
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end(),
    );
    const registry = await user.host((_, response) =>
      response.writeHead(302, { location: `http://${thief.host}/` }).end(),
    );
    await user.signInTo(registry.host, REGISTRY_USER);
    expect(await failure(at(registry))).toMatchObject({ code: 'registry-auth' });
    for (const one of [...registry.asked, ...thief.asked]) expect(one.authorization).toBeNull();
    expect(thief.asked).toHaveLength(1);
  });

  it.each(['http://192.0.2.1/token', 'https://u:p@127.0.0.1/token', 'ftp://127.0.0.1/', 'token'])(
    'is no token server at %s',
    async (realm) => {
      const registry = await user.host((_, response) =>
        response.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}"` }).end(),
      );
      await user.signInTo(registry.host, REGISTRY_USER);
      expect(await failure(at(registry))).toMatchObject({
        code: 'registry-auth',
        details: { why: 'unsafe' },
      });
    },
  );

  it('on another machine is asked through the proxy, and this machine never', async () => {
    const proxy = await user.host((_, response) => response.writeHead(500).end());
    user.env = { HTTP_PROXY: `http://${proxy.host}`, HTTPS_PROXY: `http://u:secret@${proxy.host}` };
    const away = pinned(`registry.example/acme/app@${digest}`);
    const failed = await failure(away);
    expect(failed).toMatchObject({ code: 'registry-unreachable', details: { why: 'proxy' } });
    expect(JSON.stringify(failed) + String(failed)).not.toContain('secret');
    const here = await user.host((_, response) => response.writeHead(404).end());
    expect(await head(at(here))).toEqual({ found: false });
    expect(proxy.asked).toMatchObject([{ method: 'CONNECT', path: 'registry.example:443' }]);
  });

  it('is asked through the proxy of the desktop where the environment names none', async () => {
    const proxy = await user.host((_, response) => response.writeHead(500).end());
    const sought: string[] = [];
    user.systemProxy = (url) => {
      sought.push(url);
      return Promise.resolve(`SOCKS 127.0.0.1:1; PROXY ${proxy.host}; DIRECT`);
    };
    const one = user.client();
    await expect(one.tags('registry.example', 'acme/app')).rejects.toMatchObject({
      code: 'registry-unreachable',
      details: { why: 'proxy' },
    });
    expect(proxy.asked).toMatchObject([{ method: 'CONNECT', path: 'registry.example:443' }]);
    const here = await user.host((_, response) => response.writeHead(404).end());
    expect(await one.tags(here.host, 'acme/app')).toEqual({ found: false });
    expect(sought).toEqual(['https://registry.example/v2/']);
  });

  it('is sought anew after it failed: the network may be another', async () => {
    const proxy = await user.host((_, response) => response.writeHead(500).end());
    const answers = ['PROXY 127.0.0.1:1', `PROXY ${proxy.host}`];
    user.systemProxy = () => Promise.resolve(answers.shift() ?? 'DIRECT');
    const one = user.client();
    const ask = () => one.tags('registry.example', 'acme/app').catch((e: unknown) => e);
    expect(await ask()).toMatchObject({ code: 'registry-unreachable' });
    expect(proxy.asked).toHaveLength(0);
    one.retryNow();
    expect(await ask()).toMatchObject({ code: 'registry-unreachable' });
    expect(proxy.asked).toHaveLength(1);
  });
});
