import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { behave, oddRegistry } from './odd-registry.js';
import { RegistryUser } from './user.js';

let user: RegistryUser;
beforeEach(async () => {
  user = await RegistryUser.start();
});
afterEach(() => user.dispose());

describe('pages of tags', () => {
  /** A registry with so many tags; `link` makes the target of a page's `Link`. */
  const many = async (count: number, link: (path: string, host: string) => string) => {
    const all = Array.from({ length: count }, (_, i) => `v${i}`);
    const registry = await user.host(({ url = '/', headers }, response) => {
      if (url === '/v2/') return void response.writeHead(200).end();
      const { pathname, searchParams } = new URL(url, 'http://registry');
      const from = all.indexOf(searchParams.get('last') ?? '') + 1;
      const tags = all.slice(from, from + 100);
      const more = from + 100 < count;
      const next = `${pathname}?last=${tags.at(-1) ?? ''}&n=100`;
      response.writeHead(200, {
        'content-type': 'application/json; charset=utf-8',
        ...(more && { link: `<${link(next, headers.host ?? '')}>; rel="next"` }),
      });
      response.end(JSON.stringify({ name: 'acme/app', tags }));
    });
    return { registry, all };
  };

  it.each([
    ['by path', (path: string) => path],
    ['by address', (path: string, host: string) => `http://${host}${path}`],
    ['by query', (path: string) => path.slice(path.indexOf('?'))],
    ['by the last part of the path', (path: string) => path.slice(path.lastIndexOf('/') + 1)],
  ])('are read to the end where they lead on %s', async (_, link) => {
    const { registry, all } = await many(1_000, link);
    expect(await user.client().tags(registry.host, 'acme/app')).toEqual({
      found: true,
      tags: all,
      more: false,
    });
    expect(registry.asked).toHaveLength(11);
  });

  it('may hold ten thousand', async () => {
    const { registry, all } = await many(10_000, (path) => path);
    const list = await user.client().tags(registry.host, 'acme/app');
    expect(list).toEqual({ found: true, tags: all, more: false });
  });

  it('that lead to another host are asked for where the first was', async () => {
    const other = await user.host(behave);
    const { registry, all } = await many(300, (path) => `http://${other.host}${path}`);
    const list = await user.client().tags(registry.host, 'acme/app');
    expect(list).toEqual({ found: true, tags: all, more: false });
    expect(other.asked).toEqual([]);
  });

  it('that lead in a circle, or without end, are left at some page', async () => {
    const circle = await many(300, () => '/v2/acme/app/tags/list?n=1000');
    const list = await user.client().tags(circle.registry.host, 'acme/app');
    expect(list).toEqual({ found: true, tags: circle.all.slice(0, 100), more: true });
    const endless = await many(40_000, (path) => path);
    const some = await user.client().tags(endless.registry.host, 'acme/app');
    expect(some).toEqual({ found: true, tags: endless.all.slice(0, 20_000), more: true });
  });

  it.each(['/v1/tags', 'http://['])('are not sought at %s', async (target) => {
    const { registry } = await many(300, () => target);
    await expect(user.client().tags(registry.host, 'acme/app')).rejects.toMatchObject({
      code: 'registry-invalid',
      details: { why: 'unreadable' },
    });
  });

  it('tell each tag once, and none that could not be pulled', async () => {
    const registry = await oddRegistry(user, (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ tags: ['b', 'a', 'b', '', 'x\u202ey', '-a', 'a/b', 'c'] }));
    });
    expect(await user.client().tags(registry.host, 'acme/odd')).toEqual({
      found: true,
      tags: ['b', 'a', 'c'],
      more: false,
    });
  });

  it('of a repository that is not there, or is empty, are none', async () => {
    const registry = await oddRegistry(user, ({ url = '' }, response) => {
      const status = url.includes('/gone/') ? 404 : 200;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(status === 404 ? '{"errors":[]}' : '{"name":"acme/app","tags":null}');
    });
    const one = user.client();
    expect(await one.tags(registry.host, 'acme/odd/gone')).toEqual({ found: false });
    const none = { found: true, tags: [], more: false };
    expect(await one.tags(registry.host, 'acme/odd')).toEqual(none);
  });
});
