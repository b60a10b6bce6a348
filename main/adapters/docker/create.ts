import { z } from 'zod';
import { CareenError } from '../../domain/errors.js';
import type { CreatePayload } from '../../domain/recreate/types.js';
import { inPath } from './names.js';
import type { Requests } from './requests.js';

const created = z.looseObject({ Id: z.string() });

/** Copying what an image has at a volume's mount point takes its time. */
const deadline = 10 * 60_000;

/**
 * Creates a container and joins it to the networks that the engine does not take at creation. Where
 * one cannot be joined the container is removed again, with the anonymous volumes that came with it.
 *
 * @returns its ID
 * @throws CareenError `engine-error` with the engine's own words; as of `Requests`
 */
export async function createContainer(
  requests: Requests,
  name: string,
  { body, joins, platform }: CreatePayload,
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
  } catch (e) {
    await discarded(requests, id, e);
    throw e;
  }
  return id;
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
