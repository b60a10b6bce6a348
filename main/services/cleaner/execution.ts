import { EventEmitter } from 'node:events';
import { type Clock, sleep } from '../../adapters/clock.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import { toWire } from '../../contract/model.js';
import type { CleanRun, SkipReason } from '../../contract/runs.js';
import type { RunProgress } from '../../contract/slices.js';
import { CareenError, isCareenError, meansLost } from '../../domain/errors.js';
import type { Inventory } from '../../domain/facts.js';
import { engineKey } from '../../domain/identity.js';
import { choose, type Choice, type Chosen } from '../../domain/plan/choose.js';
import type { Plan, PlanItem } from '../../domain/plan/types.js';
import type { Policy } from '../../domain/policy/types.js';
import type { JudgedImage } from '../../domain/verdict/types.js';
import type { Journal } from '../journal/index.js';
import type { Outcome } from '../journal/records.js';
import type { Run } from '../runs.js';
import type { AskedBy } from '../types.js';
import { lookAgain, removeImage, settleIntent } from './item.js';
import { Progress } from './progress.js';

/** A plan to be run, the policy it was made by, and a person's choice among its items. */
export interface Order {
  run: Run;
  plan: Plan;
  policy: Policy;
  choice: Choice;
  by: AskedBy;
}

/** What a run needs to know while it goes. */
export interface Ground {
  engine(): DockerEngine;
  /** Read afresh from the engine. */
  inventory(): Promise<Inventory>;
  /** Verdicts by the plan's policy, plus today's holds and protections. */
  judge(inventory: Inventory, policy: Policy): Promise<JudgedImage[]>;
  /** To be told when the engine went away; resolves with it once it is back, else null. */
  back(engine: DockerEngine, why: unknown, deadline: number): Promise<DockerEngine | null>;
}

type RunEnd = NonNullable<CleanRun['outcome']>;

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

  /** Executes a plan; it may shrink, never grow. Resolves with what became of each item. */
  async execute(order: Order): Promise<CleanRun> {
    const progress = new Progress(order, this.clock.now(), (p) => this.emit('progress', p));
    try {
      const run = await this.#execute(order, progress);
      this.emit('ended', run);
      return run;
    } finally {
      progress.close();
      this.emit('progress', null);
    }
  }

  async #execute(order: Order, progress: Progress): Promise<CleanRun> {
    const engine = this.ground.engine();
    await engine.ping();
    const inventory = await this.ground.inventory();
    const chosen = choose(order.plan, inventory, order.choice);
    const items = itemsOf(order.plan, chosen);
    progress.items(items);
    const before = await engine.layersSize(measureDeadline);
    await this.#begin(order, inventory, items, chosen);
    progress.phase('removing');
    const end = await this.#removeAll(order, inventory, items, engine, progress);
    progress.phase('measuring');
    const after = end === 'engine-lost' ? null : await this.#after(engine);
    const measured = before === null || after === null ? null : before - after;
    const { runId } = order.run;
    await this.journal.write({ t: 'ended', runId, at: this.clock.now(), outcome: end, measured });
    return this.#told(runId);
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
      items: items.map(({ id, refs, reclaimable, reason, recoverable }) => ({
        id,
        refs,
        reclaimable,
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
    engine: DockerEngine,
    progress: Progress,
  ): Promise<RunEnd> {
    const judged = new Map((await this.ground.judge(inventory, policy)).map((j) => [j.id, j]));
    const stays = new Set(choice.except);
    let going = new Set(items.map((i) => i.id));
    const settle = async (id: string, result: Outcome['result']) => {
      const { runId } = run;
      await this.journal.write({ t: 'outcome', runId, id, at: this.clock.now(), result });
      progress.settled(id, result);
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
      const skip = going.has(item.id)
        ? nowKept(judged.get(item.id))
        : ({ code: 'base-of-kept', images: item.after.filter((id) => stays.has(id)) } as const);
      try {
        await settle(
          item.id,
          skip ? { state: 'skipped', skip } : await this.#one(engine, run, item, progress),
        );
      } catch (e) {
        if (isCareenError(e, 'log-unwritable')) throw e;
        if (meansLost(e)) {
          await this.#cutOff(engine, e, item, settle);
          return leave(items.slice(n + 1), 'engine-lost');
        }
        await settle(item.id, { state: 'failed', error: toWire(e) });
      }
      if (policy.limits.pause > 0 && n < items.length - 1)
        await sleep(this.clock, policy.limits.pause, run.signal);
    }
    return 'done';
  }

  async #one(
    engine: DockerEngine,
    run: Run,
    { id, refs }: PlanItem,
    progress: Progress,
  ): Promise<Outcome['result']> {
    const skip = await lookAgain(engine, id, refs);
    if (skip) return { state: 'skipped', skip };
    progress.working(id);
    const { runId } = run;
    await this.journal.write({ t: 'intent', runId, id, refs, at: this.clock.now() });
    return removeImage(engine, id, refs);
  }

  /**
   * The engine went away under an item: what became of it only the engine can tell. If it does
   * not come back in time the intent stays open, and recovery asks later.
   */
  async #cutOff(
    engine: DockerEngine,
    why: unknown,
    item: PlanItem,
    settle: (id: string, result: Outcome['result']) => Promise<void>,
  ): Promise<void> {
    const back = await this.ground.back(engine, why, backDeadline);
    if (back) await settle(item.id, await settleIntent(back, item, 'engine-lost'));
  }

  async #after(engine: DockerEngine): Promise<number | null> {
    try {
      await engine.ping();
      await this.ground.inventory();
      return await engine.layersSize(measureDeadline);
    } catch (e) {
      if (!meansLost(e)) throw e;
      return null;
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
