import { EventEmitter } from 'node:events';
import type { Clock } from '../../adapters/clock.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import type { UpdateRun } from '../../contract/runs.js';
import type { UpdatedContainer } from '../../contract/update-steps.js';
import type { ContainerFacts } from '../../domain/facts.js';
import { isCareenError, meansLost } from '../../domain/errors.js';
import type { Journal } from '../journal/index.js';
import type { Runs } from '../runs.js';
import type { EngineVersions } from '../versions/of-engine.js';
import type { Unproven } from '../versions/stored.js';
import type { Versions } from '../versions/index.js';
import { Pen } from './pen.js';
import type { Prover } from './proving.js';
import type { Retention } from './retention.js';
import type { UpdateGround } from './types.js';

/** What the engine lists, current from its events. */
interface Listing {
  containers(): Iterable<ContainerFacts>;
  on(event: 'changed', listener: () => void): unknown;
}

/**
 * Updates whose new version was not shown to be well yet: of what did not run, and of what was not
 * settled in time. Once it runs well, what ran before is retired (UPDATING §3, Not running).
 */
export class FirstStarts extends EventEmitter<{
  /** A run of which one more container is proven, with that alone. */
  proven: [UpdateRun];
  failed: [unknown];
}> {
  /** Being watched, by the container's ID. */
  readonly #watched = new Set<string>();
  readonly #end = new AbortController();

  constructor(
    private readonly listing: Listing,
    private readonly ground: Pick<UpdateGround, 'engine' | 'rules'>,
    private readonly versions: Versions,
    private readonly prover: Prover,
    private readonly retention: Retention,
    private readonly runs: Runs,
    private readonly journal: Journal,
    private readonly clock: Clock,
  ) {
    super();
    listing.on('changed', () => this.#look());
    versions.on('changed', () => this.#look());
    runs.on('changed', () => this.#look());
  }

  close(): void {
    this.#end.abort();
  }

  /** Events tell of every start; nothing is asked while nothing is unproven. */
  #look(): void {
    const waiting = this.versions.unprovenNow();
    // A run under way is at it itself.
    if (waiting.size === 0 || this.runs.busy || this.#end.signal.aborted) return;
    for (const { id, name, state } of this.listing.containers()) {
      const unproven = waiting.get(name);
      if (!unproven || this.#watched.has(id)) continue;
      const isTheirs = id !== unproven.id;
      if (!isTheirs && state !== 'running') continue;
      this.#watched.add(id);
      this.#follow(name, id, unproven, isTheirs)
        .catch((e: unknown) => {
          if (!meansLost(e) && !isCareenError(e, 'run-cancelled')) this.emit('failed', e);
        })
        .finally(() => this.#watched.delete(id));
    }
  }

  async #follow(name: string, id: string, unproven: Unproven, isTheirs: boolean): Promise<void> {
    const engine = this.ground.engine();
    // The news of what the update itself put there may still be under way.
    if (isTheirs && (await engine.containerNow(name))?.id !== id) return;
    if (!isTheirs && !(await this.#isWell(engine, name, id))) return;
    await this.runs.enqueue(async () => {
      const versions = await this.versions.of(engine.facts);
      if (versions.unproven(name)?.id !== unproven.id) return;
      await this.#retire(this.ground.engine(), versions, name, unproven, isTheirs ? id : null);
    });
  }

  async #isWell(engine: DockerEngine, name: string, id: string): Promise<boolean> {
    const { settle, proveWithin, probe } = await this.ground.rules(name);
    const end = await this.prover.prove(
      {
        engine,
        id,
        rules: { settle, proveWithin, probe },
        autoRemove: false,
        takenUp: true,
        disturbed: () => Promise.resolve(null),
        watched: [id],
      },
      this.#end.signal,
    );
    return end.state === 'healthy';
  }

  /** The run that made it says from now on what became of it, as long as it is told of. */
  async #retire(
    engine: DockerEngine,
    versions: EngineVersions,
    name: string,
    { runId, asides }: Unproven,
    theirs: string | null,
  ): Promise<void> {
    const pen = new Pen(this.journal, this.clock, runId, name, null);
    const told = this.#told(runId, name)?.containers[0];
    await pen.intent('retire');
    // What a run that ended otherwise told stands.
    const stands = told?.result?.state !== 'updated';
    if (!stands && theirs !== null && asides.includes(theirs))
      await this.#wentBack(engine, versions, told, runId);
    await this.retention.retire(engine, versions, name, asides);
    await versions.setUnproven(name, null);
    pen.outcome('retire', 'done');
    if (stands) return;
    if (theirs !== null) return pen.result({ state: 'taken-over', by: 'recreated' });
    await pen.result({ state: 'updated', proven: true });
    const run = this.#told(runId, name);
    if (run) this.emit('proven', run);
  }

  /** What ran before was put back by hand: that is a way back like every other (UPDATING §5). */
  async #wentBack(
    engine: DockerEngine,
    versions: EngineVersions,
    { container, to }: UpdatedContainer,
    runId: string,
  ): Promise<void> {
    const left = to.digest ?? to.imageId;
    if (left !== null) await versions.leave(container, left, this.clock.now());
    const runs = versions.by(container, runId);
    if (runs?.copies.length === 0) await this.retention.giveUp(engine, versions, container, runs);
  }

  /** A run, with one container alone. */
  #told(runId: string, name: string): UpdateRun | null {
    const run = this.journal.run(runId);
    if (!run || !('containers' in run)) return null;
    return { ...run, containers: run.containers.filter(({ container }) => container === name) };
  }
}
