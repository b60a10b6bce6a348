import type { DockerEngine } from '../../adapters/docker/types.js';
import { CareenError } from '../../domain/errors.js';
import type { EngineFacts } from '../../domain/facts.js';
import type { Finder, Found } from '../connection.js';

/**
 * The way to engines with one question before each is let in: is it the right one here? What the
 * question throws is told as why the engine is not to be had, and it is asked again at the next try.
 */
export function gated(finder: Finder, mayBe: (facts: EngineFacts) => Promise<void>): Finder {
  return {
    ...finder,
    connect: async (endpoint, context) => letIn(await finder.connect(endpoint, context), mayBe),
  };
}

/**
 * The way to one engine that a person added: it is sought at its address and nowhere else, with the
 * certificates of the docker context that it was added by, if it was.
 */
export function only(
  finder: Pick<Finder, 'connect'>,
  name: string,
  context: string | null,
): Finder {
  return {
    connect: (endpoint) => finder.connect(endpoint, context),
    discover: (endpoint) => Promise.resolve(endpoint === null ? nowhere : at(endpoint, name)),
    cliEndpoint: () => Promise.resolve(null),
  };
}

const nowhere: Found = { endpoint: null, chosen: null, looked: [], error: null };

function at(endpoint: string, name: string): Found {
  const chosen = { name, kind: 'chosen' as const, endpoint, outcome: 'answers' as const };
  return { endpoint, chosen, looked: [chosen], error: null };
}

async function letIn(
  engine: DockerEngine,
  mayBe: (facts: EngineFacts) => Promise<void>,
): Promise<DockerEngine> {
  try {
    await mayBe(engine.facts);
    return engine;
  } catch (e) {
    engine.close();
    throw e instanceof CareenError ? e : new CareenError('internal', { message: String(e) });
  }
}
