import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import PQueue from 'p-queue';
import type { z } from 'zod';
import { CareenError } from '../../domain/errors.js';
import type { Millis } from '../../domain/facts.js';
import type { MovedAside } from './aside.js';
import { Doc } from './doc.js';
import { homeUnwritable, meansFull, systemCode } from '../system-error.js';

export interface KeptOptions<T> {
  folder: string;
  schema: z.ZodType<T>;
  version: number;
  /** How many are kept; past it the oldest go. */
  most: number;
  now: () => Millis;
  /** Asked on a full disk; true when it made room, and the write is tried once more. */
  makeRoom?: () => Promise<boolean>;
  /** Told of each document that could not be read and lies aside now. */
  onMovedAside: (moved: MovedAside) => void;
}

const name = /^[0-9a-f]{8,64}$/;

/**
 * Documents of one kind under a name each, bounded by their number. What the disk has no room for
 * is held in memory: for this process it is as good (DESIGN §3, a full disk). One after another is
 * read or written: who opens a document clears away what lies half written beside it.
 */
export class Kept<T> {
  readonly #held = new Map<string, T>();
  readonly #queue = new PQueue({ concurrency: 1 });

  constructor(private readonly options: KeptOptions<T>) {}

  /** Null when there is none of that name, or it cannot be read. */
  load(key: string): Promise<T | null> {
    return this.#queue.add(() => this.#load(key));
  }

  /** Where the disk is full it is held as long as this process lasts. Throws `home-unwritable` otherwise. */
  save(key: string, value: T): Promise<void> {
    return this.#queue.add(() => this.#save(key, value));
  }

  async #load(key: string): Promise<T | null> {
    const held = this.#held.get(key);
    if (held !== undefined) return held;
    if (!name.test(key)) return null;
    // Looking must not want room: nothing is made for it.
    if ((await modified(join(this.options.folder, `${key}.json`))) === 0) return null;
    const { doc } = await this.#open(key);
    return doc.value;
  }

  async #save(key: string, value: T): Promise<void> {
    this.#held.delete(key);
    try {
      await this.#write(key, value);
    } catch (e) {
      if (!isFull(e)) throw e;
      if (await this.#again(key, value)) return;
      this.#held.set(key, value);
    }
  }

  async #again(key: string, value: T): Promise<boolean> {
    if (!(await this.options.makeRoom?.())) return false;
    try {
      await this.#write(key, value);
      return true;
    } catch (e) {
      if (!isFull(e)) throw e;
      return false;
    }
  }

  async #write(key: string, value: T): Promise<void> {
    const { folder } = this.options;
    try {
      const { doc } = await this.#open(key);
      await doc.set(value);
      await this.#tidy(key);
    } catch (e) {
      throw homeUnwritable(folder, e);
    }
  }

  async #open(key: string): Promise<{ doc: Doc<T | null> }> {
    const { folder, schema, version, now, onMovedAside } = this.options;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
    } catch (e) {
      throw homeUnwritable(folder, e);
    }
    const { doc, movedAside } = await Doc.open<T | null>({
      file: join(folder, `${key}.json`),
      schema: schema.nullable(),
      version,
      initial: () => null,
      now,
    });
    if (movedAside) onMovedAside(movedAside);
    return { doc };
  }

  /** What was just written stays, whatever the clock says that the others are. */
  async #tidy(key: string): Promise<void> {
    const { folder, most } = this.options;
    const files = (await readdir(folder)).filter((f) => f.endsWith('.json') && f !== `${key}.json`);
    if (files.length < most) return;
    const dated = await Promise.all(
      files.map(async (file) => ({ file, at: await modified(join(folder, file)) })),
    );
    dated.sort((a, b) => b.at - a.at);
    await Promise.all(
      dated.slice(most - 1).map(({ file }) => rm(join(folder, file), { force: true })),
    );
  }
}

async function modified(file: string): Promise<number> {
  try {
    return (await stat(file)).mtimeMs;
  } catch (e) {
    if (systemCode(e) === 'ENOENT') return 0;
    throw e;
  }
}

/** A full disk, as the system says it or as the document below does. */
function isFull(e: unknown): boolean {
  return meansFull(e) || (e instanceof CareenError && meansFull(e.cause));
}
