import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everywhere, oddRegistry, patience, questions } from './odd-registry.js';
import { RegistryUser } from './user.js';

let user: RegistryUser;
beforeEach(async () => {
  user = await RegistryUser.start();
});
afterEach(() => user.dispose());

describe('a registry that takes no more questions', () => {
  const date = (ms: number) => new Date(Math.ceil((user.now + ms) / 1000) * 1000).toUTCString();

  it.each([
    ['seconds', 429, () => ({ 'retry-after': '30' }), 30],
    ['a date', 429, () => ({ 'retry-after': date(30_000) }), 31],
    ['nothing', 429, () => ({}), 60],
    ['RateLimit', 429, () => ({ ratelimit: '"a";r=0;t=30' }), 30],
    ['503 and seconds', 503, () => ({ 'retry-after': '30' }), 30],
  ])('and says %s is not asked before, not even by a person', async (_, status, said, seconds) => {
    const registry = await oddRegistry(
      user,
      (__, response) => response.writeHead(status, said()).end(),
      everywhere,
    );
    const other = await oddRegistry(user, () => false);
    const one = user.client(patience);
    const ask = () => questions.head(one, registry).catch((e: unknown) => e);
    const limited = { code: 'registry-limited', details: { registry: registry.host } };
    expect(await ask()).toMatchObject(limited);
    one.retryNow();
    expect(await ask()).toMatchObject(limited);
    expect(registry.asked).toHaveLength(1);
    expect(await questions.head(one, other)).toMatchObject({ found: true });
    const [told] = one.limits();
    expect(told).toMatchObject({ registry: registry.host, until: expect.any(Number) as number });
    const until = told?.until ?? 0;
    expect(until - user.now).toBeGreaterThan(seconds * 1000 - 1_001);
    expect(until - user.now).toBeLessThanOrEqual(seconds * 1000);
    user.now = until - 1;
    expect(await ask()).toMatchObject({ ...limited, details: { retryAfter: 1 } });
    expect(registry.asked).toHaveLength(1);
    user.now = until;
    await ask();
    expect(registry.asked).toHaveLength(2);
  });

  it('at its token server is not asked either', async () => {
    const registry = await oddRegistry(
      user,
      (request, response) => {
        if (request.url?.startsWith('/token'))
          return response.writeHead(429, { 'retry-after': '30' }).end();
        const realm = `http://${registry.host}/token`;
        return response.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}"` }).end();
      },
      everywhere,
    );
    const one = user.client();
    for (const path of ['acme/a', 'acme/b'])
      await expect(questions.head(one, registry, path)).rejects.toMatchObject({
        code: 'registry-limited',
        details: { registry: registry.host, retryAfter: 30 },
      });
    expect(registry.asked).toHaveLength(2);
  });

  it('says before how many it still takes', async () => {
    const registry = await oddRegistry(
      user,
      (_, response) => {
        response.setHeader('ratelimit-limit', '100;w=21600');
        response.setHeader('ratelimit-remaining', '76;w=21600');
        return false;
      },
      everywhere,
    );
    const one = user.client();
    expect(one.limits()).toEqual([]);
    await questions.head(one, registry);
    const { host } = registry;
    expect(one.limits()).toEqual([{ registry: host, limit: 100, remaining: 76, until: null }]);
  });
});
