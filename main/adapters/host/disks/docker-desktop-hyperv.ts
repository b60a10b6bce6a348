import { desktopSettings } from './docker-desktop-settings.js';
import { appData } from './folders.js';
import type { DiskAdapter } from './adapter.js';
import { vmDisk } from './vm-disk.js';

const standardFolder = 'C:\\ProgramData\\DockerDesktop\\vm-data';

/** Docker Desktop on Windows under Hyper-V: a VHDX up to the size in the settings. */
export const dockerDesktopHyperV: DiskAdapter = {
  id: 'docker-desktop-hyperv',
  applies: ({ facts, system }, platform) =>
    facts.product === 'docker-desktop' &&
    platform === 'win32' &&
    system.kernel.endsWith('-linuxkit'),
  async read(_engine, files) {
    const { dataFolder, limit, oddity } = await desktopSettings(
      files,
      appData(files, 'Roaming', 'Docker'),
    );
    const image = await files.vhdx([
      files.join(dataFolder ?? standardFolder, 'DockerDesktop.vhdx'),
    ]);
    return vmDisk(files, image, {
      // The file is as large as what was written: it does not tell what it may grow to.
      limit:
        limit === null
          ? { why: 'no-limit', about: image.path }
          : { bytes: limit, from: 'settings' },
      returns: 'no',
      oddity,
    });
  },
};
