import { type Clock, sleep } from '../../../adapters/clock.js';
import type { UpdateResult } from '../../../contract/update-steps.js';
import { toWire } from '../../../contract/wire.js';
import { CareenError, isCareenError, meansLost } from '../../../domain/errors.js';
import { engineBack, LeftOpen, Losses } from '../work.js';
import { endedBy } from '../shift.js';
import type { UpdateGround, UpdatePatience } from '../types.js';
import { Watch } from '../watch.js';
import type { TurnEnd } from '../turn.js';
import { ServiceAsking } from './asking.js';
import { ServiceBackward } from './backward.js';
import { keepVersions, recoveredAs } from './bookkeeping.js';
import { ServiceForward } from './forward.js';
import { ServiceEnd, type ServiceWork, turnCancelled } from './work.js';

/** Whether Swarm was asked for something of it: then it is at it, or has done it. */
const isAsked = ({ asked, back }: ServiceWork) => asked || back !== null;

/**
 * Whether the engine is no manager of its swarm any more, or of none, by its own word: one that is
 * silent, or has no leader, names itself among the managers still. Then nobody will ever tell there what
 * became of it.
 */
async function hasLeft({ shift }: ServiceWork): Promise<boolean> {
  try {
    const swarm = await shift.engine.swarm();
    if (swarm === null) return true;
    const { services, nodeId, managers } = swarm;
    return (
      services === null && nodeId !== null && managers.length > 0 && !managers.includes(nodeId)
    );
  } catch (e) {
    // Whatever keeps it from answering, it did not say so.
    if (e instanceof CareenError) return false;
    throw e;
  }
}

function swarmLeft({ shift, plan }: ServiceWork): UpdateResult {
  const { endpoint } = shift.engine.facts;
  return {
    state: 'failed',
    error: toWire(new CareenError('swarm-left', { service: plan.container, endpoint })),
  };
}

/** One service's turn: asked of Swarm, proved, and taken back where it is not well. */
export class ServiceTurn {
  readonly #forward: ServiceForward;
  readonly #backward: ServiceBackward;

  constructor(
    private readonly ground: Pick<UpdateGround, 'auth' | 'back'>,
    private readonly clock: Clock,
    private readonly patience: Pick<UpdatePatience, 'back' | 'look'>,
  ) {
    const asking = new ServiceAsking(ground);
    this.#forward = new ServiceForward(asking, clock, patience.look);
    this.#backward = new ServiceBackward(asking, ground, clock, patience.look);
  }

  /**
   * Does what is left of it. Throws `log-unwritable`: Swarm goes on then, and the next start looks.
   *
   * @param recovered whether Careen had ended in the middle of it
   */
  async run(work: ServiceWork, recovered = false): Promise<TurnEnd> {
    try {
      const result = await this.#lasting(work, recovered);
      await keepVersions(work, result, this.clock.now());
      await work.pen.result(result, null, recovered ? recoveredAs(result) : null);
      return { result };
    } catch (e) {
      if (!(e instanceof LeftOpen)) throw e;
      // Whoever takes it up again goes where the person wanted it.
      const isForward = work.plan.kind === 'update' && work.asked && work.turned === null;
      if (isForward && endedBy(work.shift) === 'cancelled') await turnCancelled(work);
      return { open: e.why };
    }
  }

  /** The same again once an engine that went away is back, or a manager answers again. */
  async #lasting(work: ServiceWork, recovered: boolean): Promise<UpdateResult> {
    let refusedSince: number | null = null;
    // Never over: what Swarm does meanwhile shows nothing of an asking that is never answered.
    const losses = new Losses();
    for (;;) {
      try {
        return await this.#watched(work);
      } catch (e) {
        if (e instanceof ServiceEnd) return e.result;
        if (e instanceof LeftOpen || isCareenError(e, 'log-unwritable')) throw e;
        if (isCareenError(e, 'swarm-silent')) {
          if (recovered && (await hasLeft(work))) return swarmLeft(work);
          // Recovery comes again by itself, and meanwhile others have their turn.
          if (recovered) throw new LeftOpen('engine-lost');
          await this.#answered(work);
          continue;
        }
        if (!meansLost(e)) {
          const isOver = !isAsked(work) || isCareenError(e, 'service-not-back');
          if (isOver) return { state: 'failed', error: toWire(e) };
          // Swarm goes on by itself whatever one answer was: nobody says that nothing was changed.
          if (recovered) throw new LeftOpen('engine-lost');
          refusedSince ??= this.clock.now();
          if (this.clock.now() > refusedSince + this.patience.back)
            throw new LeftOpen('engine-lost');
          await sleep(this.clock, this.patience.look, work.shift.leave);
          continue;
        }
        const { shift } = work;
        const { engine, leave } = shift;
        const { back } = this.patience;
        shift.engine = await engineBack(this.ground, { engine, leave }, e, back, losses);
      }
    }
  }

  /**
   * Resolves once a manager answers again: the engine is well meanwhile, and services run on. Throws
   * `LeftOpen` where that takes as long as an engine may be away.
   */
  async #answered({ shift, plan }: ServiceWork): Promise<void> {
    const begun = this.clock.now();
    const { back, look } = this.patience;
    for (;;) {
      await sleep(this.clock, look, shift.leave);
      if (shift.leave.aborted) throw new LeftOpen('interrupted');
      try {
        await shift.engine.serviceWhole(plan.serviceId);
        return;
      } catch (e) {
        // Of all else the work itself will find out.
        if (!isCareenError(e, 'swarm-silent')) return;
        if (this.clock.now() > begun + back) throw new LeftOpen('engine-lost');
      }
    }
  }

  async #watched(work: ServiceWork): Promise<UpdateResult> {
    const isNews = ({ kind }: { kind: string }) => kind === 'swarm' || kind === 'container';
    const watch = await Watch.open(work.shift.engine, isNews);
    try {
      if (work.plan.kind === 'rollback')
        return await this.#back(work, { state: 'restored' }, watch);
      if (work.turned) return await this.#back(work, work.turned, watch);
      const end = await this.#forward.run(work, watch);
      return 'result' in end ? end.result : await this.#back(work, end.back, watch);
    } finally {
      watch.close();
    }
  }

  async #back(work: ServiceWork, result: UpdateResult, watch: Watch): Promise<UpdateResult> {
    await this.#backward.run(work, result, watch);
    return result;
  }
}
