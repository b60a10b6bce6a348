import { EventEmitter } from 'node:events';
import type { Answer, CommandName, Result } from '../contract/commands.js';
import { fleetCommands, type FleetCommandName } from '../contract/fleet.js';
import { firstEngine } from '../contract/first-engine.js';
import { assertCommand } from '../contract/parse.js';
import { toWire, type WireError } from '../contract/wire.js';
import type { CleanRun, UpdateRun } from '../contract/runs.js';
import {
  slices,
  type Question,
  type SliceMessage,
  type SliceName,
  type Slices,
} from '../contract/slices.js';
import type { UpdateRow } from '../contract/updates.js';
import { CareenError } from '../domain/errors.js';
import type { CommandContext } from './commands/types.js';
import type { FleetCommands } from './fleet/commands.js';
import type { Fleet } from './fleet/index.js';
import type { Room } from './fleet/types.js';

/** What engines tell, each with its key. */
interface Told {
  run: [run: CleanRun, engine: string];
  update: [run: UpdateRun, engine: string];
  found: [rows: UpdateRow[], engine: string];
  question: [question: Question, engine: string];
  hostFull: [];
  message: [SliceMessage];
  changed: [name: SliceName, engine: string];
}

/**
 * The assembled application, as its views see it: commands in, slices out. Every call and every slice
 * is of one engine, by its key; where none is given it is the first's.
 */
export class Careen {
  readonly #told = new EventEmitter<Told>();
  /** The engine whose slices are told of. */
  #watched: string | null = null;
  /** Rooms as they were opened last: what is opened anew is shown as it was until it is. */
  readonly #last = new Map<string, Room>();

