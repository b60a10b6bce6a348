import type { ErrorDocument } from '../contract/documents/index.js';
import type { WireError } from '../contract/wire.js';
import type { CareenError } from '../domain/errors.js';
import type { Recoverable } from '../domain/facts.js';
import type { Reason } from '../domain/verdict/types.js';
import type { ReasonContext } from '../messages/index.js';
import { english as en } from './context.js';

/** Milliseconds as a document writes a time. */
export const iso = (ms: number) => new Date(ms).toISOString();
export const isoOrNull = (ms: number | null) => (ms === null ? null : iso(ms));

/** The rule behind a reason; null where none is. */
export const ruleOf = (r: Reason) => ('rule' in r ? r.rule : null);

/** A reason with its English sentence. */
export function reasonOf(r: Reason, context: ReasonContext) {
  return { kind: r.kind, code: r.code, rule: ruleOf(r), text: en.reason(r, context) };
}

export function recoverableOf(r: Recoverable) {
  return r.state === 'verified' ? { state: r.state, at: iso(r.at) } : { state: r.state };
}

/** A failure with its English sentence. */
export function failureOf(error: WireError | CareenError): ErrorDocument['error'] {
  return { code: error.code, text: en.error(error), details: { ...error.details } };
}
