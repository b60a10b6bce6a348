import type { DockerEngine } from '../../adapters/docker/types.js';
import type { UpdateResult } from '../../contract/update-steps.js';
import { type Deed, deeds } from '../../domain/update/interference.js';
import { unknownVersion } from '../../domain/update/types.js';
import type { Journal } from '../journal/index.js';
import type { OpenUpdate, ToldContainer } from '../journal/update-history.js';
import type { ServiceUndertaken, Undertaken } from '../journal/update-records.js';
import { GroupRun } from './group-run.js';
import { notStarted, startFailure } from './changing.js';
import { seen } from './look.js';
import type { TurnEnd } from './turn.js';
import type { Work } from './work.js';
import type { Shift } from './shift.js';
import { isDone, wasLeft, type Worker } from './worker.js';

const interrupted: UpdateResult = { state: 'skipped', why: { code: 'interrupted' } };

type Told = ToldContainer & { undertaken: Undertaken };

/** How far recovery goes by itself. */
export type Patience =
  /** What can be said at once; a proof that takes its time is left. */
  | 'quick'
  /** To the end. */
  | 'whole';

/**
 * Takes up what Careen or its engine ended in the middle: what was never started goes back, what was
 * started proves itself or goes back, what was proven is finished (DESIGN §1.1). It can itself be cut
 * off anywhere, and taken up again.
 */
export class Settling {
  constructor(
    private readonly worker: Worker,
    private readonly journal: Journal,
  ) {}

  /** Whether every container of the run has its result then. Throws `log-unwritable`. */
  async settle(shift: Shift, run: OpenUpdate, patience: Patience): Promise<boolean> {
    const { runId } = run.begun;
    for (const { undertaken, result } of this.journal.containersOf(runId).values())
      if (undertaken && result && isDone(result.result))
        shift.names.set(undertaken.id, undertaken.container);
    let whole = true;
    for (const told of run.containers)
      if (isTold(told) && !(await this.#one(shift, run, told, patience))) whole = false;
    // Swarm is at work on services meanwhile, and to look whether it has done well takes its time.
    for (const told of run.services)
      if (patience === 'quick' || !isService(told) || !(await this.#service(shift, run, told)))
        whole = false;
    if (!whole) return false;
    for (const container of run.untried) await this.worker.settled(shift, container, interrupted);
    return this.#dependants(shift, run, patience);
  }

  async #one(shift: Shift, run: OpenUpdate, told: Told, patience: Patience): Promise<boolean> {
    const { container } = told.undertaken;
    const asked = run.begun.containers.find((one) => one.container === container);
    const work = this.worker.resumed(
      shift,
      told,
      asked ?? { from: unknownVersion, to: unknownVersion },
    );
    const end = await this.#end(shift.engine, work, patience);
    return end !== null && 'result' in end;
  }

  async #service(
    shift: Shift,
    run: OpenUpdate,
    told: ToldContainer & { service: ServiceUndertaken },
  ): Promise<boolean> {
    const { container, kind } = told.service;
    // Swarm was never asked, and may run what it runs for long by now: whoever wants it asks anew.
    if (kind === 'update' && !told.intents.has('roll-out')) {
      await this.worker.settled(shift, container, interrupted);
      return true;
    }
    const asked = run.begun.containers.find((one) => one.container === container);
    const unknown = { from: unknownVersion, to: unknownVersion };
    return 'result' in (await this.worker.resumeService(shift, told, asked ?? unknown));
  }

  /** Null where it is left for later. */
  async #end(engine: DockerEngine, work: Work, patience: Patience): Promise<TurnEnd | null> {
    const { turn } = this.worker;
    const { plan, begun, done } = work;
    if (work.turned) {
      const deed = deedIn(work.turned);
      return deed ? turn.leaveTo(work, deed, true) : turn.back(work, work.turned, true);
    }
    if (plan.kind === 'restart') return turn.run(work, true);
    const { next } = await seen(engine, plan, work);
    work.nextId ??= next?.id ?? null;
    const hasPlace = next?.name === plan.container;
    // A rename whose outcome was lost, and all that came after it.
    if (hasPlace)
      for (const step of plan.steps.slice(0, plan.steps.indexOf('rename') + 1)) done.add(step);
    if (plan.kind === 'recreate')
      return next && begun.has('stop') ? turn.run(work, true) : turn.back(work, interrupted, true);
    if (!plan.running) return hasPlace ? turn.run(work, true) : turn.back(work, interrupted, true);
    const wasStarted = begun.has('start') && (done.has('start') || next?.runs === true);
    if (!wasStarted) return turn.back(work, interrupted, true);
    done.add('start');
    if (done.has('prove') && work.proven) return turn.run(work, true);
    return patience === 'whole' ? turn.run(work, true) : this.#look(engine, work);
  }

  /** A proof that was cut off, by what can be seen at once. */
  async #look(engine: DockerEngine, work: Work): Promise<TurnEnd | null> {
    const { plan, nextId: id } = work;
    const { turn, prover } = this.worker;
    const now = id === null ? null : await engine.containerNow(id);
    if (id === null || (!now && !plan.autoRemove)) return turn.run(work, true);
    if (now && now.status !== 'running' && now.status !== 'restarting') {
      // Whatever ended it ended Careen too: it is to be shown well running.
      const failure = await startFailure(engine, id);
      return failure && turn.back(work, await notStarted(engine, id, failure), true);
    }
    const { rules, autoRemove } = plan;
    const disturbed = () => Promise.resolve(null);
    const subject = { engine, id, rules, autoRemove, takenUp: true, disturbed, watched: [id] };
    const shown = await prover.alreadyShown(subject, new AbortController().signal);
    if (shown?.state === 'failed')
      return turn.back(work, { state: 'rolled-back', why: shown.why, log: shown.log }, true);
    if (shown?.state !== 'healthy') return null;
    work.proven = true;
    work.done.add('prove');
    work.pen.outcome('prove', 'done');
    return turn.run(work, true);
  }

