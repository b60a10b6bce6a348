import type { DockerEngine } from '../../adapters/docker/types.js';
import type { ContainerSpec, Others } from '../../domain/recreate/types.js';
import { textsOf } from '../../domain/update/labels.js';

/** What is known of containers that an ID may no longer lead to. */
export interface KnownNames {
  /** Names by the IDs that they had before this run. */
  names: ReadonlyMap<string, string>;
  /** The same from what is kept of earlier runs. */
  recorded: Readonly<Record<string, string>>;
}

/** The containers that a config names by ID, as they are now. */
export async function othersOf(
  engine: Pick<DockerEngine, 'containerNow' | 'inspectContainer'>,
  spec: ContainerSpec,
  known: KnownNames,
): Promise<Others> {
  const givers = giversOf(spec);
  const names = new Map<string, string>();
  for (const id of new Set([...namespacesOf(spec), ...givers])) {
    const name = await nameNow(engine, id, known);
    if (name !== null) names.set(id, name);
  }
  const mounts = new Map<string, ContainerSpec['Mounts']>();
  for (const id of givers) {
    const name = names.get(id);
    const giver = name === undefined ? null : await engine.inspectContainer(name);
    if (giver) mounts.set(id, giver.Mounts);
  }
  return {
    nameOf: (id) => names.get(id) ?? null,
    mountsOf: (id) => mounts.get(id) ?? null,
  };
}

/** The names of the containers that a config names by ID, to be found by once those IDs are gone. */
export async function namesIn(
  engine: Pick<DockerEngine, 'containerNow' | 'inspectContainer'>,
  spec: ContainerSpec,
  known: KnownNames,
): Promise<Record<string, string>> {
  const { nameOf } = await othersOf(engine, spec, known);
  const ids = [...namespacesOf(spec), ...giversOf(spec)];
  return Object.fromEntries(
    ids.flatMap((id) => {
      const name = nameOf(id);
      return name === null ? [] : [[id, name]];
    }),
  );
}

/**
 * The very container, whatever it is called by now; where it was replaced, who bears its name. One
 * that was put aside for a new one is replaced.
 */
async function nameNow(
  engine: Pick<DockerEngine, 'containerNow'>,
  id: string,
  { names, recorded }: KnownNames,
): Promise<string | null> {
  const replaced = names.get(id);
  if (replaced !== undefined) return replaced;
  const itself = await engine.containerNow(id);
  const before = recorded[id];
  if (itself && (before === undefined || !itself.name.startsWith(`${before}.careen-`)))
    return itself.name;
  const heir = before === undefined ? null : await engine.containerNow(before);
  return heir?.name ?? itself?.name ?? null;
}

/** IDs of containers whose namespaces a container lives in. */
export function namespacesOf({ HostConfig: host }: ContainerSpec): string[] {
  return ['NetworkMode', 'PidMode', 'IpcMode'].flatMap((key) => {
    const mode = host[key];
    return typeof mode === 'string' && mode.startsWith('container:')
      ? [mode.slice('container:'.length)]
      : [];
  });
}

/** IDs or names of the containers whose mounts it has too. */
function giversOf({ HostConfig: host }: ContainerSpec): string[] {
  return textsOf(host['VolumesFrom']).map((entry) => entry.split(':')[0] ?? '');
}
