import { socketOf } from './folders.js';
import { type DiskFiles, Unreadable } from './files.js';
import { limaSize, limitOf } from './limit.js';
import { orNone, yamlSettings } from './settings.js';
import type { DiskAdapter } from './adapter.js';
import type { DiskEngine } from './types.js';
import { vmDisk } from './vm-disk.js';

/** Lima: the instance's disk, or the data disk that the engine's folder is mounted from. */
export const lima: DiskAdapter = {
  id: 'lima',
  applies: ({ facts }, platform) => facts.product === 'lima' && platform !== 'win32',
  async read(engine, files) {
    const folder = await instanceOf(engine, files);
    const [, data] = /^\/mnt\/lima-([^/]+)(\/|$)/.exec(engine.system.dataRoot) ?? [];
    const image = await files.image(
      data === undefined
        ? [files.join(folder, 'disk'), files.join(folder, 'diffdisk')]
        : [files.join(files.dirname(folder), '_disks', data, 'datadisk')],
    );
    const settings = await orNone(yamlSettings(files, [files.join(folder, 'lima.yaml')]));
    const set = data === undefined ? limaSize(settings?.values['disk']) : null;
    return vmDisk(files, image, {
      limit: await limitOf(files, set, image),
      returns: 'restart',
    });
  },
};

/** By the socket, which Lima forwards to `<instance>/sock/`, else by the engine's name. */
async function instanceOf({ facts, system }: DiskEngine, files: DiskFiles): Promise<string> {
  const socket = socketOf(facts.endpoint);
  const folder = socket === null ? null : files.dirname(socket);
  if (folder !== null && files.basename(folder) === 'sock') return files.dirname(folder);
  const home = files.env('LIMA_HOME') ?? files.below('.lima');
  // In a host name Lima writes a dash for each of these.
  const named = (name: string) => `lima-${name.replaceAll(/[_.]/g, '-')}` === system.hostname;
  const instances = (await files.names(home)).filter(named);
  if (instances.length > 1) throw new Unreadable('ambiguous', home);
  const [name] = instances;
  if (name === undefined) throw new Unreadable('no-file', home);
  return files.join(home, name);
}
