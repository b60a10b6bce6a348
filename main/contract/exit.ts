import type { ErrorCode } from '../domain/errors.js';

/** Exit codes of the command line (DESIGN §5). */
export const exit = { done: 0, failed: 1, wrongInput: 2, refused: 3, cancelled: 130 } as const;

const wrongInput = new Set<ErrorCode>([
  'reference-invalid',
  'policy-invalid',
  'policy-unreadable',
  'policy-exists',
  'file-missing',
  'file-invalid',
  'input-invalid',
  'image-unknown',
  'engine-unknown',
  'engine-several',
  'context-missing',
  'endpoint-invalid',
  'plan-unknown',
  'run-unknown',
  'suggestion-unknown',
  'container-unknown',
  'version-unknown',
]);
const refused = new Set<ErrorCode>([
  'not-confirmed',
  'plan-expired',
  'plan-other-engine',
  'home-foreign',
  'endpoint-remote',
  'endpoint-plain',
  'engine-changed',
  'engine-other',
  'engine-first',
  'engine-unfinished',
  'engine-twice',
  'twin-unfinished',
  'engines-differ',
  'engine-replaced',
  'run-under-way',
  'update-unwell',
  'protected-by-rule',
  'policy-changed',
  'log-unwritable',
  'container-owned',
  'nothing-kept',
  'no-room',
]);

/** The exit code that a failure ends a command with. */
export function exitCodeOf(code: ErrorCode): number {
  if (wrongInput.has(code)) return exit.wrongInput;
  if (refused.has(code)) return exit.refused;
  if (code === 'run-cancelled') return exit.cancelled;
  return exit.failed;
}
