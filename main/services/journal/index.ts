import { EventEmitter } from 'node:events';
import type { AppendLog, SnapshotLog } from '../../adapters/store/log.js';
import type { CleanRun, HistoryRun } from '../../contract/runs.js';
import type { EngineIdentity } from '../../domain/facts.js';
import { engineKey, isKeyAt } from '../../domain/identity.js';
import { historyAsCsv, historyAsJson } from './export.js';
import { type HistoryFilter, isWanted } from './filter.js';
import { openPartOf, type OpenRun, recordsOf, runOf, tell, type Told, toldOf } from './history.js';
import type { Begun, JournalRecord } from './records.js';
import type { ToldContainer } from './update-history.js';

/** What a log that can begin anew from a short form of itself offers for that. */
type Shortening = Pick<SnapshotLog<JournalRecord>, 'wantsSnapshot' | 'snapshot'>;

/** Characters of closed runs that stay when the log is shortened: some 4,000 items. */
const standardRoom = 3 * 1024 * 1024;

/** Records after which a shortening that failed is tried again. */
const triesAgainAfter = 100;

const steps: ReadonlySet<JournalRecord['t']> = new Set([
  'intent',
  'outcome',
  'step-intent',
  'step-outcome',
]);

/**
 * Every change that Careen makes, before and after (DESIGN §1.5). Bounded in file and memory: past
 * the bound the oldest runs go whole, never one that is open, and never the newest.
 */
export class Journal extends EventEmitter<{ changed: []; failed: [unknown] }> {
  /** In the order in which they began. */
  #runs = new Map<string, Told>();
  /** Runs as told before, while no record of theirs came since. */
  readonly #told = new Map<string, HistoryRun>();
  /** Records on their way to the disk. */
  #underWay = 0;
  /** Records until shortening is tried again, after it failed. */
  #patience = 0;

  constructor(
    private readonly log: AppendLog<JournalRecord>,
    private readonly shortening: Shortening,
    private readonly room = standardRoom,
  ) {
    super();
  }

  /** Reads what is there; once, before anything else. */
  async open(): Promise<void> {
    for (const record of (await this.log.read()).records) this.#take(record);
  }

  /** Resolves once the record is on the disk; throws `log-unwritable`, and then nothing may be changed. */
  async write(record: JournalRecord): Promise<void> {
    this.#underWay += 1;
    try {
      await this.log.append(record);
      this.#take(record);
    } finally {
      this.#underWay -= 1;
    }
    // While another record is on its way to the disk, it is not known here yet.
    if (this.shortening.wantsSnapshot && this.#underWay === 0 && --this.#patience < 0)
      await this.#shorten();
    // Steps of a run under way are told by its progress.
    if (!steps.has(record.t) || this.#runs.get(record.runId)?.ended) this.emit('changed');
  }

  /** Runs, newest first; those that are wanted, or all. */
  history(filter: Partial<HistoryFilter> = {}): HistoryRun[] {
    return [...this.#runs]
      .reverse()
      .map(([runId, told]) => this.#runOf(runId, told))
      .filter((run) => isWanted(run, filter));
  }

  /** The runs that are wanted, or all, as text for a file. */
  asText(format: 'csv' | 'json', filter: Partial<HistoryFilter> = {}): string {
    const runs = this.history(filter);
    return format === 'csv' ? historyAsCsv(runs) : historyAsJson(runs);
  }

  /** On which engine a run was (`engineKey`), while it is kept. */
  engineOf(runId: string): string | null {
    return this.#runs.get(runId)?.begun.engineKey ?? null;
  }

  /** Everything that is told of each container of a run of updates. */
  containersOf(runId: string): ReadonlyMap<string, ToldContainer> {
    return this.#runs.get(runId)?.containers ?? new Map();
  }

  /** What records would tell as an entry of the history, without being written. */
  told(begun: Begun, records: readonly Exclude<JournalRecord, Begun>[]): HistoryRun {
    const told = toldOf(begun);
    for (const record of records) tell(told, record);
    return runOf(told);
  }

  /** One run, while it is kept. */
  run(runId: string): HistoryRun | null {
    const told = this.#runs.get(runId);
    return told ? this.#runOf(runId, told) : null;
  }

  /** The clean-up begun last. */
  lastClean(): CleanRun | null {
    return this.history().find((run) => run.kind === 'clean') ?? null;
  }

  /** Runs without an end, or with an intent without an outcome, oldest first. */
  unfinished(): OpenRun[] {
    return [...this.#runs.values()].map(openPartOf).filter((open) => open !== null);
  }

  /**
   * Runs that were cut off on an engine, whichever its store was then, are finished on it under its new
   * identity. Those that are closed keep the former one: what they removed is not undone on what may
   * have been set up anew.
   */
  async carryOver(from: EngineIdentity, to: EngineIdentity): Promise<void> {
    const after = engineKey(to);
    const open = this.unfinished().filter(({ begun }) => isKeyAt(begun.engineKey, from));
    if (open.length === 0) return;
    const moved = new Set(open.map(({ begun }) => begun.runId));
    const records = [...this.#runs.values()].flatMap(recordsOf).map((record) => {
      const isMoved = record.t === 'begun' && moved.has(record.runId);
      return isMoved ? { ...record, engineKey: after } : record;
    });
    await this.shortening.snapshot(records);
    this.#runs = new Map();
    this.#told.clear();
    for (const record of records) this.#take(record);
  }

  #take(record: JournalRecord): void {
    this.#told.delete(record.runId);
    if (record.t === 'begun') {
      this.#runs.set(record.runId, toldOf(record));
      return;
    }
    // A run whose beginning is no longer kept is no longer told of.
    const told = this.#runs.get(record.runId);
    if (told) tell(told, record);
  }

  #runOf(runId: string, told: Told): HistoryRun {
    const before = this.#told.get(runId);
    if (before) return before;
    const run = runOf(told);
    this.#told.set(runId, run);
    return run;
  }

  /** What cannot be written is told and tried again later: all that was there still is. */
  async #shorten(): Promise<void> {
    this.#underWay += 1;
    try {
      await this.#keepNewest();
      this.#patience = 0;
    } catch (e) {
      this.#patience = triesAgainAfter;
      this.emit('failed', e);
    } finally {
      this.#underWay -= 1;
    }
  }

  async #keepNewest(): Promise<void> {
    let room = this.room;
    const before = new Set(this.#runs.keys());
    const kept = [...this.#runs].reverse().filter(([, told], n) => {
      if (openPartOf(told)) return true;
      room -= JSON.stringify(recordsOf(told)).length;
      return n === 0 || room > 0;
    });
    kept.reverse();
    await this.shortening.snapshot(kept.flatMap(([, told]) => recordsOf(told)));
    const begunSince = [...this.#runs].filter(([runId]) => !before.has(runId));
    this.#runs = new Map([...kept, ...begunSince]);
    for (const runId of this.#told.keys()) if (!this.#runs.has(runId)) this.#told.delete(runId);
  }
}
