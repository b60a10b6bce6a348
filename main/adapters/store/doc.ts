import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import type { Millis } from '../../domain/facts.js';
import { type MovedAside, moveAside } from './aside.js';
import { sweepTemporary, writeAtomic } from '../atomic.js';
import { homeUnwritable, systemCode } from '../system-error.js';

export interface DocOptions<T> {
  file: string;
  schema: z.ZodType<T>;
  /** The version that `schema` describes; a document says which it was written by. */
  version: number;
  /** `migrations[n]` makes a value of version n + 1 from one of version n. */
  migrations?: Readonly<Record<number, (old: unknown) => unknown>>;
  /** What holds while there is no document. */
  initial: () => T;
  now: () => Millis;
}

const envelope = z.object({ version: z.number().int().nonnegative(), value: z.unknown() });

/**
 * One JSON document with a schema and a version, written atomically by one writer (DESIGN §3,
 * Storage). Writes asked for while one is under way become one.
 */
export class Doc<T> {
  #value: T;
  #written: T;
  #waiting: Promise<void> | null = null;
  #last: Promise<void> = Promise.resolve();

  private constructor(
    private readonly options: DocOptions<T>,
    value: T,
  ) {
    this.#value = value;
    this.#written = value;
  }

  /**
   * Reads the document. One that cannot be read, by its syntax, schema or a version that this
   * Careen does not know, is moved aside, named in the answer, and `initial` holds instead.
   * Throws `home-unwritable` where the file system itself refuses.
   */
  static async open<T>(
    options: DocOptions<T>,
  ): Promise<{ doc: Doc<T>; movedAside: MovedAside | null }> {
    const { file } = options;
    try {
      await sweepTemporary(dirname(file), (name) => name === basename(file));
      const text = await readFile(file, 'utf8').catch((e: unknown) => {
        if (systemCode(e) === 'ENOENT') return null;
        throw e;
      });
      if (text === null) return { doc: new Doc(options, options.initial()), movedAside: null };
      const read = parse(text, options);
      if (read.ok) return { doc: new Doc(options, read.value), movedAside: null };
      const movedAside = await moveAside(file, options.now());
      return { doc: new Doc(options, options.initial()), movedAside };
    } catch (e) {
      throw homeUnwritable(dirname(file), e);
    }
  }

  get value(): T {
    return this.#value;
  }

  /**
   * Holds `value` at once; resolves when it, or a later one, is on the disk. Throws
   * `home-unwritable` when it could not be written: it is then still held, and `flush` tries again.
   */
  async set(value: T): Promise<void> {
    this.#value = this.options.schema.parse(value);
    await this.#write();
  }

  /** Resolves when what is held is on the disk; throws as `set` does. */
  async flush(): Promise<void> {
    await (this.#written === this.#value ? this.#last : this.#write());
  }

  #write(): Promise<void> {
    if (this.#waiting) return this.#waiting;
    const next = this.#last
      .catch(() => undefined)
      .then(async () => {
        this.#waiting = null;
        const value = this.#value;
        const { file, version } = this.options;
        try {
          await writeAtomic(file, `${JSON.stringify({ version, value }, null, 2)}\n`);
        } catch (e) {
          throw homeUnwritable(dirname(file), e);
        }
        this.#written = value;
      });
    this.#waiting = next;
    this.#last = next;
    return next;
  }
}

type Read<T> = { ok: true; value: T } | { ok: false };

function parse<T>(text: string, { schema, version, migrations }: DocOptions<T>): Read<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false };
  }
  const outer = envelope.safeParse(json);
  if (!outer.success || outer.data.version > version) return { ok: false };
  let { value } = outer.data;
  for (let from = outer.data.version; from < version; from++) {
    const migrate = migrations?.[from];
    if (!migrate) return { ok: false };
    try {
      value = migrate(value);
    } catch {
      return { ok: false };
    }
  }
  const inner = schema.safeParse(value);
  return inner.success ? { ok: true, value: inner.data } : { ok: false };
}
