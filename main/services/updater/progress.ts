import type { Clock, Timer } from '../../adapters/clock.js';
import type {
  StepTold,
  UpdateProgress as Told,
  UpdateResult,
} from '../../contract/update-steps.js';
import { stepId, type StepKind } from '../../domain/update/steps.js';
import type { Run } from '../runs.js';

/** Milliseconds between two tellings: a pull's layers change faster than anyone can read. */
const pace = 100;

/** Every step of every container of a run, told at its own pace. */
export class UpdateProgress {
  /** By container, in the order in which they were told of. */
  readonly #steps = new Map<string, StepTold[]>();
  readonly #begun = new Map<string, number>();
  readonly #startedAt: number;
  #due: Timer | null = null;
  readonly #cancelling = () => this.#send();

  constructor(
    private readonly kind: Told['kind'],
    private readonly run: Run,
    private readonly token: string | null,
    private readonly clock: Clock,
    private readonly told: (progress: Told) => void,
  ) {
    this.#startedAt = clock.now();
    run.signal.addEventListener('abort', this.#cancelling);
    this.#send();
  }

  /** The steps that a container is to go through, or now turns out to. */
  steps(container: string, kinds: readonly StepKind[]): void {
    const steps = kinds.map((step): StepTold => {
      const id = stepId(container, step);
      const startedAt = this.#begun.get(id) ?? null;
      const nothing = { took: null, bytes: null, count: null };
      return { id, container, step, state: 'waiting', startedAt, ...nothing };
    });
    this.#steps.set(container, steps);
    this.#tell();
  }

  set(container: string, step: StepKind, change: Partial<StepTold>): void {
    const id = stepId(container, step);
    const now = this.clock.now();
    if (change.state === 'working' && !this.#begun.has(id)) this.#begun.set(id, now);
    const begun = this.#begun.get(id);
    const isOver = change.state !== undefined && change.state !== 'working';
    const took = isOver && begun !== undefined ? now - begun : null;
    const startedAt = begun ?? null;
    this.#change(container, (one) =>
      one.id === id ? { ...one, ...change, took, startedAt } : one,
    );
  }

  /** Steps that a container's result leaves open are not done any more. */
  settled(container: string, { state }: UpdateResult): void {
    const undone = state === 'rolled-back' || state === 'failed' || state === 'skipped';
    this.#change(container, (one) => {
      if (one.state === 'waiting' || one.state === 'working') return { ...one, state: 'skipped' };
      return undone && one.state === 'done' ? { ...one, state: 'undone' } : one;
    });
  }

  close(): void {
    this.#due?.cancel();
    this.run.signal.removeEventListener('abort', this.#cancelling);
  }

  #change(container: string, change: (step: StepTold) => StepTold): void {
    this.#steps.set(container, (this.#steps.get(container) ?? []).map(change));
    this.#tell();
  }

  #tell(): void {
    this.#due ??= this.clock.after(pace, () => {
      this.#due = null;
      this.#send();
    });
  }

  #send(): void {
    this.told({
      runId: this.run.runId,
      kind: this.kind,
      token: this.token,
      startedAt: this.#startedAt,
      cancelling: this.run.signal.aborted,
      steps: [...this.#steps.values()].flat(),
    });
  }
}
