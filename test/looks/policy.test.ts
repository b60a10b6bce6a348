import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fleet } from './fleet.js';
import { drawsEach } from './drawn.js';
import { OUTPUT } from './judge.js';
import { openStage, openView, type View } from './page.js';
import { answersOf, mixed, viewOf, withPolicy, written } from './policies.js';
import { slicesOf, smallStore } from './synthetic.js';

const slices = withPolicy(slicesOf(smallStore()));
const editor = (page: Page) => page.getByTestId('policy-yaml').locator('.cm-content');

/** Waits until the screen is there with its counts. */
const there = async (page: Page) => {
  await page.getByTestId('policy-form').waitFor();
  await page.getByTestId('policy-yaml').locator('.count').first().waitFor();
};

const drafted = async (page: Page) => {
  await there(page);
  await page.getByTestId('keep-0-last').fill('2');
  await page.getByTestId('keep-2-usedWithin').fill('10');
  await page.getByTestId('policy-going').waitFor();
};

/** Writes a text in place of another one, as it would be typed. */
const typed = async (page: Page, line: number, from: string, to: string) => {
  await there(page);
  const where = editor(page)
    .locator('.cm-line')
    .nth(line - 1);
  await where.click();
  await page.keyboard.press('Home');
  const text = (await where.textContent()) ?? '';
  for (let i = 0; i < text.trimStart().indexOf(from); i++) await page.keyboard.press('ArrowRight');
  for (let i = 0; i < from.length; i++) await page.keyboard.press('Delete');
  await page.keyboard.insertText(to);
};

const pointless = written.replace('    - { match: "web-*"', '    - { match: "/web-*"');

const screens: Record<string, Omit<View, 'theme'>> = {
  policy: { route: 'policy', slices, drafts: answersOf(), act: there },
  'policy-draft': { route: 'policy', slices, drafts: answersOf(), act: drafted },
  'policy-row-menu': {
    route: 'policy',
    slices,
    drafts: answersOf(),
    act: async (page) => {
      await there(page);
      await page.getByTestId('menu-remove-0').click();
      await page.getByRole('menu').waitFor();
    },
  },
  'policy-add-menu': {
    route: 'policy',
    slices,
    drafts: answersOf(),
    act: async (page) => {
      await there(page);
      await page.getByTestId('add-protect').click();
      await page.getByRole('menu').waitFor();
    },
  },
  'policy-error': {
    route: 'policy',
    slices,
    drafts: answersOf(),
    act: async (page) => {
      await typed(page, 10, '14d', '10dys');
      await page.getByTestId('policy-broken').waitFor();
    },
  },
  'policy-lints': {
    route: 'policy',
    slices,
    drafts: answersOf({ view: viewOf(pointless) }),
    act: async (page) => {
      await there(page);
      // What is out of sight is not drawn.
      await editor(page).press('ControlOrMeta+End');
      await page.getByTestId('policy-warning').waitFor();
    },
  },
  'policy-mixed': {
    route: 'policy',
    slices,
    drafts: answersOf({ tried: mixed }),
    act: async (page) => {
      await drafted(page);
      await page.getByTestId('policy-going').getByRole('button').click();
    },
  },
  'policy-lowered': {
    route: 'policy',
    slices,
    drafts: answersOf({
      view: viewOf(written, {
        modeLowered: { why: 'writable-by-others', path: '/home/ada/.config/careen', from: 'auto' },
      }),
    }),
    act: there,
  },
  'policy-shared': {
    route: 'policy',
    slices: { ...slices, fleet },
    drafts: answersOf(),
    act: async (page) => {
      await there(page);
      await page.getByTestId('policy-shared').waitFor();
    },
  },
  'policy-templates': {
    route: 'policy',
    slices,
    drafts: answersOf(),
    act: async (page) => {
      await there(page);
      await page.getByTestId('policy-start-from').click();
      await page.getByTestId('template-projects').getByText('…').waitFor({ state: 'detached' });
      await page.getByTestId('template-tight').click();
    },
  },
  'policy-overtaken': {
    route: 'policy',
    slices,
    drafts: answersOf({ refused: { code: 'policy-changed', details: { file: 'policy.yaml' } } }),
    act: async (page) => {
      await drafted(page);
      await page.evaluate(() => {
        const { answers } = window as unknown as {
          answers: Record<string, (params: unknown) => Record<string, unknown>>;
        };
        const before = answers['policy.get']?.({}) ?? {};
        answers['policy.get'] = () => ({ ...before, text: 'version: 1\n' });
      });
      await page.getByTestId('policy-save').click();
      await page.getByTestId('policy-overtaken').waitFor();
    },
  },
  'policy-offers': {
    route: 'policy',
    slices,
    drafts: answersOf(),
    act: async (page) => {
      await typed(page, 9, 'last: 1 }', 'l');
      await page.getByTestId('policy-yaml').locator('.cm-tooltip-autocomplete').waitFor();
    },
  },
  'policy-more': {
    route: 'policy',
    slices,
    drafts: answersOf(),
    act: async (page) => {
      await there(page);
      await page.getByTestId('section-limits').scrollIntoViewIfNeeded();
    },
  },
};

let stage: ElectronApplication;

beforeAll(async () => {
  await mkdir(OUTPUT, { recursive: true });
  stage = await openStage();
});
afterAll(() => stage.close());

drawsEach(screens, () => stage);

describe('at 900 × 600', () => {
  it.each(Object.entries(screens))('%s fits the window', async (name, view) => {
    const page = await openView(stage, { ...view, width: 900, height: 600 });
    await page.screenshot({ path: path.join(OUTPUT, `${name}-900x600.png`) });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    await page.close();
  });
});
