import { capture, say } from './process.mjs';

/** What a run of the tests counts: checks, the build, and every vitest test. */
export class Tally {
  passed = 0;
  failed = 0;
  /** @type {string[]} */
  notRun = [];
  /** @type {string[]} */
  failures = [];
  #complete = true;

  /** @param {string} name @param {boolean} good */
  count(name, good) {
    if (good) this.passed += 1;
    else {
      this.failed += 1;
      this.failures.push(name);
    }
  }

  /** @param {string} name a part that has to run wherever it can, and could not */
  lack(name) {
    this.notRun.push(name);
    this.#complete = false;
  }

  /**
   * Runs a step and says how long it took.
   * @template T
   * @param {string} name
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async timed(name, work) {
    say(`\n── ${name}`);
    const begun = performance.now();
    try {
      return await work();
    } finally {
      say(`── ${name}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
    }
  }

  /**
   * Runs a command as one test. What it prints is shown only when it fails.
   * @param {string} name
   * @param {string} command
   * @param {string[]} args
   * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
   * @returns {Promise<boolean>} whether it passed
   */
  async command(name, command, args, options) {
    const { code, stdout, stderr } = await this.timed(name, () => capture(command, args, options));
    if (code !== 0) say(`${stdout}${stderr}`);
    this.count(name, code === 0);
    return code === 0;
  }

  /**
   * Prints the end: failures, what was not run, and the counts on a line of their own, the last one.
   * @param {boolean} strict whether a part that could not run is a failure of the whole
   * @returns {number} the exit code
   */
  close(strict) {
    for (const name of this.failures) say(`failed: ${name}`);
    for (const name of this.notRun) say(`not run: ${name}`);
    process.stdout.write(`${this.passed} passed, ${this.failed} failed\n`);
    const whole = this.#complete || !strict;
    return this.failed === 0 && this.passed > 0 && whole ? 0 : 1;
  }
}
