import { socketOf } from './folders.js';
import type { DiskFiles } from './files.js';
import { GiB, limitOf, sizeIn } from './limit.js';
import { orNone, yamlSettings } from './settings.js';
import type { DiskAdapter } from './adapter.js';
import type { DiskEngine } from './types.js';
import { vmDisk } from './vm-disk.js';

/** Colima: a disk for the containers' data, or before that was split off, the VM's only one. */
export const colima: DiskAdapter = {
  id: 'colima',
  applies: ({ facts }, platform) => facts.product === 'colima' && platform !== 'win32',
  async read(engine, files) {
    const { home, profile } = await profileOf(engine, files);
    const instance = profile === 'default' ? 'colima' : `colima-${profile}`;
    const image = await files.image([
      files.join(home, '_lima/_disks', instance, 'datadisk'),
      files.join(home, '_lima', instance, 'disk'),
      files.join(home, '_lima', instance, 'diffdisk'),
    ]);
    const settings = await orNone(yamlSettings(files, [files.join(home, profile, 'colima.yaml')]));
    return vmDisk(files, image, {
      limit: await limitOf(files, sizeIn(GiB, settings?.values['disk']), image),
      returns: 'restart',
    });
  },
};

/** By the socket, which stands in the profile's folder; before 0.4 in Colima's own. */
async function profileOf(
  { facts, system }: DiskEngine,
  files: DiskFiles,
): Promise<{ home: string; profile: string }> {
  const socket = socketOf(facts.endpoint);
  const folder = socket === null ? null : files.dirname(socket);
  if (folder !== null && (await files.names(files.dirname(folder))).includes('_lima'))
    return { home: files.dirname(folder), profile: files.basename(folder) };
  if (folder !== null && (await files.names(folder)).includes('_lima'))
    return { home: folder, profile: 'default' };
  const profile = /^colima-(.+)$/.exec(system.hostname)?.[1] ?? 'default';
  return { home: await standardHome(files), profile };
}

async function standardHome(files: DiskFiles): Promise<string> {
  const set = files.env('COLIMA_HOME');
  if (set !== null) return set;
  const own = files.below('.colima');
  if ((await files.names(own)).length > 0) return own;
  return files.join(files.env('XDG_CONFIG_HOME') ?? files.below('.config'), 'colima');
}
