import PQueue from 'p-queue';
import type { Clock } from '../../adapters/clock.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import { type AskedBy, isPerson, type UpdateRun } from '../../contract/runs.js';
import { isCareenError } from '../../domain/errors.js';
import { engineKey } from '../../domain/identity.js';
import { dataMounts } from '../../domain/update/data.js';
import { groupsOf } from '../../domain/update/groups.js';
import { serviceSteps, stepsOf } from '../../domain/update/steps.js';
import type { Journal } from '../journal/index.js';
import type { BegunUpdate, Ended } from '../journal/records.js';
import type { Run } from '../runs.js';
import type { EngineVersions } from '../versions/of-engine.js';
import type { Asked } from './aims.js';
import { type Dependant, GroupRun, type Member, type Stop } from './group-run.js';
import { inspected, membersOf } from './members.js';
import { familiarOf } from './plan.js';
import type { UpdateProgress } from './progress.js';
import type { UpdateGround } from './types.js';
import type { Shift } from './shift.js';
import type { Worker } from './worker.js';

/** Groups that are worked on side by side: they have nothing to do with one another. */
const width = 2;

/** A run as it was asked for. */
export interface Order {
  kind: 'update' | 'rollback';
  run: Run;
  by: AskedBy;
  asked: readonly Asked[];
}

type Outcome = Ended['outcome'];

/** Works on all containers of one run. */
export class Running {
  constructor(
    private readonly ground: Pick<UpdateGround, 'inventory'>,
    private readonly journal: Journal,
    private readonly worker: Worker,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives what became of each container; one that is left open is told of later. Throws
   * `log-unwritable`; what has stopped by then runs again where it can.
   */
  async run(
    order: Order,
    engine: DockerEngine,
    versions: EngineVersions,
    progress: UpdateProgress,
    leave: AbortSignal,
  ): Promise<UpdateRun> {
    const { run, asked } = order;
    const { runId, signal: cancel } = run;
    const todo = asked.filter(({ result }) => result === null);
    const groups = await this.#groups(engine, todo);
    const begun = await this.#begun(order, engine, groups);
    if (todo.length === 0) return this.#nothing(begun, asked);
    for (const { aim } of todo) progress.steps(aim.container, likelySteps(aim));
    await this.journal.write(begun);
    // One for all groups: where the engine went away and came back, it did so for each.
    const shift: Shift = { runId, engine, versions, progress, cancel, leave, names: new Map() };
    let outcome: Outcome = 'failed';
    try {
      for (const { aim, result } of asked)
        if (result) await this.worker.settled(shift, aim.container, result);
      const stops = await this.#all(groups, shift);
      outcome = outcomeOf(stops);
    } catch (e) {
      if (!isCareenError(e, 'log-unwritable')) await this.#end(runId, outcome);
      throw e;
    }
    // What is left open is taken up at the next start, and the run closed then.
    if (outcome !== 'interrupted') await this.#end(runId, outcome);
    return this.told(runId);
  }

  /** Gives how each ended. Where one fails, the others come to their end all the same. */
  async #all(groups: readonly Member[][], shift: Shift): Promise<(Stop | null)[]> {
    const queue = new PQueue({ concurrency: width });
    const ends = await Promise.allSettled(
      groups.map((members) => queue.add(() => new GroupRun(this.worker, shift).run(members))),
    );
    return ends.map((end) => {
      if (end.status === 'rejected') throw end.reason;
      return end.value;
    });
  }

  told(runId: string): UpdateRun {
    const run = this.journal.run(runId);
    if (!run || !('containers' in run)) throw new Error(`run ${runId} is not in its journal`);
    return run;
  }

