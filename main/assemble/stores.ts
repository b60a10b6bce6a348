import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { MovedAside } from '../adapters/store/aside.js';
import { Doc } from '../adapters/store/doc.js';
import { Kept } from '../adapters/store/kept.js';
import { Log, type LogDamage } from '../adapters/store/log.js';
import { Reserve } from '../adapters/store/reserve.js';
import { CareenError } from '../domain/errors.js';
import type { EngineFacts, Millis } from '../domain/facts.js';
import type { StoredChecks } from '../services/checker/memories.js';
import { storedChecks } from '../services/checker/records.js';
import { neverNoticed, storedNotice } from '../services/host-notice.js';
import { type JournalRecord, journalRecord } from '../services/journal/records.js';
import { type KnowledgeRecord, knowledgeRecord } from '../services/knowledge/known.js';
import { type SampleStore, storedSamples } from '../services/samples/stored.js';
import { engineFile, listingsIn, plansIn, storedListing, storedPlan } from '../services/stored.js';
import { storedDismissals } from '../services/suggestions/dismissals.js';
import { nothingRemembered, storedTriggers } from '../services/triggers/memory.js';
import type { VersionsDoc } from '../services/versions/of-engine.js';
import { storedVersions } from '../services/versions/stored.js';

const megabyte = 1024 * 1024;

interface Home {
  folder: string;
  now: () => Millis;
  /** Told of logs that were damaged. */
  report: (error: unknown) => void;
  /** Told of each document that could not be read and lies aside now. */
  onMovedAside: (moved: MovedAside) => void;
}

/** Everything that the data home keeps, opened; what opens it owns the home (DESIGN §3, Storage). */
export class Stores {
  private constructor(
    private readonly home: Home,
    readonly reserve: Reserve,
    readonly journal: Log<JournalRecord>,
  ) {}

  static async open(home: Home): Promise<Stores> {
    const reserve = new Reserve(home.folder);
    await reserve.ensure();
    const journal = await Log.open<JournalRecord>({
      folder: home.folder,
      name: 'journal',
      schema: journalRecord,
      makeRoom: () => reserve.giveUp(),
      onDamaged: (damage) => home.report(new CareenError('log-damaged', damage)),
    });
    return new Stores(home, reserve, journal);
  }

  /** What is known of one engine. */
  knowledge(engine: EngineFacts): Promise<Log<KnowledgeRecord>> {
    return Log.open({
      folder: this.home.folder,
      name: `knowledge-${engineFile(engine)}`,
      schema: knowledgeRecord,
      segmentBytes: 4 * megabyte,
      segments: 16,
      onDamaged: (damage: LogDamage) => this.home.report(new CareenError('log-damaged', damage)),
    });
  }

  get listings() {
    return listingsIn(this.#kept('listings', storedListing, 20));
  }

  get plans() {
    return plansIn(this.#kept('plans', storedPlan, 50));
  }

  /** What triggers remember between two runs. */
  async triggers() {
    const { doc, movedAside } = await Doc.open({
      file: join(this.home.folder, 'triggers.json'),
      schema: storedTriggers,
      version: 1,
      initial: () => nothingRemembered,
      now: this.home.now,
    });
    if (movedAside) this.home.onMovedAside(movedAside);
    return doc;
  }

  /** When the host's disk was last told of. */
  async hostNotice() {
    const { doc, movedAside } = await Doc.open({
      file: join(this.home.folder, 'host-notice.json'),
      schema: storedNotice,
      version: 1,
      initial: () => neverNoticed,
      now: this.home.now,
    });
    if (movedAside) this.home.onMovedAside(movedAside);
    return doc;
  }

  /** What a person does not want to be told again. */
  async dismissals() {
    const { doc, movedAside } = await Doc.open({
      file: join(this.home.folder, 'dismissed.json'),
      schema: storedDismissals,
      version: 1,
      initial: () => ({ dismissed: [] }),
      now: this.home.now,
    });
    if (movedAside) this.home.onMovedAside(movedAside);
    return doc;
  }

  /** What checks remember, a document an engine. */
  get checks(): StoredChecks {
    const kept = this.#kept('checks', storedChecks, 20);
    return {
      load: (engine) => kept.load(engineFile(engine)),
      save: (engine, checks) => kept.save(engineFile(engine), checks),
    };
  }

  /** How full disks were, a document an engine. */
  get samples(): SampleStore {
    const kept = this.#kept('samples', storedSamples, 20);
    return {
      load: (engine) => kept.load(engineFile(engine)),
      save: (engine, samples) => kept.save(engineFile(engine), samples),
    };
  }

  /** What is kept of an engine's containers for going back. Never bounded by age: it names images. */
  async versions(engine: EngineFacts): Promise<VersionsDoc> {
    const folder = join(this.home.folder, 'versions');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { doc, movedAside } = await Doc.open({
      file: join(folder, `${engineFile(engine)}.json`),
      schema: storedVersions,
      version: 1,
      initial: () => ({ containers: {} }),
      now: this.home.now,
    });
    if (movedAside) this.home.onMovedAside(movedAside);
    return doc;
  }

  #kept<S extends z.ZodType>(folder: string, schema: S, most: number): Kept<z.output<S>> {
    const { now, onMovedAside } = this.home;
    return new Kept<z.output<S>>({
      folder: join(this.home.folder, folder),
      schema: schema as unknown as z.ZodType<z.output<S>>,
      version: 1,
      most,
      now,
      onMovedAside,
      makeRoom: () => this.reserve.giveUp(),
    });
  }
}
