import { CareenError } from '../../domain/errors.js';
import { inPath } from './names.js';
import { hasStatus, type Requests } from './requests.js';
import type { Removal } from './types.js';

/** Removing unpacked files of a large image takes its time. */
const deadline = 120_000;

/**
 * Takes one name off an image; its last name takes the image along. Never by digest: a containerd
 * store would take every tag and the image (ACCOUNTING, Deleting).
 *
 * @throws CareenError `reference-invalid` for anything but a tag; failures of the connection
 */
export async function untag(requests: Requests, reference: string): Promise<Removal> {
  if (reference.includes('@') || !/:[^/]+$/.test(reference) || reference.startsWith('sha256:'))
    throw new CareenError('reference-invalid', { text: reference, problem: 'not-a-tag' });
  return remove(requests, reference);
}

/** Removes an image by ID, unforced; untagged parents stay (ACCOUNTING, Deleting). */
export async function removeImage(requests: Requests, id: string): Promise<Removal> {
  if (!/^sha256:[0-9a-f]{64}$/.test(id))
    throw new CareenError('reference-invalid', { text: id, problem: 'not-an-id' });
  return remove(requests, id);
}

async function remove(requests: Requests, name: string): Promise<Removal> {
  try {
    const path = `/images/${inPath(name)}`;
    await requests.text({
      method: 'DELETE',
      path,
      query: { force: 'false', noprune: '1' },
      deadline,
    });
    return { done: true };
  } catch (e) {
    if (!hasStatus(e, 404, 409)) throw e;
    return { done: false, ...e.details };
  }
}

/** Puts a name on an image. */
export async function tag(requests: Requests, id: string, reference: string): Promise<void> {
  const at = reference.lastIndexOf(':');
  const repo = inPath(reference.slice(0, at));
  const query = { repo, tag: inPath(reference.slice(at + 1)) };
  await requests.text({ method: 'POST', path: `/images/${inPath(id)}/tag`, query });
}
