import type { VmDisk } from '../../../domain/disk/types.js';
import type { DiskFile, DiskFiles } from './files.js';

/** What a product says of its VM's disk beside the file. */
type Said = Pick<VmDisk, 'limit' | 'returns'> & Partial<Pick<VmDisk, 'close' | 'oddity'>>;

/**
 * The disk of a VM as its file tells of it, and what that one's own file system leaves; nothing of what
 * is inside. Unless said otherwise, allocated bytes do not follow the used ones closely.
 */
export async function vmDisk(files: DiskFiles, image: DiskFile, said: Said): Promise<VmDisk> {
  return {
    kind: 'vm',
    file: image.path,
    allocated: image.allocated,
    host: await files.spaceOf(image.path),
    inside: null,
    close: false,
    oddity: null,
    ...said,
  };
}
