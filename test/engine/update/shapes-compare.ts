import { textOf } from '../../../main/domain/recreate/json.js';
import { objectOf } from '../../../main/domain/update/labels.js';
import type { ContainerSpec, Json, JsonObject } from '../../../main/domain/recreate/types.js';

/**
 * Every field of an inspect, with what differs between any two containers told only as that it is
 * there: IDs, times, pids, addresses and ports that the engine chose, and where the order says
 * nothing, sorted.
 *
 * @param volumes the names that stay: of those that were carried over, or that another brings
 */
export function comparable(spec: ContainerSpec, volumes: readonly string[]): JsonObject {
  const text = JSON.stringify(spec)
    .replaceAll(spec.Id, '<id>')
    .replaceAll(spec.Id.slice(0, 12), '<short id>');
  const all = JSON.parse(text) as JsonObject;
  const net = objectOf(all['NetworkSettings']);
  const mac = objectOf(all['Config'])['MacAddress'];
  return {
    ...all,
    Created: there(all['Created']),
    State: masked(all['State'], ['StartedAt', 'FinishedAt', 'Pid']),
    GraphDriver: masked(all['GraphDriver'], ['Data']),
    HostConfig: {
      ...objectOf(all['HostConfig']),
      Mounts: sorted(objectOf(all['HostConfig'])['Mounts'], 'Target'),
    },
    Mounts: sorted(
      (all['Mounts'] as Json[]).map(objectOf).map((mount) => anonymised(mount, volumes)),
      'Destination',
    ),
    NetworkSettings: {
      ...masked(net, ['SandboxID', 'SandboxKey', 'EndpointID', 'IPAddress', 'MacAddress']),
      Ports: JSON.parse(
        JSON.stringify(net['Ports'] ?? null).replace(
          /"HostPort":"[3-6]\d{4}"/g,
          '"HostPort":"<chosen>"',
        ),
      ) as Json,
      Networks: Object.fromEntries(
        Object.entries(objectOf(net['Networks'])).map(([name, one]) => [
          name,
          endpoint(objectOf(one), mac),
        ]),
      ),
    },
  };
}

function endpoint(one: JsonObject, configured: Json | undefined): JsonObject {
  const own = [
    ...(objectOf(one['IPAMConfig'])['IPv4Address'] ? [] : ['IPAddress']),
    ...(one['MacAddress'] === configured ? [] : ['MacAddress']),
  ];
  return masked(one, ['EndpointID', ...own]);
}

function anonymised(mount: JsonObject, volumes: readonly string[]): JsonObject {
  const name = textOf(mount['Name']);
  return /^[0-9a-f]{64}$/.test(name) && !volumes.includes(name)
    ? masked(mount, ['Name', 'Source'])
    : mount;
}

function sorted(list: Json | undefined, key: string): Json {
  if (!Array.isArray(list)) return list ?? null;
  const of = (one: Json) => textOf(objectOf(one)[key]);
  return list.toSorted((a, b) => of(a).localeCompare(of(b)));
}

function masked(json: Json | undefined, keys: string[]): JsonObject {
  const copy = { ...objectOf(json) };
  for (const key of keys) if (key in copy) copy[key] = there(copy[key]);
  return copy;
}

/** Whether there is anything: a zero time and a zero pid are nothing. */
function there(value: Json | undefined): string {
  const nothing = value === '' || value === 0 || value === null || value === undefined;
  return nothing || textOf(value).startsWith('0001-') ? '<none>' : '<some>';
}
