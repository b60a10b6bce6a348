import { createHash } from 'node:crypto';
import type { Pinned } from '../../main/adapters/registry/types.js';
import { parseReference } from '../../main/domain/reference.js';
import type { TestRegistry } from './registry.js';

const mediaType = 'application/vnd.oci.image.manifest.v1+json';

/** Puts a manifest that nobody could run into an open registry, as a publisher without an engine. */
export async function publish(registry: TestRegistry, repository: string): Promise<Pinned> {
  const base = `http://${registry.host}/v2/${repository}`;
  const config = Buffer.from(JSON.stringify({ architecture: 'amd64', os: 'linux', repository }));
  const begun = await expected(202, `${base}/blobs/uploads/`, { method: 'POST' });
  const upload = new URL(begun.headers.get('location') ?? '', base);
  upload.searchParams.set('digest', digestOf(config));
  await expected(201, upload.href, { method: 'PUT', body: config });
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType,
      config: {
        mediaType: 'application/vnd.oci.image.config.v1+json',
        size: config.length,
        digest: digestOf(config),
      },
      layers: [],
    }),
  );
  const digest = digestOf(manifest);
  const headers = { 'content-type': mediaType };
  await expected(201, `${base}/manifests/${digest}`, { method: 'PUT', headers, body: manifest });
  return pinned(`${registry.host}/${repository}@${digest}`);
}

/** Takes a manifest out of an open registry, as its owner's clean-up does. */
export async function unpublish({ domain, path, digest }: Pinned): Promise<void> {
  await expected(202, `http://${domain}/v2/${path}/manifests/${digest}`, { method: 'DELETE' });
}

/** A reference with a digest, read. */
export function pinned(reference: string): Pinned {
  const { digest, ...rest } = parseReference(reference);
  if (digest === null) throw new Error(`${reference} has no digest`);
  return { ...rest, digest };
}

const digestOf = (data: Buffer) => `sha256:${createHash('sha256').update(data).digest('hex')}`;

async function expected(status: number, url: string, options: RequestInit): Promise<Response> {
  const answer = await fetch(url, options);
  if (answer.status !== status)
    throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}
