import { realpath } from 'node:fs/promises';
import { CareenError } from '../../domain/errors.js';
import { engineFailure } from './failures.js';
import type { LocalEndpoint } from './parse-endpoint.js';
import type { Requests } from './requests.js';

/**
 * Asks whether an engine answers.
 *
 * @param deadline milliseconds
 * @param apart over a connection of its own
 * @throws CareenError `engine-unsupported` when what answers is no engine; failures of the connection
 */
export async function ping(requests: Requests, deadline: number, apart = false): Promise<void> {
  const answer = await requests.text({ path: '/_ping', deadline, apart });
  if (answer.trim() !== 'OK')
    throw new CareenError('engine-unsupported', { endpoint: requests.url, found: '/_ping' });
}

/** Links are resolved, so that two ways to one socket are one engine (HOSTS §1, Identity). */
export async function realEndpoint(at: LocalEndpoint): Promise<LocalEndpoint> {
  if (at.kind === 'npipe') return at;
  try {
    const path = await realpath(at.path);
    return { ...at, path, url: `unix://${path}` };
  } catch (e) {
    throw engineFailure(e, at.url, 'connecting');
  }
}
