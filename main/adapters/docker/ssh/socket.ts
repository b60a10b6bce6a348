import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { Duplex } from 'node:stream';
import type { SshEndpoint } from '../parse-endpoint.js';
import { endSsh, startSsh } from './children.js';
import { sshArguments } from './command.js';
import { sshFailure, sshNotStarted } from './failures.js';

/** Characters of what ssh says that are kept: the last ones tell why it ended. */
const kept = 4_000;

/** Milliseconds after ssh's end in which its last words come; another process may hold its output open. */
const lastWords = 250;

/**
 * One connection to an engine: a child of the system's ssh, whose input and output are the engine's.
 * It fails with `ssh-failed`, once ssh has ended and said why, never before.
 */
export class SshSocket extends Duplex {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #endpoint: SshEndpoint;
  #said = '';
  #isRead = false;
  #idle: NodeJS.Timeout | null = null;
  /** Milliseconds without a word after which it emits `timeout`, as Node's own sockets do; 0: never. */
  timeout = 0;

  /** @param onNoise told of what came first, where it is no answer of an engine's */
  constructor(endpoint: SshEndpoint, onNoise: (said: string) => void) {
    super({ allowHalfOpen: false });
    this.#endpoint = endpoint;
    const child = startSsh(sshArguments(endpoint));
    this.#child = child;
    child.on('error', (e) => this.destroy(sshNotStarted(this.#endpoint, e)));
    // How it ended says more than that it takes nothing any more.
    child.stdin.on('error', () => undefined);
    child.stdout.once('data', (chunk: Buffer) => {
      const first = chunk.toString('utf8', 0, kept);
      if (!first.startsWith('HTTP/')) onNoise(first);
    });
    child.stdout.on('data', (chunk: Buffer) => {
      this.#idle?.refresh();
      if (!this.push(chunk)) child.stdout.pause();
    });
    child.stdout.on('end', () => {
      this.#isRead = true;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-kept);
    });
    child.once('exit', (code) => {
      const timer = setTimeout(() => this.#ended(code), lastWords);
      child.once('close', () => {
        clearTimeout(timer);
        this.#ended(code);
      });
    });
  }

  #ended(code: number | null): void {
    if (this.destroyed) return;
    if (code !== 0) this.destroy(sshFailure(this.#endpoint, code, this.#said));
    else if (this.#isRead) this.push(null);
    else this.#child.stdout.once('end', () => this.push(null));
  }

  override _read(): void {
    this.#child.stdout.resume();
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#idle?.refresh();
    this.#child.stdin.write(chunk, (e) => {
      if (!e) done();
    });
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#child.stdin.end(() => done());
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (this.#idle) clearTimeout(this.#idle);
    endSsh(this.#child);
    done(error);
  }

  setTimeout(ms: number): this {
    this.timeout = ms;
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = ms === 0 ? null : setTimeout(() => this.emit('timeout'), ms).unref();
    return this;
  }

  // What else Node's HTTP client asks of a socket: there is no such thing on a pipe, and ssh has its own.
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}
