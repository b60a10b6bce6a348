import { stat } from 'node:fs/promises';
import { release } from 'node:os';
import path from 'node:path';
import { storeOf, type EngineInfo } from './product.js';

/** What tells whether an engine's folders are this machine's. */
export interface Machine {
  platform: NodeJS.Platform;
  /** The kernel's release, as `uname -r` prints it. */
  kernel: string;
  /** The device that holds a folder; null where there is none, or none to be seen. */
  device(folder: string): Promise<number | null>;
}

export const thisMachine: Machine = {
  platform: process.platform,
  kernel: release(),
  async device(folder) {
    try {
      return (await stat(folder)).dev;
    } catch {
      return null;
    }
  },
};

/**
 * The folders on this host whose file systems hold the images, the images' own first, one for each
 * file system (HOSTS §2). Empty for an engine in a VM, which runs another kernel than this machine: a
 * folder of the same name here is another engine's.
 */
export async function rootsOf(info: EngineInfo, machine: Machine): Promise<string[]> {
  if (machine.platform !== 'linux' || info.KernelVersion !== machine.kernel) return [];
  const candidates = [...containerdRoots(info), info.DockerRootDir];
  const roots = new Map<number, string>();
  for (const folder of candidates) {
    const device = path.isAbsolute(folder) ? await machine.device(folder) : null;
    if (device !== null && !roots.has(device)) roots.set(device, folder);
  }
  return [...roots.values()];
}

function containerdRoots(info: EngineInfo): string[] {
  if (storeOf(info) === 'classic') return [];
  const address = info.Containerd?.Address ?? '';
  const system = '/var/lib/containerd';
  const own = path.posix.join(info.DockerRootDir, 'containerd/daemon');
  if (address === '/run/containerd/containerd.sock') return [system];
  // Before 27 the address is not told; an engine with a containerd of its own has made that folder.
  return address === '' ? [own, system] : [own];
}
