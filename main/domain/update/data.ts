import type { ContainerSpec, JsonObject } from '../recreate/types.js';

/** A place whose content outlives a container, so that going back does not undo what was written there. */
export interface DataMount {
  kind: 'volume' | 'bind';
  /** The volume's name, or the folder or file on the host. */
  name: string;
  /** Where it is in the container. */
  at: string;
  /** Of a volume; null where the engine does not say. */
  driver: string | null;
}

/** What is named like a socket, and what is the kernel's own, holds no data. */
const noData = /\.sock(et)?$|^\\\\\.\\pipe\\|^\/(dev|proc|sys)(\/|$)/;

/**
 * The mounts that a container can write data to: volumes and binds, but neither read-only ones nor
 * sockets. tmpfs ends with the container, and is none (UPDATING §3, Data).
 */
export function dataMounts({ Mounts: mounts }: Pick<ContainerSpec, 'Mounts'>): DataMount[] {
  const found = mounts.flatMap((mount): DataMount[] => {
    const at = textOf(mount, 'Destination');
    if (mount['RW'] === false || noData.test(at)) return [];
    if (mount['Type'] === 'volume' || mount['Type'] === 'cluster') {
      const driver = textOf(mount, 'Driver');
      return [{ kind: 'volume', name: textOf(mount, 'Name'), at, driver: driver || null }];
    }
    const source = textOf(mount, 'Source');
    if (mount['Type'] !== 'bind' || noData.test(source)) return [];
    return [{ kind: 'bind', name: source, at, driver: null }];
  });
  // Engines tell mounts in any order.
  return found.sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** Whether a container has data that going back would not undo: `auto` takes no major step then. */
export function hasData(container: Pick<ContainerSpec, 'Mounts'>): boolean {
  return dataMounts(container).length > 0;
}

/**
 * Labels of a copy of a volume, and of the containers by which it is made: of which volume, and for
 * which run and container. What bears the first is Careen's own.
 */
export const copyLabels = {
  of: 'careen.copy-of',
  run: 'careen.copy-run',
  container: 'careen.copy-for',
} as const;

/**
 * The writable volumes of a container that a copy can be made of, by name: those of the engine's own
 * driver, since what others keep need not lie on its disk.
 */
export function copyableVolumes(container: Pick<ContainerSpec, 'Mounts'>): string[] {
  const volumes = dataMounts(container).filter(
    ({ kind, driver }) => kind === 'volume' && driver === 'local',
  );
  return [...new Set(volumes.map(({ name }) => name))].sort();
}

/** A name for a copy of a volume that is not among those in use: `careen-copy-pgdata-1`. */
export function copyName(volume: string, taken: ReadonlySet<string>): string {
  // File systems take names of 255 bytes.
  const stem = `careen-copy-${volume.slice(0, 200)}`;
  let n = 1;
  while (taken.has(`${stem}-${n}`)) n += 1;
  return `${stem}-${n}`;
}

function textOf(mount: JsonObject, key: string): string {
  const value = mount[key];
  return typeof value === 'string' ? value : '';
}
