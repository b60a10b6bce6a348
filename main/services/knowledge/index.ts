import { EventEmitter } from 'node:events';
import type { Clock, Timer } from '../../adapters/clock.js';
import type { SnapshotLog } from '../../adapters/store/log.js';
import type { EngineFacts, Inventory } from '../../domain/facts.js';
import { sameEngine } from '../../domain/identity.js';
import type { Listed, OtherEngines, Sighting } from '../types.js';
import { joinFacts } from './facts.js';
import { type KnowledgeRecord, recordKey } from './known.js';
import { EngineMemory } from './memory.js';
import { lookEvery, Observation } from './observation.js';
import type { KnownProject } from './projects.js';

/**
 * Milliseconds after a write in which the next one waits: what thousands of images are made of is learnt
 * one by one, and each write is a sync of the disk.
 */
const pause = 1_000;

const alone: OtherEngines = { keptOfService: () => [], servicesBy: () => null };

/** One log an engine, replaced by a snapshot when it has grown long; the store's, handed in. */
export interface KnowledgeLog extends SnapshotLog<KnowledgeRecord> {
  close(): Promise<void>;
}

/**
 * What is remembered per engine: when images came, when they were used and by which projects, what
 * never changes about them, and how long the engine was observed. Two engines never mix what is
 * known (DESIGN §3, Engine identity).
 */
