import type { DockerEngine } from '../../../adapters/docker/types.js';
import type { UpdateResult } from '../../../contract/update-steps.js';
import type { JsonObject } from '../../../domain/recreate/types.js';
import { parseReference } from '../../../domain/reference.js';
import { digestMeant, isSameImage, pinned } from '../../../domain/swarm/image.js';
import { notUpdated } from '../../../domain/swarm/subjects.js';
import { serviceSteps } from '../../../domain/update/steps.js';
import type { ServiceUndertaken } from '../../journal/update-records.js';
import type { Aim } from '../plan.js';

/** A service's turn as it can begin, or why it does not. */
export type ServicePlanned =
  | {
      plan: Omit<ServiceUndertaken, 't' | 'runId' | 'container' | 'at'>;
      /** The Spec that it rests on: what differs from it is someone else's. */
      spec: JsonObject;
    }
  | { result: UpdateResult };

/** Looks at a service right before its turn and says how it goes. */
export async function servicePlan(
  engine: DockerEngine,
  { id, kind, reference, from, to, rules }: Aim,
): Promise<ServicePlanned> {
  const now = await engine.serviceWhole(id);
  if (now === null) return { result: { state: 'skipped', why: { code: 'gone' } } };
  const { service, spec } = now;
  const why = notUpdated(service);
  if (why !== null) return { result: { state: 'skipped', why: { code: 'service', why } } };
  const wanted = to.digest === null ? null : pinned(parseReference(reference), to.digest);
  if (wanted === null || isSameImage(service.image, wanted))
    return { result: { state: 'skipped', why: { code: 'nothing-new' } } };
  const { image } = service;
  const isBack = kind === 'rollback';
  // Without a digest in its Spec, what this node has under that name is the best that is known.
  const before = { image, digest: digestMeant(image) ?? from.digest };
  return {
    spec,
    plan: {
      serviceId: id,
      kind: isBack ? 'rollback' : 'update',
      image: isBack ? image : wanted,
      before: isBack ? { image: wanted, digest: to.digest } : before,
      version: service.version,
      rules: {
        settle: rules.settle,
        proveWithin: rules.proveWithin,
        stuckAfter: rules.stuckAfter,
      },
      steps: [...serviceSteps],
    },
  };
}
