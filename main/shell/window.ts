import path from 'node:path';
import {
  BrowserWindow,
  nativeTheme,
  screen,
  session,
  type Rectangle,
  type Session,
  type WebFrameMain,
} from 'electron';
import type { Preferences } from '../adapters/store/settings.js';
import { keepMemory } from './few-cores.js';
import { serveWindow } from './protocol.js';
import { isOurs, ORIGIN, secureSession, webPreferences } from './security.js';
import { UserActs } from './user-acts.js';
import { zoomByKeys } from './zoom.js';

/** Where the window was, kept between starts. */
export type WindowPlace = NonNullable<Preferences['window']>;

interface WindowOptions {
  /** The application's folder: holds `out/` and `resources/`. */
  root: string;
  devTools: boolean;
  /** Where the window was last; null when that is not known. */
  place: () => WindowPlace | null;
  remember: (place: WindowPlace) => void;
  /** A page that crashes twice within this many milliseconds is not loaded a third time. */
  crashPause: number;
  /** How many milliseconds a closed window keeps its page with all that it shows. */
  keep: number;
  now: () => number;
  /** Calls back once after so many milliseconds; gives the way to forget it. */
  after: (ms: number, then: () => void) => () => void;
  /** Told when a page is on its way to the window. */
  onLoading: () => void;
  /** Told when a page begins in it, before any code of that runs. */
  onPage: () => void;
  /** Told when a script of it is handed out, of each anew. */
  onScript: () => void;
  /** Told when a window that was closed is shown again with the page that it had. */
  onShown: () => void;
  /** Told when the window was closed, whether its page is kept or not. */
  onClosed: () => void;
  /** Told of a page that could not be loaded. */
  report: (error: unknown) => void;
}

const SIZE = { width: 1180, height: 760 };
const SMALLEST = { width: 720, height: 480 };
/** The window's ground until its page has painted: `--surface-1` of the renderer's tokens. */
const GROUND = { light: '#ffffff', dark: '#1d2023' };
/** On the disk for Chromium's cache of compiled code, which takes a sixth off the time of an opening. */
const SESSION = 'persist:careen';
/** Chromium's code for a load that another load has cut short. */
const ABORTED = 'ERR_ABORTED';

/**
 * The one window. Closed, it is hidden and keeps its page; when it was not opened again for a while, a
 * page takes the place of that which knows nothing: its program is loaded, and it asks for nothing and
 * is told nothing before it is shown. So a window that nobody looks at costs one page at rest, and
 * opens at once.
 */
export class MainWindow {
  #window: BrowserWindow | null = null;
  /** Newer than what is stored while that is being written. */
  #place: WindowPlace | null = null;
  /** The way to have a closed window keep its page; null while the window is open. */
  #keepOn: (() => void) | null = null;
  /** Shown for the first time it fills the screen: to do that before would show it. */
  #maximize = false;
  #painted = false;
  /** The page was made ready and nobody has seen it. */
  #fresh = false;
  /** Where in the window the page begins that takes the place of the one that is given up. */
  #next: string | null = null;
  #closing = false;
  #quitting = false;
  #crashedAt = Number.NEGATIVE_INFINITY;
  readonly #session: Session;
  readonly #acts: UserActs;

  constructor(private readonly options: WindowOptions) {
    this.#acts = new UserActs(options.now);
    this.#session = session.fromPartition(SESSION, { cache: false });
    secureSession(this.#session);
    serveWindow(this.#session, path.join(options.root, 'out', 'renderer'), {
      page: options.onLoading,
      script: options.onScript,
    });
  }

  /** The window, while it is open. */
  get current(): BrowserWindow | null {
    return this.#keepOn ? null : this.#window;
  }

  /** Whether a person acts in it at this moment. */
  get userActive(): boolean {
    return this.#acts.goOn;
  }

  /** To be called when the app begins to quit: windows then close for good. */
  quitting(): void {
    this.#quitting = true;
  }

