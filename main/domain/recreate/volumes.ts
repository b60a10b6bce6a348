import { objectOf, textsOf } from '../update/labels.js';
import { cleanPath } from './given.js';
import { textOf } from './json.js';
import type { ContainerSpec, Json, JsonObject } from './types.js';

export interface Carried {
  host: JsonObject;
  /** Where each is mounted, by its name. */
  anonymous: Record<string, string>;
}

/**
 * Has a container's anonymous volumes carried over by name: in the place of the mount without a
 * source that made one, else as a mount of its own. Named beside it, the engine would refuse both as
 * a duplicate; not named at all, the new container would get an empty one (RECREATE, Volumes).
 */
export function carryVolumes({ HostConfig: host, Mounts: mounts }: ContainerSpec): Carried {
  const binds = textsOf(host['Binds']);
  const own = Array.isArray(host['Mounts']) ? host['Mounts'].map(objectOf) : [];
  const anonymous: Record<string, string> = {};
  const added: JsonObject[] = [];
  for (const mount of mounts) {
    const at = textOf(mount['Destination']);
    const name = textOf(mount['Name']);
    if (mount['Type'] !== 'volume' || name === '') continue;
    const bind = binds.findIndex((entry) => targetOf(entry) === cleanPath(at));
    const entry = own.findIndex((one) => cleanPath(textOf(one['Target'])) === cleanPath(at));
    if (bind >= 0) {
      if (binds[bind]?.includes(':')) continue;
      binds[bind] = `${name}:${binds[bind] ?? at}`;
    } else if (entry >= 0) {
      if (textOf(own[entry]?.['Source']) !== '') continue;
      own[entry] = { ...own[entry], Source: name };
    } else added.push({ Type: 'volume', Source: name, Target: at });
    anonymous[name] = at;
  }
  const all: Json = [...own, ...added];
  return {
    host: {
      ...host,
      ...(binds.length > 0 ? { Binds: binds } : {}),
      ...(all.length > 0 ? { Mounts: all } : {}),
    },
    anonymous,
  };
}

/** Where a bind is mounted: `source:target[:options]`, or the target of an anonymous volume alone. */
function targetOf(bind: string): string {
  const [first = '', target] = bind.split(':');
  return cleanPath(target ?? first);
}