  async #end(runId: string, outcome: Outcome): Promise<void> {
    await this.journal.write({ t: 'ended', runId, at: this.clock.now(), outcome, measured: null });
  }

  /** Those that have to do with one another, in their order. */
  async #groups(engine: DockerEngine, todo: readonly Asked[]): Promise<Member[][]> {
    if (todo.length === 0) return [];
    const byId = new Map(todo.map((one) => [one.aim.id, one]));
    const members = await membersOf(engine, await this.ground.inventory());
    const groups = groupsOf([...byId.keys()], members).map(({ members: group }): Member[] => {
      const nameOf = new Map(group.map(({ id, name }) => [id, name]));
      return group.flatMap(({ id, name: container, act, otherwise, after: ids }): Member[] => {
        const after = ids.flatMap((one) => nameOf.get(one) ?? []);
        if (act !== 'update') return [{ act, id, container, after }];
        const asked = byId.get(id);
        byId.delete(id);
        const spare = otherwise === 'none' ? null : otherwise;
        return asked ? [{ act, aim: asked.aim, after, otherwise: spare }] : [];
      });
    });
    // One that is gone meanwhile has its turn, and is told of.
    return [...groups, ...[...byId.values()].map(({ aim }) => [alone(aim)])];
  }

  async #begun(order: Order, engine: DockerEngine, groups: Member[][]): Promise<BegunUpdate> {
    const { facts } = engine;
    // One alone fails as a whole: nothing is begun yet, and no other waits for its turn.
    const isAlone = order.asked.length === 1 && isPerson(order.by);
    const containers = order.asked.map(async ({ aim, result }) => {
      const { container, reference, from, to } = aim;
      const data = result ? [] : await dataOf(engine, aim, isAlone);
      return { container, reference: familiarOf(reference), from, to, data };
    });
    return {
      t: 'begun',
      runId: order.run.runId,
      kind: order.kind,
      by: order.by,
      engine: facts.name,
      engineKey: engineKey(facts),
      at: this.clock.now(),
      containers: await Promise.all(containers),
      dependants: groups.flat().flatMap((member): Dependant[] => {
        if (member.act !== 'update') return [member];
        const { aim, otherwise: act, after } = member;
        return act === null ? [] : [{ container: aim.container, id: aim.id, act, after }];
      }),
    };
  }

  /** Nothing was begun, so the history has nothing to tell. */
  #nothing(begun: BegunUpdate, asked: readonly Asked[]): UpdateRun {
    const at = this.clock.now();
    const { runId } = begun;
    const results = asked.flatMap(({ aim: { container }, result }) =>
      result
        ? [{ t: 'result', runId, container, at, result, downFor: null, recovered: null } as const]
        : [],
    );
    const ended = { t: 'ended', runId, at, outcome: 'done', measured: null } as const;
    const run = this.journal.told(begun, [...results, ended]);
    if (!('containers' in run)) throw new Error(`run ${runId} is none of updates`);
    return run;
  }
}

/** Names of what it can write to. */
async function dataOf(
  engine: DockerEngine,
  { id, isService }: Asked['aim'],
  isAlone: boolean,
): Promise<string[]> {
  if (isService) return dataOfService(engine, id, isAlone);
  const spec = await inspected(engine, id);
  // One that is stuck is told of in its turn.
  return (spec && spec !== 'stuck' ? dataMounts(spec) : []).map(({ name }) => name);
}

async function dataOfService(
  engine: DockerEngine,
  id: string,
  isAlone: boolean,
): Promise<string[]> {
  try {
    return ((await engine.serviceNow(id))?.service.data ?? []).map(({ name }) => name);
  } catch (e) {
    // Among several it is told of in its turn, and the others have theirs.
    if (!isAlone && isCareenError(e, 'swarm-silent')) return [];
    throw e;
  }
}

const alone = (aim: Asked['aim']): Member => {
  return { act: 'update', aim, after: [], otherwise: null };
};

function likelySteps({ kind, pullBy, copy, giveBack, isService }: Asked['aim']) {
  if (isService) return serviceSteps;
  return stepsOf({
    kind,
    running: true,
    autoRemove: false,
    pull: pullBy !== null,
    hooks: { before: false, after: false },
    copies: copy || giveBack,
  });
}

function outcomeOf(stops: readonly (Stop | null)[]): Outcome {
  for (const stop of ['interrupted', 'engine-lost', 'cancelled'] as const)
    if (stops.includes(stop)) return stop;
  return 'done';
}
