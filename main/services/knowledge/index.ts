import { EventEmitter } from 'node:events';
import type { Clock } from '../../adapters/clock.js';
import type { SnapshotLog } from '../../adapters/store/log.js';
import type { EngineFacts, Inventory, Millis } from '../../domain/facts.js';
import { sameEngine } from '../../domain/identity.js';
import type { Listed, Sighting } from '../types.js';
import { joinFacts } from './facts.js';
import {
  type KnowledgeRecord,
  type Known,
  pruned,
  unknownImage,
  withNames,
  withSighting,
} from './known.js';

/** One log an engine, replaced by a snapshot when it has grown long; the store's, handed in. */
export interface KnowledgeLog extends SnapshotLog<KnowledgeRecord> {
  close(): Promise<void>;
}

/**
 * What is remembered per engine: when images came, when they were used, and what never changes
 * about them. Two engines never mix what is known (DESIGN §3, Engine identity).
 */
export class Knowledge extends EventEmitter<{ failed: [unknown] }> {
  #engine: EngineFacts | null = null;
  #log: KnowledgeLog | null = null;
  #known = new Map<string, Known>();
  #firstMet: Millis | null = null;
  #days = new Set<string>();
  #fresh: KnowledgeRecord[] = [];
  #pending = new Map<string, Known>();
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly openLog: (engine: EngineFacts) => Promise<KnowledgeLog>,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Whose knowledge is at hand. */
  get engine(): EngineFacts | null {
    return this.#engine;
  }

  /** Takes up what is known of this engine; to be awaited before anything is seen of it. */
  async open(engine: EngineFacts): Promise<void> {
    await this.close();
    const log = await this.openLog(engine);
    const { records } = await log.read();
    // What could not be written is still known of the same engine; two engines never mix.
    const left = this.#unwritten();
    const unwritten = this.#engine && sameEngine(this.#engine, engine) ? left : [];
    this.#engine = engine;
    this.#log = log;
    this.#known = new Map();
    this.#days = new Set();
    this.#firstMet = null;
    for (const record of [...records, ...unwritten]) this.#take(record);
    this.#requeue(unwritten);
  }

  knows(imageId: string): boolean {
    return Boolean(this.#known.get(imageId)?.nature);
  }

  carriers(reference: string): string[] {
    return [...this.#known.values()]
      .filter((k) => k.id === reference || k.names.includes(reference))
      .map((k) => k.id);
  }

  /** Takes in what was seen to happen. */
  see(sightings: readonly Sighting[]): void {
    for (const sighting of sightings) {
      const id = sighting.kind === 'nature' ? sighting.nature.id : sighting.id;
      const before = this.#known.get(id) ?? unknownImage(id);
      this.#put(before, withSighting(before, sighting));
    }
    this.#write();
  }

  /**
   * Takes in the whole list: names, and images that came while nobody watched. Those of the first
   * meeting have no arrival: they are the baseline (JUDGING §2).
   */
  seeList(listed: Listed): void {
    const first = this.#firstMet === null;
    if (first) this.#record({ t: 'met', at: listed.takenAt });
    for (const image of listed.images.values()) {
      const known = this.#known.get(image.id);
      let next = known ?? unknownImage(image.id);
      if (!first && (!known || known.goneAt !== null))
        next = withSighting(next, {
          kind: 'arrived',
          id: image.id,
          at: listed.takenAt,
          how: 'seen',
        });
      next = withNames(next, [...image.refs, ...image.digests]);
      this.#put(known, next);
    }
    for (const known of this.#known.values())
      if (known.goneAt === null && !listed.images.has(known.id))
        this.#put(known, withSighting(known, { kind: 'gone', id: known.id, at: listed.takenAt }));
    this.#write();
  }

  /** Counts a day on which the engine was observed for at least an hour. */
  observedDay(): void {
    const day = new Date(this.clock.now()).toISOString().slice(0, 10);
    if (this.#days.has(day)) return;
    this.#record({ t: 'day', day });
    this.#write();
  }

  /** Everything that is judged, from the list and what is remembered. */
  join(engine: EngineFacts, listed: Listed): Inventory {
    return joinFacts(engine, listed, this.#known, {
      firstMet: this.#firstMet,
      observedDays: this.#days.size,
    });
  }

  /** Writes what was seen and lets go of the files. */
  async close(): Promise<void> {
    await this.flush();
    await this.#log?.close();
    this.#log = null;
  }

  /** Resolves when all that was seen is on the disk. */
  async flush(): Promise<void> {
    this.#write();
    await this.#writing;
  }

  #put(before: Known | undefined, next: Known): void {
    if (next === before) return;
    this.#known.set(next.id, next);
    this.#pending.set(next.id, next);
  }

  #record(record: KnowledgeRecord): void {
    this.#take(record);
    this.#fresh.push(record);
  }

  #take(record: KnowledgeRecord): void {
    switch (record.t) {
      case 'met':
        this.#firstMet ??= record.at;
        break;
      case 'day':
        this.#days.add(record.day);
        break;
      case 'image':
        this.#known.set(record.known.id, record.known);
        break;
    }
  }

  /** Writes what is new; what cannot be written waits for the next time. */
  #write(): void {
    const log = this.#log;
    if (!log || this.#fresh.length + this.#pending.size === 0) return;
    const records = this.#unwritten();
    this.#writing = this.#writing.then(async () => {
      const written = await Promise.allSettled(records.map((record) => log.append(record)));
      this.#requeue(records.filter((_, i) => written[i]?.status === 'rejected'));
      const failed = written.find((one) => one.status === 'rejected');
      if (failed) throw failed.reason;
      if (log.wantsSnapshot) await log.snapshot(this.#snapshot());
    });
    this.#writing = this.#writing.catch((e: unknown) => void this.emit('failed', e));
  }

  /** Takes everything that waits to be written. */
  #unwritten(): KnowledgeRecord[] {
    const images = [...this.#pending.values()].map((known) => ({ t: 'image' as const, known }));
    this.#pending.clear();
    return [...this.#fresh.splice(0), ...images];
  }

  /** Puts back what waits; of an image what is known of it by now, and once. */
  #requeue(records: readonly KnowledgeRecord[]): void {
    for (const record of records) {
      if (record.t !== 'image') this.#fresh.push(record);
      else {
        const { id } = record.known;
        this.#pending.set(id, this.#known.get(id) ?? record.known);
      }
    }
  }

  #snapshot(): KnowledgeRecord[] {
    const kept = pruned(this.#known.values(), this.clock.now());
    this.#known = new Map(kept.map((k) => [k.id, k]));
    return [
      ...(this.#firstMet === null ? [] : [{ t: 'met' as const, at: this.#firstMet }]),
      ...[...this.#days].map((day) => ({ t: 'day' as const, day })),
      ...kept.map((known) => ({ t: 'image' as const, known })),
    ];
  }
}
