import { EventEmitter } from 'node:events';
import type { Clock } from '../../adapters/clock.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import type { AskedBy, UpdateRun } from '../../contract/runs.js';
import type { UpdateProgress as Told } from '../../contract/update-steps.js';
import { wasCancelled } from '../../contract/update-outcome.js';
import { isCareenError, meansLost } from '../../domain/errors.js';
import { engineKey } from '../../domain/identity.js';
import { serviceNamed } from '../../domain/swarm/subject.js';
import type { Journal } from '../journal/index.js';
import type { OpenUpdate } from '../journal/update-history.js';
import type { Run, Runs } from '../runs.js';
import type { EngineVersions } from '../versions/of-engine.js';
import type { Versions } from '../versions/index.js';
import { aimsOf, type Asked, rollbackOf, type UpdateWanted } from './aims.js';
import { LeftBehind } from './left-behind.js';
import { UpdateProgress } from './progress.js';
import { Release } from './release.js';
import { Running } from './running.js';
import { Settling } from './settling.js';
import type { UpdateGround, UpdatePatience } from './types.js';
import type { Worker } from './worker.js';

/** A run as it was asked for, from its turn on. */
interface Turn {
  run: Run;
  engine: DockerEngine;
  versions: EngineVersions;
  progress: UpdateProgress;
}

