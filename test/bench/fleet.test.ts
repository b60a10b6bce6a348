import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { documents } from '../../main/contract/documents/index.js';
import { ROOT } from '../../scripts/lib/modules.mjs';
import { careenCli } from '../support/cli.js';
import { TestDesktop } from '../support/desktop.js';
import { FiveEngines, keyOf } from '../support/five.js';
import { cpuSeconds, memoryOf, openSockets } from './support/processes.js';
import { idleBudget, placesIn, TrayApp } from './support/tray-app.js';

type Engines = z.infer<(typeof documents)['engines']>;

/** Of each engine. */
const images = 20;
/** Milliseconds. */
const watched = 60_000;
/** Milliseconds in which what a start brings with it is over. */
const settles = 40_000;
/** Engines that come and go do so this often in a window, away and there for so many milliseconds. */
const comings = { times: 4, away: 6_000, there: 6_000 };

describe('five engines in the tray, with no window', () => {
  let five: FiveEngines;
  let desktop: TestDesktop;
  let folder: string;
  const apps: TrayApp[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'careen-five-'));
    five = await FiveEngines.start(images, true);
    desktop = await TestDesktop.start();
  });
  afterAll(async () => {
    await Promise.all(apps.map((app) => app.end()));
    desktop.stop();
    five.engines.build.thaw();
    await five.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const launch = async (name: string, engines: 1 | 5) => {
    const places = await placesIn(path.join(folder, name));
    if (engines === 5) await five.list(places.home, path.join(places.user, '.docker'));
    const app = TrayApp.start([ROOT, '--hidden'], places, five.engines.desk.socket);
    apps.push(app);
    return { app, home: places.home };
  };

  it('cost hardly more than one, also when one hangs', { timeout: 580_000 }, async () => {
    const [one, all] = [await launch('one', 1), await launch('all', 5)];
    /** Waits until the app with all of them tells of an engine as it is. */
    const told = (key: string | null, state: string) =>
      desktop.until(
        async () => {
          const { document } = await careenCli<Engines>(['engines'], { home: all.home });
          const { engines } = document ?? { engines: [] };
          const asked = engines.filter((row) => key === null || row.key === key);
          return engines.length === 5 && asked.every((row) => row.state === state);
        },
        Boolean,
        100_000,
      );
    /** Shares of a core of both, while something goes on or nothing does. */
    const shares = async (meanwhile: () => Promise<unknown>) => {
      const cpu = () => Promise.all([cpuSeconds(one.app.pid), cpuSeconds(all.app.pid)]);
      const [from, before] = [performance.now(), await cpu()];
      await meanwhile();
      const after = await cpu();
      const seconds = (performance.now() - from) / 1000;
      return {
        one: (after[0] - before[0]) / seconds,
        all: (after[1] - before[1]) / seconds,
        seconds,
      };
    };
    const memories = () => Promise.all([memoryOf(one.app.pid), memoryOf(all.app.pid)]);
    const idle = () => sleep(watched);
    const comeAndGo = async () => {
      const { cellar } = five.engines;
      for (let n = 0; n < comings.times; n++) {
        await cellar.kill();
        await sleep(comings.away);
        await cellar.start();
        await sleep(comings.there);
      }
    };

    await told(null, 'found');
    await sleep(settles);
    const quiet = await shares(idle);
    const [memory, sockets] = [await memories(), await openSockets(all.app.pid)];
    five.engines.build.freeze();
    await told(keyOf('build'), 'lost');
    const hanging = await shares(idle);
    const coming = await shares(comeAndGo);
    five.engines.build.thaw();
    await told(null, 'found');
    await sleep(settles);
    const [memoryAfter, socketsAfter] = [await memories(), await openSockets(all.app.pid)];

    const percent = (part: number) => `${(part * 100).toFixed(2)} %`;
    const tell = (what: string, { one, all, seconds }: typeof quiet) =>
      `${what} (${seconds.toFixed(0)} s): ${percent(all)} of a core, with one engine ${percent(one)}`;
    const MB = ([one, all]: typeof memory) => {
      const size = ({ bytes, kind }: typeof one) => `${(bytes / 1e6).toFixed(0)} MB ${kind}`;
      return `${size(all)}, with one engine ${size(one)} (× ${(all.bytes / one.bytes).toFixed(2)})`;
    };
    console.log(
      [
        `five engines of ${images} images, budget ${percent(idleBudget)}:`,
        tell('all there', quiet),
        tell('one hangs', hanging),
        tell(`another comes and goes ${comings.times} times, too`, coming),
        `main process ${MB(memory)}; after all that ${MB(memoryAfter)}`,
        `sockets that it holds: ${sockets}, after all that ${socketsAfter}`,
      ].join('\n  '),
    );
    expect(quiet.all).toBeLessThan(idleBudget);
    expect(hanging.all).toBeLessThan(idleBudget);
    expect(socketsAfter).toBeLessThanOrEqual(sockets);
    expect(all.app.output).not.toMatch(/^careen: .*internal/m);
  });
});
