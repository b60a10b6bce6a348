import { globSync, readFileSync } from 'node:fs';
import type { ElectronApplication, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands, type CommandName } from '../../main/contract/commands.js';
import { asNamed } from '../../main/contract/pending.js';
import type { Slices } from '../../main/contract/slices.js';
import type { OpenedSuggestion } from '../../main/contract/suggestions.js';
import { pauseEnd } from '../../main/domain/pause.js';
import { writeDuration } from '../../main/domain/policy/units.js';
import { messages } from '../../main/messages/index.js';
import { exact, NOW } from './base.js';
import { contexts, fleet } from './fleet.js';
import { complaintsOf } from './judge.js';
import { policyView } from './kinds.js';
import { openStage, openView, type View } from './page.js';
import { planOf, questionOf, runningOf } from './runs.js';
import { engine, slicesOf, smallStore, suggestions } from './synthetic.js';
import { previews } from './update-previews.js';
import { updates } from './updates.js';

const words = messages('en').window;
const rows = smallStore();
const slices: Slices = { ...slicesOf(rows), updates, suggestions };
const running = runningOf(rows);
const anImage = expect.stringMatching(/^sha256:/) as unknown;
const goes = rows.find((row) => row.verdict === 'remove')?.id ?? '';

/** What the window asks for to show it, and changes nothing by. */
const reading: readonly CommandName[] = [
  'about',
  'diagnostics.preview',
  'engines.list',
  'history',
  'image.get',
  'image.layers',
  'images.names',
  'images.together',
  'layers.tree',
  'others',
  'plan.get',
  'plan.make',
  'plan.preview',
  'policy.get',
  'policy.template',
  'policy.try',
  'registries',
  'samples.get',
  'space',
  'space.shares',
  'state.get',
  'suggestion.open',
  'suggestions',
  'undo.preview',
  'update.preview',
];

interface Act extends Partial<View> {
  route: string;
  /** What a person presses; nothing else moves. */
  keys: (page: Page) => Promise<void>;
  /** What is asked of main by it. */
  asks: unknown;
}

const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** By Tab alone as far as this. */
async function reach(page: Page, wanted: Locator): Promise<void> {
  await wanted.waitFor();
  const isThere = () => wanted.evaluate((one) => one.matches(':focus'));
  for (let n = 0; n < 150 && !(await isThere()); n++) await press(page, 'Tab');
  expect(await isThere()).toBe(true);
}
const enter = async (page: Page, wanted: Locator) => {
  await reach(page, wanted);
  await press(page, 'Enter');
};
const at = (page: Page, testid: string) => page.getByTestId(testid).first();
const named = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first();

/** One of a menu that is open, by arrows. */
async function choose(page: Page, testid: string): Promise<void> {
  const wanted = page.getByTestId(testid);
  await wanted.waitFor();
  const isThere = () => wanted.evaluate((one) => one.hasAttribute('data-highlighted'));
  for (let n = 0; n < 20 && !(await isThere()); n++) await press(page, 'ArrowDown');
  await press(page, 'Enter');
}
const menu = async (page: Page, container: string, item: string) => {
  await enter(page, at(page, `more-${container}`));
  await choose(page, item);
};
const answer = async (page: Page) => enter(page, at(page, 'ask-act'));

const untagged = { id: 'untagged', untagged: true, unusedFor: '3d' } as const;
const rest = {
  kind: 'policy' as const,
  more: [],
  bytes: exact(0),
} satisfies Partial<OpenedSuggestion>;
const added: OpenedSuggestion = {
  ...rest,
  edit: { edit: 'add-rule', list: 'remove', rule: untagged },
};
const fewer: OpenedSuggestion = {
  ...rest,
  edit: { edit: 'remove-rule', list: 'keep', id: 'recent' },
};
const suggested = async (page: Page) => {
  await enter(page, page.getByTestId('suggestions-all'));
  await enter(page, page.getByTestId('suggestion-costly-keep').getByRole('button').first());
  await answer(page);
};
const inForce = policyView.policy;
const marks = inForce?.triggers.pressure;
if (!inForce || !marks || !('high' in marks)) throw new Error('The policy has no marks.');
const writable: NonNullable<View['policy']> = {
  ...policyView,
  policy: { ...inForce, mode: 'confirm' },
  modeLowered: null,
};

