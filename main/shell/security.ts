import type { App, Session, WebContents, WebPreferences } from 'electron';

/** The only origin that a page of Careen's has. */
export const ORIGIN = 'app://careen';

/**
 * What a page may do. Numbers are those of Electron's security checklist
 * (electronjs.org/docs/latest/tutorial/security); the defaults are written out, so that a changed
 * default changes nothing here.
 *
 * @param preload absolute path of the one preload file
 * @param devTools true in development only
 */
export function webPreferences(preload: string, devTools: boolean): WebPreferences {
  return {
    preload,
    devTools,
    nodeIntegration: false, // 2
    nodeIntegrationInWorker: false, // 2
    nodeIntegrationInSubFrames: false, // 2
    contextIsolation: true, // 3
    sandbox: true, // 4
    webSecurity: true, // 6
    allowRunningInsecureContent: false, // 8
    experimentalFeatures: false, // 9
    webviewTag: false, // 11, 12
    navigateOnDragDrop: false, // 13
    safeDialogs: true,
    spellcheck: false,
  };
}

/** 7. Sent by main as a header, which a page can only narrow. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "frame-src 'none'",
  "worker-src 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** 5. Everything that is not here is denied. Copying a command needs a click as well. */
const PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Rules for a session: permissions, downloads, and nothing from anywhere but `app://`. */
export function secureSession(session: Session): void {
  // 5
  session.setPermissionRequestHandler((contents, permission, answer) =>
    answer(PERMISSIONS.has(permission) && isOurs(contents.getURL())),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => PERMISSIONS.has(permission) && isOurs(origin),
  );
  session.setDevicePermissionHandler(() => false);
  // 1, 18
  session.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !isOurs(details.url) && !details.url.startsWith('devtools://') }),
  );
  session.on('will-download', (event) => event.preventDefault());
}

/** Rules for every page that there is or will be: no navigation, no window, no `<webview>`. */
export function secureContents(app: App): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => event.preventDefault()); // 13
    contents.on('will-frame-navigate', (event) => event.preventDefault()); // 13
    contents.on('will-redirect', (event) => event.preventDefault()); // 13
    contents.setWindowOpenHandler(() => ({ action: 'deny' })); // 14
    contents.on('will-attach-webview', (event) => event.preventDefault()); // 11, 12
  });
}

/** Whether an address or origin is Careen's own. */
export function isOurs(address: string): boolean {
  return address === ORIGIN || address.startsWith(`${ORIGIN}/`);
}

/** 15. Whether main may hand an address to the system's browser: https, without a name or password. */
export function isOpenable(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password } = new URL(address);
  return protocol === 'https:' && username === '' && password === '';
}
