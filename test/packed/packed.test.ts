import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/lib/modules.mjs';
import { capture } from '../../scripts/lib/process.mjs';
import { appEnvironment, welcome, electronFlags, screenshot } from '../e2e/support/app.js';
import { startEngine } from '../support/engine.js';

const PACKED = path.join(ROOT, 'dist', 'linux-unpacked');
const EXECUTABLE = path.join(PACKED, 'careen-desktop');

/** A packed app under test. Its inspector is off for good, so it is seen through its page only. */
class Packed {
  private constructor(
    private readonly folder: string,
    private readonly child: ChildProcess,
    readonly browser: Browser,
    /** What it wrote to the terminal. */
    readonly lines: string[],
  ) {}

  static async start(socket?: string): Promise<Packed> {
    const folder = await mkdtemp(path.join(tmpdir(), 'careen-packed-'));
    const user = path.join(folder, 'user');
    await mkdir(user);
    await welcome(path.join(folder, 'home'));
    const args = [...electronFlags, '--remote-debugging-port=0', '--inspect=0'];
    const child = spawn(EXECUTABLE, args, {
      env: { ...appEnvironment(path.join(folder, 'home'), user, socket), NODE_OPTIONS: '--bad' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const lines: string[] = [];
    const address = await new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`ended with ${code}:\n${lines.join('\n')}`)));
      createInterface({ input: child.stderr }).on('line', (line) => {
        lines.push(line);
        const found = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
        if (found) resolve(found);
      });
    });
    return new Packed(folder, child, await chromium.connectOverCDP(address), lines);
  }

  async page(): Promise<Page> {
    for (const context of this.browser.contexts()) {
      const there = context.pages()[0];
      if (there) return there;
    }
    const [context] = this.browser.contexts();
    if (!context) throw new Error('The packed app has no browser context.');
    return context.waitForEvent('page');
  }

  /** Ends it as the system does at the end of a session; gives its exit code. */
  async stop(): Promise<number | null> {
    await this.browser.close();
    if (this.child.exitCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      await ended;
    }
    await rm(this.folder, { recursive: true, force: true });
    return this.child.exitCode;
  }
}

describe('the packed app', () => {
  let packed: Packed | undefined;
  afterEach(async () => {
    await packed?.stop();
    packed = undefined;
  });

  it('shows its window where there is no engine, and ends in order', async () => {
    packed = await Packed.start();
    const page = await packed.page();
    await page.getByTestId('no-engine').waitFor();
    expect(await page.title()).toBe('Overview – Careen');
    expect(page.url()).toMatch(/^app:\/\/careen\//);
    await screenshot(page, 'packed-no-engine');
    expect(packed.lines.join('\n')).not.toContain('Debugger listening');
    expect(await packed.stop()).toBe(0);
  });

  it('gives its answer on a real engine', async () => {
    const engine = await startEngine();
    try {
      packed = await Packed.start(engine.socket);
      const page = await packed.page();
      await page.getByTestId('engine-name').waitFor();
      await page.getByTestId('answer').waitFor();
      expect(await page.getByTestId('no-engine').count()).toBe(0);
      await packed.stop();
    } finally {
      await engine.dispose();
    }
  });

  it('has its fuses set', async () => {
    const fuses = await getCurrentFuseWire(EXECUTABLE);
    const on = [
      FuseV1Options.EnableCookieEncryption,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
    ];
    const off = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableNodeOptionsEnvironmentVariable,
      FuseV1Options.EnableNodeCliInspectArguments,
      FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
      FuseV1Options.GrantFileProtocolExtraPrivileges,
    ];
    for (const fuse of on) expect(fuses[fuse], FuseV1Options[fuse]).toBe(FuseState.ENABLE);
    for (const fuse of off) expect(fuses[fuse], FuseV1Options[fuse]).toBe(FuseState.DISABLE);
  });

  it('holds what was built and nothing of how', () => {
    const files = listPackage(path.join(PACKED, 'resources', 'app.asar'), { isPack: false });
    for (const needed of ['main/index.cjs', 'preload/index.cjs', 'renderer/index.html'])
      expect(files).toContain(`/out/${needed}`);
    expect(files.filter((file) => /node_modules|\.map$|\.ts$|\.svelte$/.test(file))).toEqual([]);
  });

  it('brings the command line, for the Node of its user', async () => {
    const launcher = path.join(PACKED, 'resources', 'cli', 'careen');
    const { code, stdout } = await capture(launcher, ['policy', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('check');
    const bare = await capture('/bin/sh', [launcher, 'status'], { env: { PATH: '/nonexistent' } });
    expect(bare).toMatchObject({ code: 1, stderr: expect.stringContaining('Node 20') as string });
  });
});
