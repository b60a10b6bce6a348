import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messages } from '../../main/messages/index.js';
import { openStage, openView } from './page.js';
import { planOf, runningOf, runOf, undoingOf } from './runs.js';
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

type Told = (slice: string, value: unknown) => void;
const tell = (page: Page, run: unknown) =>
  page.evaluate((run) => (window as unknown as { tell: Told }).tell('run', run), run);
/** From now on what this asks for is answered in its turn, when the test says so. */
const hold = (page: Page, name: string) =>
  page.evaluate((name) => {
    const held = window as unknown as Held & { waiting: ((answer: unknown) => void)[] };
    held.waiting = [];
    held.answers[name] = () => new Promise((resolve) => held.waiting.push(resolve));
  }, name);
const answerOf = (page: Page, place: number, answer: unknown) =>
  page.evaluate(
    ([place, answer]) =>
      (window as unknown as { waiting: ((answer: unknown) => void)[] }).waiting[place]?.(answer),
    [place, answer] as const,
  );
const focused = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement;
    return at === document.body ? 'nothing' : at?.getAttribute('data-testid');
  });
const heading = (page: Page) => page.getByTestId('answer').innerText();
const enter = async (page: Page, testid: string) => {
  await page.getByTestId(testid).focus();
  await page.keyboard.press('Enter');
};

describe('the focus', () => {
  const running = runningOf(rows);
  const run = { ...runOf(rows), runId: 'r2' };
  const ended = { ...slices.run, last: run };

  const cleaning = async () => {
    const page = await openView(stage, { route: 'cleanup', slices });
    await hold(page, 'plan.run');
    await enter(page, 'act-remove');
    await page.getByTestId('confirm-dialog').waitFor();
    await enter(page, 'confirm-remove');
    await page.getByTestId('confirm-dialog').waitFor({ state: 'detached' });
    return page;
  };

  it('goes with a clean-up from its question to its end', async () => {
    const page = await cleaning();
    await expect.poll(() => focused(page)).toBe('act-remove');
    expect(await page.getByTestId('act-remove').innerText()).toBe(words.cleanup.starting);
    await page.keyboard.press('Enter');
    expect(await page.getByTestId('confirm-dialog').count()).toBe(0);
    await tell(page, running);
    await page.getByTestId('run-progress').waitFor();
    await expect.poll(() => focused(page)).toBe('answer');
    await enter(page, 'run-cancel');
    await tell(page, { ...running, current: { ...running.current, cancelling: true } });
    await expect.poll(() => page.getByTestId('run-cancel').innerText()).toBe(words.run.cancelling);
    expect(await focused(page)).toBe('run-cancel');
    await tell(page, ended);
    await answerOf(page, 0, run);
    await page.getByTestId('result').waitFor();
    await expect.poll(() => focused(page)).toBe('answer');
    expect(await heading(page)).toContain('came free');
    await page.close();
  });

  it('is not taken from elsewhere when it ends', async () => {
    const page = await cleaning();
    await tell(page, running);
    await page.getByTestId('run-progress').waitFor();
    await page.getByTestId('nav-images').focus();
    await tell(page, ended);
    await answerOf(page, 0, run);
    await page.getByTestId('result').waitFor();
    expect(await focused(page)).toBe('nav-images');
    await page.close();
  });

  it('goes with an undoing from the page of its run to its own', async () => {
    const page = await openView(stage, { route: 'history/r1', slices });
    await hold(page, 'undo.run');
    await enter(page, 'undo');
    await page.getByTestId('undo-run').waitFor();
    await enter(page, 'undo-run');
    await page.getByTestId('undo-dialog').waitFor({ state: 'detached' });
    await tell(page, undoingOf(rows));
    await page.getByTestId('run-progress').waitFor();
    await expect.poll(() => focused(page)).toBe('answer');
    await tell(page, slices.run);
    await page.getByTestId('history-entry').first().waitFor();
    await expect.poll(() => focused(page)).toBe('answer');
    await answerOf(page, 0, { runId: 'r1' });
    await page.getByTestId('run-page').waitFor();
    await expect.poll(() => focused(page)).toBe('answer');
    await page.close();
  });

  it.each(['button', 'Escape'])('goes back by %s from what was explained', async (by) => {
    const page = await openView(stage, { route: 'cleanup', slices });
    const why = page.getByTestId('plan-why').first();
    await why.click();
    await page.getByTestId('why-sentence').waitFor();
    if (by === 'Escape') await page.keyboard.press('Escape');
    else
      await page.locator('aside.Panel').getByRole('button', { name: words.common.close }).click();
    await page.getByTestId('why-sentence').waitFor({ state: 'detached' });
    await expect.poll(() => why.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.close();
  });
});

it('a late answer does not fill a question that was asked anew', async () => {
  const page = await openView(stage, { route: 'history/r1', slices });
  await hold(page, 'undo.preview');
  const dialog = page.getByTestId('undo-dialog');
  for (const closed of [true, false]) {
    await page.getByTestId('undo').click();
    await dialog.waitFor();
    if (closed) await page.keyboard.press('Escape');
    if (closed) await dialog.waitFor({ state: 'detached' });
  }
  await answerOf(page, 0, { items: [] });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await dialog.getByRole('heading').first().innerText()).toBe(words.undo.asking);
  await answerOf(page, 1, { items: [] });
  await expect.poll(() => dialog.getByRole('heading').first().innerText()).toBe(words.undo.nothing);
  await page.close();
});

describe('an amount to free', () => {
  const freeing = async () => {
    const page = await openView(stage, { route: 'cleanup', slices });
    await page.getByTestId('plan').waitFor();
    await page.getByTestId('way').getByRole('button').nth(1).click();
    await page.getByTestId('free-amount').waitFor();
    await expect.poll(() => page.getByTestId('act-remove').isEnabled()).toBe(true);
    return page;
  };
  const total = (page: Page) => page.getByTestId('plan-total').getAttribute('aria-busy');

  it('is promised up to the end of the slider', async () => {
    const page = await freeing();
    const thumb = page.getByTestId('free-slider').getByRole('slider');
    await thumb.focus();
    await page.keyboard.press('End');
    await expect.poll(() => thumb.getAttribute('aria-valuenow')).toBe('100');
    await expect.poll(() => total(page)).toBe('false');
    expect(await page.getByTestId('shortfall').count()).toBe(0);
    await page.close();
  });

  it('is told where it rests, and not while it moves', async () => {
    const page = await freeing();
    expect(await total(page)).toBe('false');
    await hold(page, 'plan.make');
    await page.getByTestId('free-slider').getByRole('slider').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => total(page)).toBe('true');
    await page.close();
  });

  it('that cannot be read says so, and holds Remove until it can', async () => {
    const page = await freeing();
    const field = page.getByTestId('free-amount');
    await field.fill('ten');
    const said = page.getByTestId('free-wrong');
    await said.waitFor();
    expect(await field.getAttribute('aria-describedby')).toBe(await said.getAttribute('id'));
    await field.blur();
    expect(await page.getByTestId('act-remove').isDisabled()).toBe(true);
    const slider = page.getByTestId('free-slider').getByRole('slider');
    expect(await slider.getAttribute('aria-label')).not.toBe(
      await field.getAttribute('aria-label'),
    );
    await field.fill('1 GB');
    await said.waitFor({ state: 'detached' });
    await expect.poll(() => page.getByTestId('act-remove').isEnabled()).toBe(true);
    await page.close();
  });
});
