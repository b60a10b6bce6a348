import { createHash } from 'node:crypto';
import type { Pinned } from '../../main/adapters/registry/types.js';
import { parseReference } from '../../main/domain/reference.js';
import type { TestRegistry } from './registry.js';

const types = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  /** Of Docker's own, as engines push it. */
  old: 'application/vnd.docker.distribution.manifest.v2+json',
};

export interface PublishedImage {
  /** Under which it is put too; default none. */
  tags?: string[];
  /** More of the config: `created`, `config`, `rootfs`. */
  config?: object;
  /** What stands for the layers, compressed. */
  layers?: Buffer[];
}

/** Puts a manifest that nobody could run into an open registry, as a publisher without an engine. */
export async function publish(
  registry: Pick<TestRegistry, 'host'>,
  repository: string,
  { tags = [], config: more = {}, layers = [] }: PublishedImage = {},
): Promise<Pinned> {
  const base = `http://${registry.host}/v2/${repository}`;
  const text = JSON.stringify({ architecture: 'amd64', os: 'linux', repository, ...more });
  const config = await upload(base, Buffer.from(text), types.config);
  const descriptors = [];
  for (const layer of layers) descriptors.push(await upload(base, layer, types.layer));
  const manifest = { schemaVersion: 2, mediaType: types.manifest, config, layers: descriptors };
  return pinned(`${registry.host}/${repository}@${await put(base, manifest, tags)}`);
}

/** Puts a list of what was published under one name: each with what it is for. */
export async function publishIndex(
  registry: Pick<TestRegistry, 'host'>,
  repository: string,
  images: { digest: string; platform: object }[],
  tags: string[] = [],
): Promise<Pinned> {
  const base = `http://${registry.host}/v2/${repository}`;
  const manifests = await Promise.all(
    images.map(async ({ digest, platform }) => {
      const headers = { accept: types.manifest };
      const got = await expected(200, `${base}/manifests/${digest}`, { method: 'HEAD', headers });
      const size = Number(got.headers.get('content-length'));
      return { mediaType: types.manifest, digest, size, platform };
    }),
  );
  const index = { schemaVersion: 2, mediaType: types.index, manifests };
  return pinned(`${registry.host}/${repository}@${await put(base, index, tags)}`);
}

/** Takes a manifest out of an open registry, as its owner's clean-up does. */
export async function unpublish({ domain, path, digest }: Pinned): Promise<void> {
  await expected(202, `http://${domain}/v2/${path}/manifests/${digest}`, { method: 'DELETE' });
}

/** Puts what an open registry has under a tag, as its publisher does who goes back. */
export async function retag({ domain, path, digest }: Pinned, tag: string): Promise<void> {
  const manifests = `http://${domain}/v2/${path}/manifests`;
  const headers = { accept: [types.index, types.manifest, types.old].join(', ') };
  const got = await expected(200, `${manifests}/${digest}`, { headers });
  await expected(201, `${manifests}/${tag}`, {
    method: 'PUT',
    headers: { 'content-type': got.headers.get('content-type') ?? '' },
    body: await got.arrayBuffer(),
  });
}

/** A reference with a digest, read. */
export function pinned(reference: string): Pinned {
  const { digest, ...rest } = parseReference(reference);
  if (digest === null) throw new Error(`${reference} has no digest`);
  return { ...rest, digest };
}

export const digestOf = (data: Buffer | string) =>
  `sha256:${createHash('sha256').update(data).digest('hex')}`;

async function upload(base: string, body: Buffer, mediaType: string) {
  const begun = await expected(202, `${base}/blobs/uploads/`, { method: 'POST' });
  const to = new URL(begun.headers.get('location') ?? '', base);
  to.searchParams.set('digest', digestOf(body));
  await expected(201, to.href, { method: 'PUT', body: new Uint8Array(body) });
  return { mediaType, digest: digestOf(body), size: body.length };
}

/** Gives the manifest's digest. */
async function put(base: string, manifest: { mediaType: string }, tags: string[]): Promise<string> {
  const body = JSON.stringify(manifest);
  const headers = { 'content-type': manifest.mediaType };
  for (const name of [digestOf(body), ...tags])
    await expected(201, `${base}/manifests/${name}`, { method: 'PUT', headers, body });
  return digestOf(body);
}

async function expected(status: number, url: string, options: RequestInit): Promise<Response> {
  const answer = await fetch(url, options);
  if (answer.status !== status)
    throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}
