import type { Millis } from '../../domain/facts.js';
import { clean } from './text.js';
import type { EngineEvent } from './types.js';

type NetworkEvent = Extract<EngineEvent, { kind: 'network' }>;
type VolumeEvent = Extract<EngineEvent, { kind: 'volume' }>;

export const networkActions: Record<string, NetworkEvent['action']> = {
  create: 'create',
  connect: 'connect',
  disconnect: 'disconnect',
  destroy: 'remove',
  remove: 'remove',
  prune: 'prune',
};

export const volumeActions: Record<string, VolumeEvent['action']> = {
  create: 'create',
  mount: 'mount',
  unmount: 'unmount',
  destroy: 'remove',
  // Podman's own word.
  remove: 'remove',
  prune: 'prune',
};

interface Said {
  action: string;
  id: string;
  attributes: Record<string, string>;
  at: Millis;
}

/** What happened to a network; its attributes name it and the container it was connected to. */
export function networkEvent({ action, id, attributes, at }: Said): NetworkEvent | null {
  const known = networkActions[action];
  if (!known) return null;
  const { name = '', container } = attributes;
  return {
    kind: 'network',
    action: known,
    id: clean(id),
    name: clean(name),
    container: container ? clean(container) : null,
    at,
  };
}

/** What happened to a volume; its attributes name the container it was mounted in, and where. */
export function volumeEvent({ action, id, attributes, at }: Said): VolumeEvent | null {
  const known = volumeActions[action];
  if (!known) return null;
  const { container, destination } = attributes;
  return {
    kind: 'volume',
    action: known,
    name: clean(id),
    container: container ? clean(container) : null,
    destination: destination ? clean(destination) : null,
    at,
  };
}
