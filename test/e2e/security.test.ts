import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandName, commands } from '../../main/contract/commands.js';
import { ROOT } from '../../scripts/lib/modules.mjs';
import { TestDesktop } from '../support/desktop.js';
import { type CareenUnderTest, launchCareen } from './support/app.js';

interface Forger {
  call(name: unknown, params: unknown): Promise<{ ok: boolean; error?: { code: string } }>;
}

/** What no command takes. */
const FORGERIES: unknown[] = [null, 42, 'x', [], [{}], { forged: true }, { constructor: {} }];

describe('a page that was taken over', () => {
  let desktop: TestDesktop;
  let careen: CareenUnderTest;
  let page: Page;

  beforeAll(async () => {
    desktop = await TestDesktop.start();
    careen = await launchCareen();
    page = await careen.page();
    await page.getByTestId('no-engine').waitFor();
  });
  afterAll(async () => {
    await careen.close();
    desktop.stop();
  });

  const address = () => page.evaluate(() => location.href);

  it('has nothing of Node or Electron but two functions', async () => {
    const found = await page.evaluate(() => ({
      globals: [
        'require',
        'process',
        'module',
        'global',
        'Buffer',
        'electron',
        'ipcRenderer',
      ].filter((name) => name in window),
      api: Object.keys(window.careen),
    }));
    expect(found).toEqual({ globals: [], api: ['call', 'subscribe'] });
  });

  it('runs in the sandbox, apart from the preload, with nothing kept on disk', async () => {
    const kept = await careen.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as
        (Electron.WebContents & { getLastWebPreferences(): Electron.WebPreferences }) | undefined;
      return {
        preferences: contents?.getLastWebPreferences(),
        persistent: contents?.session.isPersistent(),
      };
    });
    expect(kept).toMatchObject({
      preferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        webviewTag: false,
      },
      persistent: false,
    });
  });

  it('is served with a policy that begins with nothing', async () => {
    const served = await careen.app.evaluate(async ({ session }) => {
      const own = session.fromPartition('careen');
      const get = async (url: string, method = 'GET') => {
        const answer = await own.fetch(url, { method });
        return { status: answer.status, headers: Object.fromEntries(answer.headers.entries()) };
      };
      return {
        index: await get('app://careen/'),
        outside: await get('app://careen/%2e%2e%2fmain%2findex.cjs'),
        source: await get('app://careen/..%5cpackage.json'),
        missing: await get('app://careen/nothing.js'),
        other: await get('app://other/index.html'),
        post: await get('app://careen/', 'POST'),
      };
    });
    expect(served.index.status).toBe(200);
    expect(served.index.headers['content-security-policy']).toMatch(/^default-src 'none'; /);
    expect(served.index.headers['x-content-type-options']).toBe('nosniff');
    for (const { status } of [served.outside, served.source, served.other, served.post])
      expect(status).toBe(403);
    expect(served.missing.status).toBe(404);
  });

  it('runs no inline script and no eval, and reaches no other place', async () => {
    const tried = await page.evaluate(async () => {
      const blocked: string[] = [];
      addEventListener('securitypolicyviolation', (e) => blocked.push(e.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.taken = true';
      document.body.append(script);
      const outcome = async (act: () => unknown) => {
        try {
          await act();
          return 'done';
        } catch {
          return 'refused';
        }
      };
      const loaded = (element: HTMLElement & { src: string }, src: string) =>
        outcome(
          () =>
            new Promise((resolve, reject) => {
              element.onload = resolve;
              element.onerror = reject;
              element.src = src;
              document.body.append(element);
            }),
        );
      const frame = document.createElement('iframe');
      frame.src = 'app://careen/index.html';
      document.body.append(frame);
      const outcomes = {
        inline: 'taken' in window ? 'done' : 'refused',
        // In a task of the page's own: what the test's tool evaluates may use eval.
        eval: await new Promise((resolve) =>
          setTimeout(() => resolve(outcome(() => (0, eval)('1')))),
        ),
        fetch: await outcome(() => fetch('https://example.com/')),
        fetchOwn: await outcome(() => fetch('app://careen/index.html')),
        image: await loaded(document.createElement('img'), 'https://example.com/x.png'),
        script: await loaded(document.createElement('script'), 'https://example.com/x.js'),
        worker: await outcome(
          () =>
            new Promise((_resolve, reject) => {
              new Worker('app://careen/x.js').onerror = reject;
            }),
        ),
      };
      return { outcomes, blocked, frame: frame.contentDocument?.body.textContent ?? '' };
    });
    expect(tried.outcomes).toEqual(
      Object.fromEntries(Object.keys(tried.outcomes).map((way) => [way, 'refused'])),
    );
    expect(tried.frame).toBe('');
    expect(tried.blocked).toEqual(
      expect.arrayContaining([
        'script-src-elem',
        'script-src',
        'connect-src',
        'img-src',
        'frame-src',
      ]),
    );
  });

  it('goes nowhere and opens nothing', async () => {
    const before = await address();
    await page.evaluate(() => {
      const form = document.createElement('form');
      form.action = 'https://example.com/';
      document.body.append(form);
      form.submit();
      location.href = 'https://example.com/';
    });
    expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true);
    expect(await address()).toBe(before);
    expect(await careen.windowCount()).toBe(1);
  });

  it('is given no permission and no download', async () => {
    const asked = await page.evaluate(async () => {
      const of = async (name: string) =>
        (await navigator.permissions.query({ name: name as PermissionName })).state;
      const refused = (act: Promise<unknown>) =>
        act.then(
          () => 'given',
          () => 'refused',
        );
      return {
        geolocation: await of('geolocation'),
        camera: await of('camera'),
        notifications: await Notification.requestPermission(),
        media: await refused(navigator.mediaDevices.getUserMedia({ audio: true })),
        read: await refused(navigator.clipboard.readText()),
      };
    });
    expect(asked).toEqual({
      geolocation: 'denied',
      camera: 'denied',
      notifications: 'denied',
      media: 'refused',
      read: 'refused',
    });
    const prevented = careen.app.evaluate(
      ({ session }) =>
        new Promise((resolve) =>
          session
            .fromPartition('careen')
            .once('will-download', (event) => resolve(event.defaultPrevented)),
        ),
    );
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = 'app://careen/index.html';
      link.download = 'x.html';
      link.click();
    });
    expect(await prevented).toBe(true);
  });

  it.each(Object.keys(commands) as CommandName[])(
    'gets input-invalid for forged parameters of %s',
    async (name) => {
      const codes = await page.evaluate(
        async ([command, forgeries]) => {
          const careen = window.careen as unknown as Forger;
          const answers = forgeries.map((params) => careen.call(command, params));
          return (await Promise.all(answers)).map((answer) => answer.error?.code ?? 'done');
        },
        [name, FORGERIES] as const,
      );
      expect(codes).toEqual(FORGERIES.map(() => 'input-invalid'));
    },
  );

  it('gets input-invalid for names that are no command', async () => {
    const codes = await page.evaluate(async () => {
      const careen = window.careen as unknown as Forger;
      const names = ['', 'nothing', '__proto__', 'constructor', 7, null, ['status'], {}];
      const answers = await Promise.all(names.map((name) => careen.call(name, {})));
      return answers.map((answer) => answer.error?.code ?? 'done');
    });
    expect(new Set(codes)).toEqual(new Set(['input-invalid']));
  });

  it('cannot widen the reach: main asks a person, who declines', async () => {
    await careen.app.evaluate(({ dialog }) => {
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      dialog.showMessageBox = (...args: unknown[]) => {
        const options = args.at(-1) as Electron.MessageBoxOptions;
        asked.push(`${options.message} ${options.detail}`);
        return Promise.resolve({ response: options.cancelId ?? 0, checkboxChecked: false });
      };
    });
    const answer = await page.evaluate(() =>
      window.careen.call('engine.choose', { endpoint: 'tcp://192.0.2.7:2375' }),
    );
    expect(answer).toMatchObject({ ok: false, error: { code: 'not-confirmed' } });
    const asked = await careen.app.evaluate(
      () => (globalThis as unknown as { asked: string[] }).asked,
    );
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain('tcp://192.0.2.7:2375');
  });

  it('another page is refused, even with the same preload and the same address', async () => {
    const said = await careen.app.evaluate(
      async ({ BrowserWindow, session }, preload) => {
        const other = new BrowserWindow({
          show: false,
          webPreferences: {
            preload,
            sandbox: true,
            contextIsolation: true,
            session: session.fromPartition('careen'),
          },
        });
        await other.loadURL('app://careen/index.html');
        const answer: unknown = await other.webContents.executeJavaScript(
          "window.careen.call('status', {}).then(() => 'answered', (e) => e.message)",
        );
        other.destroy();
        return answer;
      },
      path.join(ROOT, 'out', 'preload', 'index.cjs'),
    );
    expect(said).toMatch(/refused/);
  });
});
