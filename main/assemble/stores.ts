import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { z } from 'zod';
import type { MovedAside } from '../adapters/store/aside.js';
import { Doc } from '../adapters/store/doc.js';
import { Kept } from '../adapters/store/kept.js';
import { Log, type LogDamage } from '../adapters/store/log.js';
import { TextFile } from '../adapters/store/text-file.js';
import { homeUnwritable } from '../adapters/system-error.js';
import { renameLog, renameUnlessThere } from '../adapters/store/rename.js';
import { Reserve } from '../adapters/store/reserve.js';
import { firstEngine } from '../contract/first-engine.js';
import { CareenError } from '../domain/errors.js';
import type { EngineFacts, EngineIdentity, Millis } from '../domain/facts.js';
import type { StoredChecks } from '../services/checker/memories.js';
import { storedChecks } from '../services/checker/records.js';
import { nobodyMet, storedMet } from '../services/fleet/met.js';
import { nobodyElse, storedFleet } from '../services/fleet/stored.js';
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
  readonly listings;
  readonly plans;
  /** What checks remember, a document an engine. */
  readonly checks: StoredChecks;
  /** How full disks were, a document an engine. */
  readonly samples: SampleStore;

  private constructor(
    private readonly home: Home,
    readonly reserve: Reserve,
  ) {
    this.listings = listingsIn(this.#kept('listings', storedListing, 20));
    this.plans = plansIn(this.#kept('plans', storedPlan, 50));
    const checks = this.#kept('checks', storedChecks, 20);
    this.checks = {
      load: (engine) => checks.load(engineFile(engine)),
      save: (engine, value) => checks.save(engineFile(engine), value),
    };
    const samples = this.#kept('samples', storedSamples, 20);
    this.samples = {
      load: (engine) => samples.load(engineFile(engine)),
      save: (engine, value) => samples.save(engineFile(engine), value),
    };
  }

  static async open(home: Home): Promise<Stores> {
    const reserve = new Reserve(home.folder);
    await reserve.ensure();
    return new Stores(home, reserve);
  }

  /** What was done on one engine. */
  journal(key: string): Promise<Log<JournalRecord>> {
    return Log.open<JournalRecord>({
      folder: this.home.folder,
      name: key === firstEngine ? 'journal' : `journal-${key}`,
      schema: journalRecord,
      makeRoom: () => this.reserve.giveUp(),
      onDamaged: (damage) => this.home.report(new CareenError('log-damaged', damage)),
    });
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

  /** Which engines there are beside the first, and how they live together. */
  fleet() {
    return this.#doc('engines.json', storedFleet, () => nobodyElse);
  }

  /** Whom the first engine was, by address. */
  met() {
    return this.#doc('first-engine.json', storedMet, () => nobodyMet);
  }

  /** What one engine's triggers remember between two runs. */
  triggers(key: string) {
    return this.#ofEngine('triggers', key, storedTriggers, () => nothingRemembered);
  }

  /** The file of an engine's own policy; the first one's is where every home has it. */
  async policy(key: string): Promise<TextFile> {
    if (key === firstEngine) return new TextFile(join(this.home.folder, 'policy.yaml'));
    const file = join(this.home.folder, 'policies', `${key}.yaml`);
    await makeFolder(dirname(file));
    return new TextFile(file);
  }

  /** When the host's disk was last told of. */
  hostNotice() {
    return this.#doc('host-notice.json', storedNotice, () => neverNoticed);
  }

  /** What a person does not want to be told again. */
  dismissals() {
    return this.#doc('dismissed.json', storedDismissals, () => ({ dismissed: [] }));
  }

  /** What is kept of an engine's containers for going back. Never bounded by age: it names images. */
  versions(engine: EngineIdentity): Promise<VersionsDoc> {
    const file = join('versions', `${engineFile(engine)}.json`);
    return this.#doc(file, storedVersions, () => ({ containers: {}, services: {} }));
  }

  /**
   * Keeps under a new identity what is kept of an engine under its former one, unless there is something
   * under it already. To be called while nothing of either is open.
   */
  async carryOver(from: EngineIdentity, to: EngineIdentity): Promise<void> {
    const { folder } = this.home;
    const [before, after] = [engineFile(from), engineFile(to)];
    for (const kind of ['listings', 'checks', 'samples', 'versions'])
      await renameUnlessThere(
        join(folder, kind, `${before}.json`),
        join(folder, kind, `${after}.json`),
      );
    await renameLog(folder, `knowledge-${before}`, `knowledge-${after}`);
  }

  /** The first engine's document stands where it stood while there was one engine only. */
  #ofEngine<S extends z.ZodType>(
    name: string,
    key: string,
    schema: S,
    initial: () => z.output<S>,
  ): Promise<Doc<z.output<S>>> {
    const file = key === firstEngine ? `${name}.json` : join(name, `${key}.json`);
    return this.#doc(file, schema, initial);
  }

  async #doc<S extends z.ZodType>(
    name: string,
    schema: S,
    initial: () => z.output<S>,
  ): Promise<Doc<z.output<S>>> {
    const file = join(this.home.folder, name);
    await makeFolder(dirname(file));
    const { doc, movedAside } = await Doc.open<z.output<S>>({
      file,
      schema: schema as unknown as z.ZodType<z.output<S>>,
      version: 1,
      initial,
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

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (e) {
    throw homeUnwritable(folder, e);
  }
}
