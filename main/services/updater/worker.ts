import type { Clock } from '../../adapters/clock.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import type { UpdateResult } from '../../contract/update-steps.js';
import { toWire } from '../../contract/wire.js';
import { meansLost } from '../../domain/errors.js';
import type { Version } from '../../domain/update/types.js';
import type { Journal } from '../journal/index.js';
import type { ToldContainer } from '../journal/update-history.js';
import type { ServiceUndertaken, Undertaken } from '../journal/update-records.js';
import { Backward } from './backward.js';
import { Bookkeeping } from './bookkeeping.js';
import { Changing } from './changing.js';
import { Finishing } from './finishing.js';
import { Forward } from './forward.js';
import type { Hooks } from './hooks.js';
import { Pen } from './pen.js';
import { type Aim, planOf } from './plan.js';
import { Preparing } from './preparing.js';
import type { ProbeAsked } from './probe.js';
import { Prover } from './proving.js';
import { Reconciling } from './reconciling.js';
import { Retention } from './retention.js';
import type { Shift } from './shift.js';
import { servicePlan } from './service/plan.js';
import { ServiceTurn } from './service/turn.js';
import { Turn, type TurnEnd } from './turn.js';
import type { UpdateGround, UpdatePatience, VolumeCopies } from './types.js';
import { TurnVolumes } from './volumes.js';
import { engineBack, LeftOpen, type Work } from './work.js';

/** How a turn ended, and whether its container stopped on the way. */
export type WorkEnd = TurnEnd & { stopped: boolean };

/** Puts the parts of an update together, and gives each container its turn. */
export class Worker {
  readonly retention: Retention;
  readonly prover: Prover;
  readonly turn: Turn;
  readonly #services: ServiceTurn;

  constructor(
    private readonly ground: UpdateGround,
    hooks: Hooks,
    copies: VolumeCopies,
    probe: ProbeAsked,
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly patience: UpdatePatience,
  ) {
    this.retention = new Retention(ground, copies, clock);
    this.prover = new Prover(probe, clock, patience);
    const volumes = new TurnVolumes(copies);
    const books = new Bookkeeping(this.retention, clock);
    const hands = {
      preparing: new Preparing(ground, hooks, clock),
      changing: new Changing(volumes, clock),
      finishing: new Finishing(hooks, this.retention, books),
      prover: this.prover,
    };
    const forward = new Forward(hands, ground, patience);
    const backward = new Backward(ground, volumes, patience);
    this.#services = new ServiceTurn(ground, clock, patience);
    this.turn = new Turn(
      forward,
      backward,
      new Reconciling(),
      books,
      this.retention,
      clock,
      ground,
      patience,
    );
  }

  /**
   * One container's turn from its beginning. Throws `log-unwritable`, and `LeftOpen` where the engine
   * is gone before anything of it was begun.
   */
  async work(shift: Shift, aim: Aim): Promise<WorkEnd> {
    const { names, runId } = shift;
    const { container } = aim;
    if (aim.isService) return this.#service(shift, aim);
    const pen = this.pen(shift, container);
    const planned = await this.asked(shift, container, (one) => planOf(one, aim, runId, names));
    if ('stopped' in planned) return planned;
    if ('result' in planned) return this.settled(shift, container, planned.result);
    const { wanted, before } = planned;
    const work: Work = {
      ...this.#base(shift, pen, await pen.undertaken(planned.plan), aim),
      wanted,
      before,
    };
    const end = await this.turn.run(work);
    shift.engine = work.engine;
    const isReplaced = 'result' in end && isDone(end.result) && aim.kind !== 'restart';
    if (isReplaced) names.set(work.plan.id, aim.container);
    return { ...end, stopped: work.begun.has('stop') };
  }

