import { toWire } from '../../contract/wire.js';
import type { UpdateResult } from '../../contract/update-steps.js';
import { isCareenError, meansLost } from '../../domain/errors.js';
import { type Deed, interferenceIn } from '../../domain/update/interference.js';
import { isDown, type StepKind } from '../../domain/update/steps.js';
import type { Changing } from './changing.js';
import type { Finishing } from './finishing.js';
import { seen } from './look.js';
import { type Did, endOfPreparing, type Preparing } from './preparing.js';
import type { Prover } from './proving.js';
import { endedBy } from './shift.js';
import type { UpdateGround, UpdatePatience } from './types.js';
import { engineBack, LeftOpen, Losses, phaseOf, TurnBack, waits, type Work } from './work.js';

/** Someone else acted in the middle. */
export class Disturbed extends Error {
  constructor(readonly deed: Deed) {
    super(deed);
  }
}

/** Whoever does the steps. */
export interface Hands {
  preparing: Preparing;
  changing: Changing;
  finishing: Finishing;
  prover: Prover;
}

/** The way forward: step after step, each on the disk before it is done. */
export class Forward {
  constructor(
    private readonly hands: Hands,
    private readonly ground: Pick<UpdateGround, 'back'>,
    private readonly patience: Pick<UpdatePatience, 'back'>,
  ) {}

  /**
   * Does every step that is not done yet. Throws `TurnBack` with what is told when all is taken back,
   * `Disturbed`, `LeftOpen` where it is taken up later; and `log-unwritable`.
   */
  async run(work: Work): Promise<void> {
    for (const step of work.plan.steps) {
      if (!work.done.has(step)) await this.#one(work, step);
      if (step === 'prove' && !work.proven) return;
    }
  }

  /** What someone else did to the containers of an update; null: nothing. */
  async disturbance(work: Work): Promise<Deed | null> {
    const { plan } = work;
    if (plan.kind === 'restart') return null;
    const deed = interferenceIn(plan, phaseOf(work), await seen(work.engine, plan, work));
    // An engine that ends stops what runs on it.
    return deed === 'stopped' && work.wasLost ? null : deed;
  }

  async #one(work: Work, step: StepKind): Promise<void> {
    const losses = new Losses();
    for (;;) {
      try {
        const retried = work.begun.has(step);
        if (!isLate(step)) await this.#mayGoOn(work, step, retried);
        if (!retried) await work.pen.intent(step);
        work.begun.add(step);
        const did = await this.#do(work, step);
        work.done.add(step);
        const { state = 'done', ...told } = did;
        work.pen.outcome(step, state, told);
        return;
      } catch (e) {
        if (meansLost(e)) await this.#await(work, e, losses);
        else if (work.proven && !isLasting(e)) {
          // What it left behind only the next start may take up: nothing is gone back for.
          if (isCareenError(e, 'run-cancelled') && endedBy(work) === 'interrupted')
            throw new LeftOpen('interrupted');
          // The update is done; what is left over is given up later.
          work.pen.outcome(step, 'failed');
          return;
        } else throw this.#ending(work, step, e);
      }
    }
  }

  async #mayGoOn(work: Work, step: StepKind, retried: boolean): Promise<void> {
    const isPreparing = phaseOf(work) === 'before' || phaseOf(work) === 'created';
    // A dependant follows what was replaced already.
    const { kind } = work.plan;
    const follows = kind === 'recreate' || kind === 'restart';
    const ended = endedBy(work);
    if (isPreparing && ended && !(follows && ended === 'cancelled'))
      throw new TurnBack({ state: 'skipped', why: { code: ended } });
    // A step that was cut off left things half way: its own doing.
    const deed = retried ? null : await this.disturbance(work);
    if (deed) throw new Disturbed(deed);
  }

  /** The engine went away: when it is back in time, the step is done again. */
  async #await(work: Work, why: unknown, losses: Losses): Promise<void> {
    work.engine = await engineBack(this.ground, waits(work), why, this.patience.back, losses);
    work.wasLost = true;
  }

  /** What a failed step means for all of it. */
  #ending(work: Work, step: StepKind, e: unknown): unknown {
    if (isCareenError(e, 'taken-over')) return new Disturbed('removed');
    if (isLasting(e)) return e;
    if (isCareenError(e, 'run-cancelled'))
      return new TurnBack({ state: 'skipped', why: { code: endedBy(work) ?? 'cancelled' } });
    const isFailure = isDown(step) && !(e instanceof TurnBack);
    const { result } = isFailure ? turnedBy(e) : endOfPreparing(e);
    return new TurnBack(result, result.state === 'skipped' ? null : step);
  }

  #do(work: Work, step: StepKind): Promise<Did> {
    const { preparing, changing, finishing } = this.hands;
    const acts: Record<StepKind, () => Promise<Did>> = {
      // Of services alone, which are Swarm's to replace.
      'roll-out': () => Promise.resolve({ state: 'skipped' }),
      retain: () => preparing.retain(work),
      pull: () => preparing.pull(work),
      tag: () => preparing.tag(work),
      'hook-before': () => preparing.hookBefore(work),
      create: () => preparing.create(work),
      'restart-policy-off': () => preparing.restartPolicyOff(work),
      stop: () => changing.stop(work),
      'copy-volumes': () => changing.copyVolumes(work),
      restore: () => changing.restore(work),
      rename: () => changing.rename(work),
      start: () => changing.start(work),
      prove: () => this.#prove(work),
      'hook-after': () => finishing.hookAfter(work),
      dependants: () => finishing.restart(work),
      retire: () => finishing.retire(work),
      'clean-up': () => finishing.cleanUp(work),
    };
    return acts[step]();
  }

  async #prove(work: Work): Promise<Did> {
    const { engine, plan, nextId: id, leave } = work;
    if (id === null) return { state: 'skipped' };
    // An engine that ended may have left it stopped: it is to be shown well running.
    if (work.wasLost || work.takenUp) await engine.startContainer(id);
    const { rules, autoRemove } = plan;
    const end = await this.hands.prover.prove(
      {
        engine,
        id,
        rules,
        autoRemove,
        takenUp: work.takenUp && !work.wasLost,
        disturbed: () => this.disturbance(work),
        watched: [id, plan.id],
      },
      leave,
    );
    if (end.state === 'left') throw new LeftOpen('interrupted');
    if (end.state === 'disturbed') throw new Disturbed(end.deed);
    if (end.state === 'failed')
      throw new TurnBack({ state: 'rolled-back', why: end.why, log: end.log });
    work.proven = end.state === 'healthy';
    return work.proven ? {} : { state: 'skipped' };
  }
}

/** Steps after which nothing is gone back for: what someone else does then is theirs to do. */
function isLate(step: StepKind): boolean {
  return step === 'clean-up' || step === 'dependants';
}

/** Whether it means the same whatever step it came from. */
function isLasting(e: unknown): boolean {
  return (
    e instanceof LeftOpen ||
    e instanceof Disturbed ||
    isCareenError(e, 'taken-over') ||
    isCareenError(e, 'log-unwritable')
  );
}

function turnedBy(e: unknown): TurnBack {
  const error: UpdateResult = { state: 'failed', error: toWire(e) };
  return new TurnBack(error);
}
