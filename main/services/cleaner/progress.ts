import type { Clock, Timer } from '../../adapters/clock.js';
import type { RunProgress } from '../../contract/slices.js';
import type { Plan, PlanItem } from '../../domain/plan/types.js';
import type { Outcome } from '../journal/records.js';
import type { Run } from '../runs.js';

/** Milliseconds between two tellings: a run of hundreds changes faster than anyone can read. */
const pace = 100;

/** How far a run is, told at its own pace. */
export class Progress {
  #now: RunProgress;
  #due: Timer | null = null;
  readonly #cancelling = () => this.#tell({ cancelling: true });

  constructor(
    private readonly order: { run: Run; plan: Plan; token: string | null },
    private readonly clock: Clock,
    private readonly told: (progress: RunProgress) => void,
  ) {
    this.#now = {
      runId: order.run.runId,
      kind: 'clean',
      planId: order.plan.planId,
      token: order.token,
      startedAt: clock.now(),
      phase: 'checking',
      slowed: null,
      cancelling: order.run.signal.aborted,
      done: 0,
      total: 0,
      items: [],
    };
    order.run.signal.addEventListener('abort', this.#cancelling);
    this.#tell({});
  }

  /** Everything that is to go. */
  items(items: readonly PlanItem[]): void {
    this.#tell({
      total: items.length,
      items: items.map(({ kind, id, refs, reclaimable }) => ({
        kind,
        id,
        refs,
        state: 'waiting',
        skip: null,
        reclaimable,
      })),
    });
  }

  phase(phase: RunProgress['phase']): void {
    this.#tell({ phase });
  }

  working(id: string): void {
    this.#set(id, { state: 'working' });
  }

  settled(id: string, result: Outcome['result']): void {
    this.#set(id, {
      state: result.state,
      skip: result.state === 'skipped' ? result.skip : null,
    });
  }

  /** Whether the run is past its checks: from then on something may have gone. */
  get begun(): boolean {
    return this.#now.phase !== 'checking';
  }

  /** What is gone so far. */
  get removed(): { id: string; refs: string[] }[] {
    return this.#now.items
      .filter((i) => i.state === 'removed')
      .map(({ id, refs }) => ({ id, refs }));
  }

  close(): void {
    this.#due?.cancel();
    this.order.run.signal.removeEventListener('abort', this.#cancelling);
  }

  #set(id: string, change: Partial<RunProgress['items'][number]>): void {
    const items = this.#now.items.map((i) => (i.id === id ? { ...i, ...change } : i));
    const done = items.filter((i) => i.state !== 'waiting' && i.state !== 'working').length;
    this.#tell({ items, done });
  }

  #tell(change: Partial<RunProgress>): void {
    this.#now = { ...this.#now, ...change };
    if ('phase' in change || 'cancelling' in change) this.told(this.#now);
    else
      this.#due ??= this.clock.after(pace, () => {
        this.#due = null;
        this.told(this.#now);
      });
  }
}
