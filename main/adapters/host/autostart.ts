import { access, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CareenError } from '../../domain/errors.js';
import { writeAtomic } from '../atomic.js';
import { systemCode } from '../system-error.js';

/**
 * Launch at login as Linux desktops do it: a desktop entry in the autostart folder (HOSTS §7;
 * specifications.freedesktop.org/autostart-spec, desktop-entry-spec). Whether it is on is read from
 * the file alone, since a desktop's own settings change it too.
 */
export class AutostartFile {
  /**
   * @param file the entry's place, e.g. `~/.config/autostart/careen.desktop`
   * @param command the program, by its whole path, and its arguments
   */
  constructor(
    private readonly file: string,
    private readonly command: readonly [string, ...string[]],
  ) {}

  /** Whether the desktop starts it. Throws the system's error where the file cannot be read. */
  async isOn(): Promise<boolean> {
    const entry = await this.#read();
    if (entry === null) return false;
    // What a desktop's settings write into an entry that a person switched off there.
    return !/^(?:Hidden=true|X-GNOME-Autostart-enabled=false)\s*$/im.test(entry);
  }

  /** Writes the entry, or takes it away. Throws `file-unwritable`. */
  async set(on: boolean): Promise<void> {
    try {
      if (on) {
        await mkdir(dirname(this.file), { recursive: true, mode: 0o700 });
        await writeAtomic(this.file, entryOf(this.command));
      } else await rm(this.file, { force: true });
    } catch (e) {
      const why = systemCode(e);
      if (why === null) throw e;
      throw new CareenError('file-unwritable', { file: this.file, why }, { cause: e });
    }
  }

  /**
   * Names this program in an entry that is on and whose program is not there any more: an AppImage
   * that was moved. Throws like the others.
   */
  async mend(): Promise<void> {
    const entry = await this.#read();
    const program = entry === null ? null : programOf(entry);
    if (program === null || !(await this.isOn())) return;
    if (!(await isThere(program))) await this.set(true);
  }

  async #read(): Promise<string | null> {
    try {
      return await readFile(this.file, 'utf8');
    } catch (e) {
      if (systemCode(e) === 'ENOENT') return null;
      throw e;
    }
  }
}

function entryOf(command: readonly string[]): string {
  return `[Desktop Entry]
Type=Application
Name=Careen
Exec=${command.map(quoted).join(' ')}
Terminal=false
X-GNOME-Autostart-enabled=true
`;
}

/**
 * An argument of `Exec`: quoted, `"`, `` ` ``, `$` and `\` each behind a backslash, every backslash
 * doubled since the value is a string first, and `%` doubled since it begins a field code.
 */
const quoted = (argument: string) =>
  `"${argument
    .replace(/["`$\\]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')}"`;

/** The program that an entry starts; null where it is not written as above. */
function programOf(entry: string): string | null {
  const exec = /^Exec=(.*)$/m.exec(entry)?.[1]?.replaceAll('\\\\', '\\');
  const program = /^"((?:[^"\\]|\\.)*)"/.exec(exec ?? '')?.[1];
  return program?.replace(/\\(.)/g, '$1').replaceAll('%%', '%') ?? null;
}

async function isThere(program: string): Promise<boolean> {
  try {
    await access(program);
    return true;
  } catch {
    // Whatever stands in the way, it could not be started either.
    return false;
  }
}
