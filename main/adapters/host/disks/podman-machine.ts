import { CareenError } from '../../../domain/errors.js';
import type { EngineDisk, Limit, VmDisk } from '../../../domain/disk/types.js';
import { type DiskFiles, Unreadable } from './files.js';
import { socketOf } from './folders.js';
import { GiB, limitOf, sizeIn, wslLimit } from './limit.js';
import { jsonSettings, orNone, textOf, valueAt } from './settings.js';
import type { DiskAdapter } from './adapter.js';
import type { DiskEngine } from './types.js';
import { vmDisk } from './vm-disk.js';

/** A machine as Podman's own file describes it. */
interface Machine {
  /** `libkrun`, `applehv`, `hyperv`, `wsl`, `qemu`. */
  type: string;
  name: string;
  image: string;
  /** Bytes; null where the file does not tell, or what it tells is not applied. */
  limit: number | null;
}

/** Podman in a VM: the engine itself tells how full its store is. */
export const podmanMachine: DiskAdapter = {
  id: 'podman-machine',
  applies: ({ facts, diskRoots }) => facts.product === 'podman' && diskRoots.length === 0,
  async read(engine, files): Promise<EngineDisk> {
    const inside = await insideOf(engine);
    try {
      const disk = await machineDisk(engine, files);
      // On WSL the size in the settings is not applied: the engine sees what is.
      const isAssumed =
        disk.limit !== 'none' && 'from' in disk.limit && disk.limit.from === 'assumed';
      return { ...disk, inside, ...(inside && isAssumed ? { limit: told(inside) } : {}) };
    } catch (e) {
      if (inside === null || !(e instanceof Unreadable)) throw e;
      return {
        kind: 'vm',
        file: null,
        allocated: null,
        limit: told(inside),
        host: e.missing,
        inside,
        returns: null,
        close: false,
        oddity: null,
      };
    }
  },
};

const told = ({ total }: { total: number }): Limit => ({ bytes: total, from: 'engine' });

/** Null while the engine does not answer: its files still do. */
async function insideOf(engine: DiskEngine): Promise<VmDisk['inside']> {
  try {
    return await engine.storeUse();
  } catch (e) {
    if (e instanceof CareenError) return null;
    throw e;
  }
}

async function machineDisk(engine: DiskEngine, files: DiskFiles): Promise<VmDisk> {
  const machine = await machineOf(engine, files);
  const isWsl = machine.type === 'wsl';
  const isVhdx = isWsl || machine.type === 'hyperv';
  const image = await (isVhdx ? files.vhdx([machine.image]) : files.image([machine.image]));
  const set: Limit | null =
    machine.limit === null ? null : { bytes: machine.limit, from: 'settings' };
  return vmDisk(files, image, {
    limit: isWsl
      ? wslLimit
      : isVhdx
        ? (set ?? { why: 'no-limit', about: image.path })
        : await limitOf(files, machine.limit, image),
    returns: isWsl ? 'no' : null,
  });
}

/** The machine that the endpoint names, else the only one that there is. */
async function machineOf({ facts }: DiskEngine, files: DiskFiles): Promise<Machine> {
  const all = await machines(files);
  const name = nameIn(facts.endpoint, files);
  const named = all.filter((machine) => machine.name === name);
  const [only, another] = named.length > 0 ? named : all;
  if (another !== undefined) throw new Unreadable('ambiguous', folderOf(files));
  if (only === undefined) throw new Unreadable('no-file', folderOf(files));
  return only;
}

/** `<name>-api.sock` on macOS; on Windows the pipe has the machine's name, `podman-` before it. */
function nameIn(endpoint: string, files: DiskFiles): string | null {
  const socket = socketOf(endpoint);
  if (socket !== null) return /^(.+)-api\.sock$/.exec(files.basename(socket))?.[1] ?? null;
  return /\/pipe\/(.+)$/.exec(endpoint)?.[1] ?? null;
}

const folderOf = (files: DiskFiles) =>
  files.join(
    files.env('XDG_CONFIG_HOME') ?? files.below('.config'),
    'containers',
    'podman',
    'machine',
  );

async function machines(files: DiskFiles): Promise<Machine[]> {
  const folder = folderOf(files);
  const found: Machine[] = [];
  for (const type of await files.names(folder))
    for (const file of await files.names(files.join(folder, type))) {
      if (!file.endsWith('.json')) continue;
      const settings = await orNone(jsonSettings(files, [files.join(folder, type, file)]));
      const name = textOf(settings?.values['Name']);
      const at = textOf(valueAt(settings?.values, 'ImagePath', 'Path'));
      if (name === null || at === null) continue;
      found.push({
        type,
        name,
        // WSL unpacks the image that the file names into a distribution beside it.
        image: type === 'wsl' ? files.join(files.dirname(at), 'wsldist', name, 'ext4.vhdx') : at,
        limit:
          type === 'wsl' ? null : sizeIn(GiB, valueAt(settings?.values, 'Resources', 'DiskSize')),
      });
    }
  return found;
}