  constructor(
    private readonly fleet: Fleet,
    private readonly commands: FleetCommands,
    private readonly end: () => Promise<void>,
  ) {
    this.#told.setMaxListeners(0);
    fleet.on('message', (message) => this.#told.emit('message', message));
    fleet.on('slice', (name, engine) => this.#told.emit('changed', name, engine));
    fleet.on('opened', (room) => this.#hear(room));
    fleet.on('closed', (engine) => this.#last.delete(engine));
  }

  readonly slices = {
    /** The slice whole (`images` and `containers` with `from: 0`). */
    get: <N extends SliceName>(name: N, engine = firstEngine): Slices[N] =>
      this.#room(engine).state.get(name),
    version: (name: SliceName, engine = firstEngine): number =>
      this.#room(engine).state.version(name),
    /** Keys of the engines that have slices of their own, the first's at least. */
    engines: (): string[] => [...this.#last.keys()],
    /** Messages for a window, of the engine that is watched; gives the way to stop. */
    subscribe: (listener: (message: SliceMessage) => void): (() => void) =>
      this.#on('message', listener),
    /** Of which engine messages are made; null: of none. */
    setWatching: (engine: string | null): void => {
      if (engine === this.#watched) return;
      if (this.#watched !== null) this.fleet.peek(this.#watched)?.state.setWatched(false);
      this.#watched = engine;
      if (engine !== null) this.fleet.peek(engine)?.state.setWatched(true);
    },
    /** Told by name and engine that a slice changed, window or not; gives the way to stop. */
    onChange: (listener: (name: SliceName, engine: string) => void): (() => void) =>
      this.#on('changed', listener),
  };

  /** Runs a command; throws CareenErrors, `engine-unknown` where there is no such engine. */
  async run<N extends CommandName>(
    name: N,
    params: unknown,
    context: CommandContext,
    engine = firstEngine,
  ): Promise<Result<N>> {
    assertCommand(name);
    if (isOfFleet(name)) return await this.commands.call(name, params, context);
    if (engine !== firstEngine && firstOnly.has(name))
      throw new CareenError('input-invalid', {
        what: `${name}.engine`,
        found: engine,
        expected: firstEngine,
      });
    const { commands } = await this.fleet.room(engine);
    const { fleet } = this;
    const named: CommandContext = {
      ...context,
      confirm: (widening) => context.confirm(widening, fleet.namesWithPolicyOf(engine)),
    };
    return (await commands.call(name, params, named)) as Result<N>;
  }

  /** Opens what belongs to an engine, if it is not yet; gives why that cannot be. */
  async open(engine: string): Promise<WireError | null> {
    try {
      await this.fleet.room(engine);
      return null;
    } catch (e) {
      return toWire(e);
    }
  }

  /** Runs a command; a failure is an answer, never thrown. */
  async call<N extends CommandName>(
    name: N,
    params: unknown,
    context: CommandContext,
    engine = firstEngine,
  ): Promise<Answer<N>> {
    try {
      return { ok: true, result: await this.run(name, params, context, engine) };
    } catch (e) {
      return { ok: false, error: toWire(e) };
    }
  }

  /** Runs a command that came over the control socket; it can open nothing on this desktop. */
  serve(name: string, params: unknown, engine = firstEngine): Promise<unknown> {
    const context: CommandContext = {
      by: 'cli',
      confirm: () => Promise.resolve(false),
      pickSocket: () => Promise.resolve(null),
      saveFile: () => Promise.resolve(null),
      openFolder: () => Promise.resolve(),
      testNotification: () => Promise.resolve(),
      openLink: (url) => Promise.reject(new CareenError('not-confirmed', { act: url })),
    };
    return this.run(name as CommandName, params, context, engine);
  }

  /** Told once at the end of each clean-up, whoever started it; gives the way to stop. */
  onRunEnded(listener: (run: CleanRun, engine: string) => void): () => void {
    return this.#on('run', listener);
  }

  /**
   * Told once at the end of each run of updates, of rolling back or of releasing, also of one that was
   * cut off, once it is closed; gives the way to stop.
   */
  onUpdateEnded(listener: (run: UpdateRun, engine: string) => void): () => void {
    return this.#on('update', listener);
  }

  /** Told of containers whose new version was not told before; gives the way to stop. */
  onUpdatesFound(listener: (rows: UpdateRow[], engine: string) => void): () => void {
    return this.#on('found', listener);
  }

  /** Told of each question that is worth a notification; gives the way to stop. */
  onQuestion(listener: (question: Question, engine: string) => void): () => void {
    return this.#on('question', listener);
  }

  /** Told when the host's own disk is over the policy's mark; gives the way to stop. */
  onHostFull(listener: () => void): () => void {
    return this.#on('hostFull', listener);
  }

  /** To be called when the system is about to sleep: nothing is begun by itself until it woke. */
  suspending(): void {
    for (const room of this.fleet.rooms) room.suspending();
  }

  /** To be called when the system wakes from sleep: events may have been missed (DESIGN §3). */
  async resumed(): Promise<void> {
    const woken = await Promise.allSettled(this.fleet.rooms.map((room) => room.woke()));
    const failed = woken.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
  }

  /** Ends a run at its next step, closes the engines' streams and gives the data home up. */
  close(): Promise<void> {
    return this.end();
  }

  /** An engine that went off the list meanwhile is answered for by the first. */
  #room(engine: string): Room {
    return this.#last.get(engine) ?? this.fleet.first;
  }

  #hear(room: Room): void {
    const { key } = room;
    this.#last.set(key, room);
    const isOpen = () => this.fleet.peek(key) === room;
    room.execution.on('ended', (run) => isOpen() && this.#told.emit('run', run, key));
    room.updater.on('ended', (run) => isOpen() && this.#told.emit('update', run, key));
    room.checker.on('found', (rows) => isOpen() && this.#told.emit('found', rows, key));
    room.triggers.on(
      'notify',
      (question) => isOpen() && this.#told.emit('question', question, key),
    );
    room.hostNotice?.on('full', () => isOpen() && this.#told.emit('hostFull'));
    if (key === this.#watched) room.state.setWatched(true);
    // What was shown of an engine whose room is opened anew is another's.
    for (const slice of Object.keys(slices) as SliceName[]) {
      this.#told.emit('changed', slice, key);
      if (key !== this.#watched) continue;
      const { state } = room;
      const message = {
        engine: key,
        slice,
        version: state.version(slice),
        value: state.get(slice),
      };
      this.#told.emit('message', message);
    }
  }

  #on<E extends keyof Told>(event: E, listener: (...told: Told[E]) => void): () => void {
    const heard = (...told: unknown[]) => listener(...(told as Told[E]));
    const told: EventEmitter = this.#told;
    told.on(event, heard);
    return () => told.off(event, heard);
  }
}

/** Other engines are where they were added, and nowhere else. */
const firstOnly: ReadonlySet<CommandName> = new Set(['engine.choose', 'engine.chooseSocket']);

function isOfFleet(name: CommandName): name is FleetCommandName {
  return Object.hasOwn(fleetCommands, name);
}
