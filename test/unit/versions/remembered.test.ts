import { describe, expect, it } from 'vitest';
import type { EngineFacts, EngineIdentity } from '../../../main/domain/facts.js';
import type { Policy } from '../../../main/domain/policy/types.js';
import { Versions } from '../../../main/services/versions/index.js';
import { RememberedServices } from '../../../main/services/versions/remembered.js';
import type { ServiceVersion } from '../../../main/services/versions/stored.js';

const day = 86_400_000;
const version = (n: number, replacedAt: number): ServiceVersion => ({
  image: `acme/web:${n}@sha256:${n}`,
  tag: String(n),
  digest: `sha256:${n}`,
  replacedAt,
  proven: true,
});
const images = (...all: number[]) => all.map((n) => `acme/web:${n}@sha256:${n}`);
const engine = { endpoint: 'ssh://manager', id: 'ID' };

/** Versions of an engine with what stands of it in the data home. */
function versionsWith(remembered: RememberedServices, rollback: Policy['rollback'] | null) {
  const doc = { value: { containers: {}, services: {} }, set: () => Promise.resolve() };
  return new Versions(() => Promise.resolve(doc), {
    rollback: () => rollback ?? { versions: 1, for: day },
    remembered: (id, met) => remembered.of('manager', id, met),
    isPolicyRead: () => rollback !== null,
    bytesOf: () => null,
    now: () => 10 * day,
  });
}

describe('versions of a service that were kept before this run', () => {
  const stored: Record<EngineIdentity['store'], ServiceVersion[]> = {
    classic: [version(1, day), version(3, 9 * day)],
    containerd: [version(2, 8 * day)],
  };
  const read = async () => {
    const remembered = new RememberedServices(({ endpoint, id, store }) => {
      const isIt = endpoint === engine.endpoint && id === engine.id;
      return Promise.resolve(isIt ? { web: stored[store] } : {});
    });
    await remembered.read('manager', [engine, { ...engine, id: 'OTHER' }]);
    return remembered;
  };

  it('are read whatever its store is, the newest first, and of no other engine', async () => {
    const remembered = await read();
    expect(remembered.of('manager', 'web', null).map(({ tag }) => tag)).toEqual(['3', '2', '1']);
    expect(remembered.of('manager', 'api', null)).toEqual([]);
    expect(remembered.of('worker', 'web', null)).toEqual([]);
  });

  it('hold their images as its policy says, of its other store also once it is met, and all while that is not read', async () => {
    const remembered = await read();
    const versions = versionsWith(remembered, { versions: 2, for: 7 * day });
    expect(versions.imagesOfService('web')).toEqual(images(3, 2));
    expect(versionsWith(remembered, null).imagesOfService('web')).toEqual(images(3, 2, 1));
    await versions.meet({ ...engine, store: 'classic' } as EngineFacts);
    expect(versions.imagesOfService('web')).toEqual(images(2));
  });
});
