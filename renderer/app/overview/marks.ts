import type { Policy, Pressure } from '../../../main/domain/policy/types.js';

/** A level of a disk that something begins or ends at (JUDGING §7). */
export interface Mark {
  kind: 'low' | 'high';
  /** How full the disk is there, in percent. */
  at: number;
  /** Bytes that are free there, where the policy says it by them; null: by percent. */
  free: number | null;
}

/**
 * The marks of the engine's disk, the high one first; none where the policy has none, or where they
 * depend on a size that is not known.
 *
 * @param total bytes that the disk holds in all
 */
export function marksOf(pressure: Pressure | null, total: number | null): Mark[] {
  if (pressure === null) return [];
  if ('high' in pressure)
    return [
      { kind: 'high', at: pressure.high, free: null },
      { kind: 'low', at: pressure.low, free: null },
    ];
  if (total === null || total === 0) return [];
  const at = (free: number) => Math.max(0, 100 * (1 - free / total));
  return [
    { kind: 'high', at: at(pressure.free), free: pressure.free },
    { kind: 'low', at: at(pressure.to), free: pressure.to },
  ];
}

/** The mark of the host's own disk; none where the policy tells of none. */
export function hostMarksOf(policy: Pick<Policy, 'triggers'> | null): Mark[] {
  const at = policy?.triggers.hostNotice ?? null;
  return at === null ? [] : [{ kind: 'high', at, free: null }];
}

/** Whether a disk is as full as its high mark. */
export function isPast(
  marks: readonly Mark[],
  { used, available }: { used: number | null; available: number | null },
): boolean {
  const high = marks.find(({ kind }) => kind === 'high');
  if (!high || used === null || available === null || used + available === 0) return false;
  return (100 * used) / (used + available) >= high.at;
}
