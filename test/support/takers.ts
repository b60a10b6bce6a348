import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { type Interface, createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/** A child process made of `entry-owner.ts`. */
export class Taker {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  readonly #reader: Interface;

  constructor(bundle: string, home: string) {
    this.#process = spawn(process.execPath, [bundle, home], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE: dirname(bundle) },
    });
    this.#reader = createInterface({ input: this.#process.stdout });
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Says a line and gives what the child answers to it; without a line, what it says next. */
  async ask(line?: string): Promise<unknown> {
    if (line !== undefined) this.#process.stdin.write(`${line}\n`);
    const next = await this.#lines.next();
    if (next.done) throw new Error(`the child ${this.pid} ended without an answer`);
    return JSON.parse(next.value);
  }

  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exited;
  }
}
