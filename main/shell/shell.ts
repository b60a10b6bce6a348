import { app, dialog, ipcMain, Menu, nativeTheme, Notification, Tray } from 'electron';
import { systemClock } from '../adapters/clock.js';
import type { Settings } from '../adapters/store/settings.js';
import { pauseEnd } from '../domain/pause.js';
import { messages, resolveLanguage, type Messages } from '../messages/index.js';
import { firstEngine } from '../contract/first-engine.js';
import type { SliceName } from '../contract/slices.js';
import { appMenu } from './app-menu.js';
import { openFolder, openLink } from './desktop.js';
import { Dialogs } from './dialogs.js';
import { Ipc } from './ipc.js';
import { News } from './news.js';
import { Notifications } from './notifications.js';
import { ROUTE } from './routes.js';
import { asking, hasTrayHost } from './tray-host.js';
import { toldUpdatesIn } from './told-updates.js';
import { TrayActs } from './tray-acts.js';
import { trayImages } from './tray-images.js';
import type { TrayEngine } from './tray-view.js';
import { TrayIconView } from './tray.js';
import type { CallContext, CareenApp } from './types.js';
import { MainWindow } from './window.js';
import { zoom } from './zoom.js';

interface ShellOptions {
  careen: CareenApp;
  /** Null until the data home is this process's own. */
  settings: () => Settings | null;
  /** Told of what went wrong where no person waits for an answer. */
  report: (error: unknown) => void;
}

/** Slices of each engine that the tray is drawn from. */
const ofEngine = ['engine', 'gauges', 'images', 'run', 'updates', 'history'] as const;

const isDrawn = (name: SliceName): name is (typeof ofEngine)[number] =>
  (ofEngine as readonly SliceName[]).includes(name);

const CRASH_PAUSE_MS = 60_000;
const KEEP_WINDOW_MS = 10 * 60_000;
/** So long after the images are known a start is over, and a page is made ready. */
const PREPARE_AFTER_MS = 3_000;
const TRAY_HOST_DEADLINE_MS = 2_000;

