import type { JsonObject } from '../recreate/types.js';
import { dataMounts, type DataMount } from '../update/data.js';
import { at } from './spec.js';

/**
 * Where a service's tasks can write what outlives them, by its Spec: as a container's (UPDATING §3,
 * Data), in the words of a container's inspect.
 */
export function serviceData(spec: unknown): DataMount[] {
  const mounts = at(spec, ['TaskTemplate', 'ContainerSpec', 'Mounts']);
  if (!Array.isArray(mounts)) return [];
  return dataMounts({ Mounts: mounts.map(asInspected) });
}

function asInspected(mount: unknown): JsonObject {
  const part = (key: string) => at(mount, [key]) ?? null;
  return {
    Type: part('Type'),
    Name: part('Source'),
    Source: part('Source'),
    Destination: part('Target'),
    RW: part('ReadOnly') !== true,
    // Without a driver of its own it is the engine's.
    Driver: at(mount, ['VolumeOptions', 'DriverConfig', 'Name']) ?? 'local',
  };
}
