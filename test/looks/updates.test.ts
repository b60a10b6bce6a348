import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Slices } from '../../main/contract/slices.js';
import { NOW } from './base.js';
import { violationsOf } from '../support/axe.js';
import { complaintsOf, OUTPUT } from './judge.js';
import { openStage, openView, type View } from './page.js';
import { engine, slicesOf, smallStore } from './synthetic.js';
import { progress, pulling, runWith } from './update-runs.js';
import { manyRows, rolledBackFrom, rowOf, rows, updates } from './updates.js';

const MINUTE = 60_000;
const slices = slicesOf(smallStore());
const click = (page: Page, testid: string) => page.getByTestId(testid).first().click();
const pick = async (page: Page, opener: string, item: string) => {
  await click(page, opener);
  await click(page, item);
};
const asked = (page: Page) => page.getByTestId('ask').waitFor();
/** More than are in sight at once, one of which loses data. */
const askedOfMany = () => [
  ...rows,
  ...Array.from({ length: 9 }, (_, i) => ({ ...rowOf('db'), container: `db-${i}`, id: `db-${i}` })),
];
const withUpdates = (over: Partial<Slices['updates']>): Slices => ({
  ...slices,
  updates: { ...updates, ...over },
});

/** Each in both themes and languages. */
const screens: Record<string, Omit<View, 'theme'>> = {
  updates: { route: 'updates/db', slices: { ...slices, run: runWith(progress) } },
  'updates-list': { route: 'updates', slices },
  'updates-preview': {
    route: 'updates/db',
    slices,
    act: async (page) => {
      await click(page, 'reveal');
      await page.getByTestId('steps-planned').waitFor();
    },
  },
  'updates-running': {
    route: 'updates/proxy',
    slices: { ...slices, run: runWith(pulling, 1) },
    act: (page) => page.getByTestId('steps-live').waitFor(),
  },
  'updates-failed': {
    route: 'updates/mail',
    slices,
    act: (page) => page.getByTestId('log-tail').waitFor(),
  },
  'updates-rolled-back': {
    route: 'updates/mail',
    slices: withUpdates({ rows: rows.map(rolledBackFrom) }),
    act: (page) => page.getByTestId('take-again').waitFor(),
  },
  'updates-owner': {
    route: 'updates/supabase_db_app',
    slices,
    act: (page) => page.getByTestId('owner-says').waitFor(),
  },
  'updates-unasked': {
    route: 'updates/registry',
    slices: withUpdates({
      limits: [
        { registry: 'docker.io', limit: 100, remaining: 0, until: NOW + 20 * MINUTE },
        { registry: 'ghcr.io', limit: null, remaining: null, until: null },
      ],
    }),
    act: (page) => page.getByTestId('check-failed').waitFor(),
  },
  'updates-none': { route: 'updates', slices: withUpdates({ rows: [] }) },
  'updates-history': { route: 'history/u4', slices },
};

/** What stands over a screen, and states of one: each in either theme and language once. */
const states: Record<string, Omit<View, 'theme'>> = {
  'updates-harsh': {
    route: 'updates/search',
    slices,
    act: (page) => page.getByTestId('writable-lost').waitFor(),
  },
  'updates-preview-failed': {
    route: 'updates/proxy',
    slices,
    act: (page) => page.getByTestId('preview-failed').waitFor(),
  },
  'updates-mode': { route: 'updates', slices, act: (page) => click(page, 'mode-supabase_db_app') },
  'updates-menu': { route: 'updates', slices, act: (page) => click(page, 'more-proxy') },
  'updates-ask': {
    route: 'updates',
    slices,
    act: async (page) => {
      await click(page, 'act-update-db');
      await page.getByTestId('ask-copy').waitFor();
    },
  },
  'updates-ask-harsh': {
    route: 'updates',
    slices,
    act: async (page) => {
      await click(page, 'act-update-search');
      await page.getByTestId('ask').getByText('/tmp/index').waitFor();
    },
  },
  'updates-ask-all': {
    route: 'updates',
    slices,
    act: async (page) => {
      await click(page, 'update-all');
      await page.getByTestId('ask-one-lost').waitFor();
      await page.getByTestId('ask-one-failed').waitFor();
    },
  },
  'updates-ask-all-many': {
    route: 'updates',
    slices: withUpdates({ rows: askedOfMany() }),
    act: async (page) => {
      await click(page, 'update-all');
      await page.getByTestId('ask-loses').waitFor();
      await page.locator('[data-testid=ask-act]:enabled').waitFor();
    },
  },
  'updates-ask-all-major': {
    route: 'updates',
    slices: {
      ...slices,
      updates: {
        ...slices.updates,
        rows: slices.updates.rows.map((row) =>
          row.container === 'db' ? { ...row, majorWithData: true } : row,
        ),
      },
    },
    act: async (page) => {
      await click(page, 'update-all');
      await page.getByTestId('ask-majors').waitFor();
    },
  },
  'updates-ask-rollback': {
    route: 'updates/db',
    slices,
    act: async (page) => {
      await click(page, 'rollback');
      await click(page, 'ask-copies');
    },
  },
  'updates-ask-release': {
    route: 'updates/db',
    slices,
    act: async (page) => {
      await click(page, 'release');
      await asked(page);
    },
  },
  'updates-ask-snooze': {
    route: 'updates',
    slices,
    act: async (page) => {
      await pick(page, 'more-db', 'menu-snooze-until');
      await page.getByTestId('snooze-until').locator('[data-segment=day]').focus();
      await page.keyboard.type('24122026');
    },
  },
  'updates-move-over': {
    route: 'updates',
    slices: {
      ...slices,
      engine: { ...engine, otherUpdater: { tool: 'Watchtower', container: 'watchtower' } },
    },
    act: async (page) => {
      await click(page, 'move-over');
      await page.getByTestId('move-yaml').waitFor();
    },
  },
  'updates-current': {
    route: 'updates/cache',
    slices: withUpdates({ rows: rows.filter(({ verdict }) => verdict.state === 'current') }),
  },
  'updates-never': {
    route: 'updates',
    slices: withUpdates({
      checking: true,
      checkedAt: null,
      nextAt: null,
      rows: rows.map((row) => ({ ...row, verdict: { state: 'unchecked' }, error: null })),
    }),
  },
  'updates-remembered': {
    route: 'updates',
    slices: { ...slices, engine: { ...engine, asOf: NOW - 9 * MINUTE } },
  },
  'updates-history-kept': { route: 'history/u5', slices },
  'updates-history-failed': { route: 'history/u1', slices },
};

