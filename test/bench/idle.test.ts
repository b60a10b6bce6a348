import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../scripts/lib/modules.mjs';
import { TestDesktop } from '../support/desktop.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { type EngineProxy, startProxy } from '../support/engine-proxy.js';
import { loadImages, pushImage, runContainer } from '../support/images.js';
import { startRegistry, type TestRegistry } from '../support/registry.js';
import { cpuSeconds, memoryOf } from './support/processes.js';
import { idleBudget, placesIn, TrayApp } from './support/tray-app.js';

const images = 100;
const containers = 10;

/** Milliseconds. */
const watched = 5 * 60_000;
/** Without a request for so long, what a start brings with it is over. */
const quiet = 30_000;

const bare = path.join(ROOT, 'test/bench/support/bare-tray.cjs');

describe('in the tray, with no window', () => {
  let registry: TestRegistry;
  let engine: TestEngine;
  let proxy: EngineProxy;
  let desktop: TestDesktop;
  let folder: string;
  const apps: TrayApp[] = [];
  /** What Careen asked the engine, and the registry, since they were last emptied. */
  let asked: string[] = [];
  let askedRegistry: string[] = [];
  let lastAsked = 0;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'careen-idle-'));
    [registry, engine] = await Promise.all([startRegistry(), startEngine({ version: '26.1' })]);
    const refs = Array.from({ length: images }, (_, n) => `${registry.host}/acme/app${n}:1`);
    await loadImages(
      engine,
      refs.map((ref, n) => ({
        refs: [ref],
        created: new Date(Date.UTC(2026, 9, 1) + n * 60_000).toISOString(),
        layers: ['busybox', { key: `own${n}`, kB: 1 }],
      })),
    );
    for (const [n, ref] of refs.slice(0, containers).entries()) {
      await pushImage(engine, ref);
      // Health checks make events, by which nothing that Careen shows has changed.
      const options = { Healthcheck: { Test: ['CMD', 'true'], Interval: 5e9 } };
      await runContainer(engine, { image: ref, name: `app${n}`, options });
    }
    proxy = await startProxy(engine.socket);
    proxy.fault = (method, url) => {
      const [, call = url] = /^(?:\/v[\d.]+)?([^?]*)/.exec(url) ?? [];
      asked.push(`${method} ${call}`);
      lastAsked = Date.now();
      return null;
    };
    desktop = await TestDesktop.start();
  });
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.end()));
    desktop.stop();
    await proxy.close();
    await engine.dispose();
    await registry.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const launch = async (name: string, words: string[], socket?: string): Promise<TrayApp> => {
    const app = TrayApp.start(words, await placesIn(path.join(folder, name)), socket);
    apps.push(app);
    return app;
  };
  const takeAsked = async () => {
    const fresh = await registry.takeAsked();
    if (fresh.length > 0) lastAsked = Date.now();
    askedRegistry.push(...fresh);
    return Date.now() - lastAsked;
  };

  it('asks nothing of the engine, and costs next to nothing', { timeout: 900_000 }, async () => {
    const other = await launch('bare', [bare]);
    await desktop.tray();
    const careen = await launch('careen', [ROOT, '--hidden'], proxy.socket);
    // The first check for updates comes minutes after a start; the next is hours away.
    const isSettled = async () => (await takeAsked()) >= quiet && askedRegistry.length > 0;
    await desktop.until(isSettled, Boolean, 400_000);
    expect(asked).toContain('GET /events');
    const begun = asked.length;
    asked = [];
    askedRegistry = [];

    const from = performance.now();
    const before = [await cpuSeconds(careen.pid), await cpuSeconds(other.pid)];
    await sleep(watched);
    const after = [await cpuSeconds(careen.pid), await cpuSeconds(other.pid)];
    const seconds = (performance.now() - from) / 1000;
    await takeAsked();
    const requests = asked;
    const [ours, theirs] = [await memoryOf(careen.pid), await memoryOf(other.pid)];

    const [share = 0, bareShare = 0] = after.map((at, n) => (at - (before[n] ?? 0)) / seconds);
    const percent = (part: number) => `${(part * 100).toFixed(2)} %`;
    const MB = ({ bytes }: { bytes: number }) => `${(bytes / 1e6).toFixed(0)} MB`;
    console.log(
      [
        `idle for ${seconds.toFixed(0)} s with ${images} images and ${containers} containers:`,
        `${requests.length} requests to the engine (${begun} at the start), ${askedRegistry.length} to the registry,`,
        `${percent(share)} of a core (a bare tray ${percent(bareShare)}; budget ${percent(idleBudget)}),`,
        `main process ${MB(ours)} ${ours.kind}, a bare tray's ${MB(theirs)} (× ${(ours.bytes / theirs.bytes).toFixed(2)})`,
      ].join(' '),
    );
    // Its one event stream is open already, and this system tells how full the disk is without it.
    expect(requests).toEqual([]);
    expect(askedRegistry).toEqual([]);
    expect(share).toBeLessThan(idleBudget);
    expect(careen.output).not.toMatch(/^careen:/m);

    // It did listen all the while.
    await engine.docker
      .getImage(`${registry.host}/acme/app0:1`)
      .tag({ repo: 'idle/over', tag: '1' });
    await desktop.until(() => Promise.resolve(asked.length), Boolean);
  });
});
