import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messages } from '../../main/messages/index.js';
import { openStage, openView } from './page.js';
import { planOf } from './runs.js';
import { slicesOf, smallStore, suggestions } from './synthetic.js';

const words = messages('en').window;
const rows = smallStore();
const slices = { ...slicesOf(rows), suggestions };
const plan = planOf(rows);

/** What takes its time, where it is begun, what it answers, and where it leads who waits for it. */
const waits = {
  'undo.run': {
    route: 'history/r1',
    begin: async (page: Page) => {
      await page.getByTestId('undo').click();
      await page.getByTestId('undo-run').click();
    },
    answer: { runId: 'u1' },
    leadsTo: '#/history/u1',
  },
  'suggestion.open': {
    route: 'overview',
    begin: (page: Page) => page.getByTestId('suggestions').getByRole('button').first().click(),
    answer: { kind: 'plan', plan },
    leadsTo: `#/cleanup/${plan.planId}`,
  },
};

interface Held {
  answers: Record<string, () => unknown>;
  finish?: (answer: unknown) => void;
}

let stage: ElectronApplication;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

describe.each(Object.entries(waits))('while %s is under way', (name, wait) => {
  const begun = async () => {
    const page = await openView(stage, { route: wait.route, slices });
    await page.evaluate((name) => {
      const held = window as unknown as Held;
      held.answers[name] = () => new Promise((resolve) => (held.finish = resolve));
    }, name);
    await wait.begin(page);
    await page.waitForFunction(() => (window as unknown as Held).finish !== undefined);
    return page;
  };
  const finish = (page: Page) =>
    page.evaluate((answer) => (window as unknown as Held).finish?.(answer), wait.answer as unknown);
  const placeOf = (page: Page) => page.evaluate(() => location.hash);

  it('leads who waits to what came of it', async () => {
    const page = await begun();
    await finish(page);
    await expect.poll(() => placeOf(page)).toBe(wait.leadsTo);
    await page.close();
  });

  it('does not fetch back who went elsewhere', async () => {
    const page = await begun();
    await page.getByRole('link', { name: words.nav.settings, exact: true }).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await finish(page);
    // As long as leading there takes, and longer.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await placeOf(page)).toBe('#/settings');
    await page.close();
  });
});
