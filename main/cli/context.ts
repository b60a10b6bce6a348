import type { z } from 'zod';
import type { documents, DocumentName } from '../contract/documents/index.js';
import { messages, type Messages } from '../messages/index.js';
import type { Session } from './session.js';
import type { Terminal } from './terminal.js';

type Document<N extends DocumentName> = z.input<(typeof documents)[N]>;

/** What a command answers: its document for `--json`, its lines for a person, its exit code. */
export interface Output<N extends DocumentName = DocumentName> {
  document: Document<N>;
  lines: string[];
  exit: number;
}

/** What a command is handed. */
export interface Context {
  /** A person's language. */
  m: Messages;
  json: boolean;
  terminal: Terminal;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Opens the way to Careen at the first call; commands that need none touch no home. */
  session: () => Promise<Session>;
  /**
   * Says what an interrupt does from now on instead of ending the command: an act that ends it in
   * order. Null: ends it at once again.
   */
  onInterrupt: (act: (() => void) | null) => void;
  /** Aborted at the first interrupt. */
  interrupted: AbortSignal;
}

/** A command that the arguments chose, ready to run. */
export type Chosen = (context: Context) => Promise<Output>;

/** `text` in JSON is always English, with dates of one zone (DESIGN §5). */
export const english: Messages = messages('en', { timeZone: 'UTC' });

/** A line for a person: on stdout, or beside the document where that is what stdout is for. */
export function say({ json, terminal }: Context, line: string): void {
  if (json) terminal.note(line);
  else terminal.out(line);
}
