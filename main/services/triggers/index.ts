import { EventEmitter } from 'node:events';
import { atMoment, type Clock, type Timer } from '../../adapters/clock.js';
import type { Result } from '../../contract/commands.js';
import type { Question, RunProgress, RunSlice } from '../../contract/slices.js';
import { CareenError } from '../../domain/errors.js';
import type { Triggers as Rules } from '../../domain/policy/types.js';
import { engineKey } from '../../domain/identity.js';
import type { Execution } from '../cleaner/execution.js';
import type { Connection } from '../connection.js';
import type { Gauges } from '../gauges.js';
import type { Judging } from '../judging.js';
import type { Policies } from '../policies.js';
import type { Preferences } from '../preferences.js';
import { Answers, type Ground } from './answers.js';
import { Asking } from './asking.js';
import { Measures } from './measures.js';
import { Memory, type TriggersDoc } from './memory.js';
import { Questions } from './questions.js';
import { Replies } from './replies.js';
import { Schedule } from './schedule.js';
import { Telling } from './telling.js';
import { Turns } from './turns.js';
import { type Bid, keyOf, type Outcome } from './types.js';
import { Waits } from './waits.js';

/** The services that tell of causes, and those that answering them needs. */
interface Sources extends Ground {
  connection: Connection;
  judging: Judging;
  policies: Policies;
  gauges: Gauges;
  preferences: Preferences;
  execution: Pick<Execution, 'on'>;
}

/** Stands among what is queued for a question that is asked anew. */
const renewal = 'renewal';

const ofDisk: Bid = { cause: 'pressure', repository: null };

/**
 * What starts clean-ups by itself: a schedule, a full disk, a budget for images, an update. Causes
 * only enqueue: one after another is answered, by the policy's mode, and what runs goes through the
 * one queue of runs (JUDGING §3).
 */
