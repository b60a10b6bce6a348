import { CareenError } from '../../domain/errors.js';
import { cleaned } from './failures.js';
import type { Answer } from './transport.js';
import type { ManifestHead, Pinned } from './types.js';

/**
 * Every kind of manifest there is. Without the full list a registry may answer with a digest of its
 * oldest kind, which matches nothing.
 */
const mediaTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

export const acceptManifests = mediaTypes.join(', ');

/** Where a manifest is asked for. */
export function manifestPath({ path, digest }: Pinned): string {
  return `/v2/${path}/manifests/${digest}`;
}

/**
 * Reads the answer to a HEAD. What is not the kind of thing that was asked for proves nothing: many a
 * server answers anything with 200.
 *
 * @returns null for what is neither yes nor no
 * @throws CareenError `registry-unsupported`
 */
export function readHead(answer: Answer, { domain, digest }: Pinned): ManifestHead | null {
  if (answer.status === 404) return { found: false };
  if (answer.status !== 200) return null;
  const mediaType = one(answer, 'content-type').split(';')[0]?.trim() ?? '';
  const told = one(answer, 'docker-content-digest');
  if (!mediaTypes.includes(mediaType) || (told !== '' && told !== digest))
    throw new CareenError('registry-unsupported', {
      registry: domain,
      found: cleaned(mediaType || 'nothing'),
    });
  const length = one(answer, 'content-length');
  return { found: true, mediaType, size: /^\d+$/.test(length) ? Number(length) : null };
}

function one({ headers }: Answer, name: string): string {
  return [headers[name] ?? ''].flat()[0] ?? '';
}
