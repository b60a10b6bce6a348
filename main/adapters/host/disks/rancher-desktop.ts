import type { DiskFiles } from './files.js';
import { limaSize, limitOf } from './limit.js';
import { jsonSettings, orNone, valueAt } from './settings.js';
import type { DiskAdapter } from './adapter.js';
import { vmDisk } from './vm-disk.js';

/** Rancher Desktop on macOS and Linux: a VM of Lima's that trims its disk at each start. */
export const rancherDesktop: DiskAdapter = {
  id: 'rancher-desktop',
  applies: ({ facts }, platform) => facts.product === 'rancher-desktop' && platform !== 'win32',
  async read(_engine, files) {
    const { data, settings } = folders(files);
    const machine = files.join(data, 'rancher-desktop/lima/0');
    const image = await files.image([files.join(machine, 'disk'), files.join(machine, 'diffdisk')]);
    const found = await orNone(
      jsonSettings(files, [files.join(settings, 'rancher-desktop/settings.json')]),
    );
    const set = limaSize(valueAt(found?.values, 'experimental', 'virtualMachine', 'diskSize'));
    return vmDisk(files, image, {
      limit: await limitOf(files, set, image),
      returns: 'restart',
    });
  },
};

function folders(files: DiskFiles) {
  if (files.platform === 'darwin')
    return {
      data: files.below('Library/Application Support'),
      settings: files.below('Library/Preferences'),
    };
  return {
    data: files.env('XDG_DATA_HOME') ?? files.below('.local/share'),
    settings: files.env('XDG_CONFIG_HOME') ?? files.below('.config'),
  };
}