export class Triggers extends EventEmitter<{
  changed: [];
  /** A question, or what takes its place, that is worth a notification. */
  notify: [Question];
  failed: [unknown];
}> {
  readonly #turns: Turns;
  readonly #memory: Memory;
  readonly #questions: Questions;
  readonly #replies: Replies;
  readonly #waits: Waits;
  readonly #answers: Answers;
  readonly #schedule: Schedule;
  readonly #measures: Measures;
  #pauseEnd: Timer | null = null;
  #watching = false;
  #isRunning = false;
  #isRenewing = false;
  readonly #preferred = () => this.#rearm();

  constructor(
    private readonly from: Sources,
    doc: TriggersDoc,
    private readonly clock: Clock,
    /** From 0 to 1. */
    random: () => number,
  ) {
    super();
    this.#turns = new Turns((e) => void this.emit('failed', e), clock);
    this.#memory = new Memory(
      doc,
      () => (from.judging.current ? engineKey(from.judging.current.inventory.engine) : ''),
      (e) => void this.emit('failed', e),
    );
    this.#questions = new Questions(
      () => {
        this.emit('changed');
        this.#askNext();
      },
      () => this.#renew(),
      clock,
    );
    this.#replies = new Replies(this.#questions, this.#memory);
    this.#waits = new Waits((bid) => void this.fire(bid), clock);
    const telling = new Telling(this.#memory, (question) => this.emit('notify', question), clock);
    this.#answers = new Answers(
      from,
      this.#questions,
      this.#waits,
      this.#memory,
      new Asking(from, this.#questions, this.#memory, telling, clock),
      telling,
      () => this.#turns.isHeld,
      clock,
    );
    this.#schedule = new Schedule(
      {
        isReady: () => this.#watching && from.connection.engine !== null,
        fire: () => void this.fire({ cause: 'schedule', repository: null }),
        changed: () => this.emit('changed'),
      },
      this.#memory,
      clock,
      random,
    );
    this.#measures = new Measures(
      {
        judging: from.judging,
        gauges: from.gauges,
        rules: () => (this.#watching && !this.#turns.isClosed ? this.#rules() : null),
        mayFire: () => this.#mayAct(),
        fire: (bid) => void this.fire(bid),
        isDiskSeenTo: () => this.question !== null || this.#isRunning || this.#waits.has(ofDisk),
        relieved: () => this.#relieved(),
      },
      this.#memory,
      clock,
    );
  }

  /** Begins to wait for causes: for the process that stays, not for one command. */
  begin(): void {
    const { judging, policies, preferences, gauges, connection, execution } = this.from;
    this.#watching = true;
    policies.on('changed', () => this.#rearm());
    preferences.on('changed', this.#preferred);
    connection.on('connected', () => this.#rearm());
    judging.on('changed', () => this.#judged());
    gauges.on('read', () => {
      this.#measures.lookAtDisk();
      // A renewal reads the disk itself: that asks for no other.
      const isOpen = !this.#measures.isSettling && !this.#isRenewing;
      if (isOpen && this.#answers.isOutdated) this.#renew();
    });
    execution.on('progress', (progress) => this.#running(progress));
    execution.on('ended', (run) => {
      this.#replies.ended(run);
      this.#measures.ran();
      this.#renew();
    });
    this.#rearm();
  }

  /** The clean-up that waits for a person's answer. */
  get question(): Question | null {
    return this.#questions.current?.question ?? null;
  }

  /**
   * Answers a cause once those before it are; an equal one that is not answered yet stands for it.
   * Resolves when it is answered; what fails is told.
   */
  async fire(bid: Bid): Promise<void> {
    let outcome: Outcome | null = null;
    await this.#turns.once(keyOf(bid), async () => {
      outcome = 'failed';
      outcome = await this.#answers.answer(bid);
      // What still waits is made up for, should Careen end meanwhile.
      const isOpen = outcome === 'waits' || outcome === 'anew';
      if (bid.cause === 'schedule' && !isOpen) this.#schedule.answered();
    });
    if (outcome === 'anew') return this.fire(bid);
    if (outcome !== null) this.#measures.told(bid.cause, outcome);
  }

  /**
   * An update of a container from this repository (its full name) is proven (JUDGING §3). A command
   * line may be told of one that was cut off earlier: nothing follows from it there.
   */
  async afterUpdate(repository: string): Promise<void> {
    if (!this.#watching) return;
    const inForce = await this.from.policies.current();
    if (inForce instanceof CareenError || !inForce.policy.triggers.afterUpdate) return;
    await this.fire({ cause: 'after-update', repository });
  }

  /** Lays the question of this plan (null: a notice without one) aside until something asks anew. */
  dismiss(planId: string | null): void {
    this.#replies.dismiss(planId);
  }

  /** The next scheduled clean-up of this process; null where there is none, or no engine for it. */
  get next(): RunSlice['next'] {
    const { nextAt: at } = this.#schedule;
    const mode = this.#answers.modeNow(this.from.judging.policy);
    return this.#watching && mode !== 'suggest' && at !== null ? { cause: 'schedule', at } : null;
  }

  /** What may happen by itself, and what waits. */
  status(): Result<'status'>['triggers'] {
    const { first } = this.#waits;
    return {
      mode: this.#answers.modeNow(this.from.judging.policy),
      next: this.next,
      waiting: first && { cause: first.bid.cause, for: first.for, since: first.since },
    };
  }

  /** The machine is about to sleep: nothing is begun until it woke, or stayed awake after all. */
  suspending(): void {
    this.#turns.suspending();
    if (!this.#turns.isClosed) this.#schedule.suspending();
  }

  /** The machine slept: what waits and what was missed begins soon, after a rest. */
  woke(): void {
    this.#turns.woke();
    if (!this.#turns.isClosed) this.#schedule.woke();
  }

  /** Fires no more, and begins no run; one that is under way ends with the queue of runs. */
  close(): void {
    this.#turns.close();
    // They outlive this engine.
    this.from.preferences.off('changed', this.#preferred);
    for (const part of [this.#schedule, this.#measures, this.#questions, this.#waits]) part.close();
    this.#pauseEnd?.cancel();
  }

  #renew(): void {
    if (this.question === null) return;
    void this.#turns.anew(renewal, async () => {
      this.#isRenewing = true;
      try {
        await this.#answers.renew();
      } finally {
        this.#isRenewing = false;
      }
    });
  }

  /** What gave way to another question, or to a pause, is asked once it may be. */
  #askNext(): void {
    if (this.#turns.isClosed || this.#isRunning || !this.#mayAct()) return;
    const bid = this.#questions.next();
    // What waits comes again by itself.
    if (bid !== null && !this.#waits.has(bid)) void this.fire(bid);
  }

  /** The rules for triggers, while they may do something. */
  #rules(): Rules | null {
    const { policy } = this.from.judging;
    return policy === null || policy instanceof CareenError ? null : policy.policy.triggers;
  }

  #mayAct(): boolean {
    const mode = this.#answers.modeNow(this.from.judging.policy);
    return this.#watching && mode !== null && mode !== 'suggest';
  }

  #rearm(): void {
    if (this.#turns.isClosed) return;
    const { pausedUntil } = this.from.preferences.value;
    this.#pauseEnd?.cancel();
    this.#pauseEnd =
      pausedUntil !== null && pausedUntil > this.clock.now()
        ? atMoment(this.clock, pausedUntil, () => this.#rearm())
        : null;
    this.#renew();
    this.#judged();
  }

  /** The policy as judging has read it, and the images; the disk may have been read before. */
  #judged(): void {
    if (this.#turns.isClosed) return;
    const { pausedUntil } = this.from.preferences.value;
    const rules = this.#rules();
    this.#schedule.set({ pattern: rules?.schedule ?? null, readable: rules !== null, pausedUntil });
    this.#measures.lookAtImages();
    this.#measures.lookAtDisk();
    if (!this.#isRenewing && this.#answers.canAskNow) this.#renew();
    this.#askNext();
  }

  /** The disk is below its low mark: what was told or asked of it is over, and nothing waits for it. */
  #relieved(): void {
    if (this.#questions.current?.bid.cause === 'pressure') this.#questions.put(null);
    this.#memory.endCrossing();
    if (this.#waits.take(ofDisk) !== null) this.#measures.told('pressure', 'answered');
  }

  #running(progress: RunProgress | null): void {
    this.#isRunning = progress !== null;
    this.#replies.running(progress);
    if (progress === null) this.#askNext();
  }
}