let stage: ElectronApplication;

beforeAll(async () => {
  await mkdir(OUTPUT, { recursive: true });
  stage = await openStage();
});
afterAll(() => stage.close());

const looks = [
  ['light', 'en', { ...screens, ...states }],
  ['light', 'zh-CN', screens],
  ['dark', 'en', screens],
  ['dark', 'zh-CN', { ...screens, ...states }],
] as const;

describe.each(looks)('in %s and %s', (theme, language, views) => {
  it.each(Object.entries(views))('%s is drawn, and axe finds nothing', async (name, view) => {
    const settings = { ...view.slices.settings, language };
    const page = await openView(stage, { ...view, theme, slices: { ...view.slices, settings } });
    const complaints = complaintsOf(page);
    await page.screenshot({ path: path.join(OUTPUT, `${name}-${theme}-${language}.png`) });
    expect(await violationsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('at 900 × 600', () => {
  const wide = [
    'updates-menu',
    'updates-mode',
    'updates-ask-harsh',
    'updates-ask-all',
    'updates-ask-all-many',
    'updates-move-over',
  ];
  const narrow = Object.entries({ ...screens, ...states }).filter(
    ([name]) => name in screens || wide.includes(name),
  );
  it.each(narrow)('%s fits the window', async (name, view) => {
    const page = await openView(stage, { ...view, width: 900, height: 600 });
    await page.screenshot({ path: path.join(OUTPUT, `${name}-900x600.png`) });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    await page.close();
  });
});

describe('the keys, once a run has begun', () => {
  const focused = (page: Page) =>
    page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? null);
  const tellRun = (page: Page, run: unknown) =>
    page.evaluate(
      (told) =>
        (window as unknown as { tell: (slice: string, value: unknown) => void }).tell('run', told),
      run,
    );
  const confirmed = async (page: Page, button: string) => {
    await page.getByTestId(button).focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('ask-act').and(page.locator(':enabled')).waitFor();
    await page.getByTestId('ask-act').press('Enter');
    await page.getByTestId('ask').waitFor({ state: 'detached' });
    expect(await focused(page)).toBe(button);
  };

  it('are on the head of the row whose button it took', async () => {
    const page = await openView(stage, { route: 'updates', slices });
    await confirmed(page, 'act-update-db');
    await tellRun(page, runWith(progress));
    await page.getByTestId('doing-db').waitFor();
    await expect.poll(() => focused(page)).toBe('open-db');
    await page.close();
  });

  it('are on the heading where it took the button there, and where it ends', async () => {
    const all = {
      ...slices,
      updates: { ...updates, rows: rows.filter(({ container }) => container === 'db') },
    };
    const page = await openView(stage, { route: 'updates', slices: all });
    await confirmed(page, 'update-all');
    await tellRun(page, runWith(progress));
    await page.getByTestId('update-all').waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toBe('answer');
    await page.getByTestId('run-cancel').focus();
    await tellRun(page, slices.run);
    await page.getByTestId('run-cancel').waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toBe('answer');
    await page.close();
  });

  it('stay where it left them', async () => {
    const page = await openView(stage, { route: 'updates', slices });
    await page.getByTestId('check-now').focus();
    await tellRun(page, runWith(progress));
    await page.getByTestId('doing-db').waitFor();
    expect(await focused(page)).toBe('check-now');
    await page.close();
  });
});

describe('500 containers', () => {
  const many = withUpdates({ rows: manyRows(500) });

  it('are drawn as far as they are in sight, and found by a part of a name', async () => {
    const page = await openView(stage, { route: 'updates', slices: many });
    const lines = page.getByTestId('update-row');
    await lines.first().waitFor();
    expect(await lines.count()).toBeLessThan(60);
    await page.keyboard.press('/');
    await page.keyboard.type('mail-4');
    await expect.poll(() => page.getByTestId('update-row').count()).toBe(7);
    await page.screenshot({ path: path.join(OUTPUT, 'updates-many.png') });
    await page.close();
  });

  it('are worked by keys alone', async () => {
    const page = await openView(stage, { route: 'updates', slices: many });
    await page.keyboard.press('/');
    await page.keyboard.press('ArrowDown');
    const focused = () =>
      page.evaluate(() => document.activeElement?.getAttribute('data-toggle') ?? null);
    await expect.poll(focused).not.toBeNull();
    const first = await focused();
    await page.keyboard.press('End');
    await expect.poll(focused).not.toBe(first);
    await page.keyboard.press('Home');
    await expect.poll(focused).toBe(first);
    await page.keyboard.press('ArrowRight');
    await page.getByTestId('update-detail').waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('update-detail').count()).toBe(0);
    await expect.poll(focused).toBe(first);
    await page.close();
  });

  it('keep the keys where they are while rows come and go', async () => {
    const page = await openView(stage, { route: 'updates', slices: many });
    await page.getByTestId('update-row').first().waitFor();
    const button = page.locator('[data-testid^="more-"]').nth(3);
    const name = (await button.getAttribute('data-testid')) ?? '';
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-testid'));
    await button.focus();
    await page.keyboard.press('Enter');
    const item = page.getByRole('menuitem').first();
    await expect.poll(() => item.evaluate((e) => e === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('menuitem').count()).toBe(0);
    expect(await focused()).toBe(name);
    // By the pointer it opens and closes, and Tab leads on from it.
    const same = page.getByTestId(name);
    const at = await same.boundingBox();
    const press = () => page.mouse.click((at?.x ?? 0) + 8, (at?.y ?? 0) + 8);
    await press();
    await page.getByRole('menu').waitFor();
    await press();
    await expect.poll(() => page.getByRole('menu').count()).toBe(0);
    await same.click();
    await page.getByRole('menu').waitFor();
    await page.keyboard.press('Tab');
    await expect.poll(() => page.getByRole('menu').count()).toBe(0);
    await expect.poll(async () => (await focused())?.startsWith('open-')).toBe(true);
    // A row that goes takes its menu along: it is no other row's.
    const gone = name.slice('more-'.length);
    const moved = page.getByTestId('update-row').nth(6).locator('[data-testid^="more-"]');
    const other = (await moved.getAttribute('data-testid')) ?? '';
    await same.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    const left = many.updates.rows.filter(({ container }) => container !== gone);
    const tell = (value: unknown) =>
      page.evaluate(
        (updates) =>
          (window as unknown as { tell: (slice: string, value: unknown) => void }).tell(
            'updates',
            updates,
          ),
        value,
      );
    await tell({ ...many.updates, rows: left });
    await expect.poll(() => page.getByRole('menu').count()).toBe(0);
    await expect.poll(() => same.count()).toBe(0);
    // One that only moves keeps it, and the keys.
    await page.getByTestId(other).focus();
    await tell(many.updates);
    await same.waitFor();
    expect(await focused()).toBe(other);
    await same.focus();
    const box = await page.getByTestId('update-table').boundingBox();
    await page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 200);
    for (let n = 0; n < 6; n++) await page.mouse.wheel(0, 1_500);
    const first = page.getByTestId('update-row').first();
    await expect.poll(async () => `more-${await first.getAttribute('data-container')}`).toBe(name);
    expect(await focused()).toBe(name);
    // At rest they stand as they are read aloud.
    const order = () =>
      page
        .getByTestId('update-row')
        .evaluateAll((all) => all.map((e) => Number(e.getAttribute('aria-rowindex'))));
    await expect.poll(async () => (await order()).at(-1) ?? 0).toBeGreaterThan(200);
    await expect
      .poll(async () => {
        const all = await order();
        return all.join() === all.toSorted((a, b) => a - b).join();
      })
      .toBe(true);
    await page.close();
  });

  it('begin at the mode in force, and choosing that writes nothing', async () => {
    const page = await openView(stage, { route: 'updates', slices: many });
    const mode = page.locator('[data-testid^="mode-"]').filter({ hasText: 'Ask me' }).first();
    await mode.focus();
    await page.keyboard.press('Enter');
    const checked = page.getByRole('menuitemradio', { checked: true });
    await expect.poll(() => checked.evaluate((e) => e === document.activeElement)).toBe(true);
    expect(await checked.innerText()).toContain('Ask me');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.getByRole('menu').count()).toBe(0);
    const asked = await page.evaluate(() =>
      (window as unknown as { asked: { name: string }[] }).asked.map((one) => one.name),
    );
    expect(asked).not.toContain('update.mode');
    await page.close();
  });
});
