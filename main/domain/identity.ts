import type { EngineIdentity } from './facts.js';

/** One string for an engine's identity: endpoint, ID and store together (DESIGN §3). */
export function engineKey({ endpoint, id, store }: EngineIdentity): string {
  return [endpoint, id, store].join('|');
}

/** The engine's own ID in such a string. */
export function idIn(key: string): string {
  return key.split('|').at(-2) ?? '';
}

/** Whether two identities are one engine. */
export function sameEngine(a: EngineIdentity, b: EngineIdentity): boolean {
  return engineKey(a) === engineKey(b);
}

/** Whether an engine is on this machine: by itself Careen acts on no other (DESIGN §1.7). */
export function isLocal({ endpoint }: EngineIdentity): boolean {
  return /^(unix|npipe):/.test(endpoint);
}
