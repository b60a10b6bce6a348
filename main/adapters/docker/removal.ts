import { z } from 'zod';
import { CareenError } from '../../domain/errors.js';
import { asTag, splitReference } from '../../domain/reference.js';
import { inPath } from './names.js';
import { type Call, hasStatus, type Requests } from './requests.js';
import type { Removal } from './types.js';

/** Removing unpacked files of a large image takes its time. */
const deadline = 120_000;

/** The cache of a long life is pruned file by file. */
const pruneDeadline = 30 * 60_000;

/**
 * Takes one name off an image; its last name takes the image along. Never by digest: a containerd
 * store would take every tag and the image (ACCOUNTING, Deleting).
 *
 * @throws CareenError `reference-invalid` for anything but a tag; failures of the connection
 */
export async function untag(requests: Requests, reference: string): Promise<Removal> {
  if (reference.includes('@') || !/:[^/]+$/.test(reference) || reference.startsWith('sha256:'))
    throw new CareenError('reference-invalid', { text: reference, problem: 'not-a-tag' });
  return removeByName(requests, reference);
}

/** Removes an image by ID, unforced; untagged parents stay (ACCOUNTING, Deleting). */
export async function removeImage(requests: Requests, id: string): Promise<Removal> {
  if (!/^sha256:[0-9a-f]{64}$/.test(id))
    throw new CareenError('reference-invalid', { text: id, problem: 'not-an-id' });
  return removeByName(requests, id);
}

function removeByName(requests: Requests, name: string): Promise<Removal> {
  const query = { force: 'false', noprune: '1' };
  return remove(requests, { path: `/images/${inPath(name)}`, query });
}

/** Removes a container that does not run; its anonymous volumes stay (JUDGING §6). */
export function removeContainer(requests: Requests, id: string): Promise<Removal> {
  const query = { force: 'false', v: 'false' };
  return remove(requests, { path: `/containers/${inPath(id)}`, query });
}

/** Removes a container that Careen made, running or not; its anonymous volumes stay. */
export function removeOwnContainer(requests: Requests, id: string): Promise<Removal> {
  const query = { force: 'true', v: 'false' };
  return remove(requests, { path: `/containers/${inPath(id)}`, query });
}

/** Removes a network. The engine itself refuses only while a container runs on it. */
export function removeNetwork(requests: Requests, id: string): Promise<Removal> {
  return remove(requests, { path: `/networks/${inPath(id)}` });
}

/** Removes a volume, unforced. */
export function removeVolume(requests: Requests, name: string): Promise<Removal> {
  return remove(requests, { path: `/volumes/${inPath(name)}`, query: { force: 'false' } });
}

async function remove(requests: Requests, call: Call): Promise<Removal> {
  try {
    await requests.text({ method: 'DELETE', deadline, ...call });
    return { done: true };
  } catch (e) {
    if (!hasStatus(e, 403, 404, 409)) throw e;
    return { done: false, ...e.details };
  }
}

const pruned = z.looseObject({ SpaceReclaimed: z.number().nonnegative().default(0) });

/**
 * Has the engine prune its build cache: what nobody used for `unusedFor` ms, until no more than
 * `keep` bytes are left. It chooses by itself, and spares what an image shares.
 *
 * @param apiMinor names the bound: `keep-storage` up to 1.47, `reserved-space` from 1.48 (JUDGING §6)
 * @returns bytes, as the engine counts them
 */
export async function pruneBuildCache(
  requests: Requests,
  apiMinor: number,
  { unusedFor, keep }: { unusedFor: number; keep: number },
): Promise<number> {
  const until = `${Math.ceil(unusedFor / 1000)}s`;
  const query = {
    [apiMinor >= 48 ? 'reserved-space' : 'keep-storage']: keep,
    ...(unusedFor > 0 ? { filters: JSON.stringify({ until: [until] }) } : {}),
  };
  const call = { method: 'POST', path: '/build/prune', query, deadline: pruneDeadline } as const;
  return (await requests.get(pruned, call)).SpaceReclaimed;
}

/**
 * Puts a name on an image; one without a tag is `latest`, as everywhere.
 *
 * @throws CareenError `reference-invalid` for what leads to a digest or is an ID
 */
export async function tag(requests: Requests, id: string, reference: string): Promise<void> {
  const name = asTag(reference);
  if (name === null)
    throw new CareenError('reference-invalid', { text: reference, problem: 'not-a-tag' });
  const parts = splitReference(name);
  const query = { repo: inPath(parts.name), tag: parts.tag ?? '' };
  await requests.text({ method: 'POST', path: `/images/${inPath(id)}/tag`, query });
}