const engines: Record<string, Act> = {
  'engines.add': {
    route: 'overview',
    contexts,
    keys: async (page) => {
      await press(page, 'Control+k');
      await page.getByTestId('palette-input').waitFor();
      await page.keyboard.type(words.palette.act['add-engine']);
      await press(page, 'Enter');
      await enter(page, page.getByTestId('context-rootless').getByRole('button'));
    },
    asks: { context: 'rootless' },
  },
  'engines.remove': {
    route: 'engines',
    slices: { ...slices, fleet },
    keys: async (page) => {
      await enter(page, at(page, 'engine-more-a1'));
      await choose(page, 'engine-remove');
      await answer(page);
    },
    asks: { engine: 'a1' },
  },
  'engines.set': {
    route: 'engines',
    slices: { ...slices, fleet },
    keys: async (page) => {
      await enter(page, at(page, 'engine-more-a1'));
      await choose(page, 'engine-rename');
      await reach(page, at(page, 'engine-name-new'));
      await press(page, 'Control+a');
      await page.keyboard.type('build box');
      await press(page, 'Enter');
    },
    asks: { engine: 'a1', name: 'build box' },
  },
  'engines.same': {
    route: 'engines',
    slices: { ...slices, fleet },
    keys: async (page) => {
      await enter(page, at(page, 'engine-same-a4'));
      await answer(page);
    },
    asks: { engine: 'a4' },
  },
  'engines.another': {
    route: 'engines',
    slices: { ...slices, fleet },
    keys: async (page) => {
      await enter(page, at(page, 'engine-another-a4'));
      await answer(page);
    },
    asks: { engine: 'a4' },
  },
  'engines.join': {
    route: 'engines',
    slices: { ...slices, fleet },
    keys: async (page) => {
      await enter(page, at(page, 'engine-join-a6'));
      await answer(page);
    },
    asks: { engine: 'a6', other: 'a2' },
  },
  'engines.part': {
    route: 'engines',
    slices: { ...slices, fleet },
    keys: async (page) => {
      await enter(page, at(page, 'engine-part-a6'));
      await answer(page);
    },
    asks: { engine: 'a6', other: 'a2' },
  },
  'engines.together': {
    route: 'engines',
    slices: { ...slices, fleet },
    keys: (page) => enter(page, page.getByRole('switch')),
    asks: { together: true },
  },
};

