import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { resolve } from 'node:path';
import { documents, type DocumentName } from '../../../main/contract/documents/index.js';
import { careenCli } from '../../support/cli.js';
import type { TestEngine } from '../../support/engine.js';

const built = resolve('out/cli/careen.cjs');

export interface Place {
  engine: TestEngine;
  home: string;
}

/** Runs a command with `--json` and parses what it printed by the schema that it promises. */
export async function ask<N extends DocumentName>(
  name: N,
  { engine, home }: Place,
  args: string[],
) {
  const { code, document, stderr } = await careenCli(args, { home, socket: engine.socket });
  const parsed = documents[name].parse(document) as ReturnType<(typeof documents)[N]['parse']>;
  return { code, document: parsed, raw: document, stderr };
}

/** A command line under way; what it has written so far grows in `output`. */
export class Running {
  output = '';
  readonly #child: ChildProcessWithoutNullStreams;
  /** With its exit code, once all that it wrote has come, which may be after its end. */
  readonly #closed: Promise<number | null>;

  private constructor(command: string, args: string[], { engine, home }: Place) {
    this.#child = spawn(command, args, {
      env: {
        PATH: process.env['PATH'],
        HOME: home,
        CAREEN_HOME: home,
        DOCKER_HOST: engine.url,
        LANG: 'C',
      },
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream.on('data', (data: Buffer) => (this.output += data.toString('utf8')));
    this.#closed = new Promise((resolve) => this.#child.once('close', (code) => resolve(code)));
  }

  /** Without a terminal. */
  static plain(args: string[], place: Place): Running {
    return new Running(process.execPath, [built, ...args], place);
  }

  /** On a terminal of its own, where a person can be asked. */
  static onTerminal(args: string[], place: Place): Running {
    const command = [process.execPath, built, ...args].map((arg) => `'${arg}'`).join(' ');
    return new Running('script', ['-qefc', command, '/dev/null'], place);
  }

  /** Resolves once the output has this. */
  until(text: string): Promise<void> {
    const child = this.#child;
    return new Promise((resolve, reject) => {
      const stop = () => {
        for (const stream of [child.stdout, child.stderr]) stream.off('data', look);
        child.off('close', ended);
      };
      const look = () => {
        if (!this.output.includes(text)) return;
        stop();
        resolve();
      };
      const ended = () => {
        stop();
        if (this.output.includes(text)) resolve();
        else reject(new Error(`ended with:\n${this.output}`));
      };
      for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
      child.on('close', ended);
      look();
    });
  }

  type(text: string): void {
    this.#child.stdin.write(text);
  }

  interrupt(): void {
    this.#child.kill('SIGINT');
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Its exit code. */
  ended(): Promise<number | null> {
    return this.#closed;
  }
}
