import type { Clock, Timer } from '../adapters/clock.js';
import type { RunProgress } from '../contract/slices.js';
import type { Run } from './runs.js';

/** Milliseconds between two tellings: a run of hundreds changes faster than anyone can read. */
const pace = 100;
/** The same for each item beyond that: every telling carries all of them, some 200 bytes each. */
const paceOfItem = 0.2;

/** Which run it is that goes on. */
interface Subject {
  kind: RunProgress['kind'];
  /** A clean-up's plan; of an undoing the run that it undoes. */
  subject: string;
  run: Run;
  /** What its progress is known by to who asked for it. */
  token: string | null;
}

type Item = RunProgress['items'][number];

/** What becomes of an item, as the journal has it. */
type Result =
  | { state: Exclude<Item['state'], 'skipped' | 'waiting' | 'working'> }
  | { state: 'skipped'; skip: NonNullable<Item['skip']> };

/** How far a run is, told at its own pace. */
export class Progress {
  #now: Omit<RunProgress, 'items'>;
  #items: Item[] = [];
  #at: ReadonlyMap<string, number> = new Map();
  #due: Timer | null = null;
  readonly #cancelling = () => this.#tell({ cancelling: true });

  constructor(
    private readonly of: Subject,
    private readonly clock: Clock,
    private readonly told: (progress: RunProgress) => void,
  ) {
    this.#now = {
      runId: of.run.runId,
      kind: of.kind,
      planId: of.subject,
      token: of.token,
      startedAt: clock.now(),
      phase: 'checking',
      slowed: null,
      cancelling: of.run.signal.aborted,
      done: 0,
      total: 0,
    };
    of.run.signal.addEventListener('abort', this.#cancelling);
    this.#tell({});
  }

  /** Everything that is to be done. */
  items(items: readonly Pick<Item, 'kind' | 'id' | 'refs' | 'reclaimable'>[]): void {
    this.#items = items.map(({ kind, id, refs, reclaimable }) => {
      return { kind, id, refs, state: 'waiting', skip: null, reclaimable };
    });
    this.#at = new Map(items.map(({ id }, at) => [id, at]));
    this.#tell({ total: items.length });
  }

  phase(phase: RunProgress['phase']): void {
    this.#tell({ phase });
  }

  /** Why it goes slower than the policy says, or that it does so no more. */
  slowed(slowed: RunProgress['slowed']): void {
    if (slowed !== this.#now.slowed) this.#tell({ slowed });
  }

  working(id: string): void {
    this.#set(id, { state: 'working' });
  }

  settled(id: string, result: Result): void {
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
    return this.#items.filter((i) => i.state === 'removed').map(({ id, refs }) => ({ id, refs }));
  }

  close(): void {
    this.#due?.cancel();
    this.of.run.signal.removeEventListener('abort', this.#cancelling);
  }

  #set(id: string, change: Partial<Item>): void {
    const at = this.#at.get(id);
    const item = at === undefined ? undefined : this.#items[at];
    if (at === undefined || !item) return;
    const next = { ...item, ...change };
    this.#items[at] = next;
    this.#tell({ done: this.#now.done + Number(isDone(next)) - Number(isDone(item)) });
  }

  #tell(change: Partial<Omit<RunProgress, 'items'>>): void {
    this.#now = { ...this.#now, ...change };
    if ('phase' in change || 'cancelling' in change) this.#send();
    else
      this.#due ??= this.clock.after(Math.max(pace, this.#items.length * paceOfItem), () => {
        this.#due = null;
        this.#send();
      });
  }

  #send(): void {
    this.told({ ...this.#now, items: [...this.#items] });
  }
}

function isDone({ state }: Item): boolean {
  return state !== 'waiting' && state !== 'working';
}
