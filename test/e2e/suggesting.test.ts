import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messages } from '../../main/messages/index.js';
import { TestDesktop } from '../support/desktop.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { loadFleet, testPolicy } from '../support/fleet.js';
import { type CareenUnderTest, launchCareen } from './support/app.js';

/** Milliseconds: four times as long as they would take. */
const ACTING = 6_000;

describe('suggestions, beside what a person does', () => {
  let engine: TestEngine;
  let desktop: TestDesktop;
  let careen: CareenUnderTest;

  beforeAll(async () => {
    engine = await startEngine({ version: '26.1', store: 'classic' });
    await loadFleet(engine);
    desktop = await TestDesktop.start();
    careen = await launchCareen({ policy: testPolicy, socket: engine.socket, args: ['--hidden'] });
  });
  afterAll(async () => {
    await careen.close();
    desktop.stop();
    await engine.dispose();
  });

  it('wait while the wheel turns, and come when it rests', async () => {
    const page = await careen.pageAfter(() =>
      careen.app.evaluate(({ app, BrowserWindow }) => {
        // By main itself: a wheel that another process turns could come to rest where that has no core.
        const turning = setInterval(() => {
          for (const { webContents } of BrowserWindow.getAllWindows())
            webContents.sendInputEvent({
              type: 'mouseWheel',
              x: 500,
              y: 500,
              deltaX: 0,
              deltaY: 1,
            });
        }, 20);
        Object.assign(globalThis, { turning });
        app.emit('activate');
      }),
    );
    await page.getByTestId('map-tile').first().waitFor();
    const { heading } = messages('en').suggestion.frame;
    const shown = page.getByRole('heading', { name: heading });
    await sleep(ACTING);
    expect(await shown.count()).toBe(0);
    await careen.app.evaluate(() =>
      clearInterval((globalThis as unknown as { turning: NodeJS.Timeout }).turning),
    );
    await shown.waitFor();
  });
});
