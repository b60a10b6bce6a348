import type { DockerEngine } from '../../../adapters/docker/types.js';
import type { UpdatePreview } from '../../../contract/update-preview.js';
import { CareenError } from '../../../domain/errors.js';
import { askedFor, pinned } from '../../../domain/swarm/image.js';
import { previewService, type ServicePreview } from '../../../domain/swarm/preview.js';
import { needsRoomOfOthers } from '../../../domain/swarm/start-first.js';
import { notUpdated } from '../../../domain/swarm/subjects.js';
import type { Target } from '../../types.js';

/**
 * What an update of a service would do, which Swarm carries out and Careen proves. Throws `container-unknown` where the service is gone.
 */
export async function ofService(engine: DockerEngine, target: Target): Promise<UpdatePreview> {
  const { container, id, reference, from, to, heldBack, mode } = target;
  const now = await engine.serviceNow(id);
  if (now === null) throw new CareenError('container-unknown', { container });
  const { service, tasks, nodes } = now;
  const swarm = needsRoomOfOthers(service) ? await engine.swarm() : null;
  const asked = askedFor(service.image);
  const wanted =
    asked === null || to.digest === null
      ? service.image
      : pinned({ ...asked, tag: to.tag ?? asked.tag }, to.digest);
  const preview: ServicePreview = previewService({
    service,
    to: wanted,
    shows: to.digest,
    tasks,
    nodes,
    others: { services: swarm?.services ?? [], tasks: swarm?.tasks ?? null },
    settle: mode.rules.settle,
  });
  const why = notUpdated(service);
  return {
    container,
    id,
    reference,
    from,
    to,
    pull: null,
    link: null,
    changes: null,
    anonymous: [],
    writable: null,
    dependants: [],
    keepsData: service.data.map(({ kind, name, at }) => ({ kind, name, at })),
    copy: null,
    hooks: [],
    heldBack,
    refused: target.refused ?? (why && { code: 'service', why }),
    composeRecreates: false,
    service: preview,
  };
}
