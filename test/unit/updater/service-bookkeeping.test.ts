import { describe, expect, it } from 'vitest';
import type { UpdateResult } from '../../../main/contract/update-steps.js';
import { unknownVersion } from '../../../main/domain/update/types.js';
import { keepVersions, recoveredAs } from '../../../main/services/updater/service/bookkeeping.js';
import type { ServiceWork } from '../../../main/services/updater/service/work.js';
import { EngineVersions, type VersionsDoc } from '../../../main/services/versions/of-engine.js';
import { storedVersions, type StoredVersions } from '../../../main/services/versions/stored.js';
import { digest, web } from '../domain/swarm/support.js';

const nothing: StoredVersions = storedVersions.parse({ containers: {} });
const failed: UpdateResult = {
  state: 'failed',
  error: { code: 'swarm-silent', details: { endpoint: 'here' } },
};
const takenOver: UpdateResult = { state: 'taken-over', by: 'written' };
const rolledBack: UpdateResult = {
  state: 'rolled-back',
  why: { code: 'stuck', by: 'pending', message: '' },
  log: [],
};

/** The digests that can be gone back to and that are left behind, once a turn ended so. */
async function kept(change: Partial<ServiceWork>, result: UpdateResult, kind = 'update') {
  const doc = { value: nothing, set: (value: StoredVersions) => set(value) };
  const set = (value: StoredVersions) => Promise.resolve(void (doc.value = value));
  const versions = new EngineVersions(
    doc satisfies VersionsDoc,
    () => undefined,
    () => undefined,
  );
  const isBack = kind === 'rollback';
  const [one, two] = [1, 2].map((n) => ({ ...unknownVersion, digest: digest(n) }));
  await keepVersions(
    {
      shift: { versions },
      plan: {
        serviceId: 'svc',
        container: 'web',
        kind,
        image: web(2),
        before: { image: web(1), digest: digest(1) },
      },
      from: isBack ? two : one,
      to: isBack ? one : two,
      turned: null,
      back: null,
      asked: true,
      ...change,
    } as unknown as ServiceWork,
    result,
    7,
  );
  return {
    kept: versions.ofService('svc').map((version) => version.digest),
    left: versions.leftBehind().map(({ version }) => version),
  };
}

const back = { by: 'engine', image: web(1), from: web(2), version: 11 } as const;
const [one, two] = [digest(1), digest(2)];

describe('what is kept as the turn of a service ends', () => {
  it('is what an update replaced', async () => {
    expect(await kept({}, { state: 'updated', proven: true })).toEqual({ kept: [one], left: [] });
  });

  it('is what it ran, too, where someone else acts in the middle, or it fails', async () => {
    for (const result of [takenOver, failed])
      expect(await kept({}, result)).toEqual({ kept: [one], left: [] });
  });

  it('is nothing where Swarm was not asked', async () => {
    expect(await kept({ asked: false }, takenOver)).toEqual({ kept: [], left: [] });
    expect(await kept({ asked: false }, takenOver, 'rollback')).toEqual({ kept: [], left: [] });
  });

  it('says not to take a version again once it was to go back, whatever came of that', async () => {
    for (const result of [takenOver, failed])
      expect(await kept({ turned: rolledBack, back }, result)).toEqual({
        kept: [one],
        left: [two],
      });
    expect(await kept({ turned: rolledBack, back }, rolledBack)).toEqual({ kept: [], left: [two] });
    // By Swarm itself.
    expect(await kept({}, rolledBack)).toEqual({ kept: [], left: [two] });
  });

  it('is what a person went back from, which is not taken again by itself', async () => {
    const asked = { asked: false, turned: { state: 'restored' }, back } as const;
    expect(await kept({ asked: false }, { state: 'restored' }, 'rollback')).toEqual({
      kept: [two],
      left: [two],
    });
    for (const result of [takenOver, failed])
      expect(await kept(asked, result, 'rollback')).toEqual({ kept: [two], left: [two] });
  });
});

describe('a turn of a service that was taken up again', () => {
  it('is told as finished or taken back only where it was', () => {
    expect(recoveredAs({ state: 'updated', proven: false })).toBe('finished');
    expect(recoveredAs({ state: 'restored' })).toBe('finished');
    expect(recoveredAs(rolledBack)).toBe('rolled-back');
    for (const result of [takenOver, failed]) expect(recoveredAs(result)).toBeNull();
  });
});
