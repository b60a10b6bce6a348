import { readFile, rm, stat } from 'node:fs/promises';
import PQueue from 'p-queue';
import type { z } from 'zod';
import { CareenError } from '../../domain/errors.js';
import { sweepTemporary, writeAtomic } from '../atomic.js';
import { SegmentFile } from './segment-file.js';
import { type Segment, listSegments, living, segment, segmentNamed } from './segments.js';
import { homeUnwritable, meansFull } from '../system-error.js';

export interface LogContents<T> {
  /** Oldest first. */
  records: T[];
  /** Lines that were no record and were passed over. */
  damaged: number;
}

/** What is asked of a log; a test hands in one that ends the process at a certain record. */
export interface AppendLog<T> {
  /** Resolves when the record is on the disk; throws `log-unwritable`, and then it is not there. */
  append(record: T): Promise<void>;
  read(): Promise<LogContents<T>>;
}

/** A log that can begin anew from a short form of itself. */
export interface SnapshotLog<T> extends AppendLog<T> {
  /** True when half of the bound is taken by what follows the last snapshot. */
  readonly wantsSnapshot: boolean;
  /** Replaces everything before by these records; throws `log-unwritable` and leaves all as it was. */
  snapshot(records: readonly T[]): Promise<void>;
}

export interface LogOptions<T> {
  folder: string;
  /** The beginning of its files' names. */
  name: string;
  schema: z.ZodType<T>;
  /**
   * The bound is `segmentBytes × segments`: past it the oldest segment goes. A log that has a
   * snapshot loses nothing by itself: its owner makes the next one when `wantsSnapshot`.
   */
  segmentBytes?: number;
  segments?: number;
  /** Asked on a full disk; true when it made room, and the write is tried once more. */
  makeRoom?: () => Promise<boolean>;
  /** Told of each file that is not whole; what else is in it counts. */
  onDamaged?: (damage: LogDamage) => void;
}

/** What of a log's file is no record: whole lines, or the bytes of a last one that a crash cut off. */
export interface LogDamage {
  file: string;
  lines: number;
  bytes: number;
}

interface Waiting {
  line: string;
  done: () => void;
  failed: (e: unknown) => void;
}

/**
 * Append-only JSON lines, synced, rotated with a bound, a torn tail survives (DESIGN §3, Storage).
 * Records that are appended at the same time share one sync. One writer: the owner of the home.
 */
export class Log<T> implements SnapshotLog<T> {
  readonly #options: Required<LogOptions<T>>;
  readonly #queue = new PQueue({ concurrency: 1 });
  #segments: Segment[] = [];
  #current: SegmentFile | null = null;
  #sinceSnapshot = 0;
  #waiting: Waiting[] = [];
  #closed = false;

