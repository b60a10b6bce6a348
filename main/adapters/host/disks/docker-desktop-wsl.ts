import { desktopSettings } from './docker-desktop-settings.js';
import { appData } from './folders.js';
import { wslLimit } from './limit.js';
import type { DiskAdapter } from './adapter.js';
import { isWslKernel } from './wsl.js';
import { vmDisk } from './vm-disk.js';

/**
 * Docker Desktop on Windows under WSL 2: a VHDX that stays at its high-water mark. `DiskSizeMiB` and
 * `DataFolder` belong to Hyper-V and are ignored.
 */
export const dockerDesktopWsl: DiskAdapter = {
  id: 'docker-desktop-wsl',
  applies: ({ facts, system }, platform) =>
    facts.product === 'docker-desktop' && platform === 'win32' && isWslKernel(system.kernel),
  async read(_engine, files) {
    const { wslFolder } = await desktopSettings(files, appData(files, 'Roaming', 'Docker'));
    const folder = wslFolder ?? appData(files, 'Local', 'Docker', 'wsl');
    // The setting may or may not end in the folder that Docker Desktop makes below it.
    const bases = [folder, files.join(folder, 'DockerDesktopWSL')];
    const image = await files.vhdx([
      ...bases.map((base) => files.join(base, 'disk', 'docker_data.vhdx')),
      // Installed before 4.30 and never moved.
      ...bases.map((base) => files.join(base, 'data', 'ext4.vhdx')),
    ]);
    return vmDisk(files, image, {
      limit: wslLimit,
      returns: 'no',
    });
  },
};
