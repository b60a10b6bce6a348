import type { BrowserWindow, Dialog } from 'electron';
import { writeAtomic } from '../adapters/atomic.js';
import { systemCode } from '../adapters/system-error.js';
import type { AskedOfAll } from '../contract/beforehand.js';
import type { leftByAll } from '../contract/pending.js';
import { CareenError } from '../domain/errors.js';
import { isSure, lossesOf } from '../domain/plan/lost.js';
import { thingsOf, type Messages } from '../messages/index.js';
import type { Goes } from './clean-now.js';
import type { WideningEffect } from './types.js';
import { updateAllText } from './update-all-text.js';
import type { Agreed } from './update-now.js';

interface DialogsOptions {
  dialog: Pick<Dialog, 'showMessageBox' | 'showOpenDialog' | 'showSaveDialog'>;
  window: () => BrowserWindow | null;
  words: () => Messages;
}

/** Native dialogs: what is decided here, no page can answer. */
export class Dialogs {
  constructor(private readonly options: DialogsOptions) {}

  /**
   * States what a command would widen Careen's reach to; true when a person agrees.
   *
   * @param of names of the engines that it is for, where there are several
   */
  async confirm(effect: WideningEffect, of: readonly string[] = []): Promise<boolean> {
    const { dialog: words } = this.options.words();
    const { title, body, agree } = wordsOf(effect, words);
    // An address says itself where it leads.
    const [one = null, ...others] = effect.kind === 'foreign-endpoint' ? [] : of;
    const isForMore = one !== null && others.length > 0;
    return this.#agreed({
      message: isForMore ? title : named(words, one, title),
      detail: isForMore ? `${body}\n\n${words.forEngines([one, ...others])}` : body,
      agree,
      decline: words.cancel,
    });
  }

  /**
   * Whether a person wants all of these updates, or to see each in the window.
   *
   * @param left what "all" leaves
   * @param of the engine's name where there are several, here as below
   */
  async updateAll(
    asked: AskedOfAll,
    left: ReturnType<typeof leftByAll>,
    of: string | null,
    now: number,
  ): Promise<Agreed> {
    const words = this.options.words();
    const { title, body, agree } = updateAllText(asked, left, words, now);
    const { cancel, openWindow } = words.dialog;
    const response = await this.#asked({
      message: named(words.dialog, of, title),
      detail: body,
      buttons: [cancel, agree, openWindow],
    });
    return (['no', 'yes', 'window'] as const)[response] ?? 'no';
  }

  /** Whether a person wants these removed: how many, their bytes, and by name what cannot come back. */
  cleanNow(goes: Goes, of: string | null): Promise<boolean> {
    const words = this.options.words();
    const { title, body, agree } = wordsOfGoes(goes, words);
    const message = named(words.dialog, of, title);
    return this.#agreed({ message, detail: body, agree, decline: words.dialog.cancel });
  }

  /** Says that nothing can go; true when a person would rather see why in the window. */
  nothingToClean(of: string | null): Promise<boolean> {
    const { dialog: words } = this.options.words();
    const { title, body } = words.nothingToClean;
    const [agree, decline] = [words.openWindow, words.cancel];
    return this.#agreed({ message: named(words, of, title), detail: body, agree, decline });
  }

  /** Says once that there is no tray icon; true when a person would rather quit. */
  async trayMissing(): Promise<boolean> {
    const words = this.options.words();
    const { title, body } = words.notification.trayMissing;
    return this.#agreed({
      message: title,
      detail: body,
      agree: words.tray.quit,
      decline: words.dialog.keepRunning,
    });
  }

  /** Lets a person pick an engine's socket; null when they changed their mind. */
  async chooseSocket(): Promise<string | null> {
    const { dialog: words } = this.options.words();
    const window = this.options.window();
    const options = {
      title: words.chooseSocket,
      defaultPath: '/var/run',
      properties: ['openFile' as const, 'showHiddenFiles' as const, 'dontAddToRecent' as const],
    };
    const { dialog } = this.options;
    const { canceled, filePaths } = await (window
      ? dialog.showOpenDialog(window, options)
      : dialog.showOpenDialog(options));
    return canceled ? null : (filePaths[0] ?? null);
  }

  /**
   * Lets a person say where a file is to stand, and writes it there; null when they changed their
   * mind. Throws `file-unwritable`.
   */
  async saveFile(name: string, content: string | Buffer): Promise<string | null> {
    const window = this.options.window();
    const options = {
      title: this.options.words().dialog.saveAs(name),
      defaultPath: name,
      properties: ['showOverwriteConfirmation' as const, 'dontAddToRecent' as const],
    };
    const { dialog } = this.options;
    const { canceled, filePath } = await (window
      ? dialog.showSaveDialog(window, options)
      : dialog.showSaveDialog(options));
    if (canceled) return null;
    try {
      await writeAtomic(filePath, content);
    } catch (e) {
      const why = systemCode(e) ?? String(e);
      throw new CareenError('file-unwritable', { file: filePath, why }, { cause: e });
    }
    return filePath;
  }

  async #agreed({
    agree,
    decline,
    ...text
  }: {
    message: string;
    detail: string;
    agree: string;
    decline: string;
  }): Promise<boolean> {
    return (await this.#asked({ ...text, buttons: [decline, agree] })) === 1;
  }

  /** Which button was pressed. Closing it, and the Enter key, leave everything as it is: the first does. */
  async #asked(text: { message: string; detail: string; buttons: string[] }): Promise<number> {
    const { dialog } = this.options;
    const window = this.options.window();
    const options = {
      type: 'warning' as const,
      title: 'Careen',
      ...text,
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    };
    const { response } = await (window
      ? dialog.showMessageBox(window, options)
      : dialog.showMessageBox(options));
    return response;
  }
}

