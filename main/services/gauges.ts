import { EventEmitter } from 'node:events';
import type { Clock, Timer } from '../adapters/clock.js';
import type { DockerEngine } from '../adapters/docker/types.js';
import type { GaugesSlice } from '../contract/slices.js';
import type { Connection } from './connection.js';

type Gauge = GaugesSlice['engine'];

/** What a file system has, in bytes; the host adapter's, handed in. */
export interface DiskSpace {
  used: number;
  available: number;
}
/** Null where the disk cannot be measured. */
export type MeasureDisk = (path: string) => Promise<DiskSpace | null>;

/** Milliseconds between readings (DESIGN §8: one gauge reading a minute). */
const every = 60_000;

const unknown: Gauge = { quality: 'unknown', used: null, available: null, of: null };

/**
 * Two gauges, never mixed: the disk that holds the images and the host's. A figure that cannot be
 * had is unknown, never zero (JUDGING §7). Engines behind a VM follow with their products' files.
 */
export class Gauges extends EventEmitter<{
  changed: [];
  /** After each reading, changed or not. */
  read: [];
}> {
  value: GaugesSlice = { engine: unknown, host: unknown, same: false, at: null };
  #timer: Timer | null = null;
  #reading: Promise<void> | null = null;

  constructor(
    private readonly connection: Connection,
    private readonly measure: MeasureDisk,
    /** A folder of the host's own disk. */
    private readonly home: string,
    private readonly clock: Clock,
  ) {
    super();
    connection.on('connected', () => void this.read());
    connection.on('lost', () => void this.read());
    this.#timer = clock.every(every, () => void this.read());
  }

  /** The engine's disk in bytes, where it could be measured. */
  get reading(): DiskSpace | null {
    const { quality, used, available } = this.value.engine;
    if (quality !== 'measured' || used === null || available === null) return null;
    return { used, available };
  }

  /** Reads both now; a reading under way is shared. */
  read(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  close(): void {
    this.#timer?.cancel();
  }

  async #read(): Promise<void> {
    const engine = await this.#tightest(this.connection.engine);
    const local = engine.quality === 'measured';
    const host = local ? engine : await this.#gauge(this.home);
    const before = this.value;
    this.value = { engine, host, same: local, at: this.clock.now() };
    if (JSON.stringify({ ...before, at: 0 }) !== JSON.stringify({ ...this.value, at: 0 }))
      this.emit('changed');
    this.emit('read');
  }

  /** On a fresh engine images and containers may lie on two disks: the tighter one warns. */
  async #tightest(engine: DockerEngine | null): Promise<Gauge> {
    const gauges = await Promise.all((engine?.diskRoots ?? []).map((root) => this.#gauge(root)));
    return gauges.reduce(
      (a, b) => ((b.available ?? Infinity) < (a.available ?? Infinity) ? b : a),
      unknown,
    );
  }

  async #gauge(path: string): Promise<Gauge> {
    const space = await this.measure(path);
    if (!space) return { ...unknown, of: path };
    return { quality: 'measured', used: space.used, available: space.available, of: path };
  }
}
