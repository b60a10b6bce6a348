import type { Params, Result } from '../../../main/contract/commands.js';
import type { CleanRun } from '../../../main/contract/runs.js';
import type { ContainerRow, ImageRow, RunProgress } from '../../../main/contract/slices.js';
import type { Gauge } from '../../../main/domain/disk/types.js';
import type { ItemKind, Plan, PlanItem } from '../../../main/domain/plan/types.js';
import type { JudgedOther, Reclaimable } from '../../../main/domain/verdict/types.js';
import type { Known } from '../overview/space.js';
import type { Call } from '../state/caller.js';
import { amountOf, roundAmount } from './amount.js';
import { differenceOf } from './plan-view.js';
import { isOutdated, type Rows } from './stale.js';

type Preview = Result<'plan.preview'>;

/** What a plan is made by; `asked` is one that a trigger made and asks about, `named` of what a person chose. */
export type Way = 'policy' | 'free' | 'kind' | 'asked' | 'named';

/** Ways that led to a plan elsewhere: it is opened by its ID and follows nothing by itself. */
export const isOpened = (way: Way): way is 'asked' | 'named' => way === 'asked' || way === 'named';

/** Milliseconds from one plan to the next while the amount moves: each is made of the whole inventory. */
const PACE = 250;
const FIRST_WISH = 10e9;

/** The clean-up being looked at: its plan, what is ticked in it, and how the last one ended. */
export class CleanUpState {
  way = $state<Way>('policy');
  /** Bytes to free, where that is the way. */
  wanted = $state(FIRST_WISH);
  /** The amount as a person is typing it; null where nobody is. */
  typed = $state<string | null>(null);
  kind = $state<ItemKind>('container');
  plan = $state.raw<Plan | null>(null);
  making = $state(false);
  /** A plan was asked for and could not be made. */
  failed = $state(false);
  starting = $state(false);
  ticked = $state.raw<ReadonlySet<string>>(new Set());
  /** A person is asked about the plan as it stands: it is made anew only afterwards. */
  asking = $state(false);
  /** The images as they were when the plan was made: what goes keeps its place in the map. */
  rows = $state.raw<Rows<ImageRow>>(new Map());
  /** Containers, networks, volumes and the build cache with their verdicts, by ID. */
  others = $state.raw<ReadonlyMap<string, JudgedOther>>(new Map());
  /** What the panel beside the plan explains. */
  why = $state.raw<{ kind: ItemKind; id: string } | null>(null);
  result = $state.raw<CleanRun | null>(null);
  /** What is pointed at in the list or in the map, so that the other shows it too. */
  pointed = $state.raw<{ in: 'list' | 'map'; ids: readonly string[] } | null>(null);
  /** What took the disk when the run began: what goes keeps its place until it is closed. */
  before = $state.raw<Known | null>(null);
  /** How full the disk was when the run began; null where nobody looked then. */
  diskBefore = $state.raw<Gauge | null>(null);
  #preview = $state.raw<Preview | null>(null);
  #previews = 0;
  #plans = 0;
  /** Images that a person chose. */
  #named: readonly string[] = [];
  /** How often another amount was asked for, and whether plans follow it. */
  #wishes = 0;
  #following = false;
  #watched: string | null = null;
  /** Ticks as they were weighed last, while others wait for it. */
  #weighed = $state.raw<ReadonlySet<string> | null>(null);
  #inSight = false;

  /** What was ticked last is not weighed yet: neither button nor question speak of it. */
  weighing = $derived(this.#weighed !== null);

  /** What is typed is no amount: the plan is of the last one that was. */
  misread = $derived(this.way === 'free' && this.typed !== null && amountOf(this.typed) === null);

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

  #cacheGoes = $derived(
    this.plan?.items.find(({ kind }) => kind === 'buildCache')?.reclaimable.max ?? null,
  );

