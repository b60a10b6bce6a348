import { EventEmitter } from 'node:events';
import type { Clock, Timer } from '../adapters/clock.js';
import type { DockerEngine } from '../adapters/docker/types.js';
import type { DisksRead } from '../contract/slices.js';
import {
  gaugeOf,
  gaugeOfSpace,
  hostSpaceOf,
  isCertainEnough,
  isLate,
  noEngine,
} from '../domain/disk/gauge.js';
import type { EngineDisk, Gauge, Marks, Missing, Space } from '../domain/disk/types.js';
import { isLocal } from '../domain/identity.js';
import type { DiskReading } from '../domain/triggers/pressure.js';
import type { Connection } from './connection.js';

/** How disks are read; the host adapter's, handed in. */
export interface Disks {
  /** What reads one engine's disk. It may start a process when it reads first, never later. */
  readerOf(engine: DockerEngine): () => Promise<EngineDisk>;
  /** The disk of the host itself, where the engine's tells of none. */
  host(): Promise<Space | Missing>;
}

/** A reading of the engine's disk that something may follow from. */
export interface Reading extends DiskReading {
  /** Whether Careen may delete by itself on the strength of it (`isCertainEnough`). */
  certain: boolean;
  /** Whether what was freed a moment ago may still count as used (`isLate`). */
  late: boolean;
}

/** Milliseconds between readings (DESIGN §8: one gauge reading a minute). */
const every = 60_000;

/**
 * Two gauges, never mixed: the disk that holds the images and the host's. A figure that cannot be
 * had is unknown, never zero (JUDGING §7). A VM's files are read on while its engine is away: it may
 * only be asleep (HOSTS §1, Resource Saver).
 */
export class Gauges extends EventEmitter<{
  changed: [];
  /** After each reading, changed or not. */
  read: [];
}> {
  value: DisksRead = { engine: noEngine, host: noEngine, same: false, at: null };
  #timer: Timer | null = null;
  #closed = false;
  #reading: Promise<void> | null = null;
  /** The engine that `value` tells of, and the one that is read. */
  #told: DockerEngine | null = null;
  #met: DockerEngine | null = null;
  #disk: (() => Promise<EngineDisk>) | null = null;

  constructor(
    private readonly connection: Connection,
    private readonly disks: Disks,
    private readonly clock: Clock,
    private readonly report: (error: unknown) => void,
    /** What the rule on a full disk goes by, as it stands. */
    private readonly marks: () => Marks = () => 'share',
  ) {
    super();
    connection.on('connected', () => this.readSoon());
    connection.on('lost', () => this.readSoon());
    this.#timer = clock.every(every, () => this.readSoon());
  }

  /** The engine whose disk `value` tells of: once read, also while it is away. */
  get met(): DockerEngine | null {
    return this.#told;
  }

  /** The engine's disk, where both figures are known. */
  get reading(): Reading | null {
    const { engine } = this.value;
    const { used, available } = engine;
    if (used === null || available === null) return null;
    return { used, available, certain: isCertainEnough(engine), late: isLate(engine) };
  }

  /** Reads both now; a reading under way is shared. Once closed nothing is read. */
  read(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  /** Reads both, where nobody waits for it. */
  readSoon(): void {
    this.read().catch((e: unknown) => {
      if (!this.#closed) this.report(e);
    });
  }

  /** Reads anew from the ground up: also what the system refused before. */
  async readAfresh(): Promise<void> {
    await this.#reading;
    this.#met = null;
    await this.read();
  }

  /** Reads no more. What a reading under way brings is let go: an engine may take its time over it. */
  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
  }

  async #read(): Promise<void> {
    const { met, disk } = await this.#engineDisk();
    const engine = disk ? gaugeOf(disk, this.marks()) : noEngine;
    // By what the disk is, not by its figures: one that does not answer for once is no second disk.
    const same = disk?.kind === 'folders';
    const host = same ? engine : await this.#host(met, disk);
    if (this.#closed) return;
    const before = this.value;
    this.value = { engine, host, same, at: this.clock.now() };
    this.#told = met;
    if (JSON.stringify({ ...before, at: 0 }) !== JSON.stringify({ ...this.value, at: 0 }))
      this.emit('changed');
    this.emit('read');
  }

  /**
   * The host's own disk: the one below the engine's, else the one that Careen's own files lie on; where
   * the engine is elsewhere that one has nothing to do with it.
   */
  async #host(met: DockerEngine | null, disk: EngineDisk | null): Promise<Gauge> {
    if (met && !isLocal(met.facts)) return gaugeOfSpace({ why: 'elsewhere', about: null });
    const below = disk && hostSpaceOf(disk);
    return gaugeOfSpace(below && 'used' in below ? below : await this.disks.host());
  }

  async #engineDisk(): Promise<{ met: DockerEngine | null; disk: EngineDisk | null }> {
    const { engine, status } = this.connection;
    if (engine && engine !== this.#met) {
      this.#met = engine;
      this.#disk = this.disks.readerOf(engine);
    }
    if (!engine && status !== 'lost') this.#met = this.#disk = null;
    const met = this.#met;
    return { met, disk: (await this.#disk?.()) ?? null };
  }
}
