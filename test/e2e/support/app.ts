import type { ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { ROOT } from '../../../scripts/lib/modules.mjs';

export interface LaunchOptions {
  /** The data home; by default a new one, removed at the end. */
  home?: string;
  /** The policy of the home; by default it has none of its own. */
  policy?: string;
  /** The socket of the engine to find; by default there is none. */
  socket?: string;
  env?: Record<string, string>;
  /** The app is started for the first time ever, and welcomes who did. */
  firstRun?: boolean;
  args?: string[];
}

export interface AskedInDialog {
  message: string;
  detail: string;
}

/** The Electron that `npm test` has prepared, or the official one. */
export const electronPath = createRequire(import.meta.url)('electron') as string;

/** Chromium has no sandbox as root. */
export const electronFlags =
  process.getuid?.() === 0 ? ['--no-sandbox', '--disable-gpu'] : ['--disable-gpu'];

/** How long the app may take to end by itself, in milliseconds. */
const PATIENCE = 20_000;

/** The environment of an app that sees one engine, or none, and no file of the person who tests. */
export function appEnvironment(home: string, user: string, socket?: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    HOME: user,
    CAREEN_HOME: home,
    XDG_CONFIG_HOME: path.join(user, '.config'),
    DOCKER_CONTEXT: '',
    DOCKER_CONFIG: path.join(user, '.docker'),
    DOCKER_HOST: `unix://${socket ?? path.join(user, 'no-engine.sock')}`,
    LANG: 'en_US.UTF-8',
    LANGUAGE: 'en_US',
  };
}

/** Has a new data home be one of a person who has seen the first run. */
export async function welcome(home: string): Promise<void> {
  await mkdir(home, { recursive: true, mode: 0o700 });
  const written = JSON.stringify({ welcomed: true });
  // A home that has settings was used before.
  await writeFile(path.join(home, 'config.json'), written, { flag: 'wx', mode: 0o600 }).catch(
    (e: unknown) => {
      if ((e as NodeJS.ErrnoException).code !== 'EEXIST') throw e;
    },
  );
}

/** Starts the built app as a person would, under Playwright's eyes. */
export async function launchCareen(options: LaunchOptions = {}): Promise<CareenUnderTest> {
  const folder = await mkdtemp(path.join(tmpdir(), 'careen-e2e-'));
  const home = options.home ?? path.join(folder, 'home');
  const user = path.join(folder, 'user');
  await mkdir(user);
  if (!options.firstRun) await welcome(home);
  if (options.policy !== undefined) {
    await mkdir(home, { recursive: true, mode: 0o700 });
    await writeFile(path.join(home, 'policy.yaml'), options.policy);
  }
  const app = await _electron.launch({
    executablePath: electronPath,
    args: [ROOT, ...electronFlags, ...(options.args ?? [])],
    env: { ...appEnvironment(home, user, options.socket), ...options.env } as Record<
      string,
      string
    >,
  });
  holdAnswers(app);
  return new CareenUnderTest(app, home, folder);
}

/**
 * Has main answer in a turn of its own. Where it rests it tells of an answer with the next thing that
 * happens, V8 holds that only weakly till then, and a collection would take it (playwright#33737).
 */
function holdAnswers(app: ElectronApplication): void {
  const evaluate = app.evaluate.bind(app);
  const held = (act: (...args: never[]) => unknown, given: unknown) =>
    evaluate(
      async (electron, [source, arg]) => {
        await new Promise<void>((resolve) => setImmediate(resolve));
        const { runInThisContext } = process.getBuiltinModule('node:vm');
        const run = runInThisContext(`(${source})`) as (...args: unknown[]) => unknown;
        return run(electron, arg);
      },
      [String(act), given] as const,
    );
  app.evaluate = held as typeof app.evaluate;
}

/** A running app and its window. */
export class CareenUnderTest {
  /** What it wrote to the terminal so far. */
  output = '';
  /** Asked for at once: Playwright does not know it any more when it has ended. */
  readonly #process: ChildProcess;
  readonly #ended: Promise<number | null>;

  constructor(
    readonly app: ElectronApplication,
    readonly home: string,
    /** Removed at the end, with the home in it. */
    readonly folder: string,
  ) {
    const child = (this.#process = app.process());
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data: Buffer) => (this.output += data.toString()));
    this.#ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  }

  /** Its exit code, once it has ended. */
  get ended(): Promise<number | null> {
    return this.#ended;
  }

