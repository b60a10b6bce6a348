import { homedir } from 'node:os';
import { app, dialog, ipcMain, powerMonitor, protocol } from 'electron';
import ElectronStore from 'electron-store';
import type { MovedAside } from '../adapters/store/aside.js';
import { homePath, openHome } from '../adapters/store/home.js';
import { prepareSettingsFile, Settings } from '../adapters/store/settings.js';
import { toCareenError } from '../domain/errors.js';
import { messages, resolveLanguage } from '../messages/index.js';
import { isAtLogin } from './login-item.js';
import { registerScheme } from './protocol.js';
import { secureContents } from './security.js';
import { Shell } from './shell.js';
import { Standby } from './standby.js';
import type { CareenApp } from './types.js';
import { electronFolder } from './user-data.js';

interface LoadedSettings {
  settings: Settings;
  /** The settings file that could not be read, if it was one. */
  movedAside: MovedAside | null;
}

/** What the shell has ready when the application is put together. */
interface ShellParts {
  /** The data home, opened: its real path. */
  home: string;
  /** To be called once the home is this process's own. */
  settings: () => Promise<LoadedSettings>;
  /** Told of what went wrong where no person waits for an answer. */
  report: (error: unknown) => void;
  /** Whether a person acts in the window at this moment. */
  userActive: () => boolean;
}

/** The application, or word that a command line has the data home: to be asked again when that ends. */
type Assemble = (
  parts: ShellParts,
) => Promise<
  { role: 'owner'; careen: CareenApp } | { role: 'client'; client: { closed: Promise<void> } }
>;

/** A run may be in the middle of one removal; what is still open after this the log tells at the next start. */
const CLOSE_DEADLINE_MS = 15_000;

/**
 * Electron's life from the first line to the last: one instance a data home, the shell over what
 * `assemble` gives, and an orderly end. Has to be called at once when main is loaded.
 *
 * @param assemble puts the application together
 */
export function start(assemble: Assemble): void {
  registerScheme(protocol);
  secureContents(app);
  const { env, platform } = process;
  const place = homePath({ flag: null, env, platform, user: homedir() });
  const folder = electronFolder(place);
  if (folder !== null) {
    app.setPath('userData', folder);
    if (!app.requestSingleInstanceLock()) return app.exit(0);
  }
  if (platform === 'darwin') app.setActivationPolicy('accessory');
  if (platform === 'win32') app.setAppUserModelId('app.careen.desktop');
  run(place, assemble).catch((e: unknown) => {
    const said = messages(resolveLanguage('system', app.getPreferredSystemLanguages()));
    const text = said.error(toCareenError(e));
    report(text);
    dialog.showErrorBox('Careen', text);
    app.exit(1);
  });
}

async function run(place: string, assemble: Assemble): Promise<void> {
  await app.whenReady();
  const home = await openHome(place);
  let loaded: LoadedSettings | null = null;
  const standby = new Standby(home, () => Date.now());
  const shell = new Shell({ careen: standby, settings: () => loaded?.settings ?? null, report });

  app.on('second-instance', () => shell.open());
  app.on('activate', () => shell.open());
  // The tray lives on without a window; listening is what keeps Electron from quitting.
  app.on('window-all-closed', () => {});
  app.on('before-quit', () => shell.quitting());
  powerMonitor.on('suspend', () => standby.suspending());
  powerMonitor.on('resume', () => void standby.resumed().catch(report));
  if (process.platform !== 'win32') powerMonitor.on('shutdown', () => app.quit());
  endInOrder(standby, shell);

  const settings = async () => (loaded ??= await loadSettings(home));
  const asked = process.argv.includes('--hidden') || isAtLogin(app, process.platform);
  const hidden = asked && (await shell.hasTrayHost());
  for (;;) {
    const opened = await assemble({ home, settings, report, userActive: () => shell.userActive });
    if (opened.role === 'owner') standby.attach(opened.careen);
    else standby.busy();
    if (!hidden) shell.open();
    if (opened.role === 'owner') return;
    await opened.client.closed;
  }
}

async function loadSettings(home: string): Promise<LoadedSettings> {
  const movedAside = await prepareSettingsFile(home, Date.now());
  const store = new ElectronStore({ cwd: home, name: 'config', configFileMode: 0o600 });
  // electron-store answers any page that asks where its files are; no page of Careen's does.
  ipcMain.removeAllListeners('electron-store-get-data');
  return { settings: new Settings(store), movedAside };
}

function endInOrder(careen: CareenApp, shell: Shell): void {
  let ending = false;
  app.on('will-quit', (event) => {
    event.preventDefault();
    if (ending) return;
    ending = true;
    shell.dispose();
    const deadline = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_DEADLINE_MS));
    Promise.race([careen.close(), deadline])
      .catch(report)
      .finally(() => app.exit(0));
  });
}

function report(error: unknown): void {
  process.stderr.write(`careen: ${error instanceof Error ? error.message : String(error)}\n`);
}
