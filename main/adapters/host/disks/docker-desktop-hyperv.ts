import { desktopSettings } from './docker-desktop-settings.js';
import { appData } from './folders.js';
import type { DiskAdapter } from './adapter.js';

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
    return {
      kind: 'vm',
      file: image.path,
      allocated: image.allocated,
      // The file is as large as what was written: it does not tell what it may grow to.
      limit:
        limit === null
          ? { why: 'no-limit', about: image.path }
          : { bytes: limit, from: 'settings' },
      host: await files.spaceOf(image.path),
      inside: null,
      returns: 'no',
      close: false,
      oddity,
    };
  },
};
