import type { z } from 'zod';
import { commands, type CommandName, type Result } from '../contract/commands.js';
import type { SliceName } from '../contract/slices.js';
import { CareenError } from '../domain/errors.js';
import { sharing } from '../domain/layers.js';
import type { Cleaner } from './cleaner/index.js';
import type { Connection } from './connection.js';
import type { Gauges } from './gauges.js';
import type { Journal } from './journal/index.js';
import type { Judging } from './judging.js';
import type { Meeting } from './meeting.js';
import type { Policies } from './policies.js';
import type { Preferences } from './preferences.js';
import type { Runs } from './runs.js';
import type { State } from './state/index.js';
import type { AskedBy } from './types.js';

/** What a command would widen Careen's reach to; a person agrees first, outside the window (DESIGN §6). */
export interface Widening {
  kind: 'foreign-endpoint';
  endpoint: string;
}

/** Who gave a command, and how a person is asked. */
export interface CommandContext {
  by: AskedBy;
  confirm(widening: Widening): Promise<boolean>;
  /** A socket from a file dialog of main's own, or null; no window or script can name one. */
  pickSocket(): Promise<string | null>;
  /** Opens an address in the browser. */
  openLink(url: string): Promise<void>;
}

type Parsed<N extends CommandName> = z.output<(typeof commands)[N]['params']>;
type Handlers = {
  [N in CommandName]: (params: Parsed<N>, context: CommandContext) => Promise<Result<N>>;
};

export interface Collaborators {
  connection: Connection;
  meeting: Meeting;
  judging: Judging;
  cleaner: Cleaner;
  policies: Policies;
  matches: {
    ofReference(text: string): { name: string; match: string[] };
    ofImage(image: { id: string; refs: string[] }): { name: string; match: string[] };
  };
  journal: Journal;
  runs: Runs;
  gauges: Gauges;
  preferences: Preferences;
  state: State;
  imageDetail(id: string): Result<'image.get'>;
}

/** The one table of commands: name → schema → service (DESIGN §2). */
export class Commands {
  readonly #handlers: Handlers;

  constructor(private readonly with_: Collaborators) {
    this.#handlers = handlersOf(with_);
  }

  /** Parses and runs a command; throws CareenErrors, `input-invalid` for what does not parse. */
  async call<N extends CommandName>(
    name: N,
    params: unknown,
    context: CommandContext,
  ): Promise<Result<N>> {
    if (!Object.hasOwn(commands, name))
      throw new CareenError('input-invalid', {
        what: 'command',
        found: String(name),
        expected: Object.keys(commands).join(', '),
      });
    const parsed = commands[name].params.safeParse(params);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new CareenError('input-invalid', {
        what: [name, ...(issue?.path ?? [])].join('.'),
        found: JSON.stringify(params)?.slice(0, 200) ?? 'nothing',
        expected: issue?.message ?? '',
      });
    }
    await this.with_.meeting.done();
    return this.#handlers[name](parsed.data as Parsed<N>, context);
  }
}
