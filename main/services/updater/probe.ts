import type { EngineFacts } from '../../domain/facts.js';
import { isLocal } from '../../domain/identity.js';
import { mayLeadHere, parseHostAndPort, parseHttpAddress } from '../../domain/policy/addresses.js';
import type { Probe } from '../../domain/policy/types.js';

/** Asks an address of the policy; null: it answers as wanted, else what it did instead. */
export type ProbeAsked = (probe: Probe, signal: AbortSignal) => Promise<string | null>;

/**
 * Whether an address can be one of the engine's machine. Loopback is this one: what answers there
 * proves nothing of a container elsewhere.
 */
export function isOfEngine(probe: Probe, engine: EngineFacts): boolean {
  if (isLocal(engine)) return true;
  const host =
    'tcp' in probe ? parseHostAndPort(probe.tcp)?.host : parseHttpAddress(probe.http)?.hostname;
  return host !== undefined && !mayLeadHere(host);
}
