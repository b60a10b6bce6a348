import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { REGISTRY_USER } from '../../support/registry.js';
import { behave, everywhere, failureAt, invalid, oddRegistry, questions } from './odd-registry.js';
import { encoded, RegistryUser } from './user.js';

let user: RegistryUser;
beforeEach(async () => {
  user = await RegistryUser.start();
});
afterEach(() => user.dispose());

/** A registry that lets in the user alone, and keeps all it has with a store elsewhere. */
const withStore = async () => {
  const store = await user.host(behave);
  const registry = await oddRegistry(
    user,
    ({ url = '', headers }, response) => {
      if (headers.authorization === undefined)
        response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
      else if (url === '/v2/') return false;
      else response.writeHead(307, { location: `http://${store.host}${url}` }).end();
      return true;
    },
    everywhere,
  );
  await user.signInTo(registry.host, REGISTRY_USER);
  return { registry, store };
};

describe('a registry that leads to another host', () => {
  it.each(['head', 'tags', 'image'] as const)('leads no credentials there (%s)', async (ask) => {
    const { registry, store } = await withStore();
    expect(await questions[ask](user.client(), registry)).toBeTruthy();
    expect(registry.asked.at(-1)?.authorization).toBe(`Basic ${encoded(REGISTRY_USER)}`);
    expect(store.asked.length).toBeGreaterThan(0);
    for (const { authorization } of store.asked) expect(authorization).toBeNull();
  });

  it('and back brings none back', async () => {
    const { registry, store } = await withStore();
    const back = await user.host((_, response) =>
      response
        .writeHead(302, { location: `http://${registry.host}/v2/acme/app/manifests/1` })
        .end(),
    );
    const away = await oddRegistry(user, (_, response) =>
      response.writeHead(302, { location: `http://${back.host}/` }).end(),
    );
    await expect(questions.head(user.client(), away)).rejects.toMatchObject({
      code: 'registry-auth',
    });
    expect(store.asked).toEqual([]);
    expect(registry.asked.map(({ authorization }) => authorization)).toEqual([null]);
  });

  it.each([
    ['in a circle', (host: string) => `http://${host}/v2/acme/odd/manifests/1`],
    ['to credentials of its own', (host: string) => `http://u:p@${host}/`],
    ['to no address', () => 'http://'],
    ['to another protocol', () => 'ftp://127.0.0.1/'],
  ])('%s is told as that', async (_, location) => {
    const registry = await oddRegistry(user, ({ headers }, response) =>
      response.writeHead(302, { location: location(headers.host ?? '') }).end(),
    );
    expect(await failureAt(user, registry, 'head')).toMatchObject(invalid(registry, 'redirect'));
    expect(registry.asked.length).toBeLessThan(12);
  });
});
