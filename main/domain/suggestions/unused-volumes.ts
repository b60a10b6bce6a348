import type { VolumeFacts } from '../facts.js';
import { first } from './few.js';
import type { Finding, Ground, Suggester } from './types.js';

/**
 * Volumes that no container mounts, nothing used for long, and no project may come up with again: a
 * project that is known to be gone is told with all that it left (JUDGING §6: each by name).
 */
export const unusedVolumes: Suggester = {
  id: 'unused-volumes',
  find(ground) {
    const free = new Set(
      ground.others.flatMap(({ id, decidedBy: { code } }) => (code === 'by-name-only' ? [id] : [])),
    );
    const idle = ground.inventory.volumes.filter(
      (volume) => free.has(`volume:${volume.name}`) && isIdle(volume, ground),
    );
    return idle.length === 0 ? [] : [finding(idle)];
  },
};

/**
 * Nothing is known of uses before Careen first met the engine, so no volume is idle for longer than
 * that; one whose age nobody tells is not idle (JUDGING §2).
 */
function isIdle(
  { usedBy, lastUsed, created }: VolumeFacts,
  { now, thresholds, inventory: { firstMet } }: Ground,
): boolean {
  const known = [lastUsed?.at ?? null, created].filter((at) => at !== null);
  if (usedBy?.length !== 0 || known.length === 0 || firstMet === null) return false;
  return now - Math.max(firstMet, ...known) >= thresholds.idle;
}

function finding(volumes: readonly VolumeFacts[]): Finding {
  const sizes = volumes.map(({ size }) => size);
  return {
    subject: 'all',
    named: volumes.map(({ name }) => `volume:${name}`),
    tell: (plan) => {
      const going = new Set(plan.items.map(({ id }) => id));
      const seen = volumes
        .filter(({ name }) => going.has(`volume:${name}`))
        .map(({ name, mountedAt, lastUsed }) => ({
          name,
          mountedAt,
          by: lastUsed?.by ?? null,
          at: lastUsed?.at ?? null,
        }));
      return { id: 'unused-volumes', volumes: seen.length, first: first(seen) };
    },
    // Until they are asked for, sizes of volumes are not known.
    whateverBytes: sizes.includes(null),
  };
}
