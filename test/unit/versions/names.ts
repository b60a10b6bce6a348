import { namesOf } from '../../../main/adapters/docker/names.js';
import type { DockerEngine } from '../../../main/adapters/docker/types.js';
import { EngineVersions } from '../../../main/services/versions/of-engine.js';
import { storedVersions, type StoredVersion } from '../../../main/services/versions/stored.js';

/**
 * What is kept of containers, in a document of a test's own.
 *
 * @param changed told of each change
 */
export function versionsOf(changed: () => void = () => undefined): EngineVersions {
  let value = storedVersions.parse({ containers: {} });
  const doc = {
    get value() {
      return value;
    },
    set: (next: typeof value) => Promise.resolve(void (value = next)),
  };
  return new EngineVersions(doc, changed, (e) => {
    throw e;
  });
}

/** What a run is about to replace. */
export function replacing(
  imageId: string,
  runId: string,
): Omit<StoredVersion, 'n' | 'replaced' | 'givenUp' | 'copies'> {
  const unknown = { digest: null, digests: [], created: null, label: null, defaults: null };
  const spec = { Id: runId } as StoredVersion['spec'];
  const of = { imageId, runId, spec, names: {}, anonymous: {} };
  return { ...unknown, ...of, reference: 'web:1', tag: '1', replacedAt: 0, proven: true };
}

/** The names of images on an engine, as its store treats them; nothing uses any. */
export function names(store: 'classic' | 'containerd', digests: Record<string, string[]> = {}) {
  const tags = new Map<string, string>();
  const there = new Set<string>(Object.keys(digests));
  const tagsOf = (id: string) => [...tags].flatMap(([tag, of]) => (of === id ? [tag] : []));
  const engine = {
    facts: { store },
    usersOf: () => Promise.resolve([]),
    resolve: (ref: string) => Promise.resolve(tags.get(ref) ?? null),
    listImage: (id: string) =>
      Promise.resolve(there.has(id) ? { id, ...namesOf(tagsOf(id), digests[id] ?? []) } : null),
    tag: (id: string, ref: string) => {
      there.add(id);
      tags.set(ref, id);
      return Promise.resolve();
    },
    untag: (ref: string) => {
      const id = tags.get(ref) ?? '';
      tags.delete(ref);
      const staysByDigest = store === 'classic' && (digests[id] ?? []).length > 0;
      if (tagsOf(id).length === 0 && !staysByDigest) there.delete(id);
      return Promise.resolve({ done: true });
    },
    removeImage: (id: string) => {
      if (tagsOf(id).length > 1)
        return Promise.resolve({ done: false, status: 409, message: 'several names' });
      for (const tag of tagsOf(id)) tags.delete(tag);
      there.delete(id);
      return Promise.resolve({ done: true });
    },
  } as unknown as DockerEngine;
  return { engine, tags, there };
}
