import type { DockerEngine } from '../../../adapters/docker/types.js';
import type { ServiceNow } from '../../../adapters/docker/swarm/tasks.js';
import type { TakenOverBy, UpdateResult } from '../../../contract/update-steps.js';
import type { JsonObject } from '../../../domain/recreate/types.js';
import type { Version } from '../../../domain/update/types.js';
import type { ServiceBack, ServiceUndertaken } from '../../journal/update-records.js';
import type { Pen } from '../pen.js';
import type { Shift } from '../shift.js';

/** The work on one service, as far as it is. */
export interface ServiceWork {
  readonly shift: Shift;
  readonly pen: Pen;
  plan: ServiceUndertaken;
  readonly from: Version;
  readonly to: Version;
  /** The Spec that it rests on; null where Careen ended since it was read. */
  readonly spec: JsonObject | null;
  /** Once it goes back, what is told in the end, and how it is asked. */
  turned: UpdateResult | null;
  back: ServiceBack | null;
  /** Whether Swarm may have been asked: then a look at the service tells. */
  asked: boolean;
}

/** What is told of an update that a person ends once Swarm was asked. */
const cancelled: UpdateResult = { state: 'rolled-back', why: { code: 'cancelled' }, log: [] };

/**
 * From now on it goes back, since a person cancelled it; gives what is told in the end. Of that word
 * Swarm shows nothing: it is on the disk before Swarm is asked, so that an end of Careen's in between
 * does not undo it. Throws `log-unwritable`.
 */
export async function turnCancelled(work: ServiceWork): Promise<UpdateResult> {
  await work.pen.serviceTurned(cancelled, null);
  return (work.turned = cancelled);
}

/** Ends the work on a service with what is told of it. */
export class ServiceEnd extends Error {
  constructor(readonly result: UpdateResult) {
    super(result.state);
  }
}

/** Someone else acted in the middle. `by`: what they did, `removed` or as of `ForeignAct`. */
export const takenOver = (by: TakenOverBy) => new ServiceEnd({ state: 'taken-over', by });

/** One look. Throws `ServiceEnd` where the service is gone. */
export async function lookAt(engine: DockerEngine, id: string): Promise<ServiceNow> {
  const now = await engine.serviceNow(id);
  if (now === null) throw takenOver('removed');
  return now;
}
