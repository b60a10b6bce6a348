import { RE2JS } from 're2js';
import type { JsonObject } from '../recreate/types.js';
import { dataMounts, type DataMount } from '../update/data.js';
import { at } from './spec.js';
import type { Plugin } from './types.js';

/** Of a mount. */
const driver = ['VolumeOptions', 'DriverConfig', 'Name'];

/**
 * Where a service's tasks can write what outlives them, by its Spec: as a container's (UPDATING §3,
 * Data), in the words of a container's inspect.
 */
export function serviceData(spec: unknown): DataMount[] {
  return dataMounts({ Mounts: mountsIn(spec).map(asInspected) });
}

/**
 * The volumes that a service's tasks mount, also those they only read, as its Spec has their names:
 * Swarm fills in templates, such as `data-{{.Task.Slot}}`, for each task.
 */
export function serviceVolumes(spec: unknown): string[] {
  const names = mountsIn(spec).flatMap((mount) => {
    const [kind, source] = [at(mount, ['Type']), at(mount, ['Source'])];
    const isNamed = typeof source === 'string' && source !== '';
    return isNamed && (kind === 'volume' || kind === 'cluster') ? [source] : [];
  });
  return [...new Set(names)].sort();
}

/**
 * The plugins that a service's tasks ask of an engine, for volumes and for what they write, as swarmkit's
 * `PluginFilter` takes them from its Spec (manager/scheduler/filter.go).
 */
export function servicePlugins(spec: unknown): Plugin[] {
  const named = (type: string, name: unknown, free: string): Plugin[] =>
    typeof name === 'string' && name !== '' && name !== free ? [{ type, name }] : [];
  const ofVolumes = mountsIn(spec).flatMap((mount) =>
    at(mount, ['Type']) === 'volume' ? named('Volume', at(mount, driver), 'local') : [],
  );
  return [...ofVolumes, ...named('Log', at(spec, ['TaskTemplate', 'LogDriver', 'Name']), 'none')];
}

/**
 * Tells of a volume on a node whether it may be one of those that a Spec names; a template may stand for
 * any text.
 */
export function volumeMeant(named: readonly string[]): (volume: string) => boolean {
  const plain = new Set<string>();
  const templates: RE2JS[] = [];
  for (const name of named) {
    const parts = name.split(/\{\{.*?\}\}/);
    // Other people's text: it is matched in the time that its length asks, whatever it says.
    if (parts.length > 1)
      templates.push(RE2JS.compile(parts.map((text) => RE2JS.quote(text)).join('.+')));
    else plain.add(name);
  }
  return (volume) => plain.has(volume) || templates.some((one) => one.matches(volume));
}

function mountsIn(spec: unknown): unknown[] {
  const mounts = at(spec, ['TaskTemplate', 'ContainerSpec', 'Mounts']);
  return Array.isArray(mounts) ? mounts : [];
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
    Driver: at(mount, driver) ?? 'local',
  };
}
