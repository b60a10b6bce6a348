import { z } from 'zod';
import { CareenError } from '../../domain/errors.js';
import type { CreatePayload, Json } from '../../domain/recreate/types.js';
import { objectOf } from '../../domain/update/labels.js';
import { inPath } from './names.js';
import type { Requests } from './requests.js';
import { rawContainer } from './spec.js';

const created = z.looseObject({ Id: z.string() });

/** Copying what an image has at a volume's mount point takes its time. */
const deadline = 10 * 60_000;

/**
 * Creates a container and joins it to the networks that the engine does not take at creation. Where
 * one cannot be joined, or left, the container is removed again, with the anonymous volumes that came with it.
 *
 * @returns its ID
 * @throws CareenError `engine-error` with the engine's own words; as of `Requests`
 */
export async function createContainer(
  requests: Requests,
  name: string,
  { body, joins, offline, platform }: CreatePayload,
): Promise<string> {
  const query = { name: inPath(name), ...(platform === null ? {} : { platform }) };
  const call = { method: 'POST', path: '/containers/create', query, body, deadline } as const;
  const { Id: id } = await requests.get(created, call);
  try {
    for (const { network, endpoint } of joins)
      await requests.text({
        method: 'POST',
        path: `/networks/${inPath(network)}/connect`,
        body: { Container: id, EndpointConfig: endpoint },
      });
    if (offline) await leaveAll(requests, id);
  } catch (e) {
    await discarded(requests, id, e);
    throw e;
  }
  return id;
}

/** Takes a container off every network that the engine has put it onto by itself. */
async function leaveAll(requests: Requests, id: string): Promise<void> {
  const made = await rawContainer(requests, id);
  for (const network of Object.keys(objectOf(made?.NetworkSettings['Networks'] as Json)))
    await requests.text({
      method: 'POST',
      path: `/networks/${inPath(network)}/disconnect`,
      body: { Container: id },
    });
}

/** Volumes that it was given by name the engine leaves alone. */
async function discarded(requests: Requests, id: string, why: unknown): Promise<void> {
  try {
    const query = { force: 'true', v: 'true' };
    await requests.text({ method: 'DELETE', path: `/containers/${inPath(id)}`, query });
  } catch (e) {
    if (!(why instanceof CareenError)) throw e;
    throw new CareenError(why.code, why.details, {
      cause: new AggregateError([why, e], `${id} is still there`),
    });
  }
}
