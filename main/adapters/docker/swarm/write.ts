import { CareenError } from '../../../domain/errors.js';
import type { JsonObject } from '../../../domain/recreate/types.js';
import { asObject, at, inexactNumbers } from '../../../domain/swarm/spec.js';
import type { ServiceFacts } from '../../../domain/swarm/types.js';
import { parseAnswer } from '../failures.js';
import { inPath } from '../names.js';
import { hasStatus, type Requests } from '../requests.js';
import { ofManager } from './manager.js';
import { serviceFactsOf, serviceSchema } from './service.js';

/** A service with its whole Spec, as it has to be sent back (FLEET, Swarm). */
export interface ServiceWhole {
  service: ServiceFacts;
  spec: JsonObject;
}

/** What a service is to be; it takes the whole Spec, in the engine's own API version. */
export interface ServiceWrite {
  /** The service as it was read: its version is what the update names. */
  read: ServiceFacts;
  spec: JsonObject;
  /** The value of `X-Registry-Auth`; null leaves what Swarm has stored with the Spec. */
  auth: string | null;
  /** Asks for Swarm's own way back to PreviousSpec: `spec` is then the one that it has. */
  back: boolean;
}

/** Null where there is no such service of containers. Throws as `ofManager` and `Requests`. */
export async function serviceWhole(requests: Requests, id: string): Promise<ServiceWhole | null> {
  const path = `/services/${inPath(id)}`;
  let raw: unknown;
  try {
    raw = await ofManager(requests, () => requests.json({ path }));
  } catch (e) {
    if (hasStatus(e, 404)) return null;
    throw e;
  }
  const service = serviceFactsOf(parseAnswer(serviceSchema, raw, requests.url, `GET ${path}`));
  // As it came: what is not known here passes through.
  const spec = asObject(at(raw, ['Spec']));
  return service && spec && { service, spec };
}

/**
 * Sends a Spec in the body alone: values of Env are in no URL.
 *
 * @throws CareenError `service-changed` where it was written since it was read, `service-inexact`
 *   where its numbers would not come back the same; as of `ofManager` and `Requests`
 */
export async function writeService(
  requests: Requests,
  { read, spec, auth, back }: ServiceWrite,
): Promise<void> {
  const { id, name, version } = read;
  const inexact = inexactNumbers(spec);
  if (inexact.length > 0) throw new CareenError('service-inexact', { service: name, at: inexact });
  try {
    await ofManager(requests, () =>
      requests.text({
        method: 'POST',
        path: `/services/${inPath(id)}/update`,
        query: { version, ...(back ? { rollback: 'previous' } : { registryAuthFrom: 'spec' }) },
        body: spec,
        ...(auth === null ? {} : { headers: { 'X-Registry-Auth': auth } }),
      }),
    );
  } catch (e) {
    if (hasStatus(e, 500) && e.details.message.includes('update out of sequence'))
      throw new CareenError('service-changed', { service: name }, { cause: e });
    throw e;
  }
}
