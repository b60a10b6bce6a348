import type { IncomingMessage } from 'node:http';
import { finished } from 'node:stream';
import { z } from 'zod';
import { CareenError, isCareenError } from '../../domain/errors.js';
import { splitReference } from '../../domain/reference.js';
import type { LayerProgress } from './container-acts.js';
import { registrySilence } from './failures.js';
import { readLines } from './lines.js';
import { inPath } from './names.js';
import { hasStatus, type Requests } from './requests.js';
import { clean } from './text.js';

/** Milliseconds until the registry has told the engine of the image. */
const headDeadline = 120_000;

/** Milliseconds without a word of progress, after which a pull counts as stuck. */
const patience = 300_000;

const word = z.looseObject({
  id: z.string().nullish(),
  status: z.string().nullish(),
  progressDetail: z
    .looseObject({ current: z.number().nullish(), total: z.number().nullish() })
    .nullish(),
  error: z.string().nullish(),
  errorDetail: z.looseObject({ message: z.string().nullish() }).nullish(),
});

export interface PullOptions {
  /** The value of `X-Registry-Auth`; null pulls without credentials. */
  auth: string | null;
  /** Ends it in the middle; what has been fetched the engine keeps for the next try. */
  signal: AbortSignal;
  /** `os/architecture[/variant]`; without one the engine's own. */
  platform?: string;
  /** Told of every layer's progress. */
  onProgress?: (progress: LayerProgress) => void;
}

/**
 * Has the engine pull an image by digest or by tag. A failed pull answers 200 and says so in a line
 * of its progress (TESTBED, Streams).
 *
 * @param reference `repository@sha256:…` or `repository:tag`
 * @throws CareenError `pull-failed` with the engine's own words, `registry-silent`, `run-cancelled`,
 *   `reference-invalid`; failures of the connection
 */
export async function pull(
  requests: Requests,
  reference: string,
  options: PullOptions,
): Promise<void> {
  const { auth, signal, platform } = options;
  const { name, tag, digest } = splitReference(reference);
  const which = digest ?? tag;
  // Without either the engine would pull every tag of the repository.
  if (which === null)
    throw new CareenError('reference-invalid', { text: reference, problem: 'not-a-tag' });
  try {
    const { stream, end } = await requests.stream({
      method: 'POST',
      path: '/images/create',
      query: {
        fromImage: inPath(name),
        tag: inPath(which),
        ...(platform === undefined ? {} : { platform }),
      },
      deadline: headDeadline,
      signal,
      ...(auth === null ? {} : { headers: { 'X-Registry-Auth': auth } }),
    });
    const failure = await followed(stream, end, reference, options);
    if (failure !== null)
      throw new CareenError('pull-failed', { reference, message: clean(failure) });
  } catch (e) {
    if (signal.aborted) throw new CareenError('run-cancelled', {}, { cause: e });
    // The engine answers once the registry has: it would be silent to a ping, too, if it were itself.
    if (isCareenError(e, 'engine-silent')) throw registrySilence(reference, headDeadline);
    if (hasStatus(e, 400, 401, 403, 404, 500))
      throw new CareenError('pull-failed', { reference, message: e.details.message }, { cause: e });
    throw requests.failure(e);
  }
}

/** Reads the progress to its end; gives the failure that it tells of, else null. */
function followed(
  stream: IncomingMessage,
  end: () => void,
  reference: string,
  { onProgress }: PullOptions,
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    let failure: string | null = null;
    let stuck = false;
    const silent = (): void => {
      stuck = true;
      end();
    };
    let timer = setTimeout(silent, patience);
    readLines(stream, (line) => {
      clearTimeout(timer);
      timer = setTimeout(silent, patience);
      const said = saidIn(line);
      failure = said.failure ?? failure;
      if (said.progress) onProgress?.(said.progress);
    });
    finished(stream, { writable: false }, (error) => {
      clearTimeout(timer);
      if (stuck) reject(registrySilence(reference, patience));
      else if (error) reject(error);
      else resolve(failure);
    });
  });
}

function saidIn(line: string): { failure: string | null; progress: LayerProgress | null } {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return { failure: line.slice(0, 200), progress: null };
  }
  const { data } = word.safeParse(json);
  return {
    failure: data?.errorDetail?.message ?? data?.error ?? null,
    progress: data ? layerOf(data) : null,
  };
}

/** The first word of a pull is of the tag, not of a layer. */
function layerOf({ id, status, progressDetail: bytes }: z.output<typeof word>) {
  if (!id || !status || status.startsWith('Pulling from ')) return null;
  const { current = null, total = null } = bytes ?? {};
  return { layer: clean(id), status: clean(status), current, total };
}
