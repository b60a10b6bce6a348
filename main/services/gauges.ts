import { EventEmitter } from 'node:events';
import type { Clock, Timer } from '../adapters/clock.js';
import type { DockerEngine } from '../adapters/docker/types.js';
import type { DisksRead } from '../contract/slices.js';
import {
  gaugeOf,
  gaugeOfSpace,
  hostSpaceOf,
  isCertainEnough,
  noEngine,
} from '../domain/disk/gauge.js';
import type { EngineDisk, Missing, Space } from '../domain/disk/types.js';
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
  ) {
    super();
    connection.on('connected', () => this.#readNow());
    connection.on('lost', () => this.#readNow());
    this.#timer = clock.every(every, () => this.#readNow());
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
    return { used, available, certain: isCertainEnough(engine) };
  }

  /** Reads both now; a reading under way is shared. */
  read(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  /** Reads anew from the ground up: also what the system refused before. */
  async readAfresh(): Promise<void> {
    await this.#reading;
    this.#met = null;
    await this.read();
  }

  close(): void {
    this.#timer?.cancel();
  }

  #readNow(): void {
    this.read().catch(this.report);
  }

  async #read(): Promise<void> {
    const { met, disk } = await this.#engineDisk();
    const engine = disk ? gaugeOf(disk) : noEngine;
    const same = disk?.kind === 'folders' && engine.quality === 'measured';
    const below = disk && hostSpaceOf(disk);
    const space = below && 'used' in below ? below : null;
    const host = same ? engine : gaugeOfSpace(space ?? (await this.disks.host()));
    const before = this.value;
    this.value = { engine, host, same, at: this.clock.now() };
    this.#told = met;
    if (JSON.stringify({ ...before, at: 0 }) !== JSON.stringify({ ...this.value, at: 0 }))
      this.emit('changed');
    this.emit('read');
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
