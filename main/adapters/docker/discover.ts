import { CareenError, type LookedAt, toCareenError } from '../../domain/errors.js';
import { candidates, type Place } from './endpoint.js';
import type { HostView } from './host-view.js';
import { isLocalEndpoint, type LocalEndpoint, parseEndpoint } from './parse-endpoint.js';
import { ping } from './ping.js';
import { Requests } from './requests.js';
import { localWay } from './way.js';

export interface Discovery {
  /** The engine to connect to; null where none may be taken. */
  endpoint: string | null;
  /** The place that it was taken from. */
  chosen: LookedAt | null;
  /** Every place that was looked at, in the order of looking. */
  looked: LookedAt[];
  /** Of those, the ones that a person may choose instead: they answer, or are remote. */
  others: LookedAt[];
  /** Why a place that was named was not taken, where that is what stands in the way. */
  error: CareenError | null;
}

export interface DiscoverOptions {
  /** A pinned or explicit endpoint: then only that one is looked at. */
  chosen?: string | null;
  /** Milliseconds for each place; default 2 s. All are asked at once. */
  deadline?: number;
}

/**
 * Looks for an engine where the docker CLI would (DESIGN §3, Endpoint). By itself only local ones are
 * taken, and where the environment or the CLI's settings name one that cannot be had, nothing is. One
 * elsewhere that a person chose is taken at its word: connecting shows whether it answers.
 *
 * @throws CareenError for a chosen endpoint only, and never for another's sake: `engine-permission`,
 *   `engine-refused`, `engine-silent`, `engine-unsupported`, `endpoint-invalid`
 */
export async function discover(host: HostView, options: DiscoverOptions = {}): Promise<Discovery> {
  const { chosen = null, deadline = 2_000 } = options;
  if (chosen !== null) return only(chosen, deadline);
  const places = await candidates(host);
  const seen = await Promise.all(places.map((place) => look(place, deadline)));
  const looked = seen.map(({ at }) => at);
  const stop = seen.find(
    ({ place, at }) => place.take === 'only' || (place.take === 'yes' && at.outcome === 'answers'),
  );
  const taken = stop?.at.outcome === 'answers' ? stop.at : null;
  return {
    endpoint: taken?.endpoint ?? null,
    chosen: taken,
    looked,
    others: looked.filter(
      (at) => at !== taken && (at.outcome === 'answers' || at.outcome === 'remote'),
    ),
    error: taken ? null : (stop?.error ?? null),
  };
}

async function only(endpoint: string, deadline: number): Promise<Discovery> {
  const parsed = parseEndpoint(endpoint);
  const { url } = parsed;
  // One elsewhere is not asked twice: each time it would be another login.
  const isLocal = isLocalEndpoint(parsed);
  if (isLocal) await probe(parsed, deadline);
  const outcome = isLocal ? 'answers' : 'remote';
  const at: LookedAt = { name: url, kind: 'chosen', endpoint: url, outcome };
  return { endpoint: url, chosen: at, looked: [at], others: [], error: null };
}

interface Seen {
  place: Place;
  at: LookedAt;
  error: CareenError | null;
}

async function look(place: Place, deadline: number): Promise<Seen> {
  const { name, kind, endpoint, missing } = place;
  const seen = (outcome: LookedAt['outcome'], error: CareenError | null): Seen => ({
    place,
    at: { name, kind, endpoint, outcome },
    error,
  });
  if (missing !== null)
    return missing === 'not-set' ? seen('not-set', null) : seen('missing', missing);
  try {
    const parsed = parseEndpoint(endpoint);
    if (!isLocalEndpoint(parsed))
      return seen('remote', new CareenError('endpoint-remote', { endpoint }));
    await probe(parsed, deadline);
    return seen('answers', null);
  } catch (e) {
    const error = toCareenError(e);
    return seen(outcomeOf(error), error);
  }
}

async function probe(endpoint: LocalEndpoint, deadline: number): Promise<void> {
  const requests = new Requests(localWay(endpoint), 'connecting', null);
  await ping(requests, deadline);
}

function outcomeOf(error: CareenError): LookedAt['outcome'] {
  switch (error.code) {
    case 'engine-permission':
      return 'no-permission';
    case 'engine-silent':
      return 'silent';
    case 'engine-refused': {
      const { code } = Object(error.cause) as { code?: unknown };
      return code === 'ENOENT' ? 'no-socket' : 'refused';
    }
    default:
      return 'not-an-engine';
  }
}
