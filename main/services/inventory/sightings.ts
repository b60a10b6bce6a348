import type { ListedImage, ListedNetwork } from '../../adapters/docker/types.js';
import type { ContainerFacts, ContainerState, Millis, Used } from '../../domain/facts.js';
import type { Sighting } from '../types.js';
import type { ContainerEvent, ImageEvent } from './changes.js';

type How = (Sighting & { kind: 'arrived' })['how'];

const useSources: Partial<Record<ContainerEvent['action'], Used['source']>> = {
  create: 'container-created',
  start: 'container-started',
  die: 'container-finished',
  destroy: 'container-finished',
};

/** A container's event as the use of these images; none where it uses none. */
export function useOf(event: ContainerEvent, imageIds: readonly string[]): Sighting[] {
  const source = useSources[event.action];
  if (!source) return [];
  return imageIds.map((id) => ({ kind: 'used', id, at: event.at, source, by: event.name }));
}

/** A container's own times tell when its image was used. */
export function usesOf(container: ContainerFacts): Sighting[] {
  const times = [
    ['container-created', container.created],
    ['container-started', container.started],
    ['container-finished', container.finished],
  ] as const;
  return times.flatMap(([source, at]) =>
    at === null
      ? []
      : [{ kind: 'used' as const, id: container.imageId, at, source, by: container.name }],
  );
}

/** The latest moment that a container's own times tell of; null where they tell nothing. */
function lastTimeOf({ created, started, finished }: ContainerFacts): Millis | null {
  const last = Math.max(created ?? 0, started ?? 0, finished ?? 0);
  return last === 0 ? null : last;
}

/**
 * What a container used, and whose it is.
 *
 * @param held networks as they are listed
 * @param at when it was seen to use them; left out: what its own times tell
 */
export function attachmentsOf(
  container: ContainerFacts & { mountPoints?: Record<string, string> },
  held: Iterable<ListedNetwork>,
  at: Millis | null = lastTimeOf(container),
): Sighting[] {
  if (at === null) return [];
  const { mountPoints = {}, ...facts } = container;
  const networks = [...held]
    .filter(({ id, name }) => facts.networks.includes(name) || facts.networks.includes(id))
    .map(({ id }) => id);
  return [{ kind: 'container', container: facts, networks, mountPoints, at }];
}

/** A running container that is not there any more, and of whose end nobody heard: used until then. */
export function missedEnds(
  before: Iterable<ContainerFacts>,
  there: ReadonlySet<string>,
  until: Millis,
): { container: ContainerFacts; used: Sighting }[] {
  return [...before]
    .filter(({ id, state }) => !there.has(id) && inUse.has(state))
    .map((container) => ({
      container,
      used: {
        kind: 'used',
        id: container.imageId,
        at: until,
        source: 'container-finished',
        by: container.name,
      },
    }));
}

const inUse = new Set<ContainerState>(['running', 'paused', 'restarting']);

/** By which acts an image can have come, the surest sign first (ACCOUNTING, Events). */
const signs: readonly { how: How; actions: readonly ImageEvent['action'][] }[] = [
  { how: 'pulled', actions: ['pull'] },
  { how: 'loaded', actions: ['load', 'import'] },
  { how: 'built', actions: ['tag', 'create'] },
];

/** When and how an image came, by the events about it; `now` where they do not tell. */
export function arrivalOf(id: string, events: readonly ImageEvent[], now: Millis): Sighting {
  for (const { how, actions } of signs) {
    const sign = events.findLast(({ action }) => actions.includes(action));
    if (sign) return { kind: 'arrived', id, at: sign.at, how };
  }
  return { kind: 'arrived', id, at: events.at(-1)?.at ?? now, how: 'seen' };
}

const naming: readonly ImageEvent['action'][] = ['tag', 'create', 'pull', 'load', 'import'];

/**
 * When an image that is there was given a name: also by a pull or load of what was there already,
 * or was deleted and came back before anybody looked.
 */
export function tagsOf(id: string, events: readonly ImageEvent[]): Sighting[] {
  const given = events.filter(({ action }) => naming.includes(action));
  return given.map(({ at }) => ({ kind: 'tagged', id, at }));
}

/**
 * What events from before the list tell about the images in it (JUDGING §2, Baseline). Pulls name
 * only a reference: the latest event about it decides, for a name may have moved since. A tag tells
 * that an image got a name, not how it came.
 */
export function replayedOf(
  events: readonly ImageEvent[],
  images: ReadonlyMap<string, ListedImage>,
): Sighting[] {
  const carriers = new Map(
    [...images.values()].flatMap(({ id, refs }) => refs.map((r) => [r, id])),
  );
  const latest = new Map<string, ImageEvent>();
  for (const event of events)
    if (event.ref !== null && event.action !== 'other') latest.set(event.ref, event);
  const about = new Map<string, ImageEvent[]>();
  for (const event of events) {
    const { id, ref } = event;
    const isLatest = ref !== null && latest.get(ref) === event;
    const image = id ?? (isLatest ? carriers.get(ref) : undefined);
    if (image === undefined || !images.has(image)) continue;
    about.set(image, [...(about.get(image) ?? []), event]);
  }
  return [...about].flatMap(([id, own]) => {
    const came = own.findLast(({ action }) => ['pull', 'load', 'import'].includes(action));
    const rest = own.filter(({ action }) => action === 'tag' || action === 'create');
    return [...(came ? [arrivalOf(id, [came], came.at)] : []), ...tagsOf(id, rest)];
  });
}