function named(words: Messages['dialog'], of: string | null, title: string): string {
  return of === null ? title : words.ofEngine(of, title);
}

/** Names that a dialog has room for. */
const NAMED = 8;

/** The window's own words for the same question. */
function wordsOfGoes({ items, reclaimable }: Goes, words: Messages) {
  const { cleanup } = words.window;
  const things = words.things(thingsOf(items));
  const losses = lossesOf(items);
  const named = (head: (n: number) => string, lost: Goes['items']) =>
    lost.length === 0
      ? []
      : [
          head(lost.length),
          ...lost.slice(0, NAMED).map(({ id, refs }) => `• ${refs[0] ?? words.shortId(id)}`),
          ...(lost.length > NAMED ? [cleanup.confirmMore(lost.length - NAMED)] : []),
        ];
  const sure = isSure(losses.images);
  const lost = [
    ...named((n) => cleanup.confirmSome(n, sure), losses.images),
    ...named(cleanup.confirmFiles, losses.containers),
    ...named(cleanup.confirmVolumes, losses.volumes),
  ];
  const harmless =
    losses.allImages > 0
      ? cleanup.confirmAll(losses.allImages, losses.unasked)
      : cleanup.confirmHarmless;
  return {
    title:
      reclaimable.max === 0
        ? cleanup.confirmPlain(things)
        : cleanup.confirmTitle(things, words.format.reclaimable(reclaimable)),
    body: lost.length === 0 ? harmless : lost.join('\n'),
    agree: cleanup.confirm(things),
  };
}

function wordsOf(effect: WideningEffect, words: Messages['dialog']) {
  switch (effect.kind) {
    case 'auto-mode':
      return words.auto(effect.change);
    case 'auto-update':
      return words.autoUpdate(effect.containers);
    case 'policy-reach':
      return words.policyReach(effect);
    case 'foreign-endpoint':
      return words.widen(effect.endpoint);
    case 'unprotect':
      return words.unprotect(effect.images);
  }
}
