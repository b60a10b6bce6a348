import type { Probe } from '../../domain/policy/types.js';

/** Asks an address of the policy; null: it answers as wanted, else what it did instead. */
export type ProbeAsked = (probe: Probe, signal: AbortSignal) => Promise<string | null>;
