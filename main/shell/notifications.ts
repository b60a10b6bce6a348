import type { NotificationConstructorOptions } from 'electron';
import { CareenError } from '../domain/errors.js';
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
    if (this.create) this.#show(this.create, note, onClick);
  }

  /** Shows one that a person asked for; throws `notifications-missing` where the system has none. */
  test(note: Note): Promise<void> {
    if (!this.create) return Promise.reject(new CareenError('notifications-missing', {}));
    this.#show(this.create, note, () => undefined);
    return Promise.resolve();
  }

  #show(create: NonNullable<typeof this.create>, note: Note, onClick: () => void): void {
    const notification = create({ title: note.title, body: note.body });
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
