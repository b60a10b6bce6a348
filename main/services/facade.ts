import type { Answer, CommandName, Result } from '../contract/commands.js';
import { toWire } from '../contract/wire.js';
import type { CleanRun, UpdateRun } from '../contract/runs.js';
import type { Question, SliceMessage, SliceName, Slices } from '../contract/slices.js';
import type { UpdateRow } from '../contract/updates.js';
import { CareenError } from '../domain/errors.js';
import type { Commands } from './commands/index.js';
import type { CommandContext } from './commands/types.js';
import type { Execution } from './cleaner/execution.js';
import type { HostNotice } from './host-notice.js';
import type { State } from './state/index.js';
import type { Triggers } from './triggers/index.js';

/** Who tells of updates. */
export interface UpdateEvents {
  checker: Heard<'found', UpdateRow[]>;
  updater: Heard<'ended', UpdateRun>;
}

interface Heard<E extends string, T> {
  on(event: E, listener: (told: T) => void): unknown;
  off(event: E, listener: (told: T) => void): unknown;
}

/** The assembled application, as its views see it: commands in, slices out. */
export class Careen {
  constructor(
    private readonly commands: Commands,
    private readonly state: State,
    private readonly execution: Execution,
    private readonly alerts: { triggers: Triggers; hostNotice: HostNotice },
    private readonly updates: UpdateEvents,
    private readonly end: () => Promise<void>,
    /** Who is told when the system is about to sleep, and when it woke. */
    private readonly power: { suspending(): void; woke(): Promise<void> },
  ) {}

  readonly slices = {
    /** The slice whole (`images` and `containers` with `from: 0`). */
    get: <N extends SliceName>(name: N): Slices[N] => this.state.get(name),
    version: (name: SliceName): number => this.state.version(name),
    /** Messages for a window, only while it is watched; gives the way to stop. */
    subscribe: (listener: (message: SliceMessage) => void): (() => void) => {
      this.state.on('message', listener);
      return () => this.state.off('message', listener);
    },
    setWatching: (watching: boolean): void => this.state.setWatched(watching),
    /** Told by name that a slice changed, window or not; gives the way to stop. */
    onChange: (listener: (name: SliceName) => void): (() => void) => {
      this.state.on('changed', listener);
      return () => this.state.off('changed', listener);
    },
  };

  /** Runs a command; throws CareenErrors. */
  run<N extends CommandName>(
    name: N,
    params: unknown,
    context: CommandContext,
  ): Promise<Result<N>> {
    return this.commands.call(name, params, context);
  }

  /** Runs a command; a failure is an answer, never thrown. */
  async call<N extends CommandName>(
    name: N,
    params: unknown,
    context: CommandContext,
  ): Promise<Answer<N>> {
    try {
      return { ok: true, result: await this.run(name, params, context) };
    } catch (e) {
      return { ok: false, error: toWire(e) };
    }
  }

  /** Runs a command that came over the control socket; it can open nothing on this desktop. */
  serve(name: string, params: unknown): Promise<unknown> {
    return this.commands.call(name as CommandName, params, {
      by: 'cli',
      confirm: () => Promise.resolve(false),
      pickSocket: () => Promise.resolve(null),
      saveFile: () => Promise.resolve(null),
      openFolder: () => Promise.resolve(),
      testNotification: () => Promise.resolve(),
      openLink: (url) => Promise.reject(new CareenError('not-confirmed', { act: url })),
    });
  }

  /** Told once at the end of each clean-up, whoever started it; gives the way to stop. */
  onRunEnded(listener: (run: CleanRun) => void): () => void {
    this.execution.on('ended', listener);
    return () => this.execution.off('ended', listener);
  }

  /**
   * Told once at the end of each run of updates, of rolling back or of releasing, also of one that was
   * cut off, once it is closed; gives the way to stop.
   */
  onUpdateEnded(listener: (run: UpdateRun) => void): () => void {
    this.updates.updater.on('ended', listener);
    return () => this.updates.updater.off('ended', listener);
  }

  /** Told of containers whose new version was not told before; gives the way to stop. */
  onUpdatesFound(listener: (rows: UpdateRow[]) => void): () => void {
    this.updates.checker.on('found', listener);
    return () => this.updates.checker.off('found', listener);
  }

  /** Told of each question that is worth a notification; gives the way to stop. */
  onQuestion(listener: (question: Question) => void): () => void {
    const { triggers } = this.alerts;
    triggers.on('notify', listener);
    return () => triggers.off('notify', listener);
  }

  /** Told when the host's own disk is over the policy's mark; gives the way to stop. */
  onHostFull(listener: () => void): () => void {
    const { hostNotice } = this.alerts;
    hostNotice.on('full', listener);
    return () => hostNotice.off('full', listener);
  }

  /** To be called when the system is about to sleep: nothing is begun by itself until it woke. */
  suspending(): void {
    this.power.suspending();
  }

  /** To be called when the system wakes from sleep: events may have been missed (DESIGN §3). */
  resumed(): Promise<void> {
    return this.power.woke();
  }

  /** Ends a run at its next step, closes the engine's streams and gives the data home up. */
  close(): Promise<void> {
    return this.end();
  }
}
