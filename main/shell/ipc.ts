import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import type { Answer, CommandName } from '../contract/commands.js';
import { firstEngine } from '../contract/first-engine.js';
import { slices, type SliceMessage, type SliceName } from '../contract/slices.js';
import type { WireError } from '../contract/wire.js';
import type { CallContext, CareenApp } from './types.js';
import type { MainWindow } from './window.js';

/** The channels between window and main; the preload uses the same names. */
const CHANNEL = {
  call: 'careen:call',
  view: 'careen:view',
  ready: 'careen:ready',
  slice: 'careen:slice',
} as const;

interface IpcOptions {
  ipcMain: IpcMain;
  app: CareenApp;
  window: MainWindow;
  context: CallContext;
}

/**
 * The window's one door: checks who calls, and passes name and parameters on to the one table of
 * commands, which parses them (DESIGN §6). The window has one engine in view: that one's slices it
 * hears, and what it calls without naming an engine is given to that one. How to speak and look is
 * told to a page that asks; all else once it has its script, in a window that is open. What goes out
 * is JSON text, as the preload hands it on (`CareenDoor`).
 */
export class Ipc {
  /** The page has asked for slices: it hears of their changes, once its script is under way. */
  #ready = false;
  #scripted = false;
  #watching = false;
  #view = firstEngine;
  /** The slices that the page has as they are now. */
  readonly #told = new Set<SliceName>();
  /** Slices whole, as text, while they are still as they were made ready. */
  readonly #prepared = new Map<SliceName, string>();
  readonly #stops: (() => void)[];

  constructor(private readonly options: IpcOptions) {
    const { ipcMain, app } = options;
    ipcMain.handle(
      CHANNEL.call,
      (event, name: unknown, params: unknown, engine: unknown = this.#view) =>
        this.#call(event, name, params, engine),
    );
    ipcMain.handle(CHANNEL.view, (event, engine: unknown) => this.#viewed(event, engine));
    ipcMain.on(CHANNEL.ready, (event) => this.#begin(event));
    this.#stops = [
      app.slices.subscribe((message) => this.#send(message)),
      app.slices.onChange((slice, engine) => {
        if (slice === 'fleet') this.#stayInFleet();
        if (engine !== this.#view) return;
        this.#prepared.delete(slice);
        if (!this.#watching || !this.#hears) this.#told.delete(slice);
      }),
    ];
  }

  /** The key of the engine in view. */
  get viewed(): string {
    return this.#view;
  }

  /** Has the window show an engine, by its key; gives why it cannot be shown. */
  async view(engine: string): Promise<WireError | null> {
    const error = engine === this.#view ? null : await this.options.app.open(engine);
    if (error === null) this.#show(engine);
    return error;
  }

  #show(engine: string): void {
    if (engine === this.#view) return;
    this.#view = engine;
    this.#told.clear();
    this.#prepared.clear();
    if (!this.#watching) return;
    this.options.app.slices.setWatching(engine);
    if (this.#hears) this.#catchUp();
  }

  get #hears(): boolean {
    return this.#ready && this.#scripted;
  }

  /** To be told that a window's page is being loaded: what that asks for first is made ready. */
  windowOpening(): void {
    if (!this.options.window.current) return;
    this.#watch();
    for (const slice of Object.keys(slices) as SliceName[])
      if (!this.#prepared.has(slice)) this.#prepared.set(slice, this.#whole(slice));
  }

  /** To be told when a page begins in the window: it has nothing, and asks for it itself. */
  pageBegins(): void {
    this.#ready = false;
    this.#scripted = false;
    this.#told.clear();
  }

  /**
   * To be told when a script of the page is handed out. Thousands of rows are told after that: to send
   * them first keeps main, and with it the page, from that script and from the GPU for as long as it takes.
   */
  scriptServed(): void {
    if (this.#scripted) return;
    this.#scripted = true;
    if (this.#ready) this.#start();
  }

  /** To be told when a closed window is shown again: its page hears what changed meanwhile. */
  windowShown(): void {
    this.#watch();
    if (this.#hears) this.#catchUp();
  }

  /** To be told when the window was closed: nothing more is made ready for it. */
  windowClosed(): void {
    this.#watching = false;
    this.#keepRows();
    this.options.app.slices.setWatching(null);
  }

  dispose(): void {
    this.#stops.forEach((stop) => stop());
    this.options.ipcMain.removeHandler(CHANNEL.call);
    this.options.ipcMain.removeHandler(CHANNEL.view);
    this.options.ipcMain.removeAllListeners(CHANNEL.ready);
  }

  async #call(
    event: IpcMainInvokeEvent,
    name: unknown,
    params: unknown,
    engine: unknown,
  ): Promise<string> {
    this.#assertOwn(event, CHANNEL.call);
    if (typeof name !== 'string') return JSON.stringify(invalid('command', name));
    if (typeof engine !== 'string') return JSON.stringify(invalid('engine', engine));
    const { app, context } = this.options;
    return JSON.stringify(await app.call(name as CommandName, params, context, engine));
  }

  async #viewed(event: IpcMainInvokeEvent, engine: unknown): Promise<string> {
    this.#assertOwn(event, CHANNEL.view);
    if (typeof engine !== 'string') return JSON.stringify(invalid('engine', engine));
    const error = await this.view(engine);
    return JSON.stringify(error === null ? { ok: true } : { ok: false, error });
  }

  #assertOwn(event: IpcMainInvokeEvent, channel: string): void {
    if (!this.options.window.owns(event.senderFrame))
      throw new Error(`${channel}: refused, it was not called by Careen's own window`);
  }

  /** An engine that went off the list is not in view any more. */
  #stayInFleet(): void {
    const { engines } = this.options.app.slices.get('fleet');
    if (!engines.some(({ key }) => key === this.#view)) this.#show(firstEngine);
  }

  #begin(event: IpcMainEvent): void {
    if (!this.options.window.owns(event.senderFrame)) return;
    this.#ready = true;
    this.#told.clear();
    // How it is to speak and look; all else where it is seen, once it is.
    this.#tell('settings');
    if (this.#scripted) this.#start();
  }

  #start(): void {
    if (!this.options.window.current) return;
    this.#watch();
    this.#catchUp();
  }

  #catchUp(): void {
    for (const slice of Object.keys(slices) as SliceName[])
      if (!this.#told.has(slice)) this.#tell(slice);
    this.#keepRows();
  }

  #tell(slice: SliceName): void {
    this.options.window.send(CHANNEL.slice, this.#prepared.get(slice) ?? this.#whole(slice));
    this.#told.add(slice);
  }

  /** Rows are much to write and are told of whenever they change: they serve the next window too. */
  #keepRows(): void {
    for (const slice of this.#prepared.keys())
      if (slice !== 'images' && slice !== 'containers') this.#prepared.delete(slice);
  }

  #watch(): void {
    if (this.#watching) return;
    this.#watching = true;
    this.options.app.slices.setWatching(this.#view);
  }

  #whole(slice: SliceName): string {
    const { slices: source } = this.options.app;
    const engine = this.#view;
    const message: SliceMessage = {
      engine,
      slice,
      version: source.version(slice, engine),
      value: source.get(slice, engine),
    };
    return JSON.stringify(message);
  }

  #send(message: SliceMessage): void {
    if (this.#hears && this.#watching && message.engine === this.#view)
      this.options.window.send(CHANNEL.slice, JSON.stringify(message));
  }
}

function invalid(what: 'command' | 'engine', found: unknown): Answer<CommandName> {
  const details = { what, found: typeof found, expected: 'a name' };
  return { ok: false, error: { code: 'input-invalid', details } };
}
