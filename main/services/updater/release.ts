import type { Clock } from '../../adapters/clock.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import type { AskedBy } from '../../contract/runs.js';
import { toWire } from '../../contract/wire.js';
import { CareenError, isCareenError, meansLost } from '../../domain/errors.js';
import { engineKey } from '../../domain/identity.js';
import { unknownVersion } from '../../domain/update/types.js';
import type { Journal } from '../journal/index.js';
import type { Run } from '../runs.js';
import type { EngineVersions } from '../versions/of-engine.js';
import { familiarOf, versionOf } from './plan.js';
import type { UpdatePatience } from './types.js';
import type { Shift } from './shift.js';
import type { Worker } from './worker.js';

/** Gives up all that is kept of a container, so that its bytes come back. */
export class Release {
  constructor(
    private readonly journal: Journal,
    private readonly worker: Worker,
    private readonly clock: Clock,
    private readonly patience: Pick<UpdatePatience, 'measure'>,
  ) {}

  /**
   * Throws `nothing-kept`; what the engine failed by is told of the container.
   *
   * @param service its ID; null: it is a container
   */
  async run(
    { runId }: Run,
    container: string,
    by: AskedBy,
    shift: Omit<Shift, 'runId' | 'names'>,
    service: string | null,
  ): Promise<void> {
    const { engine, versions } = shift;
    const unproven = versions.unproven(container);
    const kept = service === null ? versions.onRecord(container) : versions.ofService(service);
    if (kept.length === 0 && !unproven) throw new CareenError('nothing-kept', { container });
    await this.#begin(engine, runId, container, by);
    const pen = this.worker.pen({ ...shift, runId, names: new Map() }, container);
    await pen.intent('clean-up');
    let outcome: 'done' | 'engine-lost' = 'done';
    try {
      // What nodes have of a service's versions goes with the next clean-up of each.
      if (service !== null) await versions.serviceReleased(service);
      const freed = service === null ? await this.#freed(engine, versions, container) : 0;
      pen.outcome('clean-up', 'done');
      await pen.result({ state: 'released', freed });
    } catch (e) {
      if (isCareenError(e, 'log-unwritable')) throw e;
      if (meansLost(e)) outcome = 'engine-lost';
      pen.outcome('clean-up', 'failed');
      await pen.result({ state: 'failed', error: toWire(e) });
    }
    const at = this.clock.now();
    await this.journal.write({ t: 'ended', runId, at, outcome, measured: null });
  }

  /** Bytes by the engine's own sum of layers; null where it could not be asked. */
  async #freed(
    engine: DockerEngine,
    versions: EngineVersions,
    container: string,
  ): Promise<number | null> {
    const before = await engine.layersSize(this.patience.measure);
    const { retention } = this.worker;
    const asides = versions.unproven(container)?.asides ?? [];
    await retention.retire(engine, versions, container, asides);
    const gone = await retention.release(engine, versions, container);
    await versions.setUnproven(container, null);
    if (gone.length === 0) return 0;
    const after = await engine.layersSize(this.patience.measure);
    return before === null || after === null ? null : Math.max(0, before - after);
  }

  async #begin(engine: DockerEngine, runId: string, container: string, by: AskedBy): Promise<void> {
    const { facts } = engine;
    const now = await engine.containerNow(container);
    const image = now && (await engine.inspectImage(now.imageId));
    const version = now ? versionOf(now.imageId, image, now.reference) : unknownVersion;
    const reference = now ? familiarOf(now.reference) : container;
    await this.journal.write({
      t: 'begun',
      runId,
      kind: 'release',
      by,
      engine: facts.name,
      engineKey: engineKey(facts),
      at: this.clock.now(),
      containers: [{ container, reference, from: version, to: version, data: [] }],
      dependants: [],
    });
  }
}
