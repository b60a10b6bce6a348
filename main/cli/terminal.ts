import { createInterface } from 'node:readline/promises';
import ora from 'ora';
import type { Readable, Writable } from 'node:stream';
import { printable, safeJson } from './printable.js';

/** Where a command reads and writes: a document or lines to stdout, all else to stderr. */
export interface Terminal {
  /** A line of the answer. */
  out: (line: string) => void;
  /** A line beside the answer: progress, a question's plan, a failure. */
  note: (line: string) => void;
  document: (document: unknown) => void;
  /**
   * A line on stderr that keeps its place while work goes on; null takes it away. There is none
   * where stderr is no terminal.
   */
  readonly status: ((text: string | null) => void) | null;
  /** Whether a person can be asked. */
  readonly interactive: boolean;
  /** A person's answer; null when there was none (end of input, cancelled). */
  ask: (question: string, cancelled: AbortSignal) => Promise<string | null>;
}

type Input = Readable & { isTTY?: boolean };
type Output = Writable & { isTTY?: boolean; columns?: number };

/** A terminal over streams. What is printed can never steer it (DESIGN §6). */
export function terminalOver(stdin: Input, stdout: Output, stderr: Output): Terminal {
  // A terminal that says to be no columns wide would make it clear lines for ever.
  const spinner =
    stderr.isTTY === true && stderr.columns !== 0
      ? ora({ stream: stderr as NodeJS.WriteStream, discardStdin: false, hideCursor: false })
      : null;
  const line = (stream: Output, text: string) => {
    spinner?.clear();
    stream.write(`${printable(text)}\n`);
    if (spinner?.isSpinning) spinner.render();
  };
  return {
    out: (text) => line(stdout, text),
    note: (text) => line(stderr, text),
    status:
      spinner &&
      ((text) => {
        if (text === null) spinner.stop();
        else if (spinner.isSpinning) spinner.text = printable(text);
        else spinner.start(printable(text));
      }),
    document: (document) => void stdout.write(`${safeJson(document)}\n`),
    interactive: stdin.isTTY === true && stderr.isTTY === true,
    ask: async (question, cancelled) => {
      const lines = createInterface({ input: stdin, output: stderr, terminal: true });
      const ended = new AbortController();
      // In raw mode an interrupt is a key and no signal; it is passed on as the signal it stands for.
      lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
      lines.on('close', () => ended.abort());
      try {
        const signal = AbortSignal.any([cancelled, ended.signal]);
        return await lines.question(printable(question), { signal });
      } catch (e) {
        if (e instanceof Error && e.name === 'AbortError') return null;
        throw e;
      } finally {
        lines.close();
      }
    },
  };
}