const acts: Record<string, Act> = {
  ...engines,
  'engine.look': { route: 'overview', keys: (page) => press(page, 'F5'), asks: {} },
  'engine.choose': {
    route: 'overview',
    slices: {
      ...slices,
      engine: {
        ...engine,
        looked: [
          ...engine.looked,
          { name: 'work', kind: 'context', endpoint: 'unix:///work.sock', outcome: 'answers' },
        ],
      },
    },
    keys: async (page) => {
      await enter(page, at(page, 'engine-name'));
      await enter(page, named(page, words.engine.useOf('work')));
    },
    asks: { endpoint: 'unix:///work.sock' },
  },
  'engine.chooseSocket': {
    route: 'overview',
    keys: async (page) => {
      await enter(page, at(page, 'engine-name'));
      await enter(page, named(page, words.engine.chooseSocket));
    },
    asks: {},
  },
  'settings.set': {
    route: 'overview',
    keys: async (page) => {
      await press(page, 'Control+k');
      await page.getByTestId('palette-input').waitFor();
      await page.keyboard.type(words.palette.act['theme-dark']);
      await press(page, 'Enter');
    },
    asks: { theme: 'dark' },
  },
  pause: {
    route: 'settings',
    policy: writable,
    keys: async (page) => {
      await reach(page, at(page, 'pause-days'));
      await press(page, 'Control+a');
      await page.keyboard.type('3');
      await press(page, 'Tab', 'Enter');
    },
    asks: { until: pauseEnd({ days: 3 }, NOW) },
  },
  'policy.edit': {
    route: 'settings',
    policy: writable,
    keys: async (page) => {
      await reach(page, at(page, 'mark-low'));
      await press(page, 'Control+a');
      await page.keyboard.type('60');
      await press(page, 'Enter');
    },
    asks: {
      path: 'triggers.pressure',
      value: {
        high: `${marks.high}%`,
        low: '60%',
        cooldown: writeDuration(marks.cooldown),
      },
    },
  },
  'notify.test': {
    route: 'settings',
    policy: writable,
    keys: (page) => enter(page, at(page, 'notify-test')),
    asks: {},
  },
  'data.open': {
    route: 'settings',
    policy: writable,
    keys: (page) => enter(page, at(page, 'data-open')),
    asks: {},
  },
  'diagnostics.save': {
    route: 'settings',
    policy: writable,
    keys: async (page) => {
      await reach(page, at(page, 'diagnostics-names'));
      await press(page, 'Space');
      await enter(page, at(page, 'diagnostics-save'));
    },
    asks: { names: true },
  },
  'policy.save': {
    route: 'policy',
    policy: writable,
    keys: async (page) => {
      await reach(page, page.getByRole('textbox').first());
      await press(page, 'Control+Home');
      await page.keyboard.type('# mine');
      await press(page, 'Enter', 'Escape');
      await expect.poll(() => page.getByTestId('policy-save').isEnabled()).toBe(true);
      await enter(page, at(page, 'policy-save'));
    },
    asks: { text: expect.stringContaining('mine') as unknown, base: policyView.text },
  },
  'image.protect': {
    route: 'images',
    keys: async (page) => {
      await reach(page, at(page, 'image-table'));
      await press(page, 'ArrowDown', 'ArrowDown', 'p');
    },
    asks: { id: anImage, on: true },
  },
  'images.protect': {
    route: 'images',
    keys: async (page) => {
      await reach(page, at(page, 'image-table'));
      await press(page, 'ArrowDown', 'ArrowDown', 'Space', 'ArrowDown', 'Space');
      await enter(page, at(page, 'selection-protect'));
    },
    asks: { ids: [anImage, anImage], on: true },
  },
  'link.open': {
    route: `images/${encodeURIComponent(goes)}`,
    keys: (page) => enter(page, page.getByTestId('why-panel').getByText('github.com')),
    asks: { imageId: goes },
  },
  'plan.run': {
    route: 'cleanup',
    keys: async (page) => {
      await enter(page, at(page, 'act-remove'));
      await enter(page, at(page, 'confirm-remove'));
    },
    asks: expect.objectContaining({ planId: planOf(rows).planId, except: [], also: [] }),
  },
  'run.cancel': {
    route: 'cleanup',
    slices: { ...slices, run: running },
    keys: (page) => enter(page, named(page, words.run.cancel)),
    asks: { runId: running.current?.runId },
  },
  'undo.run': {
    route: 'history/r1',
    keys: async (page) => {
      await enter(page, at(page, 'undo'));
      await enter(page, at(page, 'undo-run'));
    },
    asks: expect.objectContaining({ runId: 'r1' }),
  },
  'history.save': {
    route: 'history',
    keys: async (page) => {
      await enter(page, at(page, 'export'));
      await choose(page, 'export-csv');
    },
    asks: expect.objectContaining({ format: 'csv' }),
  },
  'question.dismiss': {
    route: 'overview',
    slices: { ...slices, run: { ...slices.run, question: questionOf(rows) } },
    keys: (page) => enter(page, at(page, 'question-dismiss')),
    asks: { planId: planOf(rows).planId },
  },
  'suggestion.dismiss': {
    route: 'overview',
    keys: (page) =>
      enter(page, page.getByTestId('suggestion-superseded').getByRole('button').last()),
    asks: { key: 'superseded myorg/api' },
  },
  'suggestion.restore': {
    route: 'overview',
    slices: { ...slices, suggestions: { ...suggestions, dismissed: 2 } },
    keys: (page) => enter(page, named(page, messages('en').suggestion.frame.restore)),
    asks: {},
  },
  'policy.addRule': {
    route: 'overview',
    opened: { 'costly-keep recent': added },
    keys: suggested,
    asks: { list: 'remove', rule: untagged },
  },
  'policy.removeRule': {
    route: 'overview',
    opened: { 'costly-keep recent': fewer },
    keys: suggested,
    asks: { list: 'keep', id: 'recent' },
  },
  'update.check': {
    route: 'updates',
    keys: (page) => menu(page, 'db', 'menu-check'),
    asks: { containers: ['db'] },
  },
  'update.run': {
    route: 'updates',
    keys: async (page) => {
      await enter(page, at(page, 'act-update-db'));
      await answer(page);
    },
    asks: { containers: [asNamed('db', null, previews.db?.to ?? null)], copy: [] },
  },
  'update.rollback': {
    route: 'updates/db',
    keys: async (page) => {
      await enter(page, at(page, 'rollback'));
      await answer(page);
    },
    asks: expect.objectContaining({ container: 'db' }),
  },
  'update.release': {
    route: 'updates',
    keys: async (page) => {
      await menu(page, 'db', 'menu-release');
      await answer(page);
    },
    asks: { container: 'db' },
  },
  'update.skip': {
    route: 'updates',
    keys: (page) => menu(page, 'db', 'menu-skip'),
    asks: { container: 'db', on: true },
  },
  'update.snooze': {
    route: 'updates',
    keys: async (page) => {
      await menu(page, 'db', 'menu-snooze-until');
      await reach(page, at(page, 'snooze-until').locator('[data-segment=day]'));
      await page.keyboard.type('24122026');
      await answer(page);
    },
    asks: { container: 'db', until: new Date(2026, 11, 24).getTime() },
  },
  'update.mode': {
    route: 'updates',
    keys: async (page) => {
      await enter(page, at(page, 'mode-proxy'));
      await page.getByRole('menuitemradio').first().waitFor();
      await press(page, 'End', 'Enter');
    },
    asks: { container: 'proxy', mode: 'ignore' },
  },
  'update.moveOver': {
    route: 'updates',
    slices: {
      ...slices,
      engine: { ...engine, otherUpdater: { tool: 'Watchtower', container: 'watchtower' } },
    },
    keys: async (page) => {
      await enter(page, at(page, 'move-over'));
      await page.getByTestId('move-yaml').waitFor();
      await answer(page);
    },
    asks: { apply: true },
  },
  'update.link': {
    route: 'updates/db',
    keys: (page) => enter(page, at(page, 'changelog')),
    asks: { container: 'db' },
  },
};

let stage: ElectronApplication;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

describe('by keys alone', () => {
  it.each(Object.entries(acts))('%s', async (name, { keys, asks, ...view }) => {
    const page = await openView(stage, { slices, ...view });
    const complaints = complaintsOf(page);
    await keys(page);
    const asked = () =>
      page.evaluate(
        (of) =>
          (window as unknown as { asked: { name: string; params: unknown }[] }).asked
            .filter((one) => one.name === of)
            .map(({ params }) => params),
        name,
      );
    await expect.poll(asked).toContainEqual(asks);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('is everything that the window can ask for', () => {
    const sources = globSync('renderer/app/**/*.{ts,svelte}').map((f) => readFileSync(f, 'utf8'));
    const asked = (Object.keys(commands) as CommandName[]).filter((name) =>
      sources.some((source) => source.replace(/\s/g, '').includes(`call('${name}'`)),
    );
    expect([...Object.keys(acts), ...reading].toSorted()).toEqual(asked.toSorted());
  });
});
