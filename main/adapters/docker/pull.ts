import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream';
import { z } from 'zod';
import { CareenError } from '../../domain/errors.js';
import type { LayerProgress } from './container-acts.js';
import { engineFailure } from './failures.js';
import { readLines } from './lines.js';
import { inPath } from './names.js';
import { hasStatus, type Requests } from './requests.js';
import { clean } from './text.js';

/** Milliseconds until the registry has told the engine of the image. */
const headDeadline = 120_000;

/** Milliseconds without a word of progress, after which a pull counts as stuck. */
const patience = 300_000;

const progress = z.looseObject({
  error: z.string().nullish(),
  errorDetail: z.looseObject({ message: z.string().nullish() }).nullish(),
});

export interface PullOptions {
  /** The value of `X-Registry-Auth`; null pulls without credentials. */
  auth: string | null;
  /** Ends it in the middle; what has been fetched the engine keeps for the next try. */
  signal: AbortSignal;
  /** Told of every layer's progress. */
  onProgress?: (progress: LayerProgress) => void;
}

/**
 * Has the engine pull an image by digest. A failed pull answers 200 and says so in a line of its
 * progress (TESTBED, Streams).
 *
 * @param reference `repository@sha256:…`
 * @throws CareenError `pull-failed` with the engine's own words, `run-cancelled`,
 *   `reference-invalid`; failures of the connection
 */
export async function pull(
  requests: Requests,
  reference: string,
  { auth, signal }: PullOptions,
): Promise<void> {
  const [repo = '', digest = ''] = reference.split('@');
  if (!/^sha256:[0-9a-f]{64}$/.test(digest))
    throw new CareenError('reference-invalid', { text: reference, problem: 'not-a-digest' });
  try {
    const { stream, end } = await requests.stream({
      method: 'POST',
      path: '/images/create',
      query: { fromImage: inPath(repo), tag: digest },
      deadline: headDeadline,
      signal,
      ...(auth === null ? {} : { headers: { 'X-Registry-Auth': auth } }),
    });
    const failure = await followed(stream, end, signal);
    if (failure !== null)
      throw new CareenError('pull-failed', { reference, message: clean(failure) });
  } catch (e) {
    if (signal.aborted) throw new CareenError('run-cancelled', {}, { cause: e });
    if (hasStatus(e, 400, 401, 403, 404, 500))
      throw new CareenError('pull-failed', { reference, message: e.details.message }, { cause: e });
    throw engineFailure(e, requests.at.url, 'connected');
  }
}

/** Reads the progress to its end; gives the failure that it tells of, else null. */
function followed(
  stream: IncomingMessage,
  end: () => void,
  signal: AbortSignal,
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let failure: string | null = null;
    let stuck = setTimeout(end, patience);
    signal.addEventListener('abort', end);
    readLines(stream, (line) => {
      clearTimeout(stuck);
      stuck = setTimeout(end, patience);
      failure = failureIn(line) ?? failure;
    });
    finished(stream, { writable: false }, (error) => {
      clearTimeout(stuck);
      signal.removeEventListener('abort', end);
      if (error) reject(error);
      else resolve(failure);
    });
  });
}

function failureIn(line: string): string | null {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return line.slice(0, 200);
  }
  const { data } = progress.safeParse(json);
  return data?.errorDetail?.message ?? data?.error ?? null;
}
