import { inspect } from 'node:util';
import type { IpcMain, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { commands, type Answer, type CommandName } from '../contract/commands.js';
import { slices, type SliceMessage, type SliceName } from '../contract/slices.js';
import type { CallContext, CareenApp } from './types.js';
import type { MainWindow } from './window.js';

/** The channels between window and main; the preload uses the same names. */
export const CHANNEL = {
  call: 'careen:call',
  ready: 'careen:ready',
  slice: 'careen:slice',
} as const;

/** What only Electron's main process can do for a command. */
export type ShellCommands = {
  [N in 'engine.chooseSocket' | 'link.open']: (
    params: { imageId?: string },
    context: CallContext,
  ) => Promise<Answer<N>>;
};

interface IpcOptions {
  ipcMain: IpcMain;
  app: CareenApp;
  window: MainWindow;
  own: ShellCommands;
  context: CallContext;
}

/**
 * The window's one door: checks who calls, parses what is asked, and passes it on (DESIGN §6). Slices
 * flow out only between a page's `ready` and the end of its window.
 */
export class Ipc {
  #ready = false;
  readonly #stop: () => void;

  constructor(private readonly options: IpcOptions) {
    const { ipcMain, app } = options;
    ipcMain.handle(CHANNEL.call, (event, name: unknown, params: unknown) =>
      this.#call(event, name, params),
    );
    ipcMain.on(CHANNEL.ready, (event) => this.#begin(event));
    this.#stop = app.slices.subscribe((message) => this.#send(message));
  }

  /** To be told when the window is gone: nothing more is made ready for it. */
  windowClosed(): void {
    this.#ready = false;
    this.options.app.slices.setWatching(false);
  }

  dispose(): void {
    this.#stop();
    this.options.ipcMain.removeHandler(CHANNEL.call);
    this.options.ipcMain.removeAllListeners(CHANNEL.ready);
  }

  async #call(event: IpcMainInvokeEvent, name: unknown, params: unknown): Promise<unknown> {
    if (!this.options.window.owns(event.senderFrame))
      throw new Error(`${CHANNEL.call}: refused, it was not called by Careen's own window`);
    if (!isCommand(name)) return invalid('command', name, 'the name of a command');
    const parsed = commands[name].params.safeParse(params);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      return invalid([name, ...(issue?.path ?? [])].join('.'), params, issue?.message ?? 'valid');
    }
    const { own, app, context } = this.options;
    if (name === 'engine.chooseSocket' || name === 'link.open')
      return own[name](parsed.data as { imageId?: string }, context);
    return app.call(name, parsed.data, context);
  }

  #begin(event: IpcMainEvent): void {
    if (!this.options.window.owns(event.senderFrame)) return;
    const { slices: source } = this.options.app;
    source.setWatching(true);
    this.#ready = true;
    for (const slice of Object.keys(slices) as SliceName[])
      this.#send({ slice, version: source.version(slice), value: source.get(slice) });
  }

  #send(message: SliceMessage): void {
    if (this.#ready) this.options.window.send(CHANNEL.slice, message);
  }
}

function isCommand(name: unknown): name is CommandName {
  return typeof name === 'string' && Object.hasOwn(commands, name);
}

function invalid(what: string, found: unknown, expected: string): Answer<CommandName> {
  return {
    ok: false,
    error: { code: 'input-invalid', details: { what, found: excerpt(found), expected } },
  };
}

/** What was found, short enough for a sentence. */
function excerpt(value: unknown): string {
  const text =
    typeof value === 'string' ? value : inspect(value, { depth: 1, breakLength: Infinity });
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
