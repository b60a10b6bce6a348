import type { MenuItemConstructorOptions, NativeImage } from 'electron';
import { asShown } from '../contract/pending.js';
import type { UpdateRow } from '../contract/updates.js';
import { pauseDays, type PauseFor } from '../domain/pause.js';
import type { Messages } from '../messages/index.js';
import {
  canClean,
  engineName,
  forAllOf,
  iconOf,
  isPaused,
  lastOf,
  nextOf,
  othersOf,
  pendingOf,
  statusOf,
  type TrayIcon,
  type TrayState,
  wordsChangeAt,
} from './tray-view.js';

/** What the menu can do; each is in the menu, since a click on the icon may never come (HOSTS §5). */
interface TrayActs {
  open(): void;
  cleanUp(): void;
  /** Asks first, and runs what can go safely. */
  cleanNow(): void;
  /** Opens a run in the history. */
  openRun(runId: string): void;
  openUpdates(): void;
  /** Opens the window on an engine, by its key. */
  openEngine(key: string): void;
  /** Asks first, by name, about those that are listed, as they are now. */
  updateAll(rows: readonly UpdateRow[]): void;
  /** Opens a plan that is asked about; null: what the disk is full of. */
  openPlan(planId: string | null): void;
  pause(howLong: PauseFor): void;
  resume(): void;
  quit(): void;
}

/** So much of Electron's Tray as is used here. */
export interface TrayLike<M> {
  setImage(image: NativeImage): void;
  setToolTip(text: string): void;
  setContextMenu(menu: M): void;
  on(event: 'click', listener: () => void): unknown;
  destroy(): void;
}

interface TrayOptions<M> {
  /** Makes the icon appear. */
  create: (image: NativeImage) => TrayLike<M>;
  menu: (items: MenuItemConstructorOptions[]) => M;
  image: (icon: TrayIcon) => NativeImage;
  acts: TrayActs;
  now: () => number;
  /** Calls back once after so many milliseconds; gives the way to forget it. */
  after: (ms: number, then: () => void) => () => void;
  /** macOS opens the menu itself on a click. */
  opensOnClick: boolean;
}

const NOTHING: TrayState = {
  engine: null,
  gauges: null,
  totals: null,
  run: null,
  updates: null,
  history: null,
  settings: null,
  fleet: null,
};

/**
 * The icon beside the clock. Setters change what is known; one render draws icon, tooltip and menu
 * from it, and touches only what came out different.
 */
export class TrayIconView<M> {
  #state: TrayState = NOTHING;
  #words: Messages;
  #tray: TrayLike<M> | null = null;
  #drawn = { icon: '', tooltip: '', menu: '' };
  #forget: () => void = () => {};

  constructor(
    private readonly options: TrayOptions<M>,
    words: Messages,
  ) {
    this.#words = words;
  }

  set(change: Partial<TrayState>): void {
    this.#state = { ...this.#state, ...change };
    this.#render();
  }

  speak(words: Messages): void {
    this.#words = words;
    this.#render();
  }

