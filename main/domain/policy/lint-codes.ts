import type { Path } from './keys.js';

/** What a policy says that is no error and hardly meant. */
export type LintCode =
  /** Another rule of the same list (`rule`) does all that this one does. */
  | 'rule-pointless'
  /** Keeps every image that has a name. */
  | 'keeps-everything'
  /** A rule (`rule`) keeps or protects all that this one would remove. */
  | 'never-removes'
  | 'auto-without-trigger'
  | 'until-past'
  /** A pattern or platform that no image can have. */
  | 'never-matches'
  | 'schedule-never'
  /** A rule's own mode that is less strict than the policy's, which it cannot raise. */
  | 'mode-no-effect'
  /** A glob that no container's name can suit. */
  | 'never-matches-container'
  /** An entry of `update.containers` behind one (`rule`) that matches all that it does. */
  | 'entry-shadowed'
  /** `settle` above `proveWithin`. */
  | 'never-settles'
  | 'checks-often';

/** One of them, at its place in the document. */
export interface FoundLint {
  code: LintCode;
  at: Path;
  /** The rule that makes this one pointless. */
  rule: string | null;
  /** What was probably meant. */
  suggestion: string | null;
}