/** Updates containers, takes updates back, and gives up what is kept for that (UPDATING §5). */
export class Updater extends EventEmitter<{
  progress: [Told | null];
  /** Also of a run that was cut off, once it is closed. */
  ended: [UpdateRun];
  failed: [unknown];
}> {
  readonly #running: Running;
  readonly #release: Release;
  readonly #settling: Settling;
  readonly #leftBehind: LeftBehind;
  /** Runs whose taking up is queued. */
  readonly #resuming = new Set<string>();
  readonly #leave = new AbortController();

  constructor(
    private readonly ground: UpdateGround,
    private readonly runs: Runs,
    private readonly journal: Journal,
    private readonly versions: Versions,
    private readonly worker: Worker,
    private readonly clock: Clock,
    patience: UpdatePatience,
  ) {
    super();
    this.#running = new Running(ground, journal, worker, clock);
    this.#release = new Release(journal, worker, clock, patience);
    this.#settling = new Settling(worker, journal);
    this.#leftBehind = new LeftBehind(ground, versions);
    // What recovery went back from, or what nobody was told of before Careen ended.
    const tell = () => {
      if (!runs.busy) this.#leftBehind.tell().catch((e: unknown) => this.emit('failed', e));
    };
    versions.on('changed', tell);
    runs.on('changed', tell);
  }

  /**
   * Queues a run that asks again and updates what there is; resolves with what became of each.
   * Throws `container-unknown`, `version-unknown`, `log-unwritable`.
   */
  update(wanted: UpdateWanted, by: AskedBy, token: string | null): Promise<UpdateRun> {
    return this.#enqueue('update', token, async (turn) => {
      await this.#leftBehind.tell();
      return this.#run('update', turn, await aimsOf(this.ground, wanted, by), by);
    });
  }

  /** Queues the way back to a kept version. Throws also `nothing-kept`. */
  rollback(
    wanted: { container: string; to: string | null; copies: boolean },
    by: AskedBy,
    token: string | null,
  ): Promise<UpdateRun> {
    return this.#enqueue('rollback', token, async (turn) => {
      const asked = await rollbackOf(turn.engine, this.ground, turn.versions, wanted);
      return this.#run('rollback', turn, [asked], by);
    });
  }

  /** Queues the giving up of every version that is kept. Throws also `nothing-kept`. */
  release(container: string, by: AskedBy, token: string | null): Promise<UpdateRun> {
    return this.#enqueue('release', token, async ({ run, engine, versions, progress }) => {
      const leave = this.#leave.signal;
      const shift = { engine, versions, progress, cancel: run.signal, leave };
      const service = serviceNamed(await this.ground.inventory(), container);
      await this.#release.run(run, container, by, shift, service?.id ?? null);
      return this.#running.told(run.runId);
    });
  }

  /**
   * Recovery's part: finishes or takes back what can be at once. Whether the run can be closed; what
   * has still to prove itself, or hangs on it, goes on as a run of its own.
   */
  async settle(engine: DockerEngine, open: OpenUpdate): Promise<boolean> {
    const { runId } = open.begun;
    if (this.#resuming.has(runId)) return false;
    try {
      const done = await this.#settle(engine, open, 'quick', AbortSignal.abort());
      if (done) await this.#close(open);
      else this.#resume(runId);
      return done;
    } catch (e) {
      if (meansLost(e) || isCareenError(e, 'log-unwritable')) throw e;
      // It stays open, and is tried again at the next start: the engine is of use all the same.
      this.emit('failed', e);
      return false;
    }
  }

  /** Tidies what is kept of all containers: at the start, and when the policy says less. */
  tidy(): Promise<void> {
    return this.runs.enqueue(async () => {
      const engine = this.ground.engine();
      const versions = await this.versions.of(engine.facts);
      const open = new Set(this.journal.unfinished().map(({ begun }) => begun.runId));
      const isOpen = (runId: string) => open.has(runId);
      await this.worker.retention.tidy(engine, versions, versions.names, isOpen);
    });
  }

  /** Lets go of what is under way where that can be taken up at the next start. */
  close(): void {
    this.#leave.abort();
  }

  #enqueue(
    kind: Told['kind'],
    token: string | null,
    work: (turn: Turn) => Promise<UpdateRun>,
  ): Promise<UpdateRun> {
    return this.runs.enqueue(async (run) => {
      const engine = this.ground.engine();
      await engine.ping();
      const versions = await this.versions.of(engine.facts);
      const tell = (told: Told) => void this.emit('progress', told);
      const progress = new UpdateProgress(kind, run, token, this.clock, tell);
      try {
        const told = await work({ run, engine, versions, progress });
        await this.#leftBehind.tell();
        // One that is left open ends when it is closed; one that did nothing is none.
        if (this.journal.run(run.runId)?.outcome != null) this.emit('ended', told);
        return told;
      } finally {
        progress.close();
        this.emit('progress', null);
      }
    }, token);
  }

  #run(
    kind: 'update' | 'rollback',
    { run, engine, versions, progress }: Turn,
    asked: readonly Asked[],
    by: AskedBy,
  ): Promise<UpdateRun> {
    const order = { kind, run, by, asked };
    return this.#running.run(order, engine, versions, progress, this.#leave.signal);
  }

  async #settle(
    engine: DockerEngine,
    open: OpenUpdate,
    patience: 'quick' | 'whole',
    leave: AbortSignal,
  ): Promise<boolean> {
    const versions = await this.versions.of(engine.facts);
    const { runId } = open.begun;
    const never = new AbortController().signal;
    const shift = {
      runId,
      engine,
      versions,
      progress: null,
      cancel: never,
      leave,
      names: new Map(),
    };
    return this.#settling.settle(shift, open, patience);
  }

  /** What could not be said at once is taken up in its turn, and nobody waits for it. */
  #resume(runId: string): void {
    if (this.#leave.signal.aborted) return;
    this.#resuming.add(runId);
    const finish = async () => {
      const open = this.journal.unfinished().find(({ begun }) => begun.runId === runId);
      if (!open || !('containers' in open)) return;
      const engine = this.ground.engine();
      if (open.begun.engineKey !== engineKey(engine.facts)) return;
      if (await this.#settle(engine, open, 'whole', this.#leave.signal)) await this.#close(open);
    };
    this.runs
      .enqueue(finish, null, { finishes: true })
      .catch((e: unknown) => {
        if (!isCareenError(e, 'run-cancelled')) this.emit('failed', e);
      })
      .finally(() => this.#resuming.delete(runId));
  }

  async #close({ begun: { runId }, ended }: OpenUpdate): Promise<void> {
    const run = this.#running.told(runId);
    const whole = run.containers.every(({ result }) => result?.state !== 'skipped');
    const isOff = run.containers.some(({ result }) => wasCancelled(result));
    const outcome = isOff ? 'cancelled' : whole ? 'done' : 'interrupted';
    const at = this.clock.now();
    if (!ended) await this.journal.write({ t: 'ended', runId, at, outcome, measured: null });
    this.emit('ended', this.#running.told(runId));
  }
}
