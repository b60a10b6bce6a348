import { mkdtemp, rm, statfs, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { must } from '../../scripts/lib/process.mjs';

/** A file system of its own, small enough to be filled; needs root on Linux. */
export interface SmallDisk {
  folder: string;
  /** Fills it to the last byte. */
  fill(): Promise<void>;
  /** Gives the filled room back. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

export const canMount = process.platform === 'linux' && process.getuid?.() === 0;

/** Makes and mounts a file system of `megabytes`. */
export async function smallDisk(kind: 'tmpfs' | 'ext4', megabytes: number): Promise<SmallDisk> {
  const outer = await mkdtemp(join(tmpdir(), 'careen-disk-'));
  const folder = await mkdtemp(join(outer, 'mounted-'));
  if (kind === 'tmpfs') {
    await must('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', folder]);
  } else {
    const image = join(outer, 'image');
    await writeFile(image, '');
    await truncate(image, megabytes * 1024 * 1024);
    await must('mkfs.ext4', ['-q', '-m', '0', image]);
    await must('mount', ['-o', 'loop', image, folder]);
  }
  const filling = join(folder, 'filling');
  return {
    folder,
    async fill() {
      for (let bytes = (await free(folder)) + 4096; bytes >= 1; bytes = Math.floor(bytes / 2)) {
        while (await grew(filling, bytes)) continue;
      }
    },
    empty: () => rm(filling, { force: true }),
    async close() {
      await must('umount', [folder]);
      await rm(outer, { recursive: true });
    },
  };
}

async function free(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

async function grew(file: string, bytes: number): Promise<boolean> {
  try {
    await writeFile(file, Buffer.alloc(bytes, 1), { flag: 'a', flush: true });
    return true;
  } catch (e) {
    if (e instanceof Error && 'code' in e && e.code === 'ENOSPC') return false;
    throw e;
  }
}
