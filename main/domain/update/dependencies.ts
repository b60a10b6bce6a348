import type { ContainerSpec, Json } from '../recreate/types.js';

/** How a container depends on another, the strongest first. */
export type NeedKind =
  /** Lives in its network, IPC or PID namespace, which its config names by ID. */
  | 'namespace'
  /** Linked on the default bridge: the engine keeps that to the very container. */
  | 'link'
  /** Its labels ask to be made anew with it (Ouroboros). */
  | 'hard'
  /** Its labels ask to be restarted after it. */
  | 'restart'
  /** Only comes after it. */
  | 'order';

/** What a container says that it depends on. */
export type Need = { kind: NeedKind } & (
  | { container: string }
  /** A service of its own Compose project. */
  | { service: string }
);

/** A container as far as others depend on it, and it on others. */
export interface Member {
  id: string;
  name: string;
  project: string | null;
  service: string | null;
  running: boolean;
  /** Another tool's, which would not know a copy: left as it is. */
  foreign: boolean;
  needs: Need[];
}

export interface Dependency {
  from: Member;
  on: Member;
  kind: NeedKind;
}

const watchtower = 'com.centurylinklabs.watchtower.depends-on';
const ouroboros = 'com.ouroboros.';
const drydock = 'dd.depends_on';
const compose = 'com.docker.compose.';

/**
 * What one container depends on: its namespaces, its links, and the labels of Compose, Watchtower,
 * Ouroboros and drydock (OWNERS §2, §4), after its image's own labels are subtracted.
 */
export function memberOf(
  spec: ContainerSpec,
  about: { running: boolean; foreign: boolean; imageLabels: Readonly<Record<string, string>> },
): Member {
  const labels = recordOf(spec.Config['Labels']);
  const own = (key: string) => {
    const value = labels[key];
    return value === undefined || value === about.imageLabels[key] ? undefined : value;
  };
  // Images that Compose builds carry project and service too: the config hash tells whose it is.
  const composed = own(`${compose}config-hash`) !== undefined;
  const action = own(`${drydock}.action`) === 'restart' ? 'restart' : 'order';
  return {
    id: spec.Id,
    name: spec.Name.replace(/^\//, ''),
    project: composed ? (labels[`${compose}project`] ?? null) : null,
    service: composed ? (labels[`${compose}service`] ?? null) : null,
    running: about.running,
    foreign: about.foreign,
    needs: [
      ...namespacesOf(spec),
      ...linksOf(spec),
      ...named(own(watchtower), 'restart'),
      ...named(own(`${ouroboros}hard_depends_on`), 'hard'),
      ...named(own(`${ouroboros}depends_on`), 'restart'),
      ...named(own(drydock), action),
      ...(composed ? servicesOf(own(`${compose}depends_on`)) : []),
    ],
  };
}

/** `NetworkMode`, `IpcMode` and `PidMode` of the form `container:<id>`. */
function namespacesOf({ HostConfig: config }: ContainerSpec): Need[] {
  return ['NetworkMode', 'IpcMode', 'PidMode'].flatMap((key) => {
    const mode = config[key];
    if (typeof mode !== 'string' || !mode.startsWith('container:')) return [];
    return [{ kind: 'namespace' as const, container: mode.slice('container:'.length) }];
  });
}

/**
 * Links of the default bridge read `/db:/web/alias`; those of other networks are only names that
 * its resolver answers, `db:alias`, and follow whoever bears them (RECREATE, Networks).
 */
function linksOf(spec: ContainerSpec): Need[] {
  const networks = Object.values(objectOf(spec.NetworkSettings['Networks']));
  return [
    ...stringsOf(spec.HostConfig['Links']).map((link) => linked(link, 'link')),
    ...networks.flatMap((network) =>
      stringsOf(objectOf(network)['Links']).map((link) => linked(link, 'order')),
    ),
  ];
}

function linked(link: string, kind: NeedKind): Need {
  return { kind, container: link.replace(/:.*$/, '') };
}

/** Comma lists of container names, as people write them. */
function named(text: string | undefined, kind: NeedKind): Need[] {
  return listOf(text).map((container) => ({ kind, container }));
}

/** `service:condition:restart,…`; with `restart` true it is restarted when that one is updated. */
function servicesOf(text: string | undefined): Need[] {
  return listOf(text).map((one) => {
    const [service = '', , restart] = one.split(':');
    return { kind: restart === 'true' ? 'restart' : 'order', service };
  });
}

/** Who depends on whom; what names a container that is not there says nothing. */
export function dependenciesOf(members: readonly Member[]): Dependency[] {
  const byId = new Map(members.map((member) => [member.id, member]));
  const byName = new Map(members.map((member) => [member.name, member]));
  const services = new Map<string, Member[]>();
  for (const member of members) {
    const key = serviceKey(member.project, member.service);
    services.set(key, [...(services.get(key) ?? []), member]);
  }
  const answering = (from: Member, need: Need): readonly Member[] => {
    if ('service' in need)
      return from.project === null
        ? []
        : (services.get(serviceKey(from.project, need.service)) ?? []);
    const name = need.container.replace(/^\//, '');
    const one = byId.get(name) ?? byName.get(name);
    return one === undefined ? [] : [one];
  };
  return members.flatMap((from) =>
    from.needs.flatMap((need) =>
      answering(from, need)
        .filter((on) => on !== from)
        .map((on) => ({ from, on, kind: need.kind })),
    ),
  );
}

const serviceKey = (project: string | null, service: string | null) =>
  JSON.stringify([project, service]);

const listOf = (text: string | undefined) =>
  (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

const stringsOf = (json: Json | undefined) =>
  Array.isArray(json) ? json.filter((one) => typeof one === 'string') : [];

const objectOf = (json: Json | undefined) =>
  json !== null && typeof json === 'object' && !Array.isArray(json) ? json : {};

const recordOf = (json: Json | undefined) =>
  Object.fromEntries(
    Object.entries(objectOf(json)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
