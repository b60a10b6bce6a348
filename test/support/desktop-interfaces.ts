import dbus from 'dbus-next';

const { Interface, ACCESS_READ } = dbus.interface;

export interface TestNotification {
  id: number;
  appName: string;
  summary: string;
  body: string;
  /** Keys and labels in turns, as the protocol has them. */
  actions: string[];
  /** 0 low, 1 normal, 2 critical. */
  urgency: number;
}

/** The notification service of a desktop that keeps every notification and shows none. */
export class NotificationService extends Interface {
  #next = 1;

  constructor(private readonly onNotification: (notification: TestNotification) => void) {
    super('org.freedesktop.Notifications');
  }

  Notify(
    appName: string,
    replaces: number,
    _icon: string,
    summary: string,
    body: string,
    actions: string[],
    hints: Record<string, dbus.Variant<unknown>>,
    _timeout: number,
  ): number {
    const id = replaces || this.#next++;
    const urgency = Number(hints['urgency']?.value ?? 1);
    this.onNotification({ id, appName, summary, body, actions, urgency });
    return id;
  }

  CloseNotification(id: number): void {
    const closedByTheApp = 3;
    this.NotificationClosed(id, closedByTheApp);
  }

  GetCapabilities(): string[] {
    return ['actions', 'body', 'body-markup'];
  }

  GetServerInformation(): string[] {
    return ['careen-test', 'careen', '1', '1.2'];
  }

  ActionInvoked(id: number, action: string): [number, string] {
    return [id, action];
  }

  NotificationClosed(id: number, reason: number): [number, number] {
    return [id, reason];
  }
}

NotificationService.configureMembers({
  methods: {
    Notify: { inSignature: 'susssasa{sv}i', outSignature: 'u' },
    CloseNotification: { inSignature: 'u', outSignature: '' },
    GetCapabilities: { inSignature: '', outSignature: 'as' },
    GetServerInformation: { inSignature: '', outSignature: 'ssss' },
  },
  signals: {
    ActionInvoked: { signature: 'us' },
    NotificationClosed: { signature: 'uu' },
  },
});

/** Where tray icons register; it says that somebody shows them. */
export class TrayWatcher extends Interface {
  readonly #items: string[] = [];

  constructor(private readonly onItem: (service: string) => void) {
    super('org.kde.StatusNotifierWatcher');
  }

  RegisterStatusNotifierItem(service: string): void {
    this.#items.push(service);
    this.StatusNotifierItemRegistered(service);
    this.onItem(service);
  }

  RegisterStatusNotifierHost(_service: string): void {
    this.StatusNotifierHostRegistered();
  }

  get RegisteredStatusNotifierItems(): string[] {
    return this.#items;
  }

  get IsStatusNotifierHostRegistered(): boolean {
    return true;
  }

  get ProtocolVersion(): number {
    return 0;
  }

  StatusNotifierItemRegistered(service: string): string {
    return service;
  }

  StatusNotifierHostRegistered(): void {
    return undefined;
  }
}

TrayWatcher.configureMembers({
  methods: {
    RegisterStatusNotifierItem: { inSignature: 's', outSignature: '' },
    RegisterStatusNotifierHost: { inSignature: 's', outSignature: '' },
  },
  properties: {
    RegisteredStatusNotifierItems: { signature: 'as', access: ACCESS_READ },
    IsStatusNotifierHostRegistered: { signature: 'b', access: ACCESS_READ },
    ProtocolVersion: { signature: 'i', access: ACCESS_READ },
  },
  signals: {
    StatusNotifierItemRegistered: { signature: 's' },
    StatusNotifierHostRegistered: { signature: '' },
  },
});
