import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Pinned } from '../../../main/adapters/registry/types.js';
import type { HttpHost } from '../../support/http-host.js';
import { pinned } from '../../support/publish.js';
import { content, failureAt, invalid, type Odd, oddRegistry, questions } from './odd-registry.js';
import { RegistryUser } from './user.js';

let user: RegistryUser;
beforeEach(async () => {
  user = await RegistryUser.start();
});
afterEach(() => user.dispose());

describe('a digest', () => {
  const { index, manifest, config } = content;
  const other = `sha256:${'6'.repeat(64)}`;
  const says = (digest: string | undefined, body = index.body): Odd => {
    return ({ method }, response) =>
      response
        .writeHead(200, {
          'content-type': index.type,
          ...(digest === undefined ? {} : { 'docker-content-digest': digest }),
        })
        .end(method === 'HEAD' ? undefined : body);
  };

  it.each(['sha256:6', 'nonsense', `${other}, ${other}`, `md5:${'6'.repeat(32)}`])(
    'is not %s',
    async (digest) => {
      const registry = await oddRegistry(user, says(digest));
      expect(await failureAt(user, registry, 'head')).toMatchObject(invalid(registry, 'digest'));
    },
  );

  it('is that which was asked for', async () => {
    const registry = await oddRegistry(user, says(other));
    const one = user.client();
    const reference: Pinned = pinned(`${registry.host}/acme/odd@${index.digest}`);
    for (const ask of ['head', 'headManifest'] as const)
      await expect(one[ask](reference)).rejects.toMatchObject(invalid(registry, 'digest'));
  });

  it('that is not told is computed from what is got', async () => {
    const registry = await oddRegistry(user, says(undefined));
    expect(await questions.head(user.client(), registry)).toEqual({
      found: true,
      digest: index.digest,
      mediaType: index.type,
      size: index.body.length,
    });
    expect(registry.asked.map(({ method }) => method)).toEqual(['GET', 'HEAD', 'GET']);
  });

  it('is computed where no HEAD is taken', async () => {
    const registry = await oddRegistry(user, ({ method }, response) =>
      method === 'HEAD' ? response.writeHead(405).end() : false,
    );
    expect(await questions.head(user.client(), registry)).toMatchObject({
      digest: index.digest,
    });
  });

  it('that was told is proved by what is got', async () => {
    const registry = await oddRegistry(user, ({ method, ...request }, response) =>
      says(method === 'HEAD' ? undefined : other)({ method, ...request } as never, response),
    );
    expect(await failureAt(user, registry, 'head')).toMatchObject(invalid(registry, 'digest'));
  });

  it.each([
    ['list', index],
    ['manifest', manifest],
    ['config', config],
  ])('proves the %s', async (_, { digest, type, body }) => {
    const registry = await oddRegistry(user, ({ url = '' }, response) => {
      if (!url.endsWith(digest)) return false;
      return response.writeHead(200, { 'content-type': type }).end(`${body} `);
    });
    expect(await failureAt(user, registry, 'image')).toMatchObject(invalid(registry, 'digest'));
  });
});

describe('a page of the web', () => {
  const page = (status: number): Odd => {
    return ({ method }, response) =>
      response
        .writeHead(status, { 'content-type': 'text/html; charset=utf-8' })
        .end(method === 'HEAD' ? undefined : '<!doctype html><p>Sign in to the network');
  };
  const unsupported = (host: HttpHost) => ({
    code: 'registry-unsupported',
    details: { registry: host.host, found: 'text/html' },
  });

  it.each(['head', 'tags', 'image'] as const)('is no answer of a registry (%s)', async (ask) => {
    const registry = await oddRegistry(user, page(200));
    expect(await failureAt(user, registry, ask)).toMatchObject(unsupported(registry));
  });

  it.each(['head', 'image'] as const)(
    'that was not found says nothing of an image (%s)',
    async (ask) => {
      const registry = await oddRegistry(user, page(404));
      expect(await failureAt(user, registry, ask)).toMatchObject(unsupported(registry));
    },
  );

  it('is not JSON where a config should be', async () => {
    const registry = await oddRegistry(user, ({ url = '' }, response) => {
      if (!url.includes('/blobs/')) return false;
      return response.writeHead(200).end('<p>');
    });
    expect(await failureAt(user, registry, 'image')).toMatchObject(invalid(registry, 'digest'));
  });

  it.each(['{"tags": 5}', '{"tags": [5]}', '[', 'null', '"tags"'])(
    'is as little as %s',
    async (body) => {
      const registry = await oddRegistry(user, (_, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end(body),
      );
      expect(await failureAt(user, registry, 'tags')).toMatchObject(
        invalid(registry, 'unreadable'),
      );
    },
  );

  it('without end is not read', async () => {
    const registry = await oddRegistry(user, (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => void response.write(' '.repeat(1 << 20), (e) => (e ? undefined : more()));
      more();
    });
    expect(await failureAt(user, registry, 'tags')).toMatchObject(invalid(registry, 'too-large'));
  });
});
