import { readFile } from 'node:fs/promises';
import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { CareenError } from '../../domain/errors.js';
import { writeAtomic } from './atomic.js';
import { homeUnwritable, systemCode } from '../system-error.js';

/** A text that people edit too: read afresh each time, written atomically. */
export class TextFile {
  constructor(readonly path: string) {}

  /** Null when there is no such file. Throws `policy-unreadable` where the system refuses. */
  async read(): Promise<string | null> {
    try {
      return await readFile(this.path, 'utf8');
    } catch (e) {
      if (systemCode(e) === 'ENOENT') return null;
      throw new CareenError('policy-unreadable', {
        file: this.path,
        why: systemCode(e) ?? 'unknown',
      });
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
