import { EventEmitter } from 'node:events';
import type { Clock } from '../../adapters/clock.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import type { CleanRun } from '../../contract/runs.js';
import type { RunProgress } from '../../contract/slices.js';
import { CareenError, isCareenError } from '../../domain/errors.js';
import type { Inventory } from '../../domain/facts.js';
import { engineKey, sameEngine } from '../../domain/identity.js';
import { choose, type Chosen } from '../../domain/plan/choose.js';
import type { Plan, PlanItem } from '../../domain/plan/types.js';
import type { Journal } from '../journal/index.js';
import { gate, unwellIn } from './health.js';
import type { Ground, Order } from './order.js';
import { Progress } from '../runs-progress.js';
import { type RunEnd, Sweep } from './sweep.js';
import { type Power, Throttle } from './throttle.js';

/** Milliseconds that a run waits for its engine; a test hands in shorter ones. */
export interface Patience {
  /** Within which an engine that went away may come back, so that the run goes on. */
  back: number;
  /** For the engine's own sum of layers, before and after. */
  measure: number;
  /** For whether someone builds right now, asked once (JUDGING §6). */
  building: number;
}

export const standardPatience: Patience = { back: 120_000, measure: 30_000, building: 5_000 };

/** Runs plans, leaf first, each item in the journal before and after. */
export class Execution extends EventEmitter<{ progress: [RunProgress | null]; ended: [CleanRun] }> {
  constructor(
    private readonly ground: Ground,
    private readonly journal: Journal,
    private readonly power: Power,
    private readonly clock: Clock,
    private readonly patience: Patience = standardPatience,
  ) {
    super();
  }

  /**
   * Executes a plan; it may shrink, never grow. Resolves with what became of each item. Throws
   * `log-unwritable` or `update-unwell` where nothing was begun, `log-cut-off` with what went where
   * something was.
   */
  async execute(order: Order): Promise<CleanRun> {
    const progress = new Progress(
      { kind: 'clean', subject: order.plan.planId, run: order.run, token: order.token },
      this.clock,
      (p) => this.emit('progress', p),
    );
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
    const { ground, journal, clock } = this;
    const engine = ground.engine();
    // Engines may change places between the plan, the queue and now: a plan is of one of them.
    if (!sameEngine(engine.facts, plan.engine))
      throw new CareenError('plan-other-engine', { planId: plan.planId });
    await engine.ping();
    const inventory = await ground.inventory();
    const unhealthy = gate(inventory);
    const chosen = choose(plan, inventory, choice);
    const items = itemsOf(plan, chosen);
    progress.items(items);
    const throttle = new Throttle(policy.limits.pause, this.power, clock);
    const [verdicts, before, building] = await Promise.all([
      ground.verdicts(order, null),
      engine.layersSize(this.patience.measure),
      this.#building(engine),
    ]);
    if (!verdicts) throw new CareenError('engine-lost', { endpoint: engine.facts.endpoint });
    await throttle.begin(engine, building);
    await this.#begin(order, inventory, items, chosen, unhealthy);
    progress.phase('removing');
    const sweep = new Sweep(
      order,
      { engine, inventory, verdicts, items, building },
      { ground, journal, clock, throttle, progress, backWithin: this.patience.back },
    );
    let end: RunEnd = 'failed';
    let measured: number | null = null;
    try {
      end = await sweep.run();
      progress.phase('measuring');
      const after = end === 'engine-lost' ? null : await this.#after(sweep.engine);
      if (after?.unwell === true) end = 'unhealthy';
      measured = before === null || after?.layers == null ? null : before - after.layers;
    } finally {
      const at = clock.now();
      await journal.write({ t: 'ended', runId: run.runId, at, outcome: end, measured });
    }
    return this.#told(run.runId);
  }

  async #begin(
    { run, plan, by, answers }: Order,
    inventory: Inventory,
    items: readonly PlanItem[],
    chosen: Chosen,
    unhealthy: string[],
  ): Promise<void> {
    const digests = new Map(inventory.images.map((i) => [i.id, i.digests]));
    await this.journal.write({
      t: 'begun',
      runId: run.runId,
      kind: 'clean',
      planId: plan.planId,
      by,
      ...(answers ? { answers } : {}),
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
      unhealthy,
    });
  }

  /** Whether the builder has records in use; of an engine that takes too long to tell it may. */
  async #building(engine: DockerEngine): Promise<boolean> {
    const records = await engine.cacheRecords(this.patience.building);
    return records === null || records.some((record) => record.inUse);
  }

  /** What is left afterwards; a figure that cannot be had takes nothing from what was done. */
  async #after(engine: DockerEngine): Promise<{ unwell: boolean; layers: number | null } | null> {
    try {
      await engine.ping();
      const unwell = unwellIn(await this.ground.inventory()).unproven.length > 0;
      return { unwell, layers: await engine.layersSize(this.patience.measure) };
    } catch (e) {
      if (e instanceof CareenError) return null;
      throw e;
    }
  }

  #told(runId: string): CleanRun {
    const run = this.journal.run(runId);
    if (run?.kind !== 'clean')
      throw new CareenError('internal', { message: `run ${runId} is not in its journal` });
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