/** Everything a person sees of Careen outside its pages, and the way between the two. */
export class Shell {
  #words: Messages;
  #quitting = false;
  readonly #window: MainWindow;
  readonly #tray: TrayIconView<Menu>;
  readonly #ipc: Ipc;
  readonly #dialogs: Dialogs;
  readonly #notifications = new Notifications(
    Notification.isSupported() ? (options) => new Notification(options) : null,
  );
  readonly #news: News;
  readonly #trayActs: TrayActs;
  /** The way to have no page made ready; null before it is known that there will be one. */
  #unready: (() => void) | null = null;
  readonly #stop: () => void;

  constructor(private readonly options: ShellOptions) {
    const { careen } = options;
    this.#words = this.#language();
    this.#window = this.#makeWindow();
    this.#dialogs = new Dialogs({
      dialog,
      window: () => this.#window.current,
      words: () => this.#words,
    });
    this.#ipc = new Ipc({
      ipcMain,
      app: careen,
      window: this.#window,
      context: this.#context('window'),
    });
    this.#tray = this.#makeTray();
    this.#news = new News({
      careen,
      notifications: this.#notifications,
      words: () => this.#words,
      open: (route, engine) => this.#openOn(engine, route),
      context: this.#context('tray'),
      report: options.report,
      toldUpdates: toldUpdatesIn(
        options.settings,
        () => careen.slices.get('fleet').engines.map(({ key }) => key),
        options.report,
      ),
      clock: systemClock(),
    });
    this.#trayActs = new TrayActs({
      careen,
      context: this.#context('tray'),
      dialogs: this.#dialogs,
      news: this.#news,
      words: () => this.#words,
      openOn: (engine, route) => this.#openOn(engine, route),
      after,
      report: options.report,
    });
    this.#stop = careen.slices.onChange((name, engine) => {
      if (engine === firstEngine) this.#changed(name);
      else if (isDrawn(name)) this.#tray.setOther(engine, this.#ofEngine(name, engine));
    });
    for (const name of ['settings', 'fleet', ...ofEngine] as const) this.#changed(name);
    this.#tray.show();
  }

  /** Shows the window, in front. */
  open(): void {
    this.#window.open();
  }

  /** Whether a person acts in the window at this moment. */
  get userActive(): boolean {
    return this.#window.userActive;
  }

  /** Whether the desktop shows the tray's icon. */
  hasTrayHost(): Promise<boolean> {
    return hasTrayHost(process.platform, asking(TRAY_HOST_DEADLINE_MS));
  }

  /** To be called when the app begins to quit: windows then close for good. */
  quitting(): void {
    this.#quitting = true;
    this.#window.quitting();
  }

  dispose(): void {
    this.#stop();
    this.#unready?.();
    this.#news.dispose();
    this.#ipc.dispose();
    this.#tray.dispose();
  }

  /**
   * Shows the window with an engine in view, at a place of it if one is named; the list of all engines
   * where it cannot be had, which says why.
   */
  #openOn(engine: string, route: string | null = null): void {
    const isOther = engine !== this.#ipc.viewed;
    this.#ipc
      .view(engine)
      .then((error) => {
        if (error !== null) return this.#window.open(ROUTE.engines);
        // What is looked at on its screen is another engine's.
        this.#window.open(route ?? (isOther ? this.#window.screen : null));
      })
      .catch(this.options.report);
  }

  #language(): Messages {
    const { language } = this.options.careen.slices.get('settings');
    const spoken = resolveLanguage(language, app.getPreferredSystemLanguages());
    return messages(spoken, {}, 'window');
  }

  #context(by: CallContext['by']): CallContext {
    return {
      by,
      confirm: (effect, of) => this.#dialogs.confirm(effect, of),
      pickSocket: () => this.#dialogs.chooseSocket(),
      saveFile: (name, content) => this.#dialogs.saveFile(name, content),
      openFolder,
      testNotification: () => this.#notifications.test(this.#words.notification.test),
      openLink,
    };
  }

  #makeWindow(): MainWindow {
    const { settings, report } = this.options;
    return new MainWindow({
      root: app.getAppPath(),
      devTools: !app.isPackaged,
      place: () => settings()?.values.window ?? null,
      remember: (window) => void settings()?.set({ window }).catch(report),
      crashPause: CRASH_PAUSE_MS,
      keep: KEEP_WINDOW_MS,
      now: () => Date.now(),
      after,
      onLoading: () => this.#ipc.windowOpening(),
      onPage: () => this.#ipc.pageBegins(),
      onScript: () => this.#ipc.scriptServed(),
      onShown: () => this.#ipc.windowShown(),
      onClosed: () => {
        this.#ipc.windowClosed();
        void this.#sayWhereItStays().catch(report);
      },
      report,
    });
  }

  #makeTray(): TrayIconView<Menu> {
    return new TrayIconView<Menu>(
      {
        create: (image) => new Tray(image),
        menu: (items) => Menu.buildFromTemplate(items),
        image: trayImages(app.getAppPath(), process.platform),
        acts: {
          open: () => this.#window.open(),
          openEngine: (key) => this.#openOn(key),
          cleanUp: (key) => this.#openOn(key, ROUTE.cleanUp),
          cleanNow: (key) => this.#trayActs.cleanNow(key),
          openRun: (runId, key) => this.#openOn(key, ROUTE.run(runId)),
          openUpdates: (key) => this.#openOn(key, ROUTE.updates),
          updateAll: (rows, key) => this.#trayActs.updateAll(rows, key),
          openPlan: (planId, key) => this.#openOn(key, ROUTE.question(planId)),
          pause: (howLong) => this.#trayActs.pause(pauseEnd(howLong, Date.now())),
          resume: () => this.#trayActs.pause(null),
          quit: () => app.quit(),
        },
        now: () => Date.now(),
        after,
        opensOnClick: process.platform !== 'darwin',
      },
      this.#words,
    );
  }

  #changed(name: SliceName): void {
    const { slices } = this.options.careen;
    if (isDrawn(name)) this.#tray.set(this.#ofEngine(name, firstEngine));
    if (name === 'images' && slices.get('images').totals.judgedAt !== null) this.#prepare();
    if (name === 'fleet') this.#tray.set({ fleet: slices.get('fleet') });
    if (name === 'settings') {
      const settings = slices.get('settings');
      nativeTheme.themeSource = settings.theme;
      this.#words = this.#language();
      this.#tray.speak(this.#words);
      this.#setAppMenu();
      this.#tray.set({ settings });
    }
  }

  #setAppMenu(): void {
    const template = appMenu(process.platform, this.#words, (act) => {
      const contents = this.#window.current?.webContents;
      if (contents) zoom(contents, act);
    });
    Menu.setApplicationMenu(template && Menu.buildFromTemplate(template));
  }

  /** Once in its life: later the window sees to it itself. */
  #prepare(): void {
    if (this.#unready) return;
    this.#unready = after(PREPARE_AFTER_MS, () => this.#window.prepare());
  }

  /** What the tray draws from a slice of one engine. */
  #ofEngine(name: (typeof ofEngine)[number], engine: string): Partial<TrayEngine> {
    const { slices } = this.options.careen;
    if (name === 'images') return { totals: slices.get(name, engine).totals };
    return { [name]: slices.get(name, engine) };
  }

  /** Said once: an app whose window is closed must be found again (HOSTS §5). */
  async #sayWhereItStays(): Promise<void> {
    const settings = this.options.settings();
    if (this.#quitting || !settings || settings.values.toldWhereItStays) return;
    await settings.set({ toldWhereItStays: true });
    if (await this.hasTrayHost()) {
      const { staysInTray } = this.#words.notification;
      this.#notifications.show(staysInTray, () => this.#window.open());
    } else if (await this.#dialogs.trayMissing()) app.quit();
  }
}

function after(ms: number, then: () => void): () => void {
  const timer = setTimeout(then, ms);
  return () => clearTimeout(timer);
}
