import type { Clock, Timer } from '../../adapters/clock.js';
import type { UpdateRow } from '../../contract/updates.js';
import type { Millis } from '../../domain/facts.js';
import { beforeSleep } from '../../domain/triggers/schedule.js';
import type { Automatic } from './automatic.js';
import type { Moment } from './moment.js';
import type { Asked } from './round.js';
import { Schedule } from './schedule.js';
import type { View } from './view.js';

/** What is done by itself, and who is told. */
export interface Acts {
  check(): Promise<void>;
  rows(): UpdateRow[];
  changed(): void;
  due(names: string[]): void;
  /** What may be updated by itself was looked for, and read as far as that takes. */
  looked(moment: Moment): void;
  failed(error: unknown): void;
}

/** Checks on schedule, and looks for what may be updated by itself; only in the process that stays. */
export class ByItself {
  readonly #schedule: Schedule;
  #looking: Promise<void> = Promise.resolve();
  /** The last check of all that was tried, and how many in a row reached no registry. */
  #tried: { at: Millis; unreached: number } = { at: 0, unreached: 0 };
  #isChecking = false;
  /** Set while the machine is about to sleep. */
  #awake: Timer | null = null;
  #closed = false;

  constructor(
    private readonly view: View,
    private readonly automatic: Automatic,
    private readonly pausedUntil: () => Millis | null,
    private readonly act: Acts,
    private readonly clock: Clock,
    random: () => number,
  ) {
    this.#schedule = new Schedule(() => void this.#check(), clock, random);
  }

  get nextAt(): Millis | null {
    return this.#schedule.nextAt;
  }

  /** The machine is about to sleep: nothing is begun until it woke, or stayed awake after all. */
  suspending(): void {
    this.#schedule.suspending();
    this.#awake?.cancel();
    this.#awake = this.clock.after(beforeSleep, () => this.#resume());
    this.wait();
  }

  /** The machine slept: what became due is done soon. */
  woke(): void {
    this.#schedule.woke();
    this.#awake?.cancel();
    if (this.#awake) this.#resume();
  }

  /** Everything was asked about. */
  checked({ questions, unreached }: Asked): void {
    const isCutOff = questions > 0 && unreached === questions;
    this.#tried = { at: this.clock.now(), unreached: isCutOff ? this.#tried.unreached + 1 : 0 };
  }

  /** Waits for whatever comes next, as things stand now. */
  wait(): void {
    if (this.#closed) return;
    const moment = this.view.current;
    this.#schedule.set({
      every: moment?.judged.rules.update.check.every ?? 0,
      last: Math.max(moment?.memory.checkedAt ?? 0, this.#tried.at) || null,
      unreached: this.#tried.unreached,
      pausedUntil: this.pausedUntil(),
      hasWork: !this.#isChecking && moment !== null && hasWork(moment),
    });
    this.automatic.wait(this.act.rows(), () => {
      this.act.changed();
      this.look();
    });
  }

  /** Looks for what may be updated by itself; one look after another, and none before sleep. */
  look(): void {
    if (this.#awake) return;
    this.#looking = this.#looking
      .then(() => this.#look())
      .catch((e: unknown) => this.act.failed(e));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#schedule.close();
    this.#awake?.cancel();
    this.automatic.close();
    await this.#looking;
  }

  #resume(): void {
    this.#awake = null;
    this.look();
  }

  async #look(): Promise<void> {
    const names = await this.automatic.due(() => Promise.resolve(this.view.current));
    const moment = this.view.current;
    if (moment) {
      this.act.looked(moment);
      this.view.saveLater(moment);
    }
    this.act.changed();
    const due = names.filter((name) => !this.view.updating.has(name));
    if (due.length > 0) this.act.due(due);
  }

  async #check(): Promise<void> {
    this.#isChecking = true;
    try {
      await this.act.check();
    } catch (e) {
      this.#tried = { ...this.#tried, at: this.clock.now() };
      this.act.failed(e);
    } finally {
      this.#isChecking = false;
      this.wait();
    }
  }
}

const hasWork = ({ subjects, standings }: Moment) =>
  subjects.all.some((subject) => standings.isAsked(subject));
