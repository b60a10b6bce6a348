import type { Clock } from '../../adapters/clock.js';
import type { UpdateResult } from '../../contract/update-steps.js';
import type { StepKind } from '../../domain/update/steps.js';
import type { Journal } from '../journal/index.js';
import type {
  ServiceBack,
  ServiceUndertaken,
  StepOutcome,
  Undertaken,
} from '../journal/update-records.js';
import type { UpdateProgress } from './progress.js';

type Told = Partial<Pick<StepOutcome, 'id' | 'image' | 'bytes'>>;

/** Writes down what becomes of one container in a run, and tells of it as it goes. */
export class Pen {
  /** Outcomes on their way to the disk: they are there at the latest with the next intent. */
  #underWay: Promise<void> = Promise.resolve();

  constructor(
    private readonly journal: Journal,
    private readonly clock: Clock,
    readonly runId: string,
    readonly container: string,
    /** Null where nobody watches: recovery. */
    private readonly progress: UpdateProgress | null,
  ) {}

  /** Throws `log-unwritable`, and then nothing may be changed; so do all that follow. */
  async undertaken(
    plan: Omit<Undertaken, 't' | 'runId' | 'container' | 'at'>,
  ): Promise<Undertaken> {
    const record: Undertaken = { t: 'undertaken', ...this.#base(), ...plan };
    await this.journal.write(record);
    this.progress?.steps(this.container, plan.steps);
    return record;
  }

  /** The same of a service. */
  async serviceUndertaken(
    plan: Omit<ServiceUndertaken, 't' | 'runId' | 'container' | 'at'>,
  ): Promise<ServiceUndertaken> {
    const record: ServiceUndertaken = { t: 'service-undertaken', ...this.#base(), ...plan };
    await this.journal.write(record);
    this.progress?.steps(this.container, plan.steps);
    return record;
  }

  /** Resolves once the intent, and every outcome before it, is on the disk. */
  async intent(step: StepKind): Promise<void> {
    this.progress?.set(this.container, step, { state: 'working' });
    const written = this.journal.write({ t: 'step-intent', ...this.#base(), step });
    await Promise.all([written, this.#underWay]);
  }

  /** Shares its sync with what is written next: should Careen end before, the engine itself tells. */
  outcome(step: StepKind, state: StepOutcome['state'], told: Told = {}): void {
    this.progress?.set(this.container, step, { state, bytes: told.bytes ?? null });
    const written = this.journal.write({
      t: 'step-outcome',
      ...this.#base(),
      step,
      state,
      ...told,
    });
    const both = Promise.all([this.#underWay, written]).then(() => undefined);
    // A failure is thrown by whoever waits for it next.
    both.catch(() => undefined);
    this.#underWay = both;
  }

  /** From now on it goes back. `againId`: the old container as it was made again. */
  async turned(result: UpdateResult, againId: string | null = null): Promise<void> {
    const written = this.journal.write({ t: 'turned', ...this.#base(), result, againId });
    await Promise.all([written, this.#underWay]);
  }

  /** The same of a service, with how it is asked back, written before it is; null: not asked yet. */
  async serviceTurned(result: UpdateResult, back: ServiceBack | null): Promise<void> {
    const written = this.journal.write({ t: 'turned', ...this.#base(), result, back });
    await Promise.all([written, this.#underWay]);
  }

  async result(
    result: UpdateResult,
    downFor: number | null = null,
    recovered: 'finished' | 'rolled-back' | null = null,
  ): Promise<void> {
    const written = this.journal.write({
      t: 'result',
      ...this.#base(),
      result,
      downFor,
      recovered,
    });
    await Promise.all([written, this.#underWay]);
    this.progress?.settled(this.container, result);
  }

  /** Bytes and layers of a pull under way. */
  pulling(bytes: { done: number; total: number }, layers: { done: number; total: number }): void {
    this.progress?.set(this.container, 'pull', { state: 'working', bytes, count: layers });
  }

  #base() {
    return { runId: this.runId, container: this.container, at: this.clock.now() };
  }
}