export class Knowledge extends EventEmitter<{
  /** Facts changed that no list of the engine's tells of. */
  changed: [];
  /** A project was seen that nothing was known of. */
  project: [];
  failed: [unknown];
}> {
  #engine: EngineFacts | null = null;
  #log: KnowledgeLog | null = null;
  #memory = this.#emptyMemory();
  #observation = new Observation();
  #presence = new Map<string, boolean | null>();
  /** What waits to be written, the latest of each thing once. */
  #pending = new Map<string, KnowledgeRecord>();
  #writing: Promise<void> = Promise.resolve();
  /** While it lasts what is learnt is gathered. */
  #pause: { timer: Timer; asked: boolean } | null = null;
  #looking: Timer | null = null;

  constructor(
    private readonly openLog: (engine: EngineFacts) => Promise<KnowledgeLog>,
    private readonly clock: Clock,
    /** What rollbacks need of the engine at hand, newest first. */
    private readonly retained: () => Inventory['retained'],
    private readonly others: OtherEngines = alone,
  ) {
    super();
  }

  /** Whose knowledge is at hand. */
  get engine(): EngineFacts | null {
    return this.#engine;
  }

  /**
   * Projects that ever used an image here, each with the key that it goes by and whether it stands on
   * this host; null where that is not known.
   */
  get projects(): (KnownProject & { key: string; present: boolean | null })[] {
    return [...this.#memory.projects].map(([key, project]) => ({
      ...project,
      key,
      present: this.#presence.get(key) ?? null,
    }));
  }

  /** Takes up what is known of this engine; to be awaited before anything is seen of it. */
  async open(engine: EngineFacts): Promise<void> {
    await this.close();
    const log = await this.openLog(engine);
    const { records } = await log.read();
    // What could not be written is still known of the same engine; two engines never mix.
    const unwritten =
      this.#engine && sameEngine(this.#engine, engine) ? [...this.#pending.values()] : [];
    this.#pending.clear();
    this.#engine = engine;
    this.#log = log;
    this.#memory = this.#emptyMemory();
    this.#observation = new Observation();
    this.#presence = new Map();
    for (const record of [...records, ...unwritten]) {
      this.#memory.take(record);
      if (record.t === 'met' || record.t === 'day' || record.t === 'observed')
        this.#observation.take(record);
    }
    this.#requeue(unwritten);
  }

  /** Every name that an image was ever seen under, digests too. */
  namesOf(imageId: string): readonly string[] {
    return this.#memory.images.get(imageId)?.names ?? [];
  }

  /** Whether what an image is made of was read, here or before. */
  knows(imageId: string): boolean {
    return Boolean(this.#memory.images.get(imageId)?.nature);
  }

  /** IDs of the images that are known by a reference, or have it as their ID. */
  carriers(reference: string): string[] {
    return [...this.#memory.images.values()]
      .filter((k) => k.id === reference || k.names.includes(reference))
      .map((k) => k.id);
  }

  /** Takes in what was seen to happen. */
  see(sightings: readonly Sighting[]): void {
    const before = this.#memory.projects.size;
    for (const sighting of sightings) this.#memory.see(sighting);
    this.#write();
    if (this.#memory.projects.size > before) this.emit('project');
    if (sightings.some(({ kind }) => kind === 'recoverable')) this.emit('changed');
  }

  /** Takes in the whole list; the first one is the baseline (JUDGING §2). */
  seeList(listed: Listed): void {
    this.#memory.seeList(listed);
    this.#write();
  }

  /**
   * The engine is connected from now on: time counts as observed (JUDGING §2).
   *
   * @param alive called now and then while it does
   */
  beginObserving(alive: () => void): void {
    this.endObserving();
    this.#observation.begin(this.clock.now());
    this.#looking = this.clock.every(lookEvery, () => {
      this.#observe();
      alive();
    });
  }

  /** The engine is connected no longer. */
  endObserving(): void {
    this.#looking?.cancel();
    this.#looking = null;
    this.#record(this.#observation.end(this.clock.now()));
  }

  /**
   * Whether projects stand on this host, by their keys; a mount point where one was found.
   */
  takePresence(
    found: ReadonlyMap<string, { present: boolean | null; mount: string | null }>,
  ): void {
    let changed = false;
    for (const [key, { present, mount }] of found) {
      changed ||= (this.#presence.get(key) ?? null) !== present;
      this.#presence.set(key, present);
      if (mount !== null) this.#memory.stands(key, mount);
    }
    this.#write();
    if (changed) this.emit('changed');
  }

  /** Everything that is judged, from the list and what is remembered. */
  join(engine: EngineFacts, listed: Listed): Inventory {
    return joinFacts(
      engine,
      listed,
      this.#memory,
      this.#observation,
      this.#presence,
      this.retained(),
      this.others,
      this.clock.now(),
    );
  }

  /** Writes what was seen and lets go of the files. */
  async close(): Promise<void> {
    await this.flush();
    this.#endPause();
    const log = this.#log;
    // What is learnt from now on waits for the next engine's log, if it is the same one's.
    this.#log = null;
    await log?.close();
  }

  /** Resolves when all that was seen is on the disk. */
  async flush(): Promise<void> {
    do {
      this.#endPause();
      this.#write();
      await this.#writing;
      // What was learnt while it was being written.
    } while (this.#pause?.asked);
  }

  #emptyMemory(): EngineMemory {
    return new EngineMemory((record) => this.#pending.set(recordKey(record), record));
  }

  #observe(): void {
    const before = this.#observation.hoursSinceGap;
    const records = this.#observation.look(this.clock.now());
    this.#record(records);
    const changed = records.length > 0 || this.#observation.hoursSinceGap !== before;
    if (changed) this.emit('changed');
  }

  #record(records: readonly KnowledgeRecord[]): void {
    for (const record of records) this.#pending.set(recordKey(record), record);
    this.#write();
  }

  /** Writes what is new; what cannot be written waits for the next time. */
  #write(): void {
    const log = this.#log;
    if (!log || this.#pending.size === 0) return;
    if (this.#pause) {
      this.#pause.asked = true;
      return;
    }
    const records = [...this.#pending.values()];
    this.#pending.clear();
    const timer = this.clock.after(pause, () => {
      const asked = this.#pause?.asked;
      this.#pause = null;
      if (asked) this.#write();
    });
    this.#pause = { timer, asked: false };
    this.#writing = this.#writing.then(async () => {
      const written = await Promise.allSettled(records.map((record) => log.append(record)));
      this.#requeue(records.filter((_, i) => written[i]?.status === 'rejected'));
      const failed = written.find((one) => one.status === 'rejected');
      if (failed) throw failed.reason;
      if (log.wantsSnapshot) await log.snapshot(this.#snapshot());
    });
    this.#writing = this.#writing.catch((e: unknown) => void this.emit('failed', e));
  }

  #endPause(): void {
    this.#pause?.timer.cancel();
    this.#pause = null;
  }

  /** Puts back what waits; what was learnt of the same thing meanwhile stands. */
  #requeue(records: readonly KnowledgeRecord[]): void {
    for (const record of records) {
      const key = recordKey(record);
      if (!this.#pending.has(key)) this.#pending.set(key, record);
    }
  }

  #snapshot(): KnowledgeRecord[] {
    return [...this.#memory.prune(this.clock.now()), ...this.#observation.snapshot()];
  }
}
