import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Protocol, Session } from 'electron';
import { CONTENT_SECURITY_POLICY, isOurs } from './security.js';

/** Only what the window is built of; anything else is not there. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Makes `app:` a scheme with an origin; has to be called before Electron is ready. */
export function registerScheme(protocol: Protocol): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/**
 * Serves the built window at `app://careen/`.
 *
 * @param session the window's own
 * @param root absolute path of the folder that the window was built into
 * @param told.page when a page has been handed out, while the process that shows it begins
 * @param told.script when a script of the page begins to be handed out
 */
export function serveWindow(
  session: Session,
  root: string,
  told: { page: () => void; script: () => void },
): void {
  session.protocol.handle('app', (request) => answer(root, request));
  session.webRequest.onCompleted(({ resourceType }) => {
    if (resourceType === 'mainFrame') told.page();
  });
  session.webRequest.onResponseStarted(({ resourceType }) => {
    // Its bytes are on their way then.
    if (resourceType === 'script') setImmediate(told.script);
  });
}

/**
 * One file of the window with the headers that every answer has (DESIGN §6). A path that leads out of
 * `root` is refused, as is any method but GET; what is no part of the window is not found.
 */
async function answer(root: string, request: Request): Promise<Response> {
  if (request.method !== 'GET' || !isOurs(request.url)) return refuse(403);
  const file = fileOf(root, request.url);
  if (file === null) return refuse(403);
  const type = TYPES[path.extname(file)];
  if (type === undefined) return refuse(404);
  try {
    return new Response(new Uint8Array(await readFile(file)), { headers: headers(type) });
  } catch {
    return refuse(404);
  }
}

function fileOf(root: string, url: string): string | null {
  const { pathname } = new URL(url);
  let name: string;
  try {
    name = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (/[\0\\]/.test(name)) return null;
  const file = path.resolve(root, `.${name === '/' ? '/index.html' : name}`);
  return file.startsWith(root + path.sep) ? file : null;
}

/**
 * No opener policy: no page of Careen's opens another or is opened by one (`secureContents`), and it
 * would have Chromium start a second process for each window.
 */
function headers(type: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-cache',
  };
}

function refuse(status: 403 | 404): Response {
  return new Response(null, { status, headers: headers('text/plain; charset=utf-8') });
}
