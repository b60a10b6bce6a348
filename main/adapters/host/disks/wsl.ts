import type { Missing, Space } from '../../../domain/disk/types.js';
import { type DiskFiles, Unreadable } from './files.js';
import { wslLimit } from './limit.js';
import type { DiskAdapter } from './adapter.js';
import { vmDisk } from './vm-disk.js';

/** Whether a kernel is that of WSL 2. */
export const isWslKernel = (kernel: string): boolean => kernel.includes('microsoft-standard-WSL');

/** Where WSL mounts the drive that it puts distributions on by itself. */
const systemDrive = '/mnt/c';

/**
 * An engine in the WSL distribution that this runs in, too: its file system tells of a terabyte,
 * whatever the drive below it has.
 */
export const wsl: DiskAdapter = {
  id: 'wsl',
  applies: ({ system, diskRoots }, platform) =>
    platform === 'linux' && diskRoots.length > 0 && isWslKernel(system.kernel),
  async read({ diskRoots }, files) {
    return {
      kind: 'wsl',
      spaces: await Promise.all(diskRoots.map((root) => files.space(root))),
      drive: await driveBelow(files),
    };
  },
};

/** Where the drive is not mounted its folder, if there is one, belongs to the distribution itself. */
async function driveBelow(files: DiskFiles): Promise<Space | Missing> {
  const [drive, own] = await Promise.all([files.device(systemDrive), files.device('/')]);
  if (drive === null || drive === own) return { why: 'no-volume', about: systemDrive };
  return files.space(systemDrive);
}

/** Products whose distributions are their own. */
const ofProducts = /^(docker-desktop|rancher-desktop|podman-)/;

/** An engine in a distribution, seen from Windows: the one that there is beside those of products. */
export const wslFromWindows: DiskAdapter = {
  id: 'wsl-from-windows',
  applies: ({ facts }, platform) => platform === 'win32' && facts.product === 'wsl',
  async read(_engine, files) {
    const all = (await files.distributions()).filter(({ name }) => !ofProducts.test(name));
    if (all.length > 1) throw new Unreadable('ambiguous', null);
    const [only] = all;
    if (only === undefined) throw new Unreadable('no-file', null);
    const image = await files.vhdx([files.join(only.folder, only.file)]);
    return vmDisk(files, image, {
      limit: wslLimit,
      returns: 'no',
    });
  },
};

/**
 * Docker Desktop or Rancher Desktop on Windows, reached from a distribution: what has the same path
 * here is not the engine's, and whose files on Windows they are cannot be told.
 */
export const outsideWsl: DiskAdapter = {
  id: 'outside-wsl',
  applies: ({ facts, system }, platform) =>
    platform === 'linux' &&
    isWslKernel(system.kernel) &&
    (facts.product === 'docker-desktop' || facts.product === 'rancher-desktop'),
  read: () => Promise.resolve({ kind: 'unknown', missing: { why: 'outside-wsl', about: null } }),
};
