import type { CacheRecord, Inventory, Millis } from '../../facts.js';
import type { Policy } from '../../policy/types.js';
import type { Age, JudgedOther, Reason } from '../types.js';
import { kept, onFact, type Timing } from './decide.js';

/** The one ID of the build cache as a whole. */
export const buildCacheId = 'build-cache';

/**
 * The build cache as one thing: what was not used for `buildCache.unusedFor`, down to `keep` bytes.
 * The engine chooses anew when it prunes, so the figure is an upper bound (JUDGING §6). None while
 * the engine was not asked for its records, or has none.
 */
export function judgeCache(inventory: Inventory, policy: Policy, timing: Timing): JudgedOther[] {
  const { cacheRecords } = inventory;
  if (cacheRecords === null || cacheRecords.length === 0) return [];
  const { bytes, ...decision } = decide(cacheRecords, policy.buildCache, timing);
  return [
    {
      kind: 'buildCache',
      id: buildCacheId,
      name: buildCacheId,
      nameable: false,
      ...decision,
      reclaimable: { min: 0, max: bytes, certainty: bytes === 0 ? 'exact' : 'at-most' },
      lastUsed: null,
      project: null,
    },
  ];
}

type Decision = Pick<JudgedOther, 'verdict' | 'decidedBy' | 'changesWhen'> & { bytes: number };

function decide(
  records: readonly CacheRecord[],
  { enabled, unusedFor, keep }: Policy['buildCache'],
  { now, reaches, named }: Timing,
): Decision {
  const part = 'buildCache';
  if (!enabled && !named.has(buildCacheId))
    return { ...kept({ kind: 'default', code: 'not-enabled', part }), bytes: 0 };
  // What an image shares goes with the image, not by pruning.
  const own = records.filter(({ shared }) => !shared);
  const spare = sum(own) - keep;
  if (spare <= 0) return { ...kept({ kind: 'keep', code: 'small', part, keep }), bytes: 0 };
  const idle = own
    .filter(({ inUse, size }) => !inUse && size > 0)
    .map((record) => {
      const age = ageOf(record);
      return { record, age, at: age === null ? Infinity : reaches(age, unusedFor) };
    });
  const old = idle.filter(({ at }) => at <= now).map(({ record }) => record);
  if (old.length > 0) {
    const decidedBy: Reason = { kind: 'remove', code: 'part', part, unusedFor, age: null, keep };
    const bytes = Math.min(sum(old), spare);
    return { verdict: 'remove', decidedBy, changesWhen: onFact, bytes };
  }
  const at = Math.min(...idle.map((one) => one.at));
  const age = idle.find((one) => one.at === at)?.age ?? null;
  const reason: Reason = { kind: 'keep', code: 'young', part, unusedFor, age };
  return { ...kept(reason, at < Infinity ? [{ at }] : onFact), bytes: 0 };
}

const sum = (records: readonly CacheRecord[]) =>
  records.reduce((bytes, { size }) => bytes + size, 0);

/** From its last use, else from when it was made; null where neither is known. */
function ageOf({ lastUsed, created }: CacheRecord): Age | null {
  const since: Millis | null = lastUsed ?? created;
  if (since === null) return null;
  return { since, from: lastUsed === null ? 'created' : 'used', estimated: false };
}
