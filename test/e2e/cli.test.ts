import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { documents } from '../../main/contract/documents/index.js';
import { messages } from '../../main/messages/index.js';
import { violationsOf } from '../support/axe.js';
import { careenCli } from '../support/cli.js';
import { TestDesktop } from '../support/desktop.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { imageIds, loadFleet, testPolicy } from '../support/fleet.js';
import { type CareenUnderTest, launchCareen } from './support/app.js';

type Doc<N extends keyof typeof documents> = z.infer<(typeof documents)[N]>;

describe('the command line beside the running app', () => {
  let engine: TestEngine;
  let desktop: TestDesktop;
  let careen: CareenUnderTest;
  let page: Page;

  beforeAll(async () => {
    engine = await startEngine({ version: '26.1', store: 'classic' });
    await loadFleet(engine);
    desktop = await TestDesktop.start();
    careen = await launchCareen({
      policy: testPolicy.replace('pause: 0s', 'pause: 500ms'),
      socket: engine.socket,
    });
    page = await careen.page();
    await page.getByTestId('space-map').waitFor();
  });
  afterAll(async () => {
    await careen.close();
    desktop.stop();
    await engine.dispose();
  });

  it('plans through the app', async () => {
    const { code, document } = await careenCli<Doc<'plan'>>(['plan'], { home: careen.home });
    expect(code).toBe(0);
    expect(document?.items).toHaveLength(7);
  });

  it('cleans through the app, and the window shows the run and its result', async () => {
    await page.getByTestId('nav-cleanup').click();
    const cleaning = careenCli<Doc<'clean'>>(
      ['clean', '--yes', '--also', 'unrecoverable', '--also', 'estimates'],
      { home: careen.home },
    );
    await page.getByTestId('run-progress').waitFor();
    const { code, document } = await cleaning;
    expect(code).toBe(0);
    expect(document?.removed).toHaveLength(7);
    await page.getByTestId('nav-history').click();
    await page.getByTestId('history-entry').first().waitFor();
    expect(await imageIds(engine)).toHaveLength(5);
  });

  it('tells an invalid policy in the window, and plans nothing by it', async () => {
    await writeFile(join(careen.home, 'policy.yaml'), 'version: 1\nkepp: []\n');
    await page.getByTestId('nav-overview').click();
    await page.getByTestId('policy-error').waitFor();
    expect(await page.getByTestId('policy-error').innerText()).toMatch(/policy/i);
    const { policyError } = messages('en').window.overview;
    for (const screen of ['images', 'overview']) {
      await page.getByTestId(`nav-${screen}`).click();
      await expect.poll(() => page.getByTestId('answer').innerText()).toContain(policyError);
    }
    expect(await violationsOf(page)).toEqual([]);
    await page.getByTestId('open-policy').click();
    await page.getByTestId('policy-yaml').waitFor();
    const { code, document } = await careenCli<Doc<'error'>>(['plan'], { home: careen.home });
    expect(code).toBe(2);
    expect(document?.error.code).toBe('policy-invalid');
  });
});
