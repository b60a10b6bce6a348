import { namespaceIds } from '../recreate/host.js';
import type { ContainerSpec } from '../recreate/types.js';
import { labelsOf, objectOf, ownLabels, textsOf } from './labels.js';

/** How a container depends on another, the strongest first. */
export type NeedKind =
  /** Lives in its network, IPC or PID namespace, which its config names by ID. */
  | 'namespace'
  /** Linked on the default bridge: the engine keeps that to the very container. */
  | 'link'
  /** A label asks that it be made anew with it (Ouroboros). */
  | 'hard'
  /** A label asks that it be restarted after it. */
  | 'restart'
  /** Only comes after it. */
  | 'order';

/** What a container says of itself and another. */
export type Need = { kind: NeedKind } &
  /** It depends on that one, by ID or name. */
  (
    | { container: string }
    /** It depends on a service of its own Compose project. */
    | { service: string }
    /** That one, by name, depends on it. */
    | { dependant: string }
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
 * What one container says of dependencies: its namespaces, its links, and the labels of Compose,
 * Watchtower, Ouroboros and drydock (OWNERS §2, §4), after its image's own labels are subtracted.
 * Those of Ouroboros name what is stopped for the bearer's update and started, or made anew, after it
 * (pyouroboros/ouroboros:pyouroboros/dockerclient.py), whatever they are called.
 */
export function memberOf(
  spec: ContainerSpec,
  about: { running: boolean; foreign: boolean; imageLabels: Readonly<Record<string, string>> },
): Member {
  const labels = labelsOf(spec);
  const own = ownLabels(spec, about.imageLabels);
  // Images that Compose builds carry project and service too: the config hash tells whose it is.
  const composed = own[`${compose}config-hash`] !== undefined;
  const action = own[`${drydock}.action`] === 'restart' ? 'restart' : 'order';
  return {
    id: spec.Id,
    name: spec.Name.replace(/^\//, ''),
    project: composed ? (labels[`${compose}project`] ?? null) : null,
    service: composed ? (labels[`${compose}service`] ?? null) : null,
    running: about.running,
    foreign: about.foreign,
    needs: [
      ...namespaceIds(spec.HostConfig).map((container) => ({
        kind: 'namespace' as const,
        container,
      })),
      ...linksOf(spec),
      ...named(own[watchtower], 'restart'),
      ...turned(own[`${ouroboros}hard_depends_on`], 'hard'),
      ...turned(own[`${ouroboros}depends_on`], 'restart'),
      ...named(own[drydock], action),
      ...(composed ? servicesOf(own[`${compose}depends_on`]) : []),
    ],
  };
}

/**
 * Links of the default bridge read `/db:/web/alias`; those of other networks are only names that
 * its resolver answers, `db:alias`, and follow whoever bears them (RECREATE, Networks).
 */
function linksOf(spec: ContainerSpec): Need[] {
  const networks = Object.values(objectOf(spec.NetworkSettings['Networks']));
  return [
    ...textsOf(spec.HostConfig['Links']).map((link) => linked(link, 'link')),
    ...networks.flatMap((network) =>
      textsOf(objectOf(network)['Links']).map((link) => linked(link, 'order')),
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

function turned(text: string | undefined, kind: NeedKind): Need[] {
  return listOf(text).map((dependant) => ({ kind, dependant }));
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
  const bearing = (name: string): readonly Member[] => {
    const one = byId.get(name) ?? byName.get(name.replace(/^\//, ''));
    return one === undefined ? [] : [one];
  };
  const serving = ({ project }: Member, service: string): readonly Member[] =>
    project === null ? [] : (services.get(serviceKey(project, service)) ?? []);
  const told = (member: Member, need: Need): Dependency[] => {
    const { kind } = need;
    if ('dependant' in need)
      return bearing(need.dependant).map((from) => ({ from, on: member, kind }));
    const others = 'service' in need ? serving(member, need.service) : bearing(need.container);
    return others.map((on) => ({ from: member, on, kind }));
  };
  return members
    .flatMap((member) => member.needs.flatMap((need) => told(member, need)))
    .filter(({ from, on }) => from !== on);
}

const serviceKey = (project: string | null, service: string | null) =>
  JSON.stringify([project, service]);

const listOf = (text: string | undefined) =>
  (text ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
