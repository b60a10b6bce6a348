import { EventEmitter } from 'node:events';
import { type Clock, sleep } from '../../adapters/clock.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import { toWire } from '../../contract/model.js';
import type { CleanRun, SkipReason } from '../../contract/runs.js';
import type { RunProgress } from '../../contract/slices.js';
import { CareenError, isCareenError, meansLost } from '../../domain/errors.js';
import type { Inventory } from '../../domain/facts.js';
import { engineKey, sameEngine } from '../../domain/identity.js';
import { choose, type Choice, type Chosen } from '../../domain/plan/choose.js';
import type { Plan, PlanItem } from '../../domain/plan/types.js';
import type { Policy } from '../../domain/policy/types.js';
import type { JudgedImage } from '../../domain/verdict/types.js';
import type { Journal } from '../journal/index.js';
import type { Verdicts } from '../judging.js';
import type { Outcome } from '../journal/records.js';
import type { Run } from '../runs.js';
import type { AskedBy } from '../types.js';
import { failedItem, lookAgain, removeImage, settleIntent } from './item.js';
import { Progress } from './progress.js';

/** A plan to be run, the policy it was made by, and a person's choice among its items. */
export interface Order {
  run: Run;
  plan: Plan;
  policy: Policy;
  choice: Choice;
  by: AskedBy;
  /** What its progress is known by to who asked for it. */
  token: string | null;
}

/** What a run needs to know while it goes. */
export interface Ground {
  engine(): DockerEngine;
  /** Read afresh from the engine. */
  inventory(): Promise<Inventory>;
  /**
   * Verdicts by the plan's policy plus today's protections and holds; null while nothing has
   * changed since the mark of the last answer.
   */
  verdicts(policy: Policy, before: number | null): Promise<Verdicts | null>;
  /** To be told when the engine went away; resolves with it once it is back, else null. */
  back(engine: DockerEngine, why: unknown, deadline: number): Promise<DockerEngine | null>;
}

type RunEnd = NonNullable<CleanRun['outcome']>;
type Settle = (id: string, result: Outcome['result']) => Promise<void>;

interface UnderWay {
  engine: DockerEngine;
  verdicts: Verdicts | null;
  progress: Progress;
}

/** Milliseconds to wait for the engine's own sum of layers, before and after. */
const measureDeadline = 30_000;
/** Milliseconds within which an engine that went away under a run may come back to be asked. */
const backDeadline = 20_000;

/** Runs plans, leaf first, one image after another, each in the journal before and after. */
export class Execution extends EventEmitter<{ progress: [RunProgress | null]; ended: [CleanRun] }> {
  constructor(
    private readonly ground: Ground,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {
    super();
  }

  /**
   * Executes a plan; it may shrink, never grow. Resolves with what became of each item. Throws
   * `log-unwritable` where nothing was begun, `log-cut-off` with what went where something was.
   */
  async execute(order: Order): Promise<CleanRun> {
    const progress = new Progress(order, this.clock, (p) => this.emit('progress', p));
    try {
      const run = await this.#execute(order, progress);
      this.emit('ended', run);
      return run;
    } catch (e) {
      if (!isCareenError(e, 'log-unwritable') || !progress.begun) throw e;
      const { removed } = progress;
      throw new CareenError('log-cut-off', { ...e.details, removed }, { cause: e });
    } finally {
      progress.close();
      this.emit('progress', null);
    }
  }

  async #execute(order: Order, progress: Progress): Promise<CleanRun> {
    const { plan, policy, choice, run } = order;
    const engine = this.ground.engine();
    // Engines may change places between the plan, the queue and now: a plan is of one of them.
    if (!sameEngine(engine.facts, plan.engine))
      throw new CareenError('plan-other-engine', { planId: plan.planId });
    await engine.ping();
    const inventory = await this.ground.inventory();
    const chosen = choose(plan, inventory, choice);
    const items = itemsOf(plan, chosen);
    progress.items(items);
    const verdicts = await this.ground.verdicts(policy, null);
    const before = await engine.layersSize(measureDeadline);
    await this.#begin(order, inventory, items, chosen);
    progress.phase('removing');
    let end: RunEnd = 'failed';
    let measured: number | null = null;
    try {
      end = await this.#removeAll(order, inventory, items, { engine, verdicts, progress });
      progress.phase('measuring');
      const after = end === 'engine-lost' ? null : await this.#after(engine);
      measured = before === null || after === null ? null : before - after;
    } finally {
      const at = this.clock.now();
      await this.journal.write({ t: 'ended', runId: run.runId, at, outcome: end, measured });
    }
    return this.#told(run.runId);
  }

