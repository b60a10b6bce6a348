import type { Clock } from '../../adapters/clock.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import { toWire } from '../../contract/wire.js';
import type { CleanRun, SkipReason } from '../../contract/runs.js';
import { isCareenError, meansLost } from '../../domain/errors.js';
import type { Inventory } from '../../domain/facts.js';
import { sameEngine } from '../../domain/identity.js';
import { LayerIndex } from '../../domain/layers.js';
import { choose } from '../../domain/plan/choose.js';
import type { PlanItem } from '../../domain/plan/types.js';
import type { Journal } from '../journal/index.js';
import type { Outcome } from '../journal/records.js';
import type { Verdicts } from '../judging.js';
import { gate } from './health.js';
import { failedItem, lookAgain, removeItem, settleIntent } from './item.js';
import { nowKept } from './kept.js';
import type { Ground, Order } from './order.js';
import { widthOf } from './pace.js';
import type { Progress } from '../runs-progress.js';
import type { Throttle } from './throttle.js';
import type { Seen } from './types.js';

export type RunEnd = NonNullable<CleanRun['outcome']>;

/** What a sweep works with beside its order. */
export interface Tools {
  ground: Ground;
  journal: Journal;
  clock: Clock;
  throttle: Throttle;
  progress: Progress;
  /** Milliseconds within which an engine that went away may come back. */
  backWithin: number;
}

/** What was so when the run began. */
export interface Start {
  engine: DockerEngine;
  inventory: Inventory;
  verdicts: Verdicts | null;
  /** Leaf first. */
  items: readonly PlanItem[];
  /** Whether someone builds right now: then nothing goes side by side. */
  building: boolean;
}

/** The turn of every item of one run: looked at again, written down, removed, written down. */
export class Sweep {
  /** The engine as it is now: after a restart another connection to the same one. */
  engine: DockerEngine;
  #verdicts: Verdicts | null;
  #waiting: PlanItem[];
  /** Items that stay: not chosen, or skipped on the way. */
  readonly #stays: Set<string>;
  #going: ReadonlySet<string>;
  readonly #seen: Seen;
  readonly #width: number;
  /** Under way, by item ID; none of these promises rejects. */
  readonly #active = new Map<string, Promise<void>>();
  /** Items that the engine went away under after their intent was written. */
  #cut: PlanItem[] = [];
  /** Outcomes on their way to the disk; none of these promises rejects. */
  readonly #telling = new Set<Promise<void>>();
  #judging: Promise<void> = Promise.resolve();
  #lost: { why: unknown } | null = null;
  #failure: { why: unknown } | null = null;
  /** An engine that came back and went again before any item was settled is not waited for twice. */
  #mayComeBack = true;
  /** As it was when the run began: what is gone since counts as gone, not as unknown. */
  readonly #inventory: Inventory;
  readonly #layers: LayerIndex;

