import { constants } from 'node:fs';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from '../atomic.js';

/**
 * The file that a log writes to. It knows how many of its bytes are whole lines: what a failed
 * write left beyond them is cut off before the next one, so no line ever follows half of another.
 */
export class SegmentFile {
  #ragged = false;

  private constructor(
    readonly file: string,
    private readonly handle: FileHandle,
    private whole: number,
  ) {}

  /** Makes a segment where there is none yet; its name is on the disk when this resolves. */
  static async create(file: string): Promise<SegmentFile> {
    const handle = await open(file, constants.O_RDWR | constants.O_CREAT, 0o600);
    const made = new SegmentFile(file, handle, 0);
    try {
      await made.#cut();
      await syncFolder(dirname(file));
      return made;
    } catch (e) {
      await handle.close();
      throw e;
    }
  }

  /**
   * Opens a segment that a former process wrote. A last line without its line break gets one where
   * `isWhole` knows it for a record; else it is torn and cut off. `torn`: how many bytes.
   */
  static async resume(
    file: string,
    isWhole: (line: string) => boolean,
  ): Promise<{ segment: SegmentFile; torn: number }> {
    const content = await readFile(file);
    const lines = content.lastIndexOf('\n') + 1;
    const handle = await open(file, 'r+');
    const segment = new SegmentFile(file, handle, lines);
    try {
      if (lines === content.length) return { segment, torn: 0 };
      const tail = content.toString('utf8', lines);
      if (isWhole(tail)) await segment.append(`${tail}\n`);
      else await segment.#cut();
      return { segment, torn: isWhole(tail) ? 0 : content.length - lines };
    } catch (e) {
      await handle.close();
      throw e;
    }
  }

  /** Bytes of whole lines. */
  get size(): number {
    return this.whole;
  }

  /** Resolves when the lines are on the disk; throws the system's error, and then none of them count. */
  async append(lines: string): Promise<void> {
    const data = Buffer.from(lines);
    if (this.#ragged) await this.#cut();
    this.#ragged = true;
    for (let at = 0; at < data.length;) {
      const { bytesWritten } = await this.handle.write(data, at, data.length - at, this.whole + at);
      at += bytesWritten;
    }
    await this.handle.datasync();
    this.#ragged = false;
    this.whole += data.length;
  }

  /** Lets go of the file; what a failed write left in it is cut off where the disk allows. */
  async close(): Promise<void> {
    try {
      if (this.#ragged) await this.#cut();
    } finally {
      await this.handle.close();
    }
  }

  async #cut(): Promise<void> {
    await this.handle.truncate(this.whole);
    this.#ragged = false;
  }
}