  /** Makes the icon appear, with what is known by now. */
  show(): void {
    if (this.#tray) return;
    const { create, image, acts, opensOnClick, now } = this.options;
    const icon = iconOf(this.#state, now());
    this.#tray = create(image(icon));
    this.#drawn = { icon, tooltip: '', menu: '' };
    if (opensOnClick) this.#tray.on('click', () => acts.open());
    this.#render();
  }

  dispose(): void {
    this.#forget();
    this.#tray?.destroy();
    this.#tray = null;
  }

  #render(): void {
    const tray = this.#tray;
    if (!tray) return;
    const now = this.options.now();
    this.#renderAgain(now);
    const icon = iconOf(this.#state, now);
    const tooltip = this.#words.tray.tooltip(statusOf(this.#state, now), now);
    const items = this.#items(now);
    // What a line does may change while its words stay.
    const { question } = this.#state.run ?? {};
    const last = lastOf(this.#state)?.runId;
    const menu = JSON.stringify([
      items,
      question?.planId,
      last,
      forAllOf(this.#state).map(asShown),
      othersOf(this.#state).map(({ key }) => key),
    ]);
    if (icon !== this.#drawn.icon) tray.setImage(this.options.image(icon));
    if (tooltip !== this.#drawn.tooltip) tray.setToolTip(tooltip);
    if (menu !== this.#drawn.menu) tray.setContextMenu(this.options.menu(items));
    this.#drawn = { icon, tooltip, menu };
  }

  /** What is said of times to come is said anew when it would be another word. */
  #renderAgain(now: number): void {
    this.#forget();
    const at = wordsChangeAt(this.#state, now);
    this.#forget = at === null ? () => {} : this.options.after(at - now, () => this.#render());
  }

  #question(): MenuItemConstructorOptions[] {
    const { tray } = this.#words;
    const question = this.#state.run?.question ?? null;
    if (question === null) return [];
    const open = () => this.options.acts.openPlan(question.planId);
    const disk = this.#state.gauges?.engine ?? null;
    return [{ label: tray.question(question, disk), click: open }];
  }

  #last(now: number): MenuItemConstructorOptions[] {
    const last = lastOf(this.#state);
    if (last === null) return [];
    const open = () => this.options.acts.openRun(last.runId);
    return [{ label: this.#words.tray.last(last, now), click: open }];
  }

  #updates(): MenuItemConstructorOptions[] {
    const { tray } = this.#words;
    const { acts } = this.options;
    const pending = pendingOf(this.#state).length;
    if (pending === 0 || this.#state.engine?.status !== 'connected') return [];
    const all = forAllOf(this.#state);
    return [
      { label: tray.updates(pending), click: () => acts.openUpdates() },
      { label: tray.updateAll, enabled: all.length > 0, click: () => acts.updateAll(all) },
    ];
  }

  /** A line for each engine beside the first. */
  #others(): MenuItemConstructorOptions[] {
    const others = othersOf(this.#state);
    if (others.length === 0) return [];
    const lines = others.map((row) => ({
      label: this.#words.tray.engine(row),
      click: () => this.options.acts.openEngine(row.key),
    }));
    return [{ type: 'separator' }, ...lines];
  }

  /** How full disks are and will be, and what comes next. */
  #ahead(now: number): string[] {
    const { tray, ahead } = this.#words;
    const { gauges } = this.#state;
    const next = ahead.next(nextOf(this.#state), now);
    return [
      ...(gauges ? tray.gauges(gauges) : []),
      ...(gauges?.forecast ? [ahead.full(gauges.forecast, now)] : []),
      ...(next === null ? [] : [next]),
    ];
  }

  #items(now: number): MenuItemConstructorOptions[] {
    const { tray } = this.#words;
    const { acts } = this.options;
    const { engine } = this.#state;
    const connected = engine?.status === 'connected';
    const told = [tray.status(statusOf(this.#state, now), now)];
    if (connected) told.push(engineName(engine));
    told.push(...this.#ahead(now));
    const pause: MenuItemConstructorOptions[] = isPaused(this.#state, now)
      ? [{ label: tray.resume, click: () => acts.resume() }]
      : [
          { label: tray.pauseHour, click: () => acts.pause('hour') },
          { label: tray.pauseTomorrow, click: () => acts.pause('tomorrow') },
          {
            label: tray.pauseDays,
            submenu: pauseDays.map((days) => ({
              label: tray.days(days),
              click: () => acts.pause({ days }),
            })),
          },
        ];
    return [
      ...told.map((label) => ({ label, enabled: false })),
      { type: 'separator' },
      { label: tray.open, click: () => acts.open() },
      ...this.#question(),
      { label: tray.cleanUp, enabled: connected, click: () => acts.cleanUp() },
      { label: tray.cleanNow, enabled: canClean(this.#state), click: () => acts.cleanNow() },
      ...this.#last(now),
      ...this.#updates(),
      ...this.#others(),
      { type: 'separator' },
      ...pause,
      { type: 'separator' },
      { label: tray.quit, click: () => acts.quit() },
    ];
  }
}
