import { z } from 'zod';
import { CareenError } from '../../domain/errors.js';
import { inPath } from './names.js';
import { type Call, hasStatus, type Requests } from './requests.js';
import { rawContainer } from './spec.js';
import { clean } from './text.js';

/** Milliseconds for what has no waiting of its own in it: a start may set up devices and networks. */
const deadline = 120_000;

/** Seconds that the engine gives a container to end where it says nothing else. */
const usualTimeout = 10;

/** Milliseconds for a container that is never to be killed, or that takes as long as it takes. */
const longest = 60 * 60_000;

/** Starts a container; one that runs already is fine. */
export async function startContainer(requests: Requests, id: string): Promise<void> {
  await done(requests, { path: `/containers/${inPath(id)}/start` }, [304]);
}

/**
 * Stops a container, and waits for it.
 *
 * @param timeout seconds until it is killed; without one its own, else ten
 * @returns whether there is one: it is stopped then
 */
export async function stopContainer(
  requests: Requests,
  id: string,
  timeout?: number,
): Promise<boolean> {
  return ended(requests, 'stop', id, timeout);
}

/** Stops and starts a container; false where it is gone. */
export async function restartContainer(requests: Requests, id: string): Promise<boolean> {
  return ended(requests, 'restart', id);
}

async function ended(
  requests: Requests,
  act: 'stop' | 'restart',
  id: string,
  timeout?: number,
): Promise<boolean> {
  const own = timeout ?? (await rawContainer(requests, id))?.Config.StopTimeout ?? usualTimeout;
  const call = {
    path: `/containers/${inPath(id)}/${act}`,
    query: timeout === undefined ? {} : { t: timeout },
    deadline: own < 0 ? longest : Math.min(longest, own * 1000 + deadline),
  };
  return there(done(requests, call, [304]));
}

/** Gives a container another name; false where it is gone. */
export async function renameContainer(
  requests: Requests,
  id: string,
  name: string,
): Promise<boolean> {
  const query = { name: inPath(name) };
  return there(done(requests, { path: `/containers/${inPath(id)}/rename`, query }));
}

/** Sets when the engine starts it again; false where it refuses (`--rm`), or it is gone. */
export async function setRestartPolicy(
  requests: Requests,
  id: string,
  policy: { Name: string; MaximumRetryCount?: number },
): Promise<boolean> {
  const call = { path: `/containers/${inPath(id)}/update`, body: { RestartPolicy: policy } };
  return there(done(requests, call), 409);
}

const waited = z.looseObject({
  Error: z.looseObject({ Message: z.string().nullish() }).nullish(),
});

/**
 * Resolves once a container is removed, or where there is none: whether the engine heard of this or
 * of the stop first is one.
 *
 * @throws CareenError `run-cancelled` when aborted; `engine-error` where the removal failed
 */
export async function waitRemoved(
  requests: Requests,
  id: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    const { Error: failed } = await requests.get(waited, {
      method: 'POST',
      path: `/containers/${inPath(id)}/wait`,
      query: { condition: 'removed' },
      deadline: longest,
      signal,
    });
    if (failed?.Message)
      throw new CareenError('engine-error', { status: 500, message: clean(failed.Message) });
  } catch (e) {
    if (signal.aborted) throw new CareenError('run-cancelled', {}, { cause: e });
    if (!hasStatus(e, 404)) throw e;
  }
}

async function done(requests: Requests, call: Call, fine: number[] = []): Promise<void> {
  try {
    await requests.text({ method: 'POST', deadline, ...call });
  } catch (e) {
    if (!hasStatus(e, ...fine)) throw e;
  }
}

async function there(act: Promise<void>, ...refusals: number[]): Promise<boolean> {
  try {
    await act;
    return true;
  } catch (e) {
    if (hasStatus(e, 404, ...refusals)) return false;
    throw e;
  }
}