  /**
   * Shows the window, in front, making it where there is none.
   *
   * @param route where in the window, as its `location.hash` without `#`; null leaves it where it is
   */
  open(route: string | null = null): void {
    const made = this.#window === null;
    const window = (this.#window ??= this.#make(true));
    const isClosed = this.#keepOn !== null;
    const address = addressOf(route === null ? '' : `#${route}`);
    const isOld = isClosed && !this.#fresh;
    // An address that it already has loads the page anew: as is right where what was closed there
    // was an old result, or a question left open.
    if (made || (route !== null && (isOld || window.webContents.getURL() !== address)))
      this.#load(window, address);
    this.#keepOn?.();
    this.#keepOn = null;
    this.#fresh = false;
    if (isClosed && !window.isMaximized() && !isSeen(window.getBounds())) {
      window.setBounds(SIZE);
      window.center();
    }
    if (window.isMinimized()) window.restore();
    // A page that has not painted yet would flash; it shows itself when it has. Who asks again has
    // waited for that long enough.
    if (this.#painted || (!made && !isClosed)) this.#show(window);
    // What it had is seen at once; what changed meanwhile comes after that.
    if (isClosed) this.options.onShown();
  }

  /**
   * Has a page ready for the next opening, where there is no window yet.
   *
   * @param hash where in the window, as its `location.hash`
   */
  prepare(hash = ''): void {
    if (this.#window || this.#quitting) return;
    this.#fresh = true;
    this.#keepOn = () => undefined;
    this.#window = this.#make(false);
    this.#load(this.#window, addressOf(hash));
  }

  /** The screen that it shows or would show, as a route without what is looked at there; null: no window. */
  get screen(): string | null {
    return this.#window ? screenOf(this.#window).slice(1) : null;
  }

  /** Whether a message came from this window's page itself: 17 of Electron's checklist. */
  owns(frame: WebFrameMain | null): boolean {
    const contents = this.#window?.webContents;
    return frame !== null && contents?.mainFrame === frame && isOurs(frame.origin);
  }

  send(channel: string, message: string): void {
    if (this.#window && !this.#window.webContents.isDestroyed())
      this.#window.webContents.send(channel, message);
  }

  /** @param seen whether it is to be shown as soon as it has painted, and else knows that it is not seen */
  #make(seen: boolean): BrowserWindow {
    const { options } = this;
    const place = this.#place ?? options.place();
    const window = new BrowserWindow({
      ...visibleBounds(place),
      minWidth: SMALLEST.width,
      minHeight: SMALLEST.height,
      title: 'Careen',
      show: false,
      paintWhenInitiallyHidden: seen,
      backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
      autoHideMenuBar: true,
      icon: path.join(options.root, 'resources', 'icons', 'linux', '256x256.png'),
      webPreferences: {
        ...webPreferences(path.join(options.root, 'out', 'preload', 'index.cjs'), options.devTools),
        session: this.#session,
      },
    });
    window.setMenuBarVisibility(false);
    zoomByKeys(window.webContents, process.platform === 'darwin');
    this.#painted = false;
    this.#maximize = place?.maximized ?? false;
    this.#closing = false;
    const ready = () => {
      this.#painted = true;
      if (this.#keepOn === null) this.#show(window);
    };
    if (seen) window.once('ready-to-show', ready);
    else window.webContents.once('did-finish-load', ready);
    window.on('close', (event) => {
      this.#place = {
        ...window.getNormalBounds(),
        maximized: window.isMaximized() || this.#maximize,
      };
      options.remember(this.#place);
      // One that never showed its page has nothing worth keeping.
      if (this.#quitting || !this.#painted || window.webContents.isCrashed()) {
        this.#closing = true;
        return;
      }
      event.preventDefault();
      this.#hide(window);
    });
    window.on('closed', () => {
      this.#window = null;
      this.#keepOn?.();
      if (this.#keepOn === null) this.#tellClosed();
      this.#keepOn = null;
      if (this.#next !== null) this.prepare(this.#next);
      this.#next = null;
    });
    window.webContents.on('input-event', (_event, input) => this.#acts.note(input));
    window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) options.onPage();
    });
    // However it came by its script.
    window.webContents.on('dom-ready', () => options.onScript());
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return;
      if (this.#keepOn) return window.destroy();
      const again = options.now() - this.#crashedAt > options.crashPause;
      this.#crashedAt = options.now();
      if (again) window.webContents.reload();
      else window.destroy();
    });
    return window;
  }

  #load(window: BrowserWindow, address: string): void {
    window.loadURL(address).catch((e: unknown) => {
      const cutShort = this.#closing || (e as { code?: unknown }).code === ABORTED;
      if (!cutShort) this.options.report(e);
    });
  }

  #show(window: BrowserWindow): void {
    if (this.#maximize) window.maximize();
    this.#maximize = false;
    keepMemory(true);
    window.show();
    window.focus();
  }

  #hide(window: BrowserWindow): void {
    if (this.#keepOn) return;
    this.#keepOn = this.options.after(this.options.keep, () => {
      this.#next = screenOf(window);
      window.destroy();
    });
    // A space of its own would stay behind, black.
    if (process.platform === 'darwin' && window.isFullScreen()) {
      window.once('leave-full-screen', () => {
        if (this.#keepOn) window.hide();
      });
      window.setFullScreen(false);
    } else window.hide();
    this.#tellClosed();
  }

  #tellClosed(): void {
    keepMemory(false);
    this.options.onClosed();
  }
}

/** The screen that a window shows, as a hash: what it showed there may be over, or another engine's. */
function screenOf({ webContents }: BrowserWindow): string {
  const [screen = ''] = /^#\/[a-z]*/.exec(new URL(webContents.getURL()).hash) ?? [];
  return screen;
}

function addressOf(hash: string): string {
  return `${ORIGIN}/index.html${hash}`;
}

/** Remembered bounds, if a screen still shows them; else the middle of the first screen. */
function visibleBounds(place: WindowPlace | null): Partial<Rectangle> {
  if (!place) return SIZE;
  const bounds = { x: place.x, y: place.y, width: place.width, height: place.height };
  const { workArea } = screen.getDisplayMatching(bounds);
  const size = {
    width: Math.min(Math.max(bounds.width, SMALLEST.width), workArea.width),
    height: Math.min(Math.max(bounds.height, SMALLEST.height), workArea.height),
  };
  return isSeen(bounds) ? { ...bounds, ...size } : size;
}

/** Whether a screen shows so much of a window that a person can take hold of it. */
function isSeen({ x, y, width }: Rectangle): boolean {
  const { workArea } = screen.getDisplayMatching({ x, y, width, height: 1 });
  return (
    x < workArea.x + workArea.width - 40 &&
    x + width > workArea.x + 40 &&
    y >= workArea.y - 40 &&
    y < workArea.y + workArea.height - 40
  );
}
