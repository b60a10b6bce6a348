import { EventEmitter, once } from 'node:events';
import dbus from 'dbus-next';
import { sleep } from '../../scripts/lib/process.mjs';
import { NotificationService, TrayWatcher, type TestNotification } from './desktop-interfaces.js';

export type { TestNotification };

export interface TrayMenuItem {
  id: number;
  label: string;
  enabled: boolean;
  checked: boolean;
  separator: boolean;
  children: TrayMenuItem[];
}

/** Milliseconds: as long as Playwright waits for a page, which has the same machine. */
const patience = 30_000;

/** `(ia{sv}av)` of com.canonical.dbusmenu. */
type Layout = [number, Record<string, dbus.Variant<unknown>>, dbus.Variant<Layout>[]];

/**
 * The desktop of an e2e test: shows tray icons and notifications to the test and to nobody else. It
 * needs a session bus of the test's own, which `npm test` starts.
 */
export class TestDesktop {
  readonly notifications: TestNotification[] = [];
  /** How often an icon was set after it had appeared. */
  newIcons = 0;
  readonly #changes = new EventEmitter();
  #read = 0;
  #items: string[] = [];

  private constructor(private readonly bus: dbus.MessageBus) {}

  #service = new NotificationService((notification) => {
    this.notifications.push(notification);
    this.#changes.emit('notification');
  });

  /** Rejects when the session bus already has a desktop: then it is a person's. */
  static async start(): Promise<TestDesktop> {
    const bus = dbus.sessionBus();
    const desktop = new TestDesktop(bus);
    const watcher = new TrayWatcher((service) => {
      desktop.#items.push(service);
      desktop.#changes.emit('item');
    });
    await desktop.#listenForIcons();
    bus.export('/org/freedesktop/Notifications', desktop.#service);
    bus.export('/StatusNotifierWatcher', watcher);
    for (const name of ['org.freedesktop.Notifications', 'org.kde.StatusNotifierWatcher']) {
      const answer = await bus.requestName(name, dbus.NameFlag.DO_NOT_QUEUE);
      if (answer !== dbus.RequestNameReply.PRIMARY_OWNER)
        throw new Error(`This session bus already has a ${name}: run the test by "npm test".`);
    }
    return desktop;
  }

  stop(): void {
    this.bus.disconnect();
  }

  /** The first notification that was not asked for yet; waits for it. Rejects after `timeout` ms. */
  async nextNotification(timeout = patience): Promise<TestNotification> {
    const signal = AbortSignal.timeout(timeout);
    for (;;) {
      const notification = this.notifications[this.#read];
      if (notification) {
        this.#read += 1;
        return notification;
      }
      await this.#wait('notification', signal, `No notification came in ${timeout} ms.`);
    }
  }

  /** Clicks a notification (`default`) or one of its buttons by its action's key. */
  clickNotification(id: number, action = 'default'): void {
    const dismissed = 2;
    this.#service.ActionInvoked(id, action);
    this.#service.NotificationClosed(id, dismissed);
  }

  /** Waits until a living process shows a tray icon. Rejects after `timeout` ms. */
  async tray(timeout = patience): Promise<string> {
    const signal = AbortSignal.timeout(timeout);
    for (;;) {
      const item = this.#items.at(-1);
      if (item && (await this.#lives(item))) return item;
      this.#items = this.#items.filter((one) => one !== item);
      if (!this.#items.length)
        await this.#wait('item', signal, `No tray icon came in ${timeout} ms.`);
    }
  }

  async tooltip(): Promise<string> {
    const [, , title, text] = await this.#property<[string, unknown, string, string]>('ToolTip');
    return [title, text].filter(Boolean).join('\n');
  }

  /** The icon's pixels as ARGB, big endian; the largest if there are several. */
  async icon(): Promise<{ width: number; height: number; argb: Buffer }> {
    const sizes = await this.#property<[number, number, Buffer][]>('IconPixmap');
    const [width, height, argb] = sizes.sort((one, other) => other[0] - one[0])[0] ?? [];
    if (!width || !height || !argb) throw new Error('The tray icon has no pixels.');
    return { width, height, argb };
  }

  /** The menu as it is now. IDs change whenever the app sets it: read it again before each click. */
  async menu(): Promise<TrayMenuItem[]> {
    return (await this.#layout()).items;
  }

  /**
   * Clicks the item with that label, also in a submenu. Rejects when there is none. Where the app
   * set its menu between look and click, it clicks in the new one, as the desktop's open menu does.
   *
   * @param under the label of the submenu that it stands in, where several have such an item
   */
  async clickMenu(label: string | RegExp, under: string | RegExp = /(?:)/): Promise<void> {
    const { revision, items } = await this.#layout();
    const all = items.filter((one) => fits(one, under)).flatMap(flat);
    const item = all.find((one) => fits(one, label));
    if (!item)
      throw new Error(`No "${label}" in the menu: ${all.map((one) => one.label).join(' | ')}`);
    try {
      await this.#callMenu('Event', 'isvu', [item.id, 'clicked', new dbus.Variant('s', ''), 0]);
    } catch (e) {
      // An app that ends by the click may be gone before it has answered.
      if ((e as dbus.DBusError).type === 'org.freedesktop.DBus.Error.NoReply') return;
      if ((await this.#layout()).revision === revision) throw e;
      await this.clickMenu(label, under);
    }
  }

  /** Clicks the icon itself. */
  async activate(): Promise<void> {
    const item = await this.tray();
    const face = 'org.kde.StatusNotifierItem';
    await this.#call(item, '/StatusNotifierItem', face, 'Activate', 'ii', [0, 0]);
  }

  /** Asks again until `check` says yes, for what the app brings up to date a little later. */
  async until<T>(read: () => Promise<T>, check: (value: T) => boolean, timeout = patience) {
    const deadline = Date.now() + timeout;
    for (;;) {
      const value = await read();
      if (check(value)) return value;
      if (Date.now() > deadline)
        throw new Error(`It stayed ${JSON.stringify(value)} for ${timeout} ms.`);
      await sleep(50);
    }
  }

  async #listenForIcons(): Promise<void> {
    const name = 'org.freedesktop.DBus';
    const rule = "type='signal',interface='org.kde.StatusNotifierItem',member='NewIcon'";
    await this.#call(name, '/org/freedesktop/DBus', name, 'AddMatch', 's', [rule]);
    this.bus.on('message', ({ member }: dbus.Message) => {
      if (member === 'NewIcon') this.newIcons += 1;
    });
  }

  /** The menu, and its revision, which is another once the app has set it again. */
  async #layout(): Promise<{ revision: number; items: TrayMenuItem[] }> {
    const [revision, root] = await this.#callMenu('GetLayout', 'iias', [0, -1, []]);
    return { revision: revision as number, items: itemOf(root as Layout).children };
  }

  async #callMenu(member: string, signature: string, body: unknown[]): Promise<unknown[]> {
    const path = await this.#property<string>('Menu');
    return this.#call(await this.tray(), path, 'com.canonical.dbusmenu', member, signature, body);
  }

  async #property<T>(name: string): Promise<T> {
    const item = await this.tray();
    const body = await this.#call(
      item,
      '/StatusNotifierItem',
      'org.freedesktop.DBus.Properties',
      'Get',
      'ss',
      ['org.kde.StatusNotifierItem', name],
    );
    return (body[0] as dbus.Variant<T>).value;
  }

  async #lives(service: string): Promise<boolean> {
    const name = 'org.freedesktop.DBus';
    const path = '/org/freedesktop/DBus';
    const body = await this.#call(name, path, name, 'NameHasOwner', 's', [service]);
    return body[0] === true;
  }

  async #call(
    destination: string,
    path: string,
    face: string,
    member: string,
    signature: string,
    body: unknown[],
  ): Promise<unknown[]> {
    const message = new dbus.Message({
      destination,
      path,
      interface: face,
      member,
      signature,
      body,
    });
    return ((await this.bus.call(message))?.body ?? []) as unknown[];
  }

  async #wait(event: string, signal: AbortSignal, why: string): Promise<void> {
    await once(this.#changes, event, { signal }).catch(() => {
      throw new Error(why);
    });
  }
}

function itemOf([id, properties, children]: Layout): TrayMenuItem {
  const label = properties['label']?.value;
  return {
    id,
    // An underscore marks the access key, two of them are one.
    label: typeof label === 'string' ? label.replace(/_(.)/g, '$1') : '',
    enabled: properties['enabled']?.value !== false,
    checked: properties['toggle-state']?.value === 1,
    separator: properties['type']?.value === 'separator',
    children: children
      .filter(({ value: [, { visible }] }) => visible?.value !== false)
      .map(({ value }) => itemOf(value)),
  };
}

function fits({ label }: TrayMenuItem, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? label === wanted : wanted.test(label);
}

function flat(item: TrayMenuItem): TrayMenuItem[] {
  return [item, ...item.children.flatMap(flat)];
}
