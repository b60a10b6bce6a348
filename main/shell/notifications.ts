import type { NotificationConstructorOptions } from 'electron';
import type { Note } from '../messages/index.js';

/** So much of Electron's Notification as is used here; buttons and ids are not on every version. */
export interface NotificationLike {
  on(event: 'click' | 'close' | 'failed', listener: () => void): unknown;
  show(): void;
}

/**
 * Shows notifications. Every one of them only leads to the window, where the same thing can be seen and
 * done, since a system may hold it back or never show it (HOSTS §4).
 */
export class Notifications {
  /** Held until it is closed: a notification that was collected as garbage gives no click. */
  readonly #shown = new Set<NotificationLike>();

  /** @param create null where the system has none */
  constructor(
    private readonly create: ((options: NotificationConstructorOptions) => NotificationLike) | null,
  ) {}

  show(note: Note, onClick: () => void): void {
    if (!this.create) return;
    const notification = this.create({ title: note.title, body: note.body });
    const forget = () => this.#shown.delete(notification);
    notification.on('click', () => {
      forget();
      onClick();
    });
    notification.on('close', forget);
    notification.on('failed', forget);
    this.#shown.add(notification);
    notification.show();
  }
}
