import type { ContainerFacts, Used } from '../../domain/facts.js';
import type { Sighting } from '../types.js';
import type { ContainerEvent, ImageEvent } from './changes.js';

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

/** By which act an image came, as far as its event tells (ACCOUNTING, Events). */
export function howArrived(event: ImageEvent | null): 'pulled' | 'built' | 'loaded' | 'seen' {
  switch (event?.action) {
    case 'pull':
      return 'pulled';
    case 'load':
    case 'import':
      return 'loaded';
    case 'tag':
    case 'create':
      return 'built';
    default:
      return 'seen';
  }
}
