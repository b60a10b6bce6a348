import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import type { Answer, CommandName } from '../contract/commands.js';
import { slices, type SliceMessage, type SliceName } from '../contract/slices.js';
import type { CallContext, CareenApp } from './types.js';
import type { MainWindow } from './window.js';

/** The channels between window and main; the preload uses the same names. */
const CHANNEL = {
  call: 'careen:call',
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
 * commands, which parses them (DESIGN §6). Slices flow out only to a page that asked for them in a
 * window that is open. What goes out is JSON text, as the preload hands it on (`CareenDoor`).
 */
export class Ipc {
  /** The page has asked for slices: it hears of their changes. */
  #ready = false;
  #watching = false;
  /** The slices that the page has as they are now. */
  readonly #told = new Set<SliceName>();
  /** Slices whole, as text, while they are still as they were made ready. */
  readonly #prepared = new Map<SliceName, string>();
  readonly #stops: (() => void)[];

  constructor(private readonly options: IpcOptions) {
    const { ipcMain, app } = options;
    ipcMain.handle(CHANNEL.call, (event, name: unknown, params: unknown) =>
      this.#call(event, name, params),
    );
    ipcMain.on(CHANNEL.ready, (event) => this.#begin(event));
    this.#stops = [
      app.slices.subscribe((message) => this.#send(message)),
      app.slices.onChange((slice) => {
        this.#prepared.delete(slice);
        if (!this.#watching) this.#told.delete(slice);
      }),
    ];
  }

  /** To be told that a window's page is being loaded: what that asks for first is made ready. */
  windowOpening(): void {
    if (this.options.window.current) this.#watch();
    for (const slice of Object.keys(slices) as SliceName[])
      if (!this.#prepared.has(slice)) this.#prepared.set(slice, this.#whole(slice));
  }

  /** To be told when a page begins in the window: it has nothing, and asks for it itself. */
  pageBegins(): void {
    this.#ready = false;
    this.#told.clear();
  }

  /** To be told when a closed window is shown again: its page hears what changed meanwhile. */
  windowShown(): void {
    this.#watch();
    if (this.#ready) this.#catchUp();
  }

  /** To be told when the window was closed: nothing more is made ready for it. */
  windowClosed(): void {
    this.#watching = false;
    this.#keepRows();
    this.options.app.slices.setWatching(false);
  }

  dispose(): void {
    this.#stops.forEach((stop) => stop());
    this.options.ipcMain.removeHandler(CHANNEL.call);
    this.options.ipcMain.removeAllListeners(CHANNEL.ready);
  }

  async #call(event: IpcMainInvokeEvent, name: unknown, params: unknown): Promise<string> {
    if (!this.options.window.owns(event.senderFrame))
      throw new Error(`${CHANNEL.call}: refused, it was not called by Careen's own window`);
    if (typeof name !== 'string') return JSON.stringify(invalid(name));
    const { app, context } = this.options;
    return JSON.stringify(await app.call(name as CommandName, params, context));
  }

  #begin(event: IpcMainEvent): void {
    if (!this.options.window.owns(event.senderFrame)) return;
    this.#ready = true;
    this.#told.clear();
    // A page of a window that was closed meanwhile hears it when that is shown.
    if (!this.options.window.current) return;
    this.#watch();
    this.#catchUp();
  }

  #catchUp(): void {
    for (const slice of Object.keys(slices) as SliceName[]) {
      if (this.#told.has(slice)) continue;
      this.options.window.send(CHANNEL.slice, this.#prepared.get(slice) ?? this.#whole(slice));
      this.#told.add(slice);
    }
    this.#keepRows();
  }

  /** Rows are much to write and are told of whenever they change: they serve the next window too. */
  #keepRows(): void {
    for (const slice of this.#prepared.keys())
      if (slice !== 'images' && slice !== 'containers') this.#prepared.delete(slice);
  }

  #watch(): void {
    if (this.#watching) return;
    this.#watching = true;
    this.options.app.slices.setWatching(true);
  }

  #whole(slice: SliceName): string {
    const { slices: source } = this.options.app;
    const message: SliceMessage = {
      slice,
      version: source.version(slice),
      value: source.get(slice),
    };
    return JSON.stringify(message);
  }

  #send(message: SliceMessage): void {
    if (this.#ready && this.#watching)
      this.options.window.send(CHANNEL.slice, JSON.stringify(message));
  }
}

function invalid(found: unknown): Answer<CommandName> {
  const details = { what: 'command', found: typeof found, expected: 'a name' };
  return { ok: false, error: { code: 'input-invalid', details } };
}
