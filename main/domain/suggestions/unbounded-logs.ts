import type { ContainerFacts } from '../facts.js';
import type { Reclaimable } from '../verdict/types.js';
import { first } from './few.js';
import type { Suggester } from './types.js';

/** Containers whose output goes into a file without a limit. */
export const unboundedLogs: Suggester = {
  id: 'unbounded-logs',
  find({ inventory, logs }) {
    const unbounded = inventory.containers.filter(({ log }) => isUnbounded(log));
    if (unbounded.length === 0) return [];
    const sizeOf = ({ id }: ContainerFacts) => logs.get(id) ?? 0;
    const asked = unbounded.some(({ id }) => logs.has(id));
    // The largest first, and before any size is known those that go on writing.
    const largest = unbounded.toSorted(
      (a, b) => sizeOf(b) - sizeOf(a) || Number(isRunning(b)) - Number(isRunning(a)),
    );
    return [
      {
        subject: 'all',
        evidence: {
          id: 'unbounded-logs',
          containers: unbounded.length,
          running: unbounded.filter(isRunning).length,
          names: first(largest.map(({ name }) => name)),
        },
        bytes: asked ? atMost(unbounded.reduce((sum, one) => sum + sizeOf(one), 0)) : null,
        action: { kind: 'advice', advice: 'limit-logs' },
      },
    ];
  },
};

const isRunning = ({ state }: ContainerFacts) => state === 'running' || state === 'restarting';

/** Other drivers write elsewhere, or bound what they keep; `-1` is docker's own way to say none. */
function isUnbounded(log: ContainerFacts['log']): boolean {
  if (log?.driver !== 'json-file') return false;
  return log.maxSize === null || log.maxSize.startsWith('-') || log.maxSize === '0';
}

/** A container made anew begins a file of its own, which may grow up to its limit. */
function atMost(bytes: number): Reclaimable {
  return { min: 0, max: bytes, certainty: bytes === 0 ? 'exact' : 'at-most' };
}
