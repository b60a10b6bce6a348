import type { ContainerNow } from '../../adapters/docker/container-acts.js';
import { CareenError, meansLost } from '../../domain/errors.js';
import { type BackAct, type Seen, wayBack } from '../../domain/update/way-back.js';
import { seen, stopped } from './look.js';
import { asTag, namesFor } from './preparing.js';
import { recreationOf } from './recreation.js';
import type { UpdateGround, UpdatePatience } from './types.js';
import type { TurnVolumes } from './volumes.js';
import type { UpdateResult } from '../../contract/updates.js';
import { LeftOpen, type Work } from './work.js';

/** The way back to what ran before, from wherever an update stands; can be cut off and taken up again. */
export class Backward {
  constructor(
    private readonly ground: Pick<UpdateGround, 'back'>,
    private readonly volumes: TurnVolumes,
    private readonly patience: Pick<UpdatePatience, 'back'>,
  ) {}

  /**
   * @param start whether it is to run in the end: it was this update, or the engine's end, that
   *   stopped it
   * Throws `LeftOpen` where the engine does not come back; what an act of it failed by.
   */
  async run(work: Work, start: boolean, result: UpdateResult): Promise<void> {
    for (;;) {
      try {
        await this.#acts(work, start, result);
        await this.#names(work);
        return;
      } catch (e) {
        if (!meansLost(e)) throw e;
        const back = await this.ground.back(work.engine, e, this.patience.back, work.leave);
        if (!back) throw new LeftOpen(work.leave.aborted ? 'interrupted' : 'engine-lost');
        work.engine = back;
        work.wasLost = true;
      }
    }
  }

  async #acts(work: Work, start: boolean, result: UpdateResult): Promise<void> {
    const { plan } = work;
    const before = {
      container: plan.container,
      restartPolicy: plan.restartPolicy.Name,
      start,
      remake: plan.remake,
    };
    let last: BackAct | null = null;
    for (;;) {
      const now = await seen(work.engine, plan, work);
      const [act] = wayBack(before, now);
      if (act === undefined || act === 'start-old' || act === 'start-again')
        await this.volumes.takeBack(work);
      if (act === undefined) return;
      // An act that changes nothing would be done for ever.
      if (act === last)
        throw new CareenError('internal', { message: `${act} of ${plan.container} had no effect` });
      if (act === 'remake') await this.#remake(work, result);
      else await this.#do(work, act, now);
      last = act;
    }
  }

  async #do(work: Work, act: BackAct, { old, next, again }: Seen): Promise<void> {
    const { engine, plan } = work;
    const { container, restartPolicy } = plan;
    if (act === 'stop-new' && next) return void (await stopped(engine, next.id, plan.autoRemove));
    if (act === 'remove-new' && next) return removeOwn(work, next.id);
    if (act === 'remove-old' && old) return removeOwn(work, old.id);
    if (act === 'rename-old' && old) return void (await engine.renameContainer(old.id, container));
    if (act === 'rename-again' && again)
      return void (await engine.renameContainer(again.id, container));
    if (act === 'restart-policy-back' && old)
      return void (await engine.setRestartPolicy(old.id, restartPolicy));
    if (act === 'start-old' && old) return engine.startContainer(old.id);
    if (act === 'start-again' && again) return engine.startContainer(again.id);
  }

  /** From its recorded spec and the retained image; its reference leads there again before. */
  async #remake(work: Work, result: UpdateResult): Promise<void> {
    const { engine, versions, plan, pen } = work;
    await this.#names(work);
    const kept = versions.by(plan.container, plan.runId);
    const image = await engine.inspectImage(plan.imageId);
    if (!kept || !image) throw new CareenError('image-gone', { id: plan.imageId });
    const { payload } = recreationOf({
      container: kept.spec,
      oldImage: image,
      oldDefaults: kept.defaults,
      newImage: image,
      reference: plan.oldReference,
      engine: engine.facts,
      nameOf: await namesFor(engine, { spec: kept.spec, names: work.wanted?.names ?? new Map() }),
    });
    work.againId = await engine.createContainer(plan.again, payload);
    await pen.turned(result, work.againId);
  }

  /** The reference leads to what runs, so that whoever makes it anew takes that (RECREATE, Compose). */
  async #names({ engine, plan, moved, begun }: Work): Promise<void> {
    const reference = asTag(plan.oldReference);
    // What a person pulled before stays where it is, unless it was tried and was not well.
    if (reference === null || !(moved || begun.has('start'))) return;
    const id = await engine.resolve(reference);
    if (id !== plan.imageId && (await engine.inspectImage(plan.imageId)))
      await engine.tag(plan.imageId, reference);
  }
}

async function removeOwn({ engine }: Work, id: ContainerNow['id']): Promise<void> {
  const removal = await engine.removeOwnContainer(id);
  if (!removal.done && removal.status !== 404) throw new CareenError('engine-error', removal);
}
