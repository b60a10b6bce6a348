import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseReference } from '../../../main/domain/reference.js';
import { REGISTRY_USER } from '../../support/registry.js';
import {
  everywhere,
  failureAt,
  invalid,
  type Odd,
  oddRegistry,
  patience,
  questions,
} from './odd-registry.js';
import { encoded, RegistryUser } from './user.js';

let user: RegistryUser;
beforeEach(async () => {
  user = await RegistryUser.start();
});
afterEach(() => user.dispose());

describe('a registry that refuses again and again', () => {
  const refuse: Odd = (_, response) =>
    response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();

  it('is told a password once', async () => {
    const registry = await oddRegistry(user, refuse, everywhere);
    await user.signInTo(registry.host, REGISTRY_USER);
    const one = user.client();
    const asked = [1, 2, 3, 4, 5].map((tag) =>
      one.head(parseReference(`${registry.host}/acme/app:${tag}`)),
    );
    for (const { reason } of (await Promise.allSettled(asked)) as PromiseRejectedResult[])
      expect(reason).toMatchObject({ code: 'registry-auth', details: { why: 'refused' } });
    expect(registry.asked.map(({ authorization }) => authorization)).toEqual([
      null,
      `Basic ${encoded(REGISTRY_USER)}`,
    ]);
  });

  it('whatever token it is shown is not asked on', async () => {
    const registry = await oddRegistry(
      user,
      (request, response) => {
        if (request.url?.startsWith('/token'))
          return response.writeHead(200).end(JSON.stringify({ token: 'good' }));
        const realm = `http://${registry.host}/token`;
        return response.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}"` }).end();
      },
      everywhere,
    );
    const failed = await questions.head(user.client(), registry).catch((e: unknown) => e);
    expect(failed).toMatchObject({ code: 'registry-auth', details: { why: 'not-signed-in' } });
    expect(registry.asked.map(({ path }) => path.split('?')[0])).toEqual([
      '/v2/',
      '/token',
      '/v2/acme/odd/manifests/1',
      '/token',
      '/v2/acme/odd/manifests/1',
    ]);
  });
});

describe('a registry that fails', () => {
  it('is told by its status and its own words', async () => {
    const errors = [{ code: 'UNKNOWN', message: 'a \u202e b' }];
    const registry = await oddRegistry(user, (_, response) =>
      response
        .writeHead(500, { 'content-type': 'application/json' })
        .end(JSON.stringify({ errors })),
    );
    expect(await failureAt(user, registry, 'head')).toMatchObject({
      code: 'registry-error',
      details: { registry: registry.host, status: 500, message: '' },
    });
    expect(await failureAt(user, registry, 'tags')).toMatchObject({
      details: { message: 'UNKNOWN a \ufffd b' },
    });
  });

  it('three times in a row is left alone, and tried again by a person', async () => {
    const registry = await oddRegistry(
      user,
      (_, response) => response.writeHead(500).end(),
      everywhere,
    );
    const one = user.client(patience);
    const ask = (path: string) => questions.head(one, registry, path).catch((e: unknown) => e);
    for (const path of ['a', 'b', 'c', 'd', 'e'])
      expect(await ask(`acme/${path}`)).toMatchObject({ details: { status: 500 } });
    const manifests = () => registry.asked.filter(({ method }) => method === 'HEAD').length;
    expect(manifests()).toBe(3);
    one.retryNow();
    await ask('acme/d');
    expect(manifests()).toBe(4);
  });

  it('to answer at all is left alone longer each time', async () => {
    const registry = await oddRegistry(user, (_, response) => response.destroy(), everywhere);
    const one = user.client(patience);
    const asked = async (after: number) => {
      user.now += after;
      const failed = await questions.head(one, registry).catch((e: unknown) => e);
      expect(failed).toMatchObject({ code: 'registry-unreachable' });
      return registry.asked.length;
    };
    expect(await asked(0)).toBe(1);
    expect(await asked(999)).toBe(1);
    expect(await asked(1)).toBe(2);
    expect(await asked(1_999)).toBe(2);
    expect(await asked(1)).toBe(3);
    expect(await asked(2_999)).toBe(3);
    expect(await asked(1)).toBe(4);
    one.retryNow();
    expect(await asked(0)).toBe(5);
  });
});

describe('a registry that breaks off', () => {
  it.each(['tags', 'image'] as const)('is told as that where it is asked for %s', async (ask) => {
    const registry = await oddRegistry(user, ({ url = '' }, response) => {
      const isBlob = url.includes('/blobs/');
      if (ask === 'image' && !isBlob) return false;
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      response.write('{"tags": [', () => response.destroy());
      return true;
    });
    expect(await failureAt(user, registry, ask)).toMatchObject(invalid(registry, 'cut-off'));
  });

  it('in the middle of a part is told so, too', async () => {
    const registry = await oddRegistry(user, (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"tags": [', () => response.destroy());
    });
    expect(await failureAt(user, registry, 'tags')).toMatchObject(invalid(registry, 'cut-off'));
  });
});

describe('a registry that is silent', () => {
  const begins: Odd = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
    response.write('{"tags": [');
  };

  it('is waited for so long, before an answer and in the middle of one', async () => {
    const never = await oddRegistry(user, () => true);
    const half = await oddRegistry(user, begins);
    const asked = [
      failureAt(user, never, 'head'),
      failureAt(user, never, 'tags'),
      failureAt(user, never, 'image'),
      failureAt(user, half, 'tags'),
    ];
    for (const failed of await Promise.all(asked))
      expect(failed).toMatchObject({ code: 'registry-silent', details: { seconds: 2 } });
  });
});
