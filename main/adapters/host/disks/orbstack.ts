import { type DiskFile, type DiskFiles, Unreadable } from './files.js';
import { jsonSettings, textOf } from './settings.js';
import type { DiskAdapter } from './adapter.js';
import { vmDisk } from './vm-disk.js';

/**
 * OrbStack: a raw file without a limit, which also holds its Linux machines and shrinks by itself,
 * lazily. The size that it shows means nothing.
 */
export const orbstack: DiskAdapter = {
  id: 'orbstack',
  applies: ({ facts }, platform) => facts.product === 'orbstack' && platform === 'darwin',
  async read(_engine, files) {
    const image = await dataImage(files);
    return vmDisk(files, image, {
      limit: 'none',
      returns: 'shortly',
    });
  },
};

async function dataImage(files: DiskFiles): Promise<DiskFile> {
  const settings = await jsonSettings(files, [files.below('.orbstack/vmconfig.json')]);
  const moved = textOf(settings?.values['data_dir']);
  if (moved === null)
    return files.image([
      files.below('Library/Group Containers/HUAQ24HBR6.dev.orbstack/data/data.img.raw'),
      files.below('.orbstack/data/data.img'),
    ]);
  try {
    return await files.image([files.join(moved, 'data.img.raw'), files.join(moved, 'data.img')]);
  } catch (e) {
    if (!(e instanceof Unreadable) || e.why !== 'no-file') throw e;
    const [volume] = /^\/Volumes\/[^/]+/.exec(moved) ?? [];
    if (volume === undefined || (await files.device(volume)) !== null) throw e;
    throw new Unreadable('no-volume', volume, e);
  }
}
