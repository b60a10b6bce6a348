import { CareenError } from '../../domain/errors.js';
import { type Reference, familiar } from '../../domain/reference.js';
import { digestLike, errorOf, isDigest } from './content.js';
import { cleaned } from './failures.js';
import { contentTypeOf, headerOf } from './headers.js';
import type { Registry } from './registry.js';
import type { Answer } from './transport.js';
import type { ManifestHead, Pinned, TagHead } from './types.js';

const indexTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
];

/**
 * Every kind of manifest there is. Without the full list a registry may answer with a digest of its
 * oldest kind, which matches nothing.
 */
const mediaTypes = [
  ...indexTypes,
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** Bytes: more than containerd, or a registry, takes in. */
const longestManifest = 4 * 1024 * 1024;

const headers = { accept: mediaTypes.join(', ') };

/** A manifest as it was given, proved by its digest. */
export interface Manifest {
  digest: string;
  mediaType: string;
  isIndex: boolean;
  answer: Answer;
}

/** Where a manifest is asked for; a name alone is its tag `latest`, as docker has it. */
function pathOf({ path, tag, digest }: Reference): string {
  return `/v2/${path}/manifests/${digest ?? tag ?? 'latest'}`;
}

/**
 * One HEAD. A registry that does not tell the digest, or takes no HEAD, is asked by a GET, and the
 * digest is computed.
 */
export async function headOf(registry: Registry, reference: Reference): Promise<TagHead> {
  const answer = await ask(registry, reference, 'HEAD');
  if (isMissing(answer)) return { found: false };
  const told = headerOf(answer.headers, 'docker-content-digest');
  if (answer.status === 405 || (answer.status === 200 && told === '')) {
    const manifest = await getManifest(registry, reference);
    if (!manifest) return { found: false };
    const { digest, mediaType } = manifest;
    return { found: true, digest, mediaType, size: manifest.answer.body.length };
  }
  const mediaType = mediaTypeOf(answer, registry);
  return {
    found: true,
    digest: proved(told, reference, registry),
    mediaType,
    size: sizeOf(answer),
  };
}

/** One HEAD for what has a digest already: the registry need not tell it. */
export async function pinnedHeadOf(registry: Registry, pinned: Pinned): Promise<ManifestHead> {
  const answer = await ask(registry, pinned, 'HEAD');
  if (isMissing(answer)) return { found: false };
  const mediaType = mediaTypeOf(answer, registry);
  const told = headerOf(answer.headers, 'docker-content-digest');
  if (told !== '') proved(told, pinned, registry);
  return { found: true, mediaType, size: sizeOf(answer) };
}

/**
 * One GET; null where the registry has it not.
 *
 * @throws CareenError `registry-invalid` where it is not what its digest says
 */
export async function getManifest(
  registry: Registry,
  reference: Reference,
): Promise<Manifest | null> {
  const answer = await ask(registry, reference, 'GET');
  if (isMissing(answer)) return null;
  const mediaType = mediaTypeOf(answer, registry);
  const told = headerOf(answer.headers, 'docker-content-digest');
  const expected = reference.digest ?? (told === '' ? null : proved(told, reference, registry));
  const digest = digestLike(expected ?? 'sha256:', answer.body);
  if (expected !== null && digest !== expected) throw wrongDigest(registry);
  return { digest, mediaType, isIndex: indexTypes.includes(mediaType), answer };
}

/** What a registry does not have, or not as an image. */
export function lacks(
  reference: Reference,
  what: 'manifest' | 'platform' | 'image',
  platform: string | null = null,
): CareenError {
  return new CareenError('registry-lacks', { reference: familiar(reference), what, platform });
}

/** What a registry sent is not what its digest says. */
export function wrongDigest({ name }: Registry): CareenError {
  return new CareenError('registry-invalid', { registry: name, why: 'digest' });
}

function ask(registry: Registry, reference: Reference, method: 'HEAD' | 'GET'): Promise<Answer> {
  const longest = longestManifest;
  const question = { method, headers, follow: true, ...(method === 'GET' && { longest }) };
  return registry.ask(reference.path, pathOf(reference), question);
}

/** A page of the web that says so is no registry's word. */
function isMissing({ status, headers: told }: Answer): boolean {
  return status === 404 && contentTypeOf(told) !== 'text/html';
}

/** What is not the kind of thing that was asked for proves nothing: many a server answers with 200. */
function mediaTypeOf(answer: Answer, { name }: Registry): string {
  if (answer.status !== 200 && answer.status !== 404) throw errorOf(answer, name);
  const type = contentTypeOf(answer.headers);
  if (mediaTypes.includes(type)) return type;
  throw new CareenError('registry-unsupported', {
    registry: name,
    found: cleaned(type || 'nothing'),
  });
}

/** The digest that a registry tells, where it is one and that which was asked for. */
function proved(told: string, { digest }: Reference, registry: Registry): string {
  if (!isDigest(told) || (digest !== null && told !== digest)) throw wrongDigest(registry);
  return told;
}

function sizeOf({ headers: told }: Answer): number | null {
  const length = headerOf(told, 'content-length');
  return /^\d+$/.test(length) ? Number(length) : null;
}
