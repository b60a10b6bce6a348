import { z } from 'zod';
import type { ContainerFacts, Millis, NetworkFacts, VolumeFacts } from '../../domain/facts.js';
import type { Listed } from '../types.js';

/** What is remembered of a network or volume: which container used it last, and for what. */
export const knownAttachment = z.object({
  to: z.enum(['network', 'volume']),
  /** A network's ID, a volume's name. */
  id: z.string(),
  lastUsed: z.object({ at: z.number(), by: z.string() }),
  /** Where a volume was mounted last. */
  mountedAt: z.string().nullable(),
  project: z.string().nullable(),
  goneAt: z.number().nullable(),
});
export type KnownAttachment = z.infer<typeof knownAttachment>;

/** One use, as it was seen; null is nothing seen of that. */
export interface Use extends Pick<KnownAttachment, 'to' | 'id' | 'mountedAt' | 'project'> {
  at: Millis;
  by: string;
}

export function attachmentKey({ to, id }: Pick<KnownAttachment, 'to' | 'id'>): string {
  return `${to}|${id}`;
}

/** What is known after one more use; the very same object when it tells nothing new. */
export function withUse(before: KnownAttachment | undefined, use: Use): KnownAttachment {
  const { to, id, at, by } = use;
  const lastUsed = before && before.lastUsed.at >= at ? before.lastUsed : { at, by };
  // An older use says nothing against a later one.
  const isLatest = lastUsed.at === at;
  const mountedAt = isLatest ? (use.mountedAt ?? before?.mountedAt) : before?.mountedAt;
  const project = isLatest ? (use.project ?? before?.project) : before?.project;
  const next = {
    to,
    id,
    lastUsed,
    mountedAt: mountedAt ?? use.mountedAt,
    project: project ?? use.project,
    goneAt: before?.goneAt ?? null,
  };
  const same =
    before &&
    next.lastUsed === before.lastUsed &&
    next.mountedAt === before.mountedAt &&
    next.project === before.project;
  return same ? before : next;
}

/** How long those that are gone are remembered, in ms, and how many at most. */
export const goneAttachments = { age: 90 * 86_400_000, count: 1_000 };

/** What is still worth remembering: all that is there, and what went lately. */
export function prunedAttachments(all: Iterable<KnownAttachment>, now: Millis): KnownAttachment[] {
  const [there, gone]: [KnownAttachment[], KnownAttachment[]] = [[], []];
  for (const one of all) {
    if (one.goneAt === null) there.push(one);
    else if (now - one.goneAt < goneAttachments.age) gone.push(one);
  }
  gone.sort((a, b) => (b.goneAt ?? 0) - (a.goneAt ?? 0));
  return [...there, ...gone.slice(0, goneAttachments.count)];
}

type Known = ReadonlyMap<string, KnownAttachment>;

/** Networks with who uses them and who did last; sorted by name. */
export function networkFacts({ networks, containers }: Listed, known: Known): NetworkFacts[] {
  const users = usersOf(containers.values(), (container) => container.networks);
  return [...networks.values()].sort(byName).map(({ usersListed, ...network }) => {
    const past = pastOf(known, 'network', network.id, network.created);
    return {
      ...network,
      usedBy: usersListed ? both(users.get(network.name), users.get(network.id)) : null,
      lastUsed: past?.lastUsed ?? null,
      project: network.labels['com.docker.compose.project'] ?? past?.project ?? null,
    };
  });
}

/** Volumes with who uses them and who did last; sorted by name. */
export function volumeFacts({ volumes, containers, sizes }: Listed, known: Known): VolumeFacts[] {
  const users = usersOf(containers.values(), (container) => container.volumes);
  return [...volumes.values()].sort(byName).map((volume) => {
    const past = pastOf(known, 'volume', volume.name, volume.created);
    return {
      ...volume,
      size: sizes.volumes.get(volume.name) ?? null,
      usedBy: both(users.get(volume.name)),
      lastUsed: past?.lastUsed ?? null,
      mountedAt: past?.mountedAt ?? null,
      project: volume.labels['com.docker.compose.project'] ?? past?.project ?? null,
    };
  });
}

/** What is remembered, where it is not of another one that had the name before. */
function pastOf(known: Known, to: KnownAttachment['to'], id: string, created: Millis | null) {
  const past = known.get(attachmentKey({ to, id }));
  return past && past.lastUsed.at >= (created ?? 0) ? past : undefined;
}

const byName = (a: { name: string }, b: { name: string }) =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

/** Names of containers by what they are attached to. */
function usersOf(
  containers: Iterable<ContainerFacts>,
  attached: (container: ContainerFacts) => readonly string[],
): Map<string, Set<string>> {
  const users = new Map<string, Set<string>>();
  for (const container of containers)
    for (const name of attached(container))
      users.set(name, (users.get(name) ?? new Set()).add(container.name));
  return users;
}

function both(...sets: (ReadonlySet<string> | undefined)[]): string[] {
  return [...new Set(sets.flatMap((set) => [...(set ?? [])]))].sort();
}
