import { open, realpath, stat } from 'node:fs/promises';
import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { CareenError } from '../../domain/errors.js';
import { unlessMissing, writeAtomic } from '../atomic.js';
import { homeUnwritable, systemCode } from '../system-error.js';

/** Who else could have written a file: through the file itself or through its folder. */
export interface Distrust {
  why: 'writable-by-others' | 'owned-by-another';
  path: string;
}

/** A text that people edit too: read afresh each time, written atomically. */
export class TextFile {
  constructor(readonly path: string) {}

  /** Null when there is no such file; of one that is far too large its beginning. Throws `policy-unreadable` where the system refuses. */
  async read(): Promise<string | null> {
    try {
      return await readText(this.path);
    } catch (e) {
      if (systemCode(e) === 'ENOENT') return null;
      throw new CareenError('policy-unreadable', {
        file: this.path,
        why: systemCode(e) ?? 'unknown',
      });
    }
  }

  /**
   * Whether others than the user at work could have written it, by owner and mode of the file, its
   * folder, and what a link leads to; null where they could not. Windows has neither of the two, and
   * keeps a user's application data to that user. Throws `policy-unreadable`.
   */
  async distrust(): Promise<Distrust | null> {
    const own = process.getuid?.();
    if (own === undefined) return null;
    try {
      const folder = dirname(this.path);
      const real = await unlessMissing<string | null>(realpath(this.path), null);
      const places = [folder, ...(real === null ? [] : [real, dirname(real)])];
      for (const path of new Set(places)) {
        const { uid, mode } = await stat(path);
        if (uid !== own) return { why: 'owned-by-another', path };
        if ((mode & 0o022) !== 0) return { why: 'writable-by-others', path };
      }
      return null;
    } catch (e) {
      throw new CareenError(
        'policy-unreadable',
        { file: this.path, why: systemCode(e) ?? 'unknown' },
        { cause: e },
      );
    }
  }

  /** Throws `home-unwritable`, and then the file is as it was. */
  async write(text: string): Promise<void> {
    try {
      await writeAtomic(this.path, text);
    } catch (e) {
      throw homeUnwritable(dirname(this.path), e);
    }
  }

  /** Tells when the file changes, whoever changes it; its folder must be there. */
  watch(changed: () => void): () => void {
    const name = basename(this.path);
    // Editors and atomic writes replace the file: only its folder tells of that.
    const watcher = watch(dirname(this.path), { persistent: false }, (_, file) => {
      if (file === null || file === name) changed();
    });
    return () => watcher.close();
  }
}

/** Bytes: a little more than a policy may have (DESIGN §6), so that a larger one is known as such. */
const mostRead = 257_000;

/**
 * A file's text, of a larger one its first 257,000 bytes: too much for a policy, and enough for its
 * reader to say so. Throws the system's error.
 */
export async function readText(file: string): Promise<string> {
  const handle = await open(file, 'r');
  try {
    const buffer = Buffer.alloc(mostRead);
    let length = 0;
    for (let read = -1; read !== 0 && length < mostRead; length += read)
      read = (await handle.read(buffer, length, mostRead - length)).bytesRead;
    return buffer.toString('utf8', 0, length);
  } finally {
    await handle.close();
  }
}
