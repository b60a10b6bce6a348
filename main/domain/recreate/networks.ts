import { objectOf, textsOf } from '../update/labels.js';
import { isNothing, textOf } from './json.js';
import { sharesNetwork } from './host.js';
import type { ContainerSpec, Joining, Json, JsonObject } from './types.js';

/** Minor of the first API version that takes several networks, and a MAC for each, at creation. */
const severalNetworks = 44;

/** What an engine writes into an endpoint while it is in use; a wrong one fails at the start (RECREATE). */
const atRunTime = [
  'NetworkID',
  'EndpointID',
  'Gateway',
  'IPAddress',
  'IPPrefixLen',
  'IPv6Gateway',
  'GlobalIPv6Address',
  'GlobalIPv6PrefixLen',
  // Configured or made up: only the container's own config tells, and for its first network alone.
  'MacAddress',
  'DNSNames',
];

/** Networks that know neither aliases nor addresses of one's own. */
const builtIn = new Set(['bridge', 'default', 'host', 'none']);

export interface Networking {
  config: JsonObject;
  host: JsonObject;
  /** To be given at creation, by network. */
  endpoints: JsonObject;
  joins: Joining[];
  /** Whether it is on no network although it was made with one. */
  offline: boolean;
}

/**
 * The networks of a container as an engine takes them at creation, and those that it is to join
 * afterwards. Addresses that a person chose are kept, those that the engine chose are not.
 *
 * @param config its config by now; a MAC stands there up to API 1.43
 * @param apiMinor minor of the API version spoken
 */
export function networking(
  container: ContainerSpec,
  config: JsonObject,
  host: JsonObject,
  apiMinor: number,
): Networking {
  const none = { config, host, endpoints: {}, joins: [], offline: false };
  if (sharesNetwork(host)) return none;
  const known = container.NetworkSettings['Networks'];
  const networks = Object.entries(objectOf(known)).map(([name, endpoint]) => ({
    name,
    was: objectOf(endpoint),
  }));
  const mode = textOf(host['NetworkMode']);
  const first = networks.find(({ name, was }) => isMain(mode, name, was)) ?? networks[0];
  // Taken off all of them, an engine leaves it so, over its next starts too.
  if (!first) return { ...none, offline: known !== undefined && !isAlone(mode) };
  const rest = networks.filter((one) => one !== first);
  const own = { ...config };
  const of = { container, apiMinor };
  const endpoint = endpointOf(of, first.name, first.was);
  const mac = textOf(config['MacAddress']);
  if (mac !== '' && apiMinor >= severalNetworks) {
    delete own['MacAddress'];
    endpoint['MacAddress'] = mac;
  }
  const others = rest.map(({ name, was }) => ({
    network: name,
    endpoint: endpointOf(of, name, was),
  }));
  const atOnce = apiMinor >= severalNetworks ? others : [];
  const given = [{ network: first.name, endpoint }, ...atOnce].filter(
    (one) => !builtIn.has(one.network) || !isNothing(one.endpoint) || one.network !== first.name,
  );
  return {
    config: own,
    // Taken off the network that it was made with, it would be put onto it again.
    host: isMain(mode, first.name, first.was) ? host : { ...host, NetworkMode: first.name },
    endpoints: Object.fromEntries(given.map((one) => [one.network, one.endpoint])),
    joins: apiMinor >= severalNetworks ? [] : others,
    offline: false,
  };
}

function isMain(mode: string, name: string, endpoint: JsonObject): boolean {
  return (
    name === mode ||
    (name === 'bridge' && (mode === 'default' || mode === '')) ||
    textOf(endpoint['NetworkID']) === mode
  );
}

/** Whether a mode gives no network of the engine's. */
function isAlone(mode: string): boolean {
  return mode === 'host' || mode === 'none';
}

interface Known {
  container: ContainerSpec;
  apiMinor: number;
}

/** What of an endpoint was asked for. */
function endpointOf(known: Known, network: string, was: JsonObject): JsonObject {
  const left = Object.entries(was).filter(
    ([key, value]) => !atRunTime.includes(key) && value !== null && value !== 0 && value !== '',
  );
  const endpoint: JsonObject = Object.fromEntries(left);
  const aliases = ownAliases(known, was);
  if (aliases === null || builtIn.has(network)) delete endpoint['Aliases'];
  else endpoint['Aliases'] = aliases;
  return endpoint;
}

/**
 * Without the container's short ID and host name, which an engine puts among them up to API 1.43,
 * and again if they are not there; null where none is left.
 */
function ownAliases({ container, apiMinor }: Known, was: JsonObject): Json {
  if (!Array.isArray(was['Aliases'])) return null;
  const madeUp = [shortId(container.Id)];
  if (apiMinor < severalNetworks) madeUp.push(textOf(container.Config['Hostname']));
  const all = textsOf(was['Aliases']);
  const own = all.filter((alias) => !madeUp.includes(alias));
  return own.length === 0 && all.length > 0 ? null : own;
}

/** What an engine makes up as a container's host name. */
export function shortId(id: string): string {
  return id.slice(0, 12);
}
