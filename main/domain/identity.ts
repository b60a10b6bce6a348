import type { EngineIdentity } from './facts.js';

/** One string for an engine's identity: endpoint, ID and store together (DESIGN §3). */
export function engineKey({ endpoint, id, store }: EngineIdentity): string {
  return [endpoint, id, store].join('|');
}

/** The identity that such a string is of. */
export function identityIn(key: string): Record<keyof EngineIdentity, string> {
  const parts = key.split('|');
  const [id = '', store = ''] = parts.splice(-2);
  return { endpoint: parts.join('|'), id, store };
}

/**
 * Whether an engine's key is that of an identity, whatever the store: an engine that was set up anew may
 * have another.
 */
export function isKeyAt(key: string, { endpoint, id }: EngineIdentity): boolean {
  const of = identityIn(key);
  return of.endpoint === endpoint && of.id === id;
}

/** Whether two identities are one engine. */
export function sameEngine(a: EngineIdentity, b: EngineIdentity): boolean {
  return engineKey(a) === engineKey(b);
}

/** Whether an engine is on this machine: by itself Careen acts on no other (DESIGN §1.7). */
export function isLocal({ endpoint }: EngineIdentity): boolean {
  return /^(unix|npipe):/.test(endpoint);
}
