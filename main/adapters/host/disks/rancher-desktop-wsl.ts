import { appData } from './folders.js';
import { wslLimit } from './limit.js';
import type { DiskAdapter } from './adapter.js';
import { vmDisk } from './vm-disk.js';

/** Rancher Desktop on Windows: the distribution that holds /var/lib. */
export const rancherDesktopWsl: DiskAdapter = {
  id: 'rancher-desktop-wsl',
  applies: ({ facts }, platform) => facts.product === 'rancher-desktop' && platform === 'win32',
  async read(_engine, files) {
    const image = await files.vhdx([
      appData(files, 'Local', 'rancher-desktop', 'distro-data', 'ext4.vhdx'),
    ]);
    return vmDisk(files, image, {
      limit: wslLimit,
      returns: 'no',
    });
  },
};
