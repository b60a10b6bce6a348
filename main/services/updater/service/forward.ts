import type { Clock } from '../../../adapters/clock.js';
import type { ProofFailure, UpdateResult } from '../../../contract/update-steps.js';
import { toWire } from '../../../contract/wire.js';
import { type Advance, furthest } from '../../../domain/swarm/advance.js';
import { type Failure, type Progress, progressOf } from '../../../domain/swarm/progress.js';
import type { ServiceDisproof, ServiceProof } from '../../../domain/swarm/prove.js';
import { standstill, type StuckBy } from '../../../domain/swarm/stuck.js';
import { endedBy } from '../shift.js';
import { LeftOpen } from '../work.js';
import type { Watch } from '../watch.js';
import { AskingRefused, type ServiceAsking } from './asking.js';
import { lookAt, ServiceEnd, type ServiceWork, takenOver, turnCancelled } from './work.js';

/**
 * Milliseconds within which a manager that is slow to answer may still write what it was asked for: Swarm
 * gives up a write that takes longer than 20 s (`swarmRequestTimeout` of moby's daemon/cluster).
 */
const lateWrite = 30_000;

/** What an update of a service led to; `back`: it is to be taken back, with this told. */
export type ForwardEnd = { result: UpdateResult } | { back: UpdateResult };

/** Asks for an update of a service, and watches it until it is shown to be well, or not. */
export class ServiceForward {
  constructor(
    private readonly asking: ServiceAsking,
    private readonly clock: Clock,
    /** Milliseconds between two looks at the most: tasks on other nodes are in no event here. */
    private readonly pace: number,
  ) {}

  /** Throws `ServiceEnd`, `LeftOpen`, what means that the engine is lost, and the engine's refusal. */
  async run(work: ServiceWork, watch: Watch): Promise<ForwardEnd> {
    const { pen, shift, plan } = work;
    let proof: ServiceProof | null = null;
    let proves = false;
    let failed = null as { why: Failure; reached: Advance } | null;
    const heardSince = this.clock.now();
    // Where it was asked before, nobody knows when.
    let lastAsked = heardSince;
    const either = AbortSignal.any([shift.leave, shift.cancel]);
    for (;;) {
      if (shift.leave.aborted) throw new LeftOpen('interrupted');
      if (!work.asked) {
        await this.#ask(work);
        continue;
      }
      const now = await lookAt(shift.engine, plan.serviceId);
      const { image, before, version, rules, at: askedAt } = work.plan;
      const intent = { image, before, version, askedAt, backAsked: false };
      const seen = { intent, ...now, proof, now: this.clock.now(), heardSince, rules };
      const look = progressOf(seen);
      const { progress } = look;
      proof = look.proof;
      if (!proves && isCompleted(progress)) {
        proves = true;
        pen.outcome('roll-out', 'done');
        await pen.intent('prove');
      }
      const at = this.clock.now();
      if (progress.state === 'not-begun') {
        // Nobody is told that nothing was changed while what nobody answered may still be.
        if (endedBy(shift) === 'cancelled' && at < lastAsked + lateWrite)
          await watch.news(this.clock, this.pace, shift.leave);
        else {
          await this.#ask(work);
          lastAsked = at;
        }
        continue;
      }
      if (progress.state === 'failed') {
        const { why, standing } = progress;
        failed = { why, reached: furthest(failed?.reached ?? null, standing, at) };
      }
      const most = rules.proveWithin + rules.stuckAfter;
      const isLate = failed !== null && at > failed.reached.at + most;
      const end = endOf(progress, failed?.why ?? null, isLate);
      if (end) {
        if (proves) pen.outcome('prove', 'result' in end ? 'done' : 'failed');
        return end;
      }
      // What Swarm has begun to take back by itself goes on as it is.
      if (progress.state !== 'failed' && endedBy(shift) === 'cancelled')
        return { back: await turnCancelled(work) };
      const wakes = shift.cancel.aborted ? shift.leave : either;
      await watch.news(this.clock, this.pace, wakes);
    }
  }

  async #ask(work: ServiceWork): Promise<void> {
    if (work.shift.cancel.aborted)
      throw new ServiceEnd({ state: 'skipped', why: { code: 'cancelled' } });
    try {
      await this.asking.update(work);
    } catch (e) {
      if (!(e instanceof AskingRefused)) throw e;
      throw new ServiceEnd({ state: 'failed', error: toWire(e.why) });
    }
  }
}

const isCompleted = ({ state }: Progress) =>
  state === 'done' || state === 'proving' || state === 'proven' || state === 'unproven';

/** Null: it goes on. `isLate`: Swarm gets no further on its own way back for longer than it may. */
function endOf(progress: Progress, failed: Failure | null, isLate: boolean): ForwardEnd | null {
  switch (progress.state) {
    case 'proven':
      return { result: { state: 'updated', proven: true } };
    case 'unproven':
      return { result: { state: 'updated', proven: false } };
    case 'stuck':
      return { back: rolledBack(stuck(progress.by)) };
    case 'rolled-back': {
      const result = rolledBack(whyOf(failed ?? progress.why));
      return progress.pinned ? { result } : { back: result };
    }
    case 'failed': {
      const { why } = progress;
      if (why.by === 'proof' || why.state === 'paused') return { back: rolledBack(whyOf(why)) };
      // Swarm is on its own way back; where that is stuck, Careen's is another try.
      const isOver = why.state === 'rollback_paused' || isLate;
      return isOver ? { back: rolledBack(whyOf(why)) } : null;
    }
    case 'someone-else-acted':
      throw takenOver(progress.act);
    default:
      return null;
  }
}

const rolledBack = (why: ProofFailure): UpdateResult => ({ state: 'rolled-back', why, log: [] });

function whyOf(failure: Failure): ProofFailure {
  if (failure.by === 'proof') return disproof(failure.why);
  const [task] = failure.tasks;
  return { code: 'swarm', message: task?.error ?? failure.message };
}

function stuck(by: StuckBy): ProofFailure {
  switch (by.code) {
    case 'standstill':
      return { code: 'standstill', state: by.state, ms: standstill, message: by.message };
    case 'not-begun':
      return { code: 'stuck', by: by.code, message: '' };
    default:
      return { code: 'stuck', by: by.code, message: by.message };
  }
}

function disproof(why: ServiceDisproof): ProofFailure {
  switch (why.code) {
    case 'task-died':
      return { code: 'task-died', message: why.task.error ?? why.task.message };
    case 'replaced':
      return { code: 'tasks-replaced', times: why.times };
    case 'not-running':
      return { code: 'tasks-missing', running: why.running, wanted: why.wanted };
  }
}
