import { execFile } from 'node:child_process';

/** Runs a program and gives what it printed, or null when it failed or was not there. */
export type Ask = (program: string, args: string[]) => Promise<string | null>;

const WATCHER = 'org.kde.StatusNotifierWatcher';
const OBJECT = '/StatusNotifierWatcher';
const PROPERTY = 'IsStatusNotifierHostRegistered';
const PROPERTIES = 'org.freedesktop.DBus.Properties';

/** One question, put by whichever of the usual tools is installed. */
const WAYS: [program: string, args: string[]][] = [
  [
    'gdbus',
    [
      ...['call', '--session', '--dest', WATCHER, '--object-path', OBJECT],
      ...['--method', `${PROPERTIES}.Get`, WATCHER, PROPERTY],
    ],
  ],
  ['busctl', ['--user', 'get-property', WATCHER, OBJECT, WATCHER, PROPERTY]],
  [
    'dbus-send',
    [
      ...['--session', '--print-reply', `--dest=${WATCHER}`, OBJECT, `${PROPERTIES}.Get`],
      ...[`string:${WATCHER}`, `string:${PROPERTY}`],
    ],
  ],
];

/**
 * Whether the desktop shows tray icons. Electron cannot tell on Linux: a tray without a host is
 * nothing, and no error (HOSTS §5). What cannot be found out counts as no: the window is then shown,
 * which is never wrong.
 *
 * @param platform as `process.platform`
 * @param ask how to run a program
 */
export async function hasTrayHost(platform: NodeJS.Platform, ask: Ask): Promise<boolean> {
  if (platform !== 'linux') return true;
  for (const [program, args] of WAYS) {
    const printed = await ask(program, args);
    if (printed !== null) return /\btrue\b/.test(printed);
  }
  return false;
}

/** Asks with a deadline of `timeout` milliseconds. */
export function asking(timeout: number): Ask {
  return (program, args) =>
    new Promise((resolve) => {
      execFile(program, args, { timeout }, (error, stdout) => resolve(error ? null : stdout));
    });
}
