import type { VolumeFacts } from '../facts.js';
import { first } from './few.js';
import { goneProjects, standingProjects } from './gone-projects.js';
import type { Finding, Ground, Suggester } from './types.js';

/** Volumes that no container mounts and nothing used for long, by project (JUDGING §6: each by name). */
export const unusedVolumes: Suggester = {
  id: 'unused-volumes',
  find(ground) {
    const { inventory, others } = ground;
    const standing = standingProjects(inventory);
    const gone = goneProjects(inventory);
    const reasons = new Map(others.map((one) => [one.id, one.decidedBy]));
    const byProject = new Map<string | null, VolumeFacts[]>();
    for (const volume of inventory.volumes) {
      const { project } = volume;
      const reason = reasons.get(`volume:${volume.name}`);
      const isFree =
        reason?.code === 'by-name-only' ||
        (reason?.kind === 'hold' &&
          reason.code === 'project' &&
          // A project that stands will come up again, one whose folder is gone is told apart.
          !standing.has(reason.project) &&
          !gone.has(reason.project));
      if (isFree && isIdle(volume, ground))
        byProject.set(project, [...(byProject.get(project) ?? []), volume]);
    }
    return [...byProject].map(([project, volumes]) => finding(project, volumes));
  },
};

function isIdle({ usedBy, lastUsed, created }: VolumeFacts, { now, thresholds }: Ground): boolean {
  const since = Math.max(lastUsed?.at ?? 0, created ?? 0);
  return usedBy?.length === 0 && now - since >= thresholds.idle;
}

function finding(project: string | null, volumes: readonly VolumeFacts[]): Finding {
  const sizes = volumes.map(({ size }) => size);
  return {
    subject: project ?? '-',
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
      return { id: 'unused-volumes', project, volumes: seen.length, first: first(seen) };
    },
    // Until they are asked for, sizes of volumes are not known.
    whateverBytes: sizes.includes(null),
  };
}