  private constructor(options: LogOptions<T>) {
    this.#options = {
      segmentBytes: 1024 * 1024,
      segments: 8,
      makeRoom: () => Promise.resolve(false),
      onDamaged: () => undefined,
      ...options,
    };
  }

  /**
   * Opens a log for its one writer, cutting a torn tail off and telling of it. Throws
   * `home-unwritable` or `log-unwritable` where the file system refuses.
   */
  static async open<T>(options: LogOptions<T>): Promise<Log<T>> {
    const log = new Log(options);
    try {
      await log.#open();
      return log;
    } catch (e) {
      throw homeUnwritable(options.folder, e);
    }
  }

  /** Whether enough was written since the last snapshot that another is worth its bytes. */
  get wantsSnapshot(): boolean {
    const { segmentBytes, segments } = this.#options;
    return this.#sinceSnapshot >= (segmentBytes * segments) / 2;
  }

  append(record: T): Promise<void> {
    return new Promise((done, failed) => {
      if (this.#closed) throw new Error(`the log ${this.#options.name} is closed`);
      const line = `${JSON.stringify(this.#options.schema.parse(record))}\n`;
      this.#waiting.push({ line, done, failed });
      if (this.#waiting.length === 1) void this.#queue.add(() => this.#drain());
    });
  }

  /** Every record that counts. Throws `home-unwritable` where the file system refuses. */
  read(): Promise<LogContents<T>> {
    return this.#queue.add(async () => {
      const contents: LogContents<T> = { records: [], damaged: 0 };
      for (const { file } of this.#segments) {
        let lines = 0;
        for (const line of (await this.#text(file)).split('\n')) {
          if (line === '') continue;
          const record = this.#parse(line);
          if (record) contents.records.push(record.value);
          else lines += 1;
        }
        contents.damaged += lines;
        if (lines > 0) this.#options.onDamaged({ file, lines, bytes: 0 });
      }
      return contents;
    });
  }

  snapshot(records: readonly T[]): Promise<void> {
    const { schema } = this.#options;
    const text = records.map((r) => `${JSON.stringify(schema.parse(r))}\n`).join('');
    return this.#queue.add(async () => {
      const next = this.#next(true);
      await this.#guarded(next.file, () => writeAtomic(next.file, text));
      const old = this.#segments;
      await this.#current?.close();
      this.#current = null;
      this.#segments = [next];
      this.#sinceSnapshot = 0;
      await remove(old);
    });
  }

  /** Waits for what was asked for and lets go of the files. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#queue.onIdle();
    await this.#current?.close();
    this.#current = null;
  }

  async #open(): Promise<void> {
    const { folder, name } = this.#options;
    await sweepTemporary(folder, (file) => segmentNamed(folder, name, file) !== null);
    const all = await listSegments(folder, name);
    this.#segments = living(all);
    await remove(all.filter((s) => !this.#segments.includes(s)));
    for (const { file, snapshot } of this.#segments)
      if (!snapshot) this.#sinceSnapshot += (await stat(file)).size;
    const last = this.#segments.at(-1);
    if (!last || last.snapshot) return;
    const isRecord = (line: string) => this.#parse(line) !== null;
    const { segment: current, torn } = await this.#guarded(last.file, () =>
      SegmentFile.resume(last.file, isRecord),
    );
    this.#current = current;
    if (torn > 0) this.#options.onDamaged({ file: last.file, lines: 0, bytes: torn });
  }

  /** What waits goes in one write, up to a segment's size. */
  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#take();
      const lines = batch.map((w) => w.line).join('');
      try {
        await this.#guarded(this.#current?.file ?? this.#next(false).file, () =>
          this.#write(lines),
        );
        for (const { done } of batch) done();
      } catch (e) {
        for (const { failed } of batch) failed(e);
      }
    }
  }

  #take(): Waiting[] {
    let bytes = 0;
    const over = this.#waiting.findIndex(({ line }) => {
      bytes += Buffer.byteLength(line);
      return bytes > this.#options.segmentBytes;
    });
    return this.#waiting.splice(0, over === -1 ? this.#waiting.length : Math.max(1, over));
  }

  async #write(lines: string): Promise<void> {
    const bytes = Buffer.byteLength(lines);
    const current = this.#current;
    const room = current !== null && current.size + bytes <= this.#options.segmentBytes;
    const target = room || current?.size === 0 ? current : await this.#rotate();
    await target.append(lines);
    this.#sinceSnapshot += bytes;
  }

  async #rotate(): Promise<SegmentFile> {
    const next = this.#next(false);
    const made = await SegmentFile.create(next.file);
    await this.#current?.close();
    this.#current = made;
    this.#segments.push(next);
    if (!this.#segments.some((s) => s.snapshot))
      await remove(this.#segments.splice(0, this.#segments.length - this.#options.segments));
    return made;
  }

  #next(snapshot: boolean): Segment {
    const { folder, name } = this.#options;
    return segment(folder, name, (this.#segments.at(-1)?.number ?? 0) + 1, snapshot);
  }

  /** Runs a write; on a full disk once more after room was made. */
  async #guarded<R>(file: string, write: () => Promise<R>): Promise<R> {
    try {
      try {
        return await write();
      } catch (e) {
        if (!meansFull(e) || !(await this.#options.makeRoom())) throw e;
        return await write();
      }
    } catch (e) {
      throw new CareenError('log-unwritable', { file }, { cause: e });
    }
  }

  async #text(file: string): Promise<string> {
    try {
      return await readFile(file, 'utf8');
    } catch (e) {
      throw homeUnwritable(this.#options.folder, e);
    }
  }

  #parse(line: string): { value: T } | null {
    let json: unknown;
    try {
      json = JSON.parse(line);
    } catch {
      return null;
    }
    const read = this.#options.schema.safeParse(json);
    return read.success ? { value: read.data } : null;
  }
}

async function remove(segments: readonly Segment[]): Promise<void> {
  for (const { file } of segments) await rm(file, { force: true });
}
