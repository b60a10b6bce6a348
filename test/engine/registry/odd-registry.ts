import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect } from 'vitest';
import type { RegistryClient } from '../../../main/adapters/registry/client.js';
import { parseReference } from '../../../main/domain/reference.js';
import type { HttpHost } from '../../support/http-host.js';
import { digestOf, pinned } from '../../support/publish.js';
import type { RegistryUser } from './user.js';

const types = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
};

const config = JSON.stringify({
  architecture: 'amd64',
  os: 'linux',
  created: '2026-05-04T03:02:01Z',
  config: { Env: ['A=1'], Labels: { 'org.opencontainers.image.version': '1.2.3' } },
  rootfs: { type: 'layers', diff_ids: [] },
});
const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: types.manifest,
  config: { mediaType: types.config, digest: digestOf(config), size: config.length },
  layers: [],
});
const index = JSON.stringify({
  schemaVersion: 2,
  mediaType: types.index,
  manifests: [
    {
      mediaType: types.manifest,
      digest: digestOf(manifest),
      size: manifest.length,
      platform: { os: 'linux', architecture: 'amd64' },
    },
  ],
});

/** What stands in every repository, under the tag `1` and its digests. */
export const content = {
  index: { digest: digestOf(index), body: index, type: types.index },
  manifest: { digest: digestOf(manifest), body: manifest, type: types.manifest },
  config: { digest: digestOf(config), body: config, type: 'application/octet-stream' },
};

const all = Object.values(content);

/** Does what a registry does to a question about a manifest, a blob or tags. */
export function behave({ method, url = '/' }: IncomingMessage, response: ServerResponse): void {
  if (url === '/v2/') return void response.writeHead(200).end();
  if (url.includes('/tags/list')) {
    response.writeHead(200, { 'content-type': 'application/json' });
    return void response.end(JSON.stringify({ name: 'acme/app', tags: ['1'] }));
  }
  const wanted = /\/(?:manifests|blobs)\/([^/]+)$/.exec(url)?.[1];
  const found = wanted === '1' ? content.index : all.find(({ digest }) => digest === wanted);
  if (!found) return void response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
  response.writeHead(200, {
    'content-type': found.type,
    'content-length': found.body.length,
    'docker-content-digest': found.digest,
  });
  response.end(method === 'HEAD' ? undefined : found.body);
}

/** Answers a question instead of behaving; what is false leaves it to behave. */
export type Odd = (request: IncomingMessage, response: ServerResponse) => unknown;

/** What stands in for everything that is asked at a registry. */
export const everywhere = '/';
/** The one repository that is odd. */
const oddPath = 'acme/odd';

/**
 * A registry on loopback that has `content` and behaves, but for what it is told.
 *
 * @param where a part of the paths at which it is odd
 */
export function oddRegistry(
  user: RegistryUser,
  odd: Odd,
  where = `/${oddPath}/`,
): Promise<HttpHost> {
  return user.host((request, response) => {
    const isOdd = request.url?.includes(where) && odd(request, response) !== false;
    if (!isOdd) behave(request, response);
  });
}

/** What can be asked about a repository of a registry. */
export const questions = {
  head: (one: RegistryClient, { host }: HttpHost, path = oddPath) =>
    one.head(parseReference(`${host}/${path}:1`)),
  tags: (one: RegistryClient, { host }: HttpHost, path = oddPath) => one.tags(host, path),
  image: (one: RegistryClient, { host }: HttpHost, path = oddPath) =>
    one.image(pinned(`${host}/${path}@${content.index.digest}`), 'linux/amd64'),
};

/** Short enough to be waited for, long enough for a machine that is busy. */
export const patience = { question: 2_000, leftAlone: { first: 1_000, most: 3_000 } };

/** How a question fails at the odd repository, while another of the same registry is told of. */
export async function failureAt(
  user: RegistryUser,
  host: HttpHost,
  ask: keyof typeof questions,
): Promise<unknown> {
  const one = user.client(patience);
  const fine = () => questions.head(one, host, 'acme/fine');
  const [failed, found] = await Promise.allSettled([questions[ask](one, host), fine()]);
  expect(found).toMatchObject({ status: 'fulfilled', value: { found: true } });
  // It was the matter of that one alone: the registry is asked on.
  expect(await fine()).toMatchObject({ found: true });
  expect(failed.status).toBe('rejected');
  return (failed as PromiseRejectedResult).reason;
}

export const invalid = ({ host }: HttpHost, why: string) => ({
  code: 'registry-invalid',
  details: { registry: host, why },
});
