import { desktopSettings } from './docker-desktop-settings.js';
import type { DiskFiles } from './files.js';
import { limitOf } from './limit.js';
import type { DiskAdapter } from './adapter.js';
import { vmDisk } from './vm-disk.js';

/** Docker Desktop on macOS and Linux: a raw file that shrinks within seconds after images go. */
export const dockerDesktop: DiskAdapter = {
  id: 'docker-desktop',
  applies: ({ facts }, platform) =>
    facts.product === 'docker-desktop' && (platform === 'darwin' || platform === 'linux'),
  async read(_engine, files) {
    const { settings, data } = folders(files);
    const { dataFolder, limit, oddity } = await desktopSettings(files, settings);
    const image = await files.image([files.join(dataFolder ?? data, 'Docker.raw')]);
    return vmDisk(files, image, {
      limit: await limitOf(files, limit, image),
      returns: 'shortly',
      close: true,
      oddity,
    });
  },
};

function folders(files: DiskFiles) {
  if (files.platform === 'linux') {
    const settings = files.below('.docker/desktop');
    return { settings, data: files.join(settings, 'vms/0/data') };
  }
  return {
    settings: files.below('Library/Group Containers/group.com.docker'),
    data: files.below('Library/Containers/com.docker.docker/Data/vms/0/data'),
  };
}