  async #begin(
    { run, plan, by }: Order,
    inventory: Inventory,
    items: readonly PlanItem[],
    chosen: Chosen,
  ): Promise<void> {
    const digests = new Map(inventory.images.map((i) => [i.id, i.digests]));
    await this.journal.write({
      t: 'begun',
      runId: run.runId,
      kind: 'clean',
      planId: plan.planId,
      by,
      engine: inventory.engine.name,
      engineKey: engineKey(inventory.engine),
      at: this.clock.now(),
      estimated: chosen.reclaimable,
      items: items.map(({ kind, id, refs, reclaimable, reason, recoverable }) => ({
        kind,
        id,
        refs,
        reclaimable,
        reason,
        rule: 'rule' in reason ? reason.rule : '',
        recoverable,
        pull: digests.get(id) ?? [],
      })),
    });
  }

  async #removeAll(
    { run, plan, policy, choice }: Order,
    inventory: Inventory,
    items: readonly PlanItem[],
    { engine, verdicts, progress }: UnderWay,
  ): Promise<RunEnd> {
    const stays = new Set(choice.except);
    let latest = verdicts;
    let going = new Set(items.map((i) => i.id));
    const settle: Settle = async (id, result) => {
      const { runId } = run;
      progress.settled(id, result);
      await this.journal.write({ t: 'outcome', runId, id, at: this.clock.now(), result });
      if (result.state === 'removed') return;
      // Bases of what stays drop out: a plan is closed, also after each skip (JUDGING §5).
      stays.add(id);
      going = new Set(choose(plan, inventory, { ...choice, except: [...stays] }).order);
    };
    const leave = async (rest: readonly PlanItem[], code: 'cancelled' | 'engine-lost') => {
      for (const { id } of rest) await settle(id, { state: 'skipped', skip: { code } });
      return code;
    };

    for (const [n, item] of items.entries()) {
      if (run.signal.aborted) return leave(items.slice(n), 'cancelled');
      latest = (await this.ground.verdicts(policy, latest?.mark ?? null)) ?? latest;
      const skip = going.has(item.id)
        ? nowKept(latest?.byId.get(item.id))
        : ({ code: 'base-of-kept', images: item.after.filter((id) => stays.has(id)) } as const);
      try {
        const result = skip
          ? ({ state: 'skipped', skip } as const)
          : await this.#one(engine, run, item, progress);
        await settle(item.id, result);
      } catch (e) {
        if (!meansLost(e)) throw e;
        await this.#cutOff(engine, e, plan, item, settle);
        return leave(items.slice(n + 1), 'engine-lost');
      }
      if (policy.limits.pause > 0 && n < items.length - 1)
        await sleep(this.clock, policy.limits.pause, run.signal);
    }
    return 'done';
  }

  /** Looks again, writes the intent, removes. Throws only what ends the whole run. */
  async #one(
    engine: DockerEngine,
    run: Run,
    { id, refs }: PlanItem,
    progress: Progress,
  ): Promise<Outcome['result']> {
    try {
      const skip = await lookAgain(engine, id, refs);
      if (skip) return { state: 'skipped', skip };
    } catch (e) {
      if (meansLost(e)) throw e;
      return { state: 'failed', error: toWire(e) };
    }
    progress.working(id);
    const { runId } = run;
    await this.journal.write({ t: 'intent', runId, id, refs, at: this.clock.now() });
    try {
      return await removeImage(engine, id, refs);
    } catch (e) {
      if (meansLost(e)) throw e;
      return failedItem(engine, { id, refs }, e);
    }
  }

  /**
   * The engine went away under an item: what became of it only that very engine can tell. Where it
   * does not come back in time, or another answers in its place, the intent stays open, and
   * recovery asks later.
   */
  async #cutOff(
    engine: DockerEngine,
    why: unknown,
    plan: Plan,
    item: PlanItem,
    settle: Settle,
  ): Promise<void> {
    const back = await this.ground.back(engine, why, backDeadline);
    // An engine that was only slow may still be at it: too early to say.
    if (!back || !sameEngine(back.facts, plan.engine) || isCareenError(why, 'engine-silent'))
      return;
    try {
      await settle(item.id, await settleIntent(back, item, 'engine-lost'));
    } catch (e) {
      if (!meansLost(e)) throw e;
    }
  }

  /** What is left afterwards; a figure that cannot be had takes nothing from what was done. */
  async #after(engine: DockerEngine): Promise<number | null> {
    try {
      await engine.ping();
      await this.ground.inventory();
      return await engine.layersSize(measureDeadline);
    } catch (e) {
      if (e instanceof CareenError) return null;
      throw e;
    }
  }

  #told(runId: string): CleanRun {
    const run = this.journal.history().find((r) => r.runId === runId);
    if (!run) throw new CareenError('internal', { message: `run ${runId} is not in its journal` });
    return run;
  }
}

/** The chosen items in the order of running, each with what it frees in that order. */
function itemsOf(plan: Plan, chosen: Chosen): PlanItem[] {
  const byId = new Map(plan.items.map((i) => [i.id, i]));
  return chosen.order.flatMap((id) => {
    const item = byId.get(id);
    return item ? [{ ...item, reclaimable: chosen.each[id] ?? item.reclaimable }] : [];
  });
}

function nowKept(judged: JudgedImage | undefined): SkipReason | null {
  if (judged?.verdict !== 'keep') return null;
  const { decidedBy } = judged;
  if (decidedBy.kind === 'hold' && decidedBy.code === 'used')
    return { code: 'in-use', containers: decidedBy.containers };
  // Bases are told by what becomes of the plan's own items.
  if (decidedBy.kind === 'hold' && decidedBy.code === 'base-of')
    return { code: 'base-of-kept', images: decidedBy.images };
  return { code: 'now-kept', reason: decidedBy };
}
