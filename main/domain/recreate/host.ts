import { textsOf } from '../update/labels.js';
import { isNothing, textOf } from './json.js';
import type { Json, JsonObject } from './types.js';

/** Modes that may name another container. */
const modes = ['NetworkMode', 'IpcMode', 'PidMode'] as const;

const ofContainer = /^container:(.+)$/;

/** What an engine refuses beside `container:` networks (RECREATE): it is the other container's. */
const othersNetwork = {
  config: ['Hostname', 'Domainname', 'ExposedPorts', 'MacAddress'],
  host: ['PortBindings', 'PublishAllPorts', 'Dns', 'Links', 'ExtraHosts'],
};

/** IDs, or names, of the containers whose namespaces a container lives in. */
export function namespaceIds(host: JsonObject): string[] {
  return modes.flatMap((mode) => ofContainer.exec(textOf(host[mode]))?.[1] ?? []);
}

/** IDs, or names, of the containers whose mounts it has too (`VolumesFrom`). */
export function giverIds(host: JsonObject): string[] {
  return textsOf(host['VolumesFrom']).map(giverOf);
}

/** The container that an entry of `VolumesFrom` names, without its options. */
export function giverOf(entry: string): string {
  return entry.split(':')[0] ?? '';
}

/** Whether a container has the network of another one. */
export function sharesNetwork(host: JsonObject): boolean {
  return ofContainer.test(textOf(host['NetworkMode']));
}

/**
 * A host config with the containers that it names by ID named by their names, since an ID ends with
 * its container; whole in all else. An ID whose container is gone stays: the engine then says so.
 */
export function namedHost(host: JsonObject, nameOf: (id: string) => string | null): JsonObject {
  const named = { ...host };
  for (const mode of modes) {
    const [, id] = ofContainer.exec(textOf(host[mode])) ?? [];
    const name = id === undefined ? null : nameOf(id);
    if (name !== null) named[mode] = `container:${name}`;
  }
  const from: Json = textsOf(host['VolumesFrom']).map((entry) => {
    const [id = '', ...options] = entry.split(':');
    return [nameOf(id) ?? id, ...options].join(':');
  });
  return from.length > 0 ? { ...named, VolumesFrom: from } : named;
}

/** Leaves out what is not a container's own where its network is another's, or its host name the host's. */
export function withoutOthers(
  config: JsonObject,
  host: JsonObject,
): { config: JsonObject; host: JsonObject } {
  const left = { config: { ...config }, host: { ...host } };
  if (textOf(host['UTSMode']) === 'host') delete left.config['Hostname'];
  if (!sharesNetwork(host)) return left;
  for (const key of othersNetwork.config) delete left.config[key];
  // What is set to nothing the engine takes, and shows as it was.
  for (const key of othersNetwork.host) if (!isNothing(host[key])) delete left.host[key];
  return left;
}
