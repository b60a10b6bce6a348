import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type CommandName, commands } from '../../main/contract/commands.js';
import { messages } from '../../main/messages/index.js';
import { ROOT } from '../../scripts/lib/modules.mjs';
import { TestDesktop } from '../support/desktop.js';
import { forgeriesOf, huge } from '../support/forgeries.js';
import { type CareenUnderTest, launchCareen } from './support/app.js';

/** The door as a page that was taken over would use it. */
interface Forger {
  call(name: unknown, params: unknown, engine?: unknown): Promise<string>;
  view(engine: unknown): Promise<string>;
}

/** What the app's main process is given at the start, for a frame that it hears of a moment later. */
interface Frames {
  frameNamed(contents: Electron.WebContents, name: string): Promise<Electron.WebFrameMain>;
}

type Told = { ok: boolean; error?: { code: string } };

const words = messages('en');

/** Stands for a text that is too long to be sent to the page from here. */
const LONG = '@long@';

/** Chromium names files anew while it writes: one of a moment ago is on the disk no more. */
function unlessGone(e: unknown): string {
  if ((e as NodeJS.ErrnoException).code === 'ENOENT') return '';
  throw e;
}

describe('a page that was taken over', () => {
  let desktop: TestDesktop;
  let careen: CareenUnderTest;
  let page: Page;

  beforeAll(async () => {
    desktop = await TestDesktop.start();
    careen = await launchCareen();
    page = await careen.page();
    await page.getByTestId('no-engine').waitFor();
    await careen.app.evaluate(() => {
      const frameNamed: Frames['frameNamed'] = async (contents, name) => {
        for (;;) {
          const frame = contents.mainFrame.frames.find((one) => one.name === name);
          if (frame) return frame;
          await new Promise((resolve) => setTimeout(resolve, 10));
        }
      };
      Object.assign(globalThis, { frameNamed });
    });
  });
  afterAll(async () => {
    await careen.close();
    desktop.stop();
  });

  const address = () => page.evaluate(() => location.href);
  const codeOf = (name: CommandName, params: unknown) =>
    page.evaluate(
      async ([command, given]) => {
        const answer = JSON.parse(await window.careen.call(command, given)) as Told;
        return answer.error?.code ?? 'done';
      },
      [name, params] as const,
    );
  const policy = () =>
    readFile(path.join(careen.home, 'policy.yaml'), 'utf8').catch((e: unknown) => {
      if ((e as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw e;
    });

  it('has nothing of Node or Electron but three functions', async () => {
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
    expect(found).toEqual({ globals: [], api: ['call', 'view', 'subscribe'] });
  });

  it('runs in the sandbox, apart from the preload', async () => {
    const preferences = await careen.app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as
        (Electron.WebContents & { getLastWebPreferences(): Electron.WebPreferences }) | undefined;
      return contents?.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    });
  });

  it('leaves nothing on the disk of what it shows: its session is there for compiled code', async () => {
    const shown = 'no-engine.sock';
    await page.getByText(shown).first().waitFor();
    const folder = await careen.app.evaluate(({ BrowserWindow }) => {
      const own = BrowserWindow.getAllWindows()[0]?.webContents.session;
      own?.flushStorageData();
      return own?.storagePath ?? '';
    });
    expect(folder).toContain(careen.home);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(0);
    for (const { parentPath, name } of files) {
      const text = await readFile(path.join(parentPath, name), 'latin1').catch(unlessGone);
      expect(text.replaceAll('\0', '').includes(shown), name).toBe(false);
    }
    const stored = await page.evaluate(async () => ({
      local: localStorage.length,
      session: sessionStorage.length,
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
      cookies: document.cookie,
    }));
    expect(stored).toEqual({ local: 0, session: 0, databases: 0, caches: 0, cookies: '' });
  });

  it('is served with a policy that begins with nothing', async () => {
    const served = await careen.app.evaluate(async ({ session }) => {
      const own = session.fromPartition('persist:careen');
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
    await careen.app.evaluate(({ session }) => {
      const prevented = new Promise((resolve) =>
        session
          .fromPartition('persist:careen')
          .once('will-download', (event) => resolve(event.defaultPrevented)),
      );
      Object.assign(globalThis, { prevented });
    });
    await page.evaluate(() => {
      const link = document.createElement('a');
      link.href = 'app://careen/index.html';
      link.download = 'x.html';
      link.click();
    });
    const prevented = await careen.app.evaluate(
      () => Reflect.get(globalThis, 'prevented') as unknown,
    );
    expect(prevented).toBe(true);
  });

  it.each(Object.keys(commands) as CommandName[])(
    'gets input-invalid for forged parameters of %s',
    async (name) => {
      // The bridge drops a key of that name: what is left of such parameters is right.
      const forgeries = forgeriesOf(name).filter(({ what }) => !what.includes('__proto__'));
      const sent = JSON.stringify(forgeries.map(({ params }) => params)).replaceAll(huge, LONG);
      const codes = await page.evaluate(
        async ([command, text, long, length]) => {
          const all = JSON.parse(text.replaceAll(long, 'x'.repeat(length))) as unknown[];
          const codes: string[] = [];
          for (const params of all) {
            const answer = JSON.parse(await window.careen.call(command, params)) as Told;
            codes.push(answer.error?.code ?? 'done');
          }
          return codes;
        },
        [name, sent, LONG, huge.length] as const,
      );
      expect(forgeries.map(({ what }, n) => [what, codes[n]])).toEqual(
        forgeries.map(({ what }) => [what, 'input-invalid']),
      );
    },
  );

  it('gets input-invalid for names that are no command', async () => {
    const codes = await page.evaluate(async () => {
      const careen = window.careen as unknown as Forger;
      const names = ['', 'nothing', '__proto__', 'constructor', 7, null, ['status'], {}];
      const answers = await Promise.all(names.map((name) => careen.call(name, {})));
      return answers.map((answer) => (JSON.parse(answer) as Told).error?.code ?? 'done');
    });
    expect(new Set(codes)).toEqual(new Set(['input-invalid']));
  });

  it('is refused an engine that there is none of, to look at or to call', async () => {
    const codes = await page.evaluate(async () => {
      const careen = window.careen as unknown as Forger;
      const names = ['nobody', '', '__proto__', 7, null, {}];
      const viewed = await Promise.all(names.map((name) => careen.view(name)));
      const called = await Promise.all(names.map((name) => careen.call('status', {}, name)));
      const codesOf = (answers: string[]) =>
        answers.map((answer) => (JSON.parse(answer) as Told).error?.code ?? 'done');
      return [codesOf(viewed), codesOf(called)];
    });
    const expected = ['engine-unknown', 'engine-unknown', 'engine-unknown'];
    const refused = [...expected, 'input-invalid', 'input-invalid', 'input-invalid'];
    expect(codes).toEqual([refused, refused]);
  });

  it.each<[string, CommandName, unknown, RegExp]>([
    [
      'an endpoint that discovery did not find',
      'engine.choose',
      { endpoint: 'tcp://192.0.2.7:2375' },
      /tcp:\/\/192\.0\.2\.7:2375/,
    ],
    [
      'another engine, at an address of its own',
      'engines.add',
      { endpoint: 'tcp://192.0.2.7:2375' },
      /tcp:\/\/192\.0\.2\.7:2375/,
    ],
    ['the mode auto', 'policy.edit', { path: 'mode', value: 'auto' }, /by itself/],
    [
      'a whole policy of that mode',
      'policy.save',
      { text: 'version: 1\nmode: auto\n', base: null },
      /by itself/,
    ],
    [
      'updates that come by themselves',
      'policy.save',
      { text: 'version: 1\nupdate: { default: { mode: auto } }\n', base: null },
      /by (itself|themselves)/,
    ],
    [
      "a probe's address",
      'policy.save',
      {
        text: 'version: 1\nupdate: { default: { probe: { http: "http://192.0.2.7/" } } }\n',
        base: null,
      },
      /192\.0\.2\.7/,
    ],
    [
      "commands that containers' labels name",
      'policy.save',
      { text: 'version: 1\nupdate: { default: { hooks: true } }\n', base: null },
      /labels/,
    ],
    ['a template of that mode', 'policy.init', { template: 'ci-laptop' }, /by itself/],
  ])('cannot widen the reach by %s: a person is asked, and declines', async (_, name, ...rest) => {
    const [params, told] = rest;
    await careen.answerDialogs(false);
    expect(await codeOf(name, params)).toBe('not-confirmed');
    const asked = await careen.dialogs();
    expect(asked).toHaveLength(1);
    expect(`${asked[0]?.message} ${asked[0]?.detail}`).toMatch(told);
    expect(await policy()).toBeNull();
  });

  it('cannot widen by a rule what goes by itself', async () => {
    const auto = 'version: 1\nmode: auto\n';
    await writeFile(path.join(careen.home, 'policy.yaml'), auto, { mode: 0o600 });
    await desktop.until(
      () => page.evaluate(() => window.careen.call('policy.get', {})),
      (answer) =>
        (JSON.parse(answer) as Answer<'policy.get'> & { ok: true }).result.policy?.mode === 'auto',
    );
    await careen.answerDialogs(false);
    const widening = { list: 'remove', rule: { id: 'all', match: '**' } };
    expect(await codeOf('policy.addRule', widening)).toBe('not-confirmed');
    expect((await careen.dialogs()).map(({ detail }) => detail)).toEqual([
      words.dialog.auto('remove: { id: all, match: "**" }').body,
    ]);
    expect(await policy()).toBe(auto);
    await rm(path.join(careen.home, 'policy.yaml'));
  });

  it.each([
    ['several rules', 'protect:\n  - { match: postgres }\n  - { match: redis }\n'],
    ['one rule of several images', 'protect:\n  - { match: [postgres, redis] }\n'],
  ])('cannot take off by a whole policy the protection of %s', async (_, rules) => {
    const own = `version: 1\n${rules}`;
    await writeFile(path.join(careen.home, 'policy.yaml'), own, { mode: 0o600 });
    await desktop.until(
      () => page.evaluate(() => window.careen.call('policy.get', {})),
      (answer) => (JSON.parse(answer) as Answer<'policy.get'> & { ok: true }).result.text === own,
    );
    await careen.answerDialogs(false);
    const text = 'version: 1\n';
    expect(await codeOf('policy.save', { text, base: own })).toBe('not-confirmed');
    const asked = await careen.dialogs();
    expect(asked).toHaveLength(1);
    expect(asked[0]?.detail).toMatch(/no longer protects postgres(,| and) redis/);
    expect(await policy()).toBe(own);
    await rm(path.join(careen.home, 'policy.yaml'));
  });

  it('cannot take protection off in bulk, or bring a policy of its own', async () => {
    await careen.answerDialogs(true);
    expect(await codeOf('unprotect', { refs: ['postgres', 'redis'] })).toBe('not-confirmed');
    const own = { policy: { file: 'own.yaml', text: 'version: 1\n' } };
    expect(await codeOf('plan.make', own)).toBe('not-confirmed');
    expect(await codeOf('judge', own)).toBe('not-confirmed');
    expect(await codeOf('others', own)).toBe('not-confirmed');
    expect(await careen.dialogs()).toEqual([]);
  });

  it('names no file: a socket comes from a dialog of main, and is asked about as well', async () => {
    await careen.answerDialogs(false);
    await careen.app.evaluate(({ dialog }) => {
      dialog.showOpenDialog = () =>
        Promise.resolve({ canceled: false, filePaths: ['/tmp/other.sock'] });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: true, filePath: '' });
    });
    expect(await codeOf('engine.chooseSocket', {})).toBe('not-confirmed');
    expect((await careen.dialogs()).map(({ detail }) => detail)).toEqual([
      words.dialog.widen('unix:///tmp/other.sock').body,
    ]);
    const saved = await page.evaluate(() =>
      window.careen.call('history.save', { since: null, format: 'csv' }),
    );
    expect(JSON.parse(saved)).toEqual({ ok: true, result: { file: null } });
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
            session: session.fromPartition('persist:careen'),
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

  it('is refused once another page stands in the window', async () => {
    const said = await careen.app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (!contents) return null;
      const own = contents.getURL();
      await contents.loadURL('about:blank');
      const answer: unknown = await contents.executeJavaScript(
        "window.careen.call('status', {}).then(() => 'answered', (e) => e.message)",
      );
      await contents.loadURL(own);
      return answer;
    });
    expect(said).toMatch(/refused/);
  });

  it('is refused to a frame of its own page, of its own origin, at each of its doors', async () => {
    const said = await careen.app.evaluate(async ({ BrowserWindow, ipcMain }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (!contents) return null;
      await contents.executeJavaScript(
        "document.body.append(Object.assign(document.createElement('iframe'), { name: 'inner' })); 0",
      );
      const inner = await (globalThis as unknown as Frames).frameNamed(contents, 'inner');
      // No frame has the preload: what one would send is handed to main's own handlers, as Electron does.
      type Handler = (event: unknown, ...args: unknown[]) => Promise<unknown>;
      const { _invokeHandlers: handlers } = ipcMain as unknown as {
        _invokeHandlers: Map<string, Handler>;
      };
      const ask = async (channel: string, senderFrame: unknown, ...args: unknown[]) => {
        try {
          await handlers.get(channel)?.({ sender: contents, senderFrame }, ...args);
          return 'answered';
        } catch (e) {
          return (e as Error).message;
        }
      };
      const ready = (senderFrame: unknown) => {
        let sent = 0;
        const send = contents.send.bind(contents);
        contents.send = () => void sent++;
        ipcMain.emit('careen:ready', { sender: contents, senderFrame });
        contents.send = send;
        return sent > 0 ? 'told' : 'told nothing';
      };
      const all = async (frame: unknown) => [
        await ask('careen:call', frame, 'status', {}),
        await ask('careen:view', frame, 'first'),
        ready(frame),
      ];
      return {
        origin: inner?.origin,
        inner: await all(inner),
        main: await all(contents.mainFrame),
      };
    });
    expect(said?.main).toEqual(['answered', 'answered', 'told']);
    expect(said?.inner).toEqual([
      expect.stringMatching(/refused/),
      expect.stringMatching(/refused/),
      'told nothing',
    ]);
    expect(said?.origin).toBe('app://careen');
  });

  it('is refused in a frame of the window, where one could be made', async () => {
    const said = await careen.app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (!contents) return null;
      await contents.executeJavaScript(
        "document.body.append(Object.assign(document.createElement('iframe'), { name: 'other' }))",
      );
      const frame = await (globalThis as unknown as Frames).frameNamed(contents, 'other');
      return frame.executeJavaScript("'careen' in window ? 'has a door' : 'has none'");
    });
    expect(said).toBe('has none');
  });
});
