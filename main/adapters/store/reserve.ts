import { randomBytes } from 'node:crypto';
import { rm, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sweepTemporary, syncFolder, writeAtomic } from '../atomic.js';
import { homeUnwritable, meansFull, systemCode } from '../system-error.js';

const reserveBytes = 256 * 1024;

/** How many times the reserve must be free before it is made again, so that making it fills nothing. */
const roomNeeded = 4;

/**
 * A small file that only takes up room: given up on a full disk so that the log can still be
 * written (DESIGN §3, Storage).
 */
export class Reserve {
  readonly #file: string;

  constructor(private readonly home: string) {
    this.#file = join(home, 'reserve');
  }

  /** Makes the reserve where it is missing and there is room. False: there is none now. */
  async ensure(): Promise<boolean> {
    try {
      if (await this.#whole()) return true;
      await this.giveUp();
      await sweepTemporary(this.home, (name) => name === 'reserve');
      const { bavail, bsize } = await statfs(this.home);
      if (bavail * bsize < roomNeeded * reserveBytes) return false;
      // A compressing file system would keep room for zeros only on paper.
      await writeAtomic(this.#file, randomBytes(reserveBytes));
      return true;
    } catch (e) {
      if (meansFull(e)) return false;
      throw homeUnwritable(this.home, e);
    }
  }

  /** Gives the room back to the disk. False: there was none to give. */
  async giveUp(): Promise<boolean> {
    try {
      await rm(this.#file);
      await syncFolder(dirname(this.#file));
      return true;
    } catch (e) {
      if (systemCode(e) === 'ENOENT') return false;
      throw homeUnwritable(this.home, e);
    }
  }

  async #whole(): Promise<boolean> {
    try {
      return (await stat(this.#file)).size === reserveBytes;
    } catch (e) {
      if (systemCode(e) === 'ENOENT') return false;
      throw e;
    }
  }
}
