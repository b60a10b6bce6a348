import path from 'node:path';
import type { Page } from 'playwright-core';
import { messages } from '../../main/messages/index.js';
import { illSpaced } from '../support/spacing.js';
import { faultsOf } from './layout.js';

/** Where the pictures go. */
export const OUTPUT = path.resolve('test/output/looks');

const told = new WeakMap<Page, string[]>();

/** Notes from now on what the page reports to its console, and what it throws. */
export function listenTo(page: Page): void {
  const complaints: string[] = [];
  told.set(page, complaints);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
}

/** What a page that is listened to complained of since then. */
export function complaintsOf(page: Page): readonly string[] {
  const complaints = told.get(page);
  if (!complaints) throw new Error('This page is not listened to.');
  return complaints;
}

/** What is said of a failure that the catalogue has no words for, up to its code. */
const unworded = (['en', 'zh-CN'] as const).map(
  (language) => messages(language).error({ code: '#', details: {} }).split('#')[0] ?? '',
);

/** Notes where the page says that it has no words for a failure: a picture's details are not whole. */
export async function listenForUnworded(page: Page): Promise<void> {
  const said = await page.locator('body').innerText();
  for (const line of said.split('\n'))
    if (unworded.some((sentence) => line.includes(sentence))) told.get(page)?.push(line);
}

/** What a person can select is what others wrote: names, paths, notes, the policy's own text. */
const OTHERS = '.selectable, code, pre, .cm-editor';

/** Texts of a page in Chinese, also those that are only heard or pointed at, each for itself. */
const chineseOf = (page: Page): Promise<string[]> =>
  page.evaluate((others) => {
    if (document.documentElement.lang !== 'zh-CN') return [];
    const said: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode())
      if (node.parentElement?.checkVisibility() && !node.parentElement.closest(others))
        said.push((node.textContent ?? '').replaceAll(/\s+/g, ' ').trim());
    for (const one of document.querySelectorAll('[title], [aria-label]'))
      for (const name of ['title', 'aria-label']) said.push(one.getAttribute(name) ?? '');
    return said;
  }, OTHERS);

/** Refuses a page of which not all can be read; what it looked like is kept. */
async function judge(page: Page, picture: Page['screenshot'], at: string): Promise<void> {
  const chinese = (await chineseOf(page)).flatMap(illSpaced);
  const faults = [
    ...(await faultsOf(page)),
    ...new Set(chinese.map((ill) => `spaced as no Chinese is: ${ill}`)),
  ];
  if (faults.length === 0) return;
  const file = path.join(OUTPUT, 'unreadable', `${String(Date.now())}.png`);
  await picture({ path: file });
  throw new Error(
    [`Not all can be read of ${page.url()} ${at}; see ${file}`, ...faults].join('\n  '),
  );
}

/**
 * From now on no picture is taken of the page without its being looked at for what a person cannot read,
 * and it is not closed without that in windows of these sizes too: no test can leave it out.
 */
export function judgeEachState(
  page: Page,
  sizes: Record<string, { width: number; height: number }>,
): void {
  const picture = page.screenshot.bind(page);
  const close = page.close.bind(page);
  page.screenshot = async (options) => {
    const taken = await picture(options);
    await judge(page, picture, 'in its picture');
    return taken;
  };
  page.close = async (options) => {
    try {
      await judge(page, picture, 'as it was left');
      for (const [name, size] of Object.entries(sizes)) {
        await page.setViewportSize(size);
        await drawn(page);
        await judge(page, picture, `at ${name}`);
      }
    } finally {
      await close(options);
    }
  };
}

/** Waits until what watches its own size has been drawn anew: one frame tells it, the next draws. */
const drawn = (page: Page) =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  });