  /** The window's page; waits for the first one. */
  async page(): Promise<Page> {
    const page = await this.app.firstWindow();
    await page.waitForLoadState('load');
    return page;
  }

  /** The page of the window that `open` makes appear, or shows again. */
  async pageAfter(open: () => Promise<void>): Promise<Page> {
    await open();
    // With rests between: asked all the time, it would take a core from the very opening that is awaited.
    await this.app.evaluate(async ({ BrowserWindow }) => {
      while (!BrowserWindow.getAllWindows().some((one) => one.isVisible()))
        await new Promise<void>((resolve) => setTimeout(resolve, 20));
    });
    return this.page();
  }

  /** Closes the window as a person does; resolves when it is out of sight. */
  async closeWindow(): Promise<void> {
    await this.app.evaluate(async ({ BrowserWindow }) => {
      const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
      const seen = () => BrowserWindow.getAllWindows().find((one) => one.isVisible());
      // It shows itself once it has painted.
      while (!seen()) await turn();
      seen()?.close();
      while (seen()) await turn();
    });
  }

  /**
   * Closes the window, and has the ten minutes pass after which it gives its page up; resolves with the
   * page that is made ready in its place.
   */
  async restWindow(): Promise<Page> {
    const [page] = this.app.windows();
    const gone = page?.waitForEvent('close');
    const next = this.app.waitForEvent('window');
    await this.app.evaluate(() => {
      const { setTimeout } = globalThis;
      const sooner = (then: () => void, ms?: number) => setTimeout(then, ms === 600_000 ? 1 : ms);
      Object.assign(globalThis, { setTimeout: sooner, later: setTimeout });
    });
    await this.closeWindow();
    await gone;
    await this.app.evaluate(() => {
      const later: unknown = Reflect.get(globalThis, 'later');
      Object.assign(globalThis, { setTimeout: later });
    });
    const made = await next;
    await made.waitForLoadState('load');
    return made;
  }

  /** Destroys the window, page and all. */
  async endWindow(): Promise<void> {
    const [page] = this.app.windows();
    const gone = page?.waitForEvent('close');
    await this.app.evaluate(async ({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.destroy();
      while (BrowserWindow.getAllWindows().length > 0)
        await new Promise<void>((resolve) => setImmediate(resolve));
    });
    await gone;
  }

  /**
   * Answers native dialogs from now on as a person who agrees or does not, or who leaves them open
   * until `closeDialogs`; forgets what was asked.
   */
  async answerDialogs(agree: boolean | 'later'): Promise<void> {
    await this.app.evaluate(({ dialog }, answer) => {
      const asked: AskedInDialog[] = [];
      const open: (() => void)[] = [];
      Object.assign(globalThis, { asked, open });
      dialog.showMessageBox = async (...args: unknown[]) => {
        const { message, detail = '' } = args.at(-1) as Electron.MessageBoxOptions;
        asked.push({ message, detail });
        if (answer === 'later') await new Promise<void>((resolve) => open.push(resolve));
        return { response: answer === true ? 1 : 0, checkboxChecked: false };
      };
    }, agree);
  }

  /** Closes the native dialogs that are open, which agrees to none. */
  async closeDialogs(): Promise<void> {
    await this.app.evaluate(() => {
      for (const close of (globalThis as unknown as { open: (() => void)[] }).open) close();
    });
  }

  /** What native dialogs asked since `answerDialogs`. */
  dialogs(): Promise<AskedInDialog[]> {
    return this.app.evaluate(() => (globalThis as unknown as { asked: AskedInDialog[] }).asked);
  }

  /** How many windows a person sees. */
  windowCount(): Promise<number> {
    return this.app.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows().filter((one) => one.isVisible()).length,
    );
  }

  /** Quits the app and removes what it left behind. */
  async close(): Promise<void> {
    const child = this.#process;
    const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    if (child.exitCode === null && child.signalCode === null)
      // The answer cannot come: the app ends first.
      await this.app.evaluate(({ app }) => app.quit()).catch(() => undefined);
    await this.#ended;
    clearTimeout(late);
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Waits until the menu that was opened hears keys: its focus comes a frame later than it is seen. */
export async function menuHasFocus(page: Page): Promise<void> {
  await page.locator('[role=menu]:focus-within').waitFor();
}

/** Keeps what a page looks like as `test/output/<name>.png`. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const file = path.join(ROOT, 'test', 'output', `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled' });
}
