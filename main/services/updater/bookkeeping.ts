import type { Clock } from '../../adapters/clock.js';
import type { UpdateResult } from '../../contract/update-steps.js';
import type { Reconciliation } from '../../domain/update/interference.js';
import type { Version } from '../../domain/update/types.js';
import type { Retention } from './retention.js';
import type { Work } from './work.js';

/** What is kept for going back, as an update ends. */
export class Bookkeeping {
  constructor(
    private readonly retention: Retention,
    private readonly clock: Clock,
  ) {}

  /** What was replaced is a kept version from now on; done before what the policy drops is given up. */
  async replaced({ engine, versions, plan, proven, wanted, to }: Work): Promise<void> {
    const { container, runId, kind, version } = plan;
    if (kind === 'recreate' || kind === 'restart') return this.#forget(engine, versions, plan);
    const unproven = versions.unproven(container);
    const left = versions.by(container, runId);
    // A version never shown to be well is neither replaced nor kept (UPDATING §5).
    const wasProven = !unproven?.previous || kind === 'rollback';
    if (left && (wasProven || !proven)) await versions.replaced(container, runId, this.clock.now());
    else if (left) await this.retention.giveUp(engine, versions, container, left);
    // What it went back to, or took again, runs now; copies that it did not get back can still be asked for.
    const imageId = kind === 'update' && proven ? (wanted?.imageId ?? to.imageId) : null;
    for (const kept of versions.of(container)) {
      const runs = kept.n === version || (kept.imageId === imageId && kept.runId !== runId);
      const isBack = kept.n === version && plan.copies.length > 0;
      if (runs && (isBack || kept.copies.length === 0))
        await this.retention.giveUp(engine, versions, container, kept);
    }
    if (proven && unproven?.runId === runId) await versions.setUnproven(container, null);
  }

  /** What is told of an update that is done. */
  async done(work: Work): Promise<UpdateResult> {
    await this.replaced(work);
    const { kind } = work.plan;
    if (kind === 'recreate' || kind === 'restart') return { state: 'restarted' };
    if (kind === 'update') return { state: 'updated', proven: work.proven };
    await this.#leave(work, work.from);
    return { state: 'restored' };
  }

  /** What ran before runs again, so it is no kept version; but where volumes were copied, those are. */
  async takenBack(work: Work, result: UpdateResult): Promise<void> {
    const { engine, versions, plan } = work;
    const { container, runId } = plan;
    if (result.state === 'rolled-back' && plan.kind === 'update') await this.#leave(work, work.to);
    const kept = versions.by(container, runId);
    const isRolledBack = result.state === 'rolled-back';
    if (kept && kept.copies.length > 0 && (isRolledBack || mayDiffer(work)))
      await versions.replaced(container, runId, this.clock.now());
    else await this.#forget(engine, versions, plan);
    await this.#provenAsBefore(work);
  }

  /** It could not be taken back whole: what copies hold may be the only one there is of that data. */
  async leftHalf({ versions, plan }: Work): Promise<void> {
    const { container, runId } = plan;
    if ((versions.by(container, runId)?.copies ?? []).length > 0)
      await versions.replaced(container, runId, this.clock.now());
  }

  /** Theirs runs, or the new one since the old one is gone: what ran before is kept. */
  async takenOver(work: Work, course: Reconciliation): Promise<void> {
    const { engine, versions, plan } = work;
    if (course === 'leave') {
      if (mayDiffer(work)) await this.leftHalf(work);
      else await this.#forget(engine, versions, plan);
      await this.#provenAsBefore(work);
      return;
    }
    await versions.replaced(plan.container, plan.runId, this.clock.now());
    await versions.setUnproven(plan.container, null);
  }

  async #leave({ versions, plan }: Work, { digest, imageId }: Version): Promise<void> {
    const version = digest ?? imageId;
    if (version !== null) await versions.leave(plan.container, version, this.clock.now());
  }

  async #forget(
    engine: Work['engine'],
    versions: Work['versions'],
    { container, runId }: Work['plan'],
  ): Promise<void> {
    const kept = versions.by(container, runId);
    if (kept) await this.retention.giveUp(engine, versions, container, kept);
  }

  async #provenAsBefore({ versions, plan }: Work): Promise<void> {
    const unproven = versions.unproven(plan.container);
    if (unproven?.runId !== plan.runId) return;
    const { previous } = unproven;
    await versions.setUnproven(plan.container, previous && { ...previous, previous: null });
  }
}

/** Whether volumes may hold something else by now than the copies that this turn made of them. */
function mayDiffer({ versions, plan, begun }: Work): boolean {
  const copies = versions.by(plan.container, plan.runId)?.copies ?? [];
  return copies.length > 0 && (begun.has('restore') || begun.has('start'));
}
