import type { Result } from '../../../main/contract/commands.js';
import type { CleanRun } from '../../../main/contract/runs.js';
import type { ImageRow } from '../../../main/contract/slices.js';
import type { Plan } from '../../../main/domain/plan/types.js';
import type { Reclaimable } from '../../../main/domain/verdict/types.js';
import type { Call } from '../state/caller.js';
import { differenceOf } from './plan-view.js';

type Preview = Result<'plan.preview'>;
type Rows = ReadonlyMap<string, ImageRow>;

/** The clean-up being looked at: its plan, what is ticked in it, and how the last one ended. */
export class CleanUpState {
  plan = $state.raw<Plan | null>(null);
  making = $state(false);
  /** A plan was asked for and could not be made. */
  failed = $state(false);
  starting = $state(false);
  ticked = $state.raw<ReadonlySet<string>>(new Set());
  /** The images as they were when the plan was made: what goes keeps its place in the map. */
  rows = $state.raw<Rows>(new Map());
  result = $state.raw<CleanRun | null>(null);
  #preview = $state.raw<Preview | null>(null);
  #asked = 0;
  #watched: string | null = null;

  touched = $derived.by(() => {
    if (!this.plan) return false;
    const { except, also } = differenceOf(this.plan, this.ticked);
    return except.length + also.length > 0;
  });

  /** What would go now, in the order of going. */
  chosen: readonly string[] = $derived.by(() => {
    if (this.#preview) return this.#preview.chosen;
    return this.plan?.items.filter((i) => this.ticked.has(i.id)).map((i) => i.id) ?? [];
  });

  total: Reclaimable | null = $derived(
    this.#preview?.reclaimable ?? this.plan?.reclaimable ?? null,
  );

  constructor(
    private readonly call: Call,
    private readonly rowsNow: () => Rows,
  ) {}

  /** What one item frees, in the plan as it is ticked. */
  bytesOf(id: string): Reclaimable | null {
    return (
      this.#preview?.each[id] ?? this.plan?.items.find((i) => i.id === id)?.reclaimable ?? null
    );
  }

  /** Whether the images are no longer those that the plan was made of. */
  isStale(rows: Rows): boolean {
    if (!this.plan || this.making || rows === this.rows) return false;
    const items = new Set(this.plan.items.map((i) => i.id));
    for (const id of items) if (rows.get(id)?.verdict !== 'remove') return true;
    for (const row of rows.values())
      if (row.verdict === 'remove' && !items.has(row.id) && this.rows.get(row.id) !== row)
        return true;
    return false;
  }

  /** Makes the plan anew; what was ticked by hand is as the new plan says. */
  async make(): Promise<void> {
    if (this.making) return;
    this.making = true;
    this.rows = this.rowsNow();
    const plan = await this.call('plan.make', { policy: null });
    this.making = false;
    this.failed = plan === null;
    if (!plan) return;
    this.#asked += 1;
    this.#preview = null;
    this.plan = plan;
    this.ticked = new Set(plan.items.filter((i) => i.ticked).map((i) => i.id));
  }

  async tick(ids: readonly string[], on: boolean): Promise<void> {
    const { plan } = this;
    if (!plan) return;
    const ticked = new Set(this.ticked);
    for (const id of ids) {
      if (on) ticked.add(id);
      else ticked.delete(id);
    }
    this.ticked = ticked;
    const asked = ++this.#asked;
    const preview = await this.call('plan.preview', {
      planId: plan.planId,
      ...differenceOf(plan, ticked),
    });
    // Only the answer to the last question is shown.
    if (preview && asked === this.#asked) this.#preview = preview;
  }

  /** Runs the plan as ticked; where it was refused, a new one is made from what is so now. */
  async run(): Promise<void> {
    const { plan } = this;
    if (!plan || this.starting) return;
    this.starting = true;
    const run = await this.call('plan.run', {
      planId: plan.planId,
      ...differenceOf(plan, this.ticked),
    });
    this.starting = false;
    this.plan = null;
    if (run) this.result = run;
    else await this.make();
  }

  /** To be told of every run there is, so that the end of one begun elsewhere is shown too. */
  watch(current: string | null, last: CleanRun | null): void {
    if (current !== null) this.#watched = current;
    else if (last && last.runId === this.#watched) {
      this.#watched = null;
      this.plan = null;
      this.result = last;
    }
  }

  close(): void {
    this.result = null;
    this.plan = null;
  }
}
