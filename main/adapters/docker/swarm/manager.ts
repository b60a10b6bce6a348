import { CareenError } from '../../../domain/errors.js';
import { hasStatus, type Requests } from '../requests.js';

/**
 * In a manager's words: it has no leader, or lost it in the middle of the call. Too few of them are
 * there, or another is being chosen, for which a call waits up to 20 s (FLEET, Swarm).
 */
const leaderless =
  /leader|deadline ?exceeded|request is canceled|code = (Unavailable|Canceled|Aborted)/i;

/**
 * What a manager is asked. One that is none any more, or that has no leader, fails as `swarm-silent`:
 * its engine is well, and what it was asked for may have been done.
 *
 * @throws CareenError `swarm-silent`; as of `work`
 */
export async function ofManager<T>(requests: Requests, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (e) {
    const isSilent = hasStatus(e, 503) || (hasStatus(e, 500) && leaderless.test(e.details.message));
    if (!isSilent) throw e;
    throw new CareenError('swarm-silent', { endpoint: requests.url }, { cause: e });
  }
}
