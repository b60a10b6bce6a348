import path from 'node:path';
import type { Missing, Space, Unknowable } from '../../../domain/disk/types.js';
import { clean } from '../../../domain/unsafe-text.js';
import { systemCode } from '../../system-error.js';
import { isOfThisHost } from '../folders.js';
import type { DiskHost, Distribution } from './types.js';

/** Why a file tells nothing. */
export class Unreadable extends Error {
  constructor(
    readonly why: Unknowable,
    readonly about: string | null,
    cause?: unknown,
  ) {
    super(`${why}: ${about ?? ''}`, { cause });
  }

  get missing(): Missing {
    return { why: this.why, about: this.about === null ? null : clean(this.about) };
  }
}

const whyOf: Record<string, Unknowable> = {
  ENOENT: 'no-file',
  ENOTDIR: 'no-file',
  EPERM: 'refused',
  EACCES: 'refused',
  ETIMEDOUT: 'silent',
};

/** A disk file: the size that it shows, and the bytes that it takes. */
export interface DiskFile {
  path: string;
  size: number;
  allocated: number;
}

/**
 * The files of one engine's product. Nothing of another machine is touched, and nothing that macOS
 * would ask the person about before that person agreed; what was refused is not asked for again.
 */
export class DiskFiles {
  readonly #refused = new Set<string>();
  readonly #sparse = new Map<string, number | null>();
  #distributions: Promise<Distribution[]> | null = null;

  constructor(
    private readonly host: DiskHost,
    /** Whether the person agreed that files of other applications are read. */
    private readonly agreed: () => boolean,
  ) {}

  get platform(): NodeJS.Platform {
    return this.host.platform;
  }

  get home(): string {
    return this.host.home;
  }

  /** A variable of the environment, where it says something. */
  env(name: string): string | null {
    const value = this.host.env[name];
    return value === undefined || value === '' ? null : value;
  }

  join(...parts: string[]): string {
    return this.#path.join(...parts);
  }

  dirname(file: string): string {
    return this.#path.dirname(file);
  }

  basename(file: string): string {
    return this.#path.basename(file);
  }

  below(...parts: string[]): string {
    return this.join(this.home, ...parts);
  }

  /** The text of a file without its byte order mark. Throws `Unreadable`. */
  async text(file: string): Promise<string> {
    const text = await this.#ask(file, (at) => this.host.readFile(at));
    return text.replace(/^\uFEFF/, '');
  }

  /** The text of the first of these that is there; null where none is. Throws `Unreadable`. */
  async firstText(candidates: readonly string[]): Promise<{ file: string; text: string } | null> {
    for (const file of candidates) {
      const text = await absentAsNull(this.text(file));
      if (text !== null) return { file, text };
    }
    return null;
  }

  /** The names in a folder, none where there is no folder. Throws `Unreadable`. */
  async names(folder: string): Promise<string[]> {
    return (await absentAsNull(this.#ask(folder, (at) => this.host.readdir(at)))) ?? [];
  }

  /** The first bytes of a file. Throws `Unreadable`. */
  head(file: string, bytes: number): Promise<Uint8Array> {
    return this.#ask(file, (at) => this.host.head(at, bytes));
  }

  /**
   * The first of these that is there, as a raw or qcow2 file: what it takes are its blocks (HOSTS §2,
   * "Apparent or allocated"). Throws `Unreadable`.
   */
  image(candidates: readonly string[]): Promise<DiskFile> {
    return this.#first(candidates, async (at) => {
      const { size, blocks } = await this.host.stat(at);
      return { size, allocated: blocks * 512 };
    });
  }

  /**
   * The same as a VHDX, which takes its size, unless it is a sparse file. Whether it is one is asked
   * once, since that starts a process: what it has grown by since is counted in full, holes that were
   * filled since are not seen.
   */
  vhdx(candidates: readonly string[]): Promise<DiskFile> {
    return this.#first(candidates, async (at) => {
      const { size } = await this.host.stat(at);
      if (!this.#sparse.has(at)) {
        const taken = await this.host.sparseSize(at);
        this.#sparse.set(at, taken === null ? null : size - taken);
      }
      return { size, allocated: size - (this.#sparse.get(at) ?? 0) };
    });
  }

  /** How full the file system of a folder is. */
  async space(folder: string): Promise<Space | Missing> {
    try {
      const space = await this.#ask(folder, (at) => this.host.space(at));
      return space ?? { why: 'silent', about: folder };
    } catch (e) {
      if (e instanceof Unreadable) return e.missing;
      throw e;
    }
  }

  /** How full the file system is that holds a file. */
  spaceOf(file: string): Promise<Space | Missing> {
    return this.space(this.dirname(file));
  }

  /** Which file system a folder is on; null where that cannot be seen. */
  async device(folder: string): Promise<number | null> {
    const found = await absentAsNull(this.#ask(folder, (at) => this.host.stat(at)));
    return found?.dev ?? null;
  }

  distributions(): Promise<Distribution[]> {
    this.#distributions ??= this.host.distributions();
    return this.#distributions;
  }

  get #path() {
    return this.platform === 'win32' ? path.win32 : path.posix;
  }

  async #first(
    candidates: readonly string[],
    measure: (at: string) => Promise<{ size: number; allocated: number }>,
  ): Promise<DiskFile> {
    for (const file of candidates) {
      const found = await absentAsNull(this.#ask(file, measure));
      if (found === null) continue;
      if (!isByteCount(found.size) || !isByteCount(found.allocated))
        throw new Unreadable('damaged', file);
      return { path: file, ...found };
    }
    throw new Unreadable('no-file', candidates[0] ?? null);
  }

  async #ask<T>(file: string, work: (at: string) => Promise<T>): Promise<T> {
    const at = this.platform === 'win32' ? file.replace(/^\\\\\?\\(?=[A-Za-z]:)/, '') : file;
    if (!isOfThisHost(at, this.platform)) throw new Unreadable('elsewhere', file);
    const isPrivate = this.#isPrivate(at);
    if (isPrivate && !this.agreed()) throw new Unreadable('not-agreed', file);
    if (this.#refused.has(at)) throw new Unreadable('refused', file);
    try {
      return await work(at);
    } catch (e) {
      const code = systemCode(e);
      if (code === null) throw e;
      const why = whyOf[code] ?? 'unreadable';
      if (why === 'refused' && isPrivate) this.#refused.add(at);
      throw new Unreadable(why, file, e);
    }
  }

  /**
   * What macOS asks the person about (HOSTS §2, macOS privacy): other applications' own folders, and
   * volumes that can be taken out.
   */
  #isPrivate(file: string): boolean {
    if (this.platform !== 'darwin') return false;
    // Its file systems take large and small letters for the same.
    const normal = path.posix.normalize(file).toLowerCase();
    return [
      this.below('Library/Group Containers'),
      this.below('Library/Containers'),
      '/Volumes',
    ].some((folder) => `${normal}/`.startsWith(`${folder.toLowerCase()}/`));
  }
}

/** Null for what is not there. */
async function absentAsNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (e) {
    if (e instanceof Unreadable && e.why === 'no-file') return null;
    throw e;
  }
}

/** Whether a number can be a count of bytes on a disk. */
export function isByteCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
