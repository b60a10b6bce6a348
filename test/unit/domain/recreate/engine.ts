import { merged } from '../../../../main/domain/recreate/given.js';
import { textOf } from '../../../../main/domain/recreate/json.js';
import type {
  ContainerSpec,
  JsonObject,
  RecreateInput,
} from '../../../../main/domain/recreate/types.js';
import { objectOf, textsOf } from '../../../../main/domain/update/labels.js';

export const idOf = (n: number) => String(n).padStart(2, '0').repeat(32);

/** What an engine makes of a request: the image's part merged in, what it makes up itself, volumes. */
export function made(body: JsonObject, image: JsonObject, id = idOf(1)): ContainerSpec {
  const { HostConfig: host, NetworkingConfig: net, ...config } = body;
  const all = merged(config, image);
  if (!all['Hostname']) all['Hostname'] = id.slice(0, 12);
  const hostConfig = { NetworkMode: 'bridge', ...objectOf(host) };
  return {
    Id: id,
    Name: '/web',
    Image: `sha256:${'a'.repeat(64)}`,
    Config: all,
    HostConfig: hostConfig,
    Mounts: mountsOf(hostConfig, all),
    NetworkSettings: {
      Networks: Object.fromEntries(
        Object.entries(objectOf(objectOf(net)['EndpointsConfig'])).map(([name, endpoint]) => [
          name,
          { ...objectOf(endpoint), NetworkID: 'n'.repeat(64), EndpointID: 'e', IPPrefixLen: 16 },
        ]),
      ),
    },
  };
}

/** Volumes by name where they have one, else by their place; so the same volume has the same name. */
function mountsOf(host: JsonObject, config: JsonObject): JsonObject[] {
  const volume = (name: string, at: string): JsonObject => ({
    Type: 'volume',
    Name: name,
    Destination: at,
  });
  const binds = textsOf(host['Binds']).flatMap((bind) => {
    const [from = '', to] = bind.split(':');
    if (to !== undefined && from.startsWith('/')) return [];
    return [to === undefined ? volume(`anonymous${from}`, from) : volume(from, to)];
  });
  const entries = (Array.isArray(host['Mounts']) ? host['Mounts'] : [])
    .map(objectOf)
    .filter((mount) => mount['Type'] === 'volume')
    .map(({ Source: from, Target: target }) => {
      const at = textOf(target);
      return volume(textOf(from) || `anonymous${at}`, at);
    });
  const given = [...binds, ...entries];
  const taken = new Set(given.map((mount) => mount['Destination']));
  const rest = Object.keys(objectOf(config['Volumes'])).filter((at) => !taken.has(at));
  return [...given, ...rest.map((at) => volume(`anonymous${at}`, at))];
}

/** What to recreate with, with nothing out of the ordinary but what is given. */
export function input(container: ContainerSpec, more: Partial<RecreateInput> = {}): RecreateInput {
  return {
    container,
    oldImage: {},
    newImage: {},
    reference: 'app:2',
    apiMinor: 45,
    others: { nameOf: () => null, mountsOf: () => null },
    platform: null,
    composeImage: null,
    ...more,
  };
}

/** A request that was made into a container: config and host config, networks by name. */
export const request = (
  config: JsonObject,
  host: JsonObject = {},
  endpoints: JsonObject = {},
): JsonObject => ({
  ...config,
  HostConfig: host,
  NetworkingConfig: { EndpointsConfig: endpoints },
});
