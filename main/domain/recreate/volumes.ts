import { objectOf, textsOf } from '../update/labels.js';
import { cleanPath } from './given.js';
import { giverOf } from './host.js';
import { textOf } from './json.js';
import type { ContainerSpec, JsonObject, Others } from './types.js';

export interface Carried {
  host: JsonObject;
  /** Where each is mounted, by its name. */
  anonymous: Record<string, string>;
}

/**
 * Has a container's anonymous volumes carried over by name: in the place of the mount without a
 * source that made one, else as a mount of its own. Named beside it, the engine would refuse both as
 * a duplicate; not named at all, the new container would get an empty one (RECREATE, Volumes).
 *
 * What another container brings (`VolumesFrom`) is left to it, read-only where it was; what one
 * brought that is gone is named, since nobody brings it again.
 */
export function carryVolumes(
  { Config: config, HostConfig: host, Mounts: mounts }: ContainerSpec,
  mountsOf: Others['mountsOf'],
): Carried {
  const binds = textsOf(host['Binds']);
  const own = Array.isArray(host['Mounts']) ? host['Mounts'].map(objectOf) : [];
  const declared = new Set(Object.keys(objectOf(config['Volumes'])).map(cleanPath));
  const givers = giversOf(host, mountsOf);
  const anonymous: Record<string, string> = {};
  const added: JsonObject[] = [];
  for (const mount of mounts) {
    const at = textOf(mount['Destination']);
    const name = textOf(mount['Name']);
    const isVolume = mount['Type'] === 'volume' && name !== '';
    const bind = binds.findIndex((entry) => targetOf(entry) === cleanPath(at));
    const entry = own.findIndex((one) => cleanPath(textOf(one['Target'])) === cleanPath(at));
    if (bind >= 0) {
      if (!isVolume || binds[bind]?.includes(':')) continue;
      binds[bind] = `${name}:${binds[bind] ?? at}`;
    } else if (entry >= 0) {
      if (!isVolume || textOf(own[entry]?.['Source']) !== '') continue;
      own[entry] = { ...own[entry], Source: name };
    } else if (givers.bring(mount)) continue;
    else if (isVolume && (givers.none || (declared.has(cleanPath(at)) && mount['RW'] !== false)))
      added.push({ Type: 'volume', Source: name, Target: at });
    else {
      if (givers.anyGone) added.push(...asAsked(mount));
      continue;
    }
    anonymous[name] = at;
  }
  const all = [...own, ...added];
  return {
    host: {
      ...host,
      ...(binds.length > 0 ? { Binds: binds } : {}),
      ...(all.length > 0 ? { Mounts: all } : {}),
      ...(givers.anyGone ? { VolumesFrom: givers.there } : {}),
    },
    anonymous,
  };
}

/** Who brings mounts to a container. */
function giversOf(host: JsonObject, mountsOf: Others['mountsOf']) {
  const entries = textsOf(host['VolumesFrom']).map((entry) => ({
    entry,
    mounts: mountsOf(giverOf(entry)),
  }));
  const brought = new Set(entries.flatMap(({ mounts }) => mounts ?? []).map(placeOf));
  return {
    none: entries.length === 0,
    anyGone: entries.some(({ mounts }) => mounts === null),
    /** The entries whose container is there. */
    there: entries.flatMap(({ entry, mounts }) => (mounts === null ? [] : [entry])),
    bring: (mount: JsonObject) => brought.has(placeOf(mount)),
  };
}

/** What is mounted, and where. */
function placeOf(mount: JsonObject): string {
  const source = textOf(mount['Name']) || textOf(mount['Source']);
  return JSON.stringify([mount['Type'] ?? '', source, cleanPath(textOf(mount['Destination']))]);
}

/** A mount as a container is made with it; nothing of a kind that is never brought. */
function asAsked(mount: JsonObject): JsonObject[] {
  const type = textOf(mount['Type']);
  if (type !== 'volume' && type !== 'bind') return [];
  const asked: JsonObject = {
    Type: type,
    Source: textOf(mount[type === 'volume' ? 'Name' : 'Source']),
    Target: textOf(mount['Destination']),
  };
  return [mount['RW'] === false ? { ...asked, ReadOnly: true } : asked];
}

/** Where a bind is mounted: `source:target[:options]`, or the target of an anonymous volume alone. */
function targetOf(bind: string): string {
  const [first = '', target] = bind.split(':');
  return cleanPath(target ?? first);
}
