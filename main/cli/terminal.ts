import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';
import { printable, safeJson } from './printable.js';

/** Where a command reads and writes: a document or lines to stdout, all else to stderr. */
export interface Terminal {
  /** A line of the answer. */
  out: (line: string) => void;
  /** A line beside the answer: progress, a question's plan, a failure. */
  note: (line: string) => void;
  document: (document: unknown) => void;
  /** Whether a person can be asked. */
  readonly interactive: boolean;
  /** A person's answer; null when there was none (end of input, cancelled). */
  ask: (question: string, cancelled: AbortSignal) => Promise<string | null>;
}

type Input = Readable & { isTTY?: boolean };
type Output = Writable & { isTTY?: boolean };

/** A terminal over streams. What is printed can never steer it (DESIGN §6). */
export function terminalOver(stdin: Input, stdout: Output, stderr: Output): Terminal {
  return {
    out: (line) => void stdout.write(`${printable(line)}\n`),
    note: (line) => void stderr.write(`${printable(line)}\n`),
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
