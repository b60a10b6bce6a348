import { EventEmitter } from 'node:events';
import type { AppendLog } from '../../adapters/store/log.js';
import type { CleanRun } from '../../contract/runs.js';
import type { Millis } from '../../domain/facts.js';
import { historyOf, openRuns, type OpenRun } from './history.js';
import type { JournalRecord } from './records.js';

/** Every change that Careen makes, before and after (DESIGN §1.5). */
export class Journal extends EventEmitter<{ changed: [] }> {
  #records: JournalRecord[] = [];
  /** The history, while no record came since it was told. */
  #runs: CleanRun[] | null = null;

  constructor(private readonly log: AppendLog<JournalRecord>) {
    super();
  }

  /** Reads what is there; once, before anything else. */
  async open(): Promise<void> {
    this.#records = (await this.log.read()).records;
  }

  /** Resolves once the record is on the disk; throws `log-unwritable`, and then nothing may be changed. */
  async write(record: JournalRecord): Promise<void> {
    await this.log.append(record);
    this.#records.push(record);
    this.#runs = null;
    // Steps of a run under way are told by its progress.
    const open = record.t === 'intent' || (record.t === 'outcome' && this.#isOpen(record.runId));
    if (!open) this.emit('changed');
  }

  /** Runs, newest first. */
  history(since: Millis | null = null): CleanRun[] {
    const runs = (this.#runs ??= historyOf(this.#records));
    return since === null ? runs : runs.filter((r) => (r.endedAt ?? r.startedAt) >= since);
  }

  #isOpen(runId: string): boolean {
    return !this.#records.some((r) => r.t === 'ended' && r.runId === runId);
  }

  /** Runs that have no end yet. */
  unfinished(): OpenRun[] {
    return openRuns(this.#records);
  }
}