  /** What takes the disk: as it is, and during a run as it was. The same while that is so. */
  space: Known = $derived.by(() => {
    if (this.before) return this.before;
    const rows = this.rows.size > 0 ? this.rows : this.rowsNow();
    return { ...this.spaceNow(rows), cacheGoes: this.#cacheGoes };
  });

  constructor(
    private readonly call: Call,
    private readonly rowsNow: () => Rows<ImageRow>,
    private readonly spaceNow: (rows: Rows<ImageRow>) => Known,
    private readonly canGoNow: () => number,
    private readonly diskNow: () => Gauge | null,
  ) {}

  /** Bytes that are freed for sure by all that goes by the policy: a plan promises no more. */
  get most(): number {
    return this.canGoNow();
  }

  #items = $derived(new Map(this.plan?.items.map((item) => [item.id, item])));

  itemOf(id: string): PlanItem | null {
    return this.#items.get(id) ?? null;
  }

  /** What one item frees, in the plan as it is ticked. */
  bytesOf(id: string): Reclaimable | null {
    return this.#preview?.each[id] ?? this.itemOf(id)?.reclaimable ?? null;
  }

  /** Whether images or containers are no longer those that the plan was made of. */
  isStale(images: Rows<ImageRow>, containers: Rows<ContainerRow>): boolean {
    if (!this.plan || this.making) return false;
    const whole = this.way === 'policy' || (this.way === 'kind' && this.kind === 'image');
    return isOutdated(this.plan, { before: this.rows, images, containers, whole });
  }

  /** Makes the plan in another way. */
  async choose(way: Exclude<Way, 'asked' | 'named'>, kind: ItemKind = this.kind): Promise<void> {
    this.result = null;
    if (way === this.way && kind === this.kind) return;
    if (way === 'free' && this.most > 0)
      this.wanted = Math.min(this.wanted, roundAmount(this.most / 2));
    this.way = way;
    this.typed = null;
    this.kind = kind;
    this.why = null;
    await this.make();
  }

  /** Another amount to free: plans follow it as it moves, from the first to where it rests. */
  want(bytes: number): void {
    this.wanted = bytes;
    this.#wishes += 1;
    // What is shown is no longer what was asked for: it cannot be run.
    this.making = true;
    if (!this.#following) void this.#follow();
  }

  /** An amount in a person's words; one that is none is not asked for. */
  type(text: string): void {
    this.typed = text;
    const bytes = amountOf(text);
    if (bytes !== null && bytes !== this.wanted) this.want(bytes);
  }

  /** One plan after another: where each question overtook the last, none would be shown. */
  async #follow(): Promise<void> {
    this.#following = true;
    let met: number;
    const isMet = () => this.#wishes === met;
    let hasOthers = false;
    do {
      met = this.#wishes;
      const paced = new Promise((done) => setTimeout(done, PACE));
      await this.#show(this.call('plan.make', this.#wish()), { isLast: isMet, hasOthers });
      hasOthers = true;
      await paced;
    } while (!isMet() && this.way === 'free');
    this.#following = false;
  }

  /** Makes the plan anew; what was ticked by hand is as the new plan says. */
  async make(): Promise<void> {
    if (this.way === 'asked' || (this.way === 'named' && this.#named.length === 0))
      this.way = 'policy';
    await this.#show(this.call('plan.make', this.#wish()));
  }

  /** Makes a plan that nobody has touched anew. Where a person touches it meanwhile, it stays as it is. */
  async follow(): Promise<void> {
    const { plan, ticked, rows } = this;
    const isTouched = () => this.plan === plan && this.ticked !== ticked;
    const answer = this.call('plan.make', this.#wish());
    await this.#show(answer, { isUnwanted: isTouched });
    // What is shown is still of then, and is told to be out of date.
    if (this.plan === plan && plan !== null && !this.making) this.rows = rows;
  }

  /** Shows a plan that was made before, while it is good. */
  async open(planId: string): Promise<void> {
    this.result = null;
    if (this.plan?.planId === planId) return this.#opened(this.plan);
    this.way = 'asked';
    await this.#show(this.call('plan.get', { planId }));
  }

  #wish(): Params<'plan.make'> {
    return {
      policy: null,
      free: this.way === 'free' ? this.wanted : null,
      kinds: this.way === 'kind' ? [this.kind] : null,
      images: this.way === 'named' ? [...this.#named] : null,
    };
  }

  /** A plan of what a person chose is made anew of the same images, never of more. */
  #opened(plan: Plan): void {
    this.way = plan.named.length > 0 ? 'named' : 'asked';
    this.#named = plan.items.filter(({ kind }) => kind === 'image').map(({ id }) => id);
  }

  /**
   * @param isLast asked once it is there: another one that follows it is already wanted where not
   * @param isUnwanted asked then as well: it is not shown where it is
   * @param hasOthers what is no image is known from the plan before
   */
  async #show(
    answer: Promise<Plan | null>,
    {
      isLast = () => true,
      isUnwanted = () => false,
      hasOthers = false,
    }: { isLast?: () => boolean; isUnwanted?: () => boolean; hasOthers?: boolean } = {},
  ): Promise<void> {
    const asked = ++this.#plans;
    this.making = true;
    this.rows = this.rowsNow();
    const [plan, others] = await Promise.all([
      answer,
      hasOthers ? null : this.call('others', { policy: null }),
    ]);
    // Only the answer to the last question is shown.
    if (asked !== this.#plans) return;
    this.making = !isLast();
    if (isUnwanted()) return;
    this.failed = plan === null;
    if (!hasOthers) this.others = new Map(others?.map((other) => [other.id, other]));
    this.#previews += 1;
    this.#preview = null;
    this.#weighed = null;
    this.plan = plan;
    if (!plan) return;
    if (this.way === 'asked') this.#opened(plan);
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
    const before = this.#weighed ?? this.ticked;
    this.#weighed = before;
    this.ticked = ticked;
    const asked = ++this.#previews;
    const preview = await this.call('plan.preview', {
      planId: plan.planId,
      ...differenceOf(plan, ticked),
    });
    if (asked !== this.#previews) return;
    this.#weighed = null;
    // What could not be weighed is not what a person agrees to.
    if (preview) this.#preview = preview;
    else this.ticked = before;
  }

  /** Runs the plan as ticked; where it was refused, a new one is made from what is so now. */
  async run(): Promise<void> {
    const { plan } = this;
    if (!plan || this.starting || this.weighing || this.misread) return;
    this.starting = true;
    this.before = this.space;
    this.diskBefore = this.diskNow();
    const run = await this.call('plan.run', {
      planId: plan.planId,
      ...differenceOf(plan, this.ticked),
    });
    this.starting = false;
    this.plan = null;
    this.why = null;
    this.before = null;
    if (!run) await this.make();
    else if (this.#inSight) this.result = run;
  }

  /** To be told of every run there is, so that the end of one begun elsewhere is shown too. */
  watch(current: Pick<RunProgress, 'runId' | 'done'> | null, last: CleanRun | null): void {
    if (current !== null) {
      if (this.#watched !== current.runId) {
        this.before ??= this.space;
        if (!this.starting) this.diskBefore = current.done === 0 ? this.diskNow() : null;
      }
      this.#watched = current.runId;
    } else if (this.#watched !== null) {
      const ended = last?.runId === this.#watched ? last : null;
      this.#watched = null;
      this.before = null;
      this.plan = null;
      // What ended where nobody looked is for the history to tell.
      if (ended && this.#inSight) this.result = ended;
    }
  }

  /** To be told when the screen is shown. */
  arrived(): void {
    this.#inSight = true;
  }

  /** To be told when it is left: a result that was seen makes room for the next plan. */
  left(): void {
    this.#inSight = false;
    this.result = null;
  }

  close(): void {
    this.result = null;
    this.plan = null;
    this.way = 'policy';
  }
}
