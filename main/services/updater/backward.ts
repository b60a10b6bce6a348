import type { ContainerNow } from '../../adapters/docker/container-acts.js';
import type { UpdateResult } from '../../contract/update-steps.js';
import { CareenError, isCareenError } from '../../domain/errors.js';
import { type BackAct, type Seen, wayBack } from '../../domain/update/way-back.js';
import { seen, stopped } from './look.js';
import { createdAsItIs, leadAsBefore } from './lead.js';
import { othersOf } from './others.js';
import { recreationOf } from './recreation.js';
import type { UpdateGround, UpdatePatience } from './types.js';
import type { TurnVolumes } from './volumes.js';
import { knownNames, Losses, outlasting, startsAgain, type Work } from './work.js';

/** All is as it was, but the container does not start any more; `cause` is why. */
export class NotStarted extends Error {
  constructor(override readonly cause: unknown) {
    super('not started');
  }
}

/** The way back to what ran before, from wherever an update stands; can be cut off and taken up again. */
export class Backward {
  constructor(
    private readonly ground: Pick<UpdateGround, 'back'>,
    private readonly volumes: TurnVolumes,
    private readonly patience: Pick<UpdatePatience, 'back'>,
  ) {}

  /**
   * @param result what is told in the end
   * @throws `LeftOpen` where the engine does not come back; `NotStarted`; what an act failed by
   */
  async run(work: Work, result: UpdateResult): Promise<void> {
    const losses = new Losses();
    const back = async () => {
      await this.#acts(work, result, losses);
      await leadAsBefore(work);
      await this.volumes.clear(work);
    };
    await outlasting(this.ground, work, this.patience.back, back, losses);
  }

  async #acts(work: Work, result: UpdateResult, losses: Losses): Promise<void> {
    const { plan } = work;
    const before = {
      container: plan.container,
      restartPolicy: plan.restartPolicy.Name,
      start: startsAgain(work),
      remake: plan.remake,
    };
    let last: BackAct | null = null;
    for (;;) {
      const now = await seen(work.engine, plan, work);
      // Found by its name only: once that is changed, nothing else would tell that it is ours.
      if (now.again && work.againId === null) await this.#madeAgain(work, result, now.again.id);
      const [act] = wayBack(before, now);
      if (act === undefined || isStart(act)) await this.volumes.takeBack(work);
      // One that ends by itself right after its start was started all the same.
      if (act === undefined || (act === last && isStart(act))) return;
      // An act that changes nothing would be done for ever.
      if (act === last)
        throw new CareenError('internal', { message: `${act} of ${plan.container} had no effect` });
      if (act === 'remake') await this.#remake(work, result);
      else await this.#do(work, act, now);
      losses.over();
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
    if (act === 'start-old' && old) return started(work, old.id);
    if (act === 'start-again' && again) return started(work, again.id);
  }

  /** From its recorded spec and the retained image; its reference leads there again before. */
  async #remake(work: Work, result: UpdateResult): Promise<void> {
    const { engine, versions, plan } = work;
    await leadAsBefore(work);
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
      others: await othersOf(engine, kept.spec, knownNames(work)),
    });
    await this.#madeAgain(work, result, await createdAsItIs(work, plan.again, payload));
  }

  async #madeAgain(work: Work, result: UpdateResult, id: string): Promise<void> {
    work.againId = id;
    try {
      await work.pen.turned(result, id);
    } catch (e) {
      // Its name tells whose it is; the service is not left down for what cannot be written.
      if (!isCareenError(e, 'log-unwritable')) throw e;
    }
  }
}

async function removeOwn({ engine }: Work, id: ContainerNow['id']): Promise<void> {
  const removal = await engine.removeOwnContainer(id);
  if (!removal.done && removal.status !== 404) throw new CareenError('engine-error', removal);
}

const isStart = (act: BackAct) => act === 'start-old' || act === 'start-again';

async function started({ engine }: Work, id: string): Promise<void> {
  try {
    await engine.startContainer(id);
  } catch (e) {
    throw isCareenError(e, 'engine-error') ? new NotStarted(e) : e;
  }
}
