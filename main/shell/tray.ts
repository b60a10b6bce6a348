import type { MenuItemConstructorOptions, NativeImage } from 'electron';
import { firstEngine } from '../contract/first-engine.js';
import { pauseDays, type PauseFor } from '../domain/pause.js';
import type { Messages } from '../messages/index.js';
import {
  actsOn,
  aimsOf,
  type EngineActs,
  type EngineInMenu,
  engineItem,
  toldOf,
} from './tray-engine.js';
import {
  engineOf,
  iconOf,
  isPaused,
  severalOf,
  statusOf,
  type TrayEngine,
  type TrayIcon,
  type TrayState,
  unknownEngine,
  wordsChangeAt,
} from './tray-view.js';

/** What the menu can do; each is in the menu, since a click on the icon may never come (HOSTS §5). */
interface TrayActs extends EngineActs {
  open(): void;
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

const NOTHING: TrayState = { ...unknownEngine, settings: null, fleet: null, others: {} };

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

  /** What is known of the first engine, and of all together. */
  set(change: Partial<Omit<TrayState, 'others'>>): void {
    this.#state = { ...this.#state, ...change };
    if (change.fleet) this.#leaveOut();
    this.#render();
  }

  /** What is known of an engine beside the first, which the list may name a moment later only. */
  setOther(key: string, change: Partial<TrayEngine>): void {
    const { others } = this.#state;
    const other = { ...(others[key] ?? unknownEngine), ...change };
    this.#state = { ...this.#state, others: { ...others, [key]: other } };
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

  /** Engines that went off the list are forgotten. */
  #leaveOut(): void {
    const { fleet, others } = this.#state;
    const kept = Object.entries(others).filter(
      ([key]) => fleet === null || fleet.engines.some((row) => row.key === key),
    );
    this.#state = { ...this.#state, others: Object.fromEntries(kept) };
  }

  #render(): void {
    const tray = this.#tray;
    if (!tray) return;
    const now = this.options.now();
    this.#renderAgain(now);
    const icon = iconOf(this.#state, now);
    const tooltip = this.#words.tray.tooltip(statusOf(this.#state, now), now);
    const items = this.#items(now);
    const { others } = this.#state;
    const aims = [this.#state, ...Object.values(others)].map(aimsOf);
    const menu = JSON.stringify([items, aims, severalOf(this.#state).map(({ key }) => key)]);
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

  #inMenu(key: string, now: number): EngineInMenu {
    const { acts } = this.options;
    return { key, of: engineOf(this.#state, key), words: this.#words, acts, now };
  }

  #items(now: number): MenuItemConstructorOptions[] {
    const { tray } = this.#words;
    const { acts } = this.options;
    const first = this.#inMenu(firstEngine, now);
    const several = severalOf(this.#state);
    const isAlone = several.length === 0;
    const told = [tray.status(statusOf(this.#state, now), now), ...(isAlone ? toldOf(first) : [])];
    return [
      ...told.map((label) => ({ label, enabled: false })),
      { type: 'separator' },
      { label: tray.open, click: () => acts.open() },
      ...(isAlone ? actsOn(first) : []),
      ...several.map((row) => engineItem(row, this.#inMenu(row.key, now))),
      { type: 'separator' },
      ...this.#pause(now),
      { type: 'separator' },
      { label: tray.quit, click: () => acts.quit() },
    ];
  }

  #pause(now: number): MenuItemConstructorOptions[] {
    const { tray } = this.#words;
    const { acts } = this.options;
    if (isPaused(this.#state, now)) return [{ label: tray.resume, click: () => acts.resume() }];
    return [
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
  }
}