  constructor(
    private readonly order: Order,
    start: Start,
    private readonly tools: Tools,
  ) {
    const { engine, inventory, verdicts, items, building } = start;
    const { plan, policy, choice } = order;
    this.engine = engine;
    this.#verdicts = verdicts;
    this.#waiting = [...items];
    this.#stays = new Set(choice.except);
    this.#going = new Set(items.map((i) => i.id));
    this.#seen = {
      plannedAt: plan.takenAt,
      containers: new Map(inventory.containers.map((c) => [c.id, c])),
    };
    this.#width = building ? 1 : widthOf(policy.limits.pause, engine.facts.version);
    this.#inventory = inventory;
    this.#layers = new LayerIndex(inventory);
  }

  /** Gives every item its turn. Throws what ends the whole run, above all `log-unwritable`. */
  async run(): Promise<RunEnd> {
    const { signal } = this.order.run;
    for (;;) {
      if (signal.aborted || this.#lost || this.#failure) {
        await Promise.all(this.#active.values());
        if (this.#failure) return await this.#fail(this.#failure.why);
        if (this.#lost) {
          const end = await this.#resume(this.#lost.why);
          if (end !== null) return this.#leave(end);
        }
        if (signal.aborted) return this.#leave('cancelled');
      }
      const next = this.#active.size < this.#width ? this.#ready() : undefined;
      if (next) this.#start(next);
      else if (this.#active.size > 0) await Promise.race(this.#active.values());
      else if (this.#waiting.length === 0) {
        await this.#told();
        return 'done';
      }
    }
  }

  /** The first that waits for nothing under way or waiting: never two of one chain at once. */
  #ready(): PlanItem | undefined {
    const before = new Set([...this.#active.keys(), ...this.#waiting.map((i) => i.id)]);
    // The build cache is pruned last, by itself: images that go unpin it (ACCOUNTING).
    return this.#waiting.find(
      ({ kind, after }) =>
        !after.some((id) => before.has(id)) && (kind !== 'buildCache' || before.size === 1),
    );
  }

  #start(item: PlanItem): void {
    this.#waiting = this.#waiting.filter((one) => one !== item);
    const turn = this.#turn(item)
      .catch((why: unknown) => {
        if (meansLost(why)) this.#lost = { why };
        else this.#failure = { why };
      })
      .finally(() => this.#active.delete(item.id));
    this.#active.set(item.id, turn);
  }

  async #turn(item: PlanItem): Promise<void> {
    const { throttle, progress } = this.tools;
    try {
      await this.#judge();
    } catch (e) {
      // Nothing was begun.
      this.#waiting.unshift(item);
      throw e;
    }
    const skip = this.#going.has(item.id)
      ? nowKept(item, this.#verdictOn(item), this.#seen.plannedAt)
      : this.#waitsFor(item);
    this.#settle(item.id, skip ? { state: 'skipped', skip } : await this.#one(item));
    if (this.#waiting.length === 0) return;
    await throttle.rest(this.engine, this.order.run.signal, (slowed) => progress.slowed(slowed));
  }

  /** Why an item stays whose turn had to come after another's that stays. */
  #waitsFor({ after }: PlanItem): SkipReason {
    const staying = after.filter((id) => this.#stays.has(id));
    const containers = staying.flatMap((id) => this.#seen.containers.get(id)?.name ?? []);
    return containers.length > 0
      ? { code: 'in-use', containers }
      : { code: 'base-of-kept', images: staying };
  }

  /** Items whose turn comes together are judged one after another: mostly nothing has changed then. */
  async #judge(): Promise<void> {
    const { ground } = this.tools;
    const judging = this.#judging.then(async () => {
      const latest = await ground.verdicts(this.order, this.#verdicts?.mark ?? null);
      this.#verdicts = latest ?? this.#verdicts;
    });
    // A failure is its own item's, and ends the run.
    this.#judging = judging.catch(() => undefined);
    await judging;
  }

  #verdictOn({ id }: PlanItem) {
    return this.#verdicts?.byId.get(id) ?? this.#verdicts?.others.get(id);
  }

  /** Looks again, writes the intent, removes. Throws only what ends or interrupts the whole run. */
  async #one(item: PlanItem): Promise<Outcome['result']> {
    const { engine } = this;
    const { ground } = this.tools;
    const { kind, id, refs } = item;
    try {
      const skip = await lookAgain(engine, item, this.#seen, ground.ownTags);
      if (skip) return { state: 'skipped', skip };
    } catch (e) {
      if (meansLost(e)) {
        // Nothing was begun: its turn comes again.
        this.#waiting.unshift(item);
        throw e;
      }
      return { state: 'failed', error: toWire(e) };
    }
    this.tools.progress.working(id);
    const { runId } = this.order.run;
    const at = this.tools.clock.now();
    const intent = this.tools.journal.write({ t: 'intent', runId, kind, id, refs, at });
    await Promise.all([intent, ...this.#telling]);
    if (this.#failure) throw this.#failure.why;
    try {
      return await removeItem(engine, item, this.order.policy, ground.ownTags).catch(
        (e: unknown) => {
          if (meansLost(e)) throw e;
          return failedItem(engine, item, e);
        },
      );
    } catch (e) {
      if (meansLost(e)) this.#cut.push(item);
      throw e;
    }
  }

  #settle(id: string, result: Outcome['result']): void {
    this.#tell(id, result);
    if (result.state === 'removed') return;
    // Bases of what stays drop out: a plan is closed, also after each skip (JUDGING §5).
    this.#stays.add(id);
    const { plan, choice } = this.order;
    const now = { ...choice, except: [...this.#stays] };
    this.#going = new Set(choose(plan, this.#inventory, now, this.#layers).order);
  }

  /** Tells of everything that had no turn. */
  #tellRest(code: 'cancelled' | 'engine-lost' | 'interrupted'): void {
    for (const { id } of this.#waiting) this.#tell(id, { state: 'skipped', skip: { code } });
  }

  /**
   * An outcome is on the disk at the latest with the next intent, and before the run's end: the two
   * share a sync. Should Careen end in between, what became of the item is found out anew.
   */
  #tell(id: string, result: Outcome['result']): void {
    const { progress, journal, clock } = this.tools;
    const { runId } = this.order.run;
    progress.settled(id, result);
    const told = journal
      .write({ t: 'outcome', runId, id, at: clock.now(), result })
      .catch((why: unknown) => void (this.#failure ??= { why }))
      .finally(() => this.#telling.delete(told));
    this.#telling.add(told);
    this.#mayComeBack = true;
  }

  /** Resolves once every outcome is on the disk; throws why one is not. */
  async #told(): Promise<void> {
    await Promise.all(this.#telling);
    if (this.#failure) throw this.#failure.why;
  }

  /** What had no turn is told as left alone, unless the log itself is what failed. */
  async #fail(why: unknown): Promise<never> {
    if (!isCareenError(why, 'log-unwritable')) this.#tellRest('interrupted');
    await Promise.all(this.#telling);
    throw why;
  }

  async #leave(end: Exclude<RunEnd, 'done'>): Promise<RunEnd> {
    this.#tellRest(end === 'cancelled' ? 'cancelled' : 'engine-lost');
    await this.#told();
    return end;
  }

  /**
   * The engine went away. When that very engine is back in time and well, what was under way is
   * settled, everything is judged again, and the rest has its turn (null); else how the run ends.
   * What became of an item under way only that engine can tell: till then its intent stays open,
   * and recovery asks later.
   */
  async #resume(why: unknown): Promise<Exclude<RunEnd, 'done'> | null> {
    const { ground, throttle, backWithin } = this.tools;
    const { run, plan } = this.order;
    // An engine that was only slow may still be at it: too early to say.
    const tooEarly = isCareenError(why, 'engine-silent') && this.#cut.length > 0;
    const back = await ground.back(this.engine, why, backWithin, run.signal);
    if (!back || !sameEngine(back.facts, plan.engine)) return this.#endOf();
    if (tooEarly || !this.#mayComeBack) return this.#endOf();
    try {
      while (this.#cut[0]) {
        this.#settle(this.#cut[0].id, await settleIntent(back, this.#cut[0], 'engine-lost'));
        this.#cut.shift();
      }
      await back.ping();
      gate(await ground.inventory());
      this.#verdicts = await ground.verdicts(this.order, null);
      if (!this.#verdicts) return this.#endOf();
      await throttle.begin(back, false);
    } catch (e) {
      if (isCareenError(e, 'update-unwell')) return 'unhealthy';
      if (!meansLost(e)) throw e;
      return this.#endOf();
    }
    this.engine = back;
    this.#lost = null;
    this.#mayComeBack = false;
    return null;
  }

  #endOf(): 'cancelled' | 'engine-lost' {
    return this.order.run.signal.aborted ? 'cancelled' : 'engine-lost';
  }
}