  /**
   * Asks the engine between turns; where it goes away, again once it is back. What it then fails by is
   * that container's own, and its result. Throws `LeftOpen`.
   */
  async asked<T>(
    shift: Shift,
    container: string,
    question: (engine: DockerEngine) => Promise<T>,
  ): Promise<T | (WorkEnd & { result: UpdateResult })> {
    try {
      try {
        return await question(shift.engine);
      } catch (e) {
        if (!meansLost(e)) throw e;
        const { engine, leave } = shift;
        shift.engine = await engineBack(this.ground, { engine, leave }, e, this.patience.back);
        return await question(shift.engine);
      }
    } catch (e) {
      if (e instanceof LeftOpen) throw e;
      return this.settled(shift, container, { state: 'failed', error: toWire(e) });
    }
  }

  /** A turn that was cut off, as the log tells it. */
  resumed(
    shift: Shift,
    told: ToldContainer & { undertaken: Undertaken },
    aim: { from: Version; to: Version },
  ): Work {
    const { undertaken, intents, outcomes, turned } = told;
    const over = [...outcomes].flatMap(([step, { state }]) => (state === 'failed' ? [] : [step]));
    const pen = this.pen(shift, undertaken.container);
    return {
      ...this.#base(shift, pen, undertaken, aim),
      takenUp: true,
      nextId: outcomes.get('create')?.id ?? null,
      againId: turned?.againId ?? null,
      turned: turned?.result ?? null,
      begun: new Set(intents.keys()),
      done: new Set(over),
      moved: intents.has('tag') && outcomes.get('tag')?.state !== 'skipped',
      proven: outcomes.get('prove')?.state === 'done',
    };
  }

  async #service(shift: Shift, aim: Aim): Promise<WorkEnd> {
    const { container, from, to } = aim;
    const planned = await this.asked(shift, container, (one) => servicePlan(one, aim));
    if ('stopped' in planned) return planned;
    if ('result' in planned) return this.settled(shift, container, planned.result);
    const pen = this.pen(shift, container);
    const plan = await pen.serviceUndertaken(planned.plan);
    const nothing = { turned: null, back: null, asked: false };
    const work = { shift, pen, plan, from, to, spec: planned.spec, ...nothing };
    return { ...(await this.#services.run(work)), stopped: false };
  }

  /** A service's turn that was cut off, as the log tells it. */
  resumeService(
    shift: Shift,
    { turned, ...told }: ToldContainer & { service: ServiceUndertaken },
    aim: { from: Version; to: Version },
  ): Promise<TurnEnd> {
    const { service: plan } = told;
    const { from, to } = aim;
    const pen = this.pen(shift, plan.container);
    const gone = { turned: turned?.result ?? null, back: turned?.back ?? null };
    const work = { shift, pen, plan, from, to, spec: null, ...gone, asked: true };
    return this.#services.run(work, true);
  }

  /** What a run writes down of one container, and tells of it. */
  pen({ runId, progress }: Shift, container: string): Pen {
    return new Pen(this.journal, this.clock, runId, container, progress);
  }

  /** Tells of a container that had no turn, or whose turn is over. */
  async settled(
    shift: Shift,
    container: string,
    result: UpdateResult,
  ): Promise<WorkEnd & { result: UpdateResult }> {
    await this.pen(shift, container).result(result);
    return { result, stopped: false };
  }

  #base(
    { engine, versions, cancel, leave, names }: Shift,
    pen: Pen,
    plan: Undertaken,
    { from, to }: { from: Version; to: Version },
  ): Work {
    return {
      engine,
      versions,
      pen,
      plan,
      from,
      to,
      names,
      wanted: null,
      before: null,
      nextId: null,
      againId: null,
      turned: null,
      begun: new Set(),
      done: new Set(),
      takenUp: false,
      wasLost: false,
      downSince: null,
      downFor: null,
      moved: false,
      proven: false,
      copies: [],
      cancel,
      leave,
    };
  }
}

/** Whether a container is the one that it was, and never stopped. */
export function wasLeft(end: WorkEnd): boolean {
  return (
    'result' in end && !end.stopped && !isDone(end.result) && end.result.state !== 'taken-over'
  );
}

/** Whether a container was replaced, or restarted, as it was to be. */
export function isDone({ state }: UpdateResult): boolean {
  return state === 'updated' || state === 'restored' || state === 'restarted';
}
