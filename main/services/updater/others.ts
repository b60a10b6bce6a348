import type { DockerEngine } from '../../adapters/docker/types.js';
import { giverIds, namespaceIds } from '../../domain/recreate/host.js';
import type { ContainerSpec, Others } from '../../domain/recreate/types.js';

/** What is known of containers that an ID may no longer lead to. */
export interface KnownNames {
  /** Names by the IDs that they had before this run. */
  names: ReadonlyMap<string, string>;
  /** The same from what is kept of earlier runs. */
  recorded: Readonly<Record<string, string>>;
}

type Asked = Pick<DockerEngine, 'containerNow' | 'inspectContainer'>;

/** The containers that a config names by ID, as they are now. */
export async function othersOf(
  engine: Asked,
  spec: ContainerSpec,
  known: KnownNames,
): Promise<Others> {
  const names = await namesOf(engine, spec, known);
  const mounts = new Map<string, ContainerSpec['Mounts']>();
  for (const id of giverIds(spec.HostConfig)) {
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
  engine: Pick<Asked, 'containerNow'>,
  spec: ContainerSpec,
  known: KnownNames,
): Promise<Record<string, string>> {
  return Object.fromEntries(await namesOf(engine, spec, known));
}

async function namesOf(
  engine: Pick<Asked, 'containerNow'>,
  { HostConfig: host }: ContainerSpec,
  known: KnownNames,
): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const id of new Set([...namespaceIds(host), ...giverIds(host)])) {
    const name = await nameNow(engine, id, known);
    if (name !== null) names.set(id, name);
  }
  return names;
}

/**
 * The very container, whatever it is called by now; where it was replaced, who bears its name. One
 * that was put aside for a new one is replaced.
 */
async function nameNow(
  engine: Pick<Asked, 'containerNow'>,
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
