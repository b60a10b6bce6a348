import type { EngineDisk } from '../../../domain/disk/types.js';
import type { DiskFiles } from './files.js';
import type { DiskEngine } from './types.js';

/** How one product's disk is read. */
export interface DiskAdapter {
  id: string;
  applies(engine: DiskEngine, platform: NodeJS.Platform): boolean;
  /** Throws `Unreadable` for what keeps it from saying anything. */
  read(engine: DiskEngine, files: DiskFiles): Promise<EngineDisk>;
}
