import type { Clock } from '../../adapters/clock.js';
import type { UpdateResult } from '../../contract/update-steps.js';
import { toWire } from '../../contract/wire.js';
import { CareenError, isCareenError } from '../../domain/errors.js';
import { stopped } from './look.js';
import { type Did, wantedOf } from './preparing.js';
import type { TurnVolumes } from './volumes.js';
import { tailLines } from './proving.js';
import { TurnBack, type Work } from './work.js';

/** The steps of an update between the stop of the old container and the start of the new one. */
export class Changing {
  constructor(
    private readonly volumes: TurnVolumes,
    private readonly clock: Clock,
  ) {}

  async stop(work: Work): Promise<Did> {
    const { engine, plan } = work;
    await this.volumes.assertReady(work);
    work.downSince ??= this.clock.now();
    await stopped(engine, plan.id, plan.autoRemove);
    return {};
  }

  /** Nothing of the old one writes to them any more. */
  async copyVolumes(work: Work): Promise<Did> {
    await this.volumes.copy(work, wantedOf(work).copies);
    return {};
  }

  async restore(work: Work): Promise<Did> {
    await this.volumes.restore(work);
    return {};
  }

  async rename({ engine, plan, nextId }: Work): Promise<Did> {
    if (!plan.autoRemove) await renamed(engine, plan.id, plan.aside);
    if (nextId !== null) await renamed(engine, nextId, plan.container);
    return {};
  }

  async start(work: Work): Promise<Did> {
    const { engine, nextId } = work;
    if (nextId === null) return {};
    const failure = await startFailure(engine, nextId);
    if (failure && work.plan.kind === 'recreate')
      throw new TurnBack({ state: 'failed', error: toWire(failure) });
    if (failure) throw new TurnBack(await notStarted(engine, nextId, failure));
    if (work.downSince !== null) work.downFor = this.clock.now() - work.downSince;
    return {};
  }
}

type EngineError = CareenError<'engine-error'>;

/** Starts a new version; gives why the engine cannot. */
export async function startFailure(
  engine: Work['engine'],
  id: string,
): Promise<EngineError | null> {
  try {
    await engine.startContainer(id);
    return null;
  } catch (e) {
    if (!isCareenError(e, 'engine-error')) throw e;
    return e;
  }
}

/** What is told of a version that did not start. */
export async function notStarted(
  engine: Work['engine'],
  id: string,
  { details: { message } }: EngineError,
): Promise<UpdateResult> {
  const log = await engine.logTail(id, tailLines);
  return { state: 'rolled-back', why: { code: 'not-started', message }, log };
}

/** Gives a container a name that it may have already. */
async function renamed(engine: Work['engine'], id: string, name: string): Promise<void> {
  if ((await engine.containerNow(id))?.name === name) return;
  if (!(await engine.renameContainer(id, name)))
    throw new CareenError('taken-over', { container: name });
}
