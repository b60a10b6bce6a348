import { EventEmitter } from 'node:events';
import type { Clock } from '../../adapters/clock.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import type { AskedBy, CleanRun, RemovedItem, UndoneItem, UndoRun } from '../../contract/runs.js';
import type { RunProgress } from '../../contract/slices.js';
import { CareenError, isCareenError, meansLost } from '../../domain/errors.js';
import { engineKey } from '../../domain/identity.js';
import type { Journal } from '../journal/index.js';
import type { Outcome } from '../journal/records.js';
import { Progress } from '../runs-progress.js';
import type { Run, Runs } from '../runs.js';
import { beforePull, type RegistryAuth, restore, settleRestoring } from './restore.js';

/** What undoing needs to know of the engine. */
export interface UndoGround {
  engine(): DockerEngine;
  /** Reads the engine afresh, so that what came back is known. */
  refresh(): Promise<void>;
  /** To be told when the engine went away under it. */
  lost(engine: DockerEngine, why: unknown): void;
}

/** One item of a preview; `pull` is null where it cannot be brought back. */
export interface Undoable {
  id: string;
  refs: string[];
  pull: string | null;
}

type End = NonNullable<UndoRun['outcome']>;

/** Brings back what a clean-up removed, as far as it can be pulled again (issue 10, History). */
export class Undo extends EventEmitter<{ progress: [RunProgress | null] }> {
  constructor(
    private readonly journal: Journal,
    private readonly runs: Runs,
    private readonly ground: UndoGround,
    private readonly auth: RegistryAuth,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** What undoing a clean-up would pull, and what it cannot. Throws `run-unknown`. */
  preview(runId: string): Undoable[] {
    return this.#cleanRun(runId).removed.map((item) => {
      const { id, refs, pull } = undone(item);
      return { id, refs, pull: pull[0] ?? null };
    });
  }

  /**
   * Queues the undoing of a clean-up and resolves with what became of it. `only`: image IDs; null
   * is all that it removed. Throws `run-unknown`, `input-invalid`.
   */
  async run(
    runId: string,
    only: readonly string[] | null,
    by: AskedBy,
    token: string | null,
  ): Promise<UndoRun> {
    const { removed } = this.#cleanRun(runId);
    for (const id of only ?? [])
      if (!removed.some((item) => item.id === id))
        throw new CareenError('input-invalid', { what: 'only', found: id, expected: 'plan-item' });
    const items = removed.filter(({ id }) => only === null || only.includes(id)).map(undone);
    // What was built on it came after it: bases first.
    items.reverse();
    return this.runs.enqueue((run) => this.#within(run, runId, items, by, token), token);
  }

  async #within(
    run: Run,
    of: string,
    items: readonly UndoneItem[],
    by: AskedBy,
    token: string | null,
  ): Promise<UndoRun> {
    const progress = new Progress({ kind: 'undo', subject: of, run, token }, this.clock, (p) =>
      this.emit('progress', p),
    );
    try {
      return await this.#undo(run, of, items, by, progress);
    } finally {
      progress.close();
      this.emit('progress', null);
    }
  }

  async #undo(
    run: Run,
    of: string,
    items: readonly UndoneItem[],
    by: AskedBy,
    progress: Progress,
  ): Promise<UndoRun> {
    const engine = this.ground.engine();
    const { runId } = run;
    if (this.journal.engineOf(of) !== engineKey(engine.facts))
      throw new CareenError('plan-other-engine', { planId: this.#cleanRun(of).planId });
    await engine.ping();
    progress.items(items.map((item) => ({ ...item, reclaimable: nothing })));
    const { facts } = engine;
    const at = this.clock.now();
    const begun = { runId, by, engine: facts.name, engineKey: engineKey(facts), at };
    await this.journal.write({ t: 'begun', kind: 'undo', of, items: [...items], ...begun });
    progress.phase('pulling');
    let end: End = 'failed';
    try {
      end = await this.#all(engine, run, items, progress);
      if (end !== 'engine-lost') await this.ground.refresh();
    } finally {
      const at = this.clock.now();
      await this.journal.write({ t: 'ended', runId, at, outcome: end, measured: null });
    }
    return this.#told(runId);
  }

  async #all(
    engine: DockerEngine,
    run: Run,
    items: readonly UndoneItem[],
    progress: Progress,
  ): Promise<End> {
    const { runId } = run;
    const settle = async ({ id }: UndoneItem, result: Outcome['result']) => {
      progress.settled(id, result);
      await this.journal.write({ t: 'outcome', runId, id, at: this.clock.now(), result });
    };
    const leave = async (rest: readonly UndoneItem[], code: 'cancelled' | 'engine-lost') => {
      for (const item of rest) await settle(item, { state: 'skipped', skip: { code } });
      return code;
    };
    for (const [n, item] of items.entries()) {
      if (run.signal.aborted) return leave(items.slice(n), 'cancelled');
      let intended = false;
      try {
        const done = await beforePull(engine, item);
        if (done) {
          await settle(item, done);
          continue;
        }
        progress.working(item.id);
        const { kind, id, refs } = item;
        await this.journal.write({ t: 'intent', runId, kind, id, refs, at: this.clock.now() });
        intended = true;
        await settle(item, await restore(engine, item, this.auth, run.signal));
      } catch (e) {
        if (isCareenError(e, 'run-cancelled')) {
          await settle(item, await settleRestoring(engine, item, 'cancelled'));
          return leave(items.slice(n + 1), 'cancelled');
        }
        if (!meansLost(e)) throw e;
        this.ground.lost(engine, e);
        // What became of an intent only the engine can tell: recovery asks it later.
        return leave(items.slice(intended ? n + 1 : n), 'engine-lost');
      }
    }
    return 'done';
  }

  #cleanRun(runId: string): CleanRun {
    const run = this.journal.run(runId);
    if (run?.kind !== 'clean') throw new CareenError('run-unknown', { runId });
    return run;
  }

  #told(runId: string): UndoRun {
    const run = this.journal.run(runId);
    if (run?.kind !== 'undo')
      throw new CareenError('internal', { message: `run ${runId} is not in its journal` });
    return run;
  }
}

const nothing = { min: 0, max: 0, certainty: 'exact' } as const;

/** A removed item with what it can be pulled by: its digests, where the image can be had again. */
function undone({ kind, id, refs, recoverable, pull }: RemovedItem): UndoneItem {
  const can =
    kind === 'image' && (recoverable.state === 'verified' || recoverable.state === 'likely');
  return { kind, id, refs, pull: can ? pull : [] };
}