  /** What depends on those and had no turn yet: it may hang on what is there no more. */
  async #dependants(shift: Shift, { begun }: OpenUpdate, patience: Patience): Promise<boolean> {
    const group = new GroupRun(this.worker, shift);
    const containers = this.journal.containersOf(begun.runId);
    for (const [name, { undertaken, intents, result }] of containers)
      if (result) group.remember(name, actOf(undertaken), result.result, intents.has('stop'));
    const asked = new Set(begun.containers.map(({ container }) => container));
    const rest = begun.dependants.filter(({ container }) => {
      const told = containers.get(container);
      if (!told?.result) return true;
      const { undertaken, intents } = told;
      const { result } = told.result;
      if (asked.has(container) && actOf(undertaken) === 'update')
        return wasLeft({ result, stopped: intents.has('stop') });
      return result.state === 'skipped' && result.why.code === 'interrupted';
    });
    const isDue = rest.some((member) => group.isDue(member));
    if (isDue && (patience === 'quick' || (await group.run(rest)) !== null)) return false;
    const told = this.journal.containersOf(begun.runId);
    for (const { container } of rest)
      if (!told.get(container)?.result) await this.worker.settled(shift, container, interrupted);
    return true;
  }
}

/** What someone else did, where that is why it turned; theirs still stands. */
function deedIn(turned: UpdateResult): Deed | null {
  const by = turned.state === 'taken-over' ? turned.by : null;
  return deeds.find((deed) => deed === by) ?? null;
}

function actOf(undertaken: Undertaken | null): 'update' | 'recreate' | 'restart' {
  const kind = undertaken?.kind ?? 'update';
  return kind === 'recreate' || kind === 'restart' ? kind : 'update';
}

function isTold(told: ToldContainer): told is Told {
  return told.undertaken !== null;
}

function isService(told: ToldContainer): told is ToldContainer & { service: ServiceUndertaken } {
  return told.service !== null;
}
