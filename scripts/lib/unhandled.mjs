import { writeFileSync } from 'node:fs';

/**
 * A vitest reporter that keeps what vitest's JSON report leaves out: errors that no test threw, and
 * why the run ended. It writes into the file that the environment's `CAREEN_UNHANDLED` names.
 */
export default class Unhandled {
  /**
   * @param {unknown} _modules
   * @param {readonly { name?: string, message?: string, stack?: string }[]} errors
   * @param {string} reason
   */
  onTestRunEnd(_modules, errors, reason) {
    const file = process.env.CAREEN_UNHANDLED;
    if (!file) return;
    const told = errors.map(({ name, message, stack }) => stack ?? `${name}: ${message}`);
    writeFileSync(file, JSON.stringify({ reason, errors: told }));
  }
}
