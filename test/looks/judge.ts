import path from 'node:path';
import type { Page } from 'playwright-core';
import { messages } from '../../main/messages/index.js';

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

/**
 * What cannot be come to: text that ends outside of the window, or of a box that cuts it off, where
 * nothing around it scrolls, the tiles of the map apart; and what is cut with "…" without its whole in a tooltip, or a tag at all.
 */
export const lostIn = (page: Page) =>
  page.evaluate(() => {
    const scrolls = (one: Element, along: 'x' | 'y') =>
      /auto|scroll/.test(getComputedStyle(one)[along === 'x' ? 'overflowX' : 'overflowY']);
    const lost: string[] = [];
    for (const one of document.querySelectorAll<HTMLElement>('#app *')) {
      const says = [...one.childNodes].some(
        (n) => n.nodeType === 3 && n.textContent?.trim() !== '',
      );
      if (!(says || one.matches('button, input'))) continue;
      if (one.closest('.hidden-text, [aria-hidden=true], .Skip, .cm-editor, .SpaceMap')) continue;
      const box = one.getBoundingClientRect();
      if (box.width === 0 || getComputedStyle(one).visibility === 'hidden') continue;
      const text = one.textContent?.trim().slice(0, 60);
      const style = getComputedStyle(one);
      const isCut = style.textOverflow === 'ellipsis' && one.scrollWidth > one.clientWidth + 1;
      const whole = one.matches('.tag') ? null : one.closest('[title]');
      if (isCut && !whole) lost.push(`${one.className} is cut: ${text}`);
      if (isCut || (whole && one.closest('.cut'))) continue;
      let [x, y] = [false, false];
      let [right, bottom] = [innerWidth, innerHeight];
      for (let up = one.parentElement; up !== null; up = up.parentElement) {
        x ||= scrolls(up, 'x');
        y ||= scrolls(up, 'y');
        const style = getComputedStyle(up);
        const edge = up.getBoundingClientRect();
        if (!x && style.overflowX === 'hidden') right = Math.min(right, edge.right);
        if (!y && style.overflowY === 'hidden') bottom = Math.min(bottom, edge.bottom);
      }
      if ((!x && box.right > right + 1) || (!y && box.bottom > bottom + 1))
        lost.push(`${one.className}: ${text}`);
    }
    return lost;
  });

/** Text that is drawn over other text of the same line of a list or table, as far as both are in sight. */
export const overlapsIn = (page: Page) =>
  page.evaluate(() => {
    interface Seen {
      text: string;
      left: number;
      right: number;
      top: number;
      bottom: number;
    }
    const seen = new Map<Element, Seen[]>();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const text = node.textContent?.trim() ?? '';
      const line = node.parentElement?.closest('.line, .head, tr');
      if (text === '' || !line || node.parentElement?.closest('.hidden-text')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      let { left, right, top, bottom } = range.getBoundingClientRect();
      for (let up = node.parentElement; up !== null && up !== line; up = up.parentElement) {
        const style = getComputedStyle(up);
        const edge = up.getBoundingClientRect();
        if (style.clipPath !== 'none') right = left;
        if (style.overflowX === 'visible') continue;
        left = Math.max(left, edge.left);
        right = Math.min(right, edge.right);
        top = Math.max(top, edge.top);
        bottom = Math.min(bottom, edge.bottom);
      }
      if (right - left < 1 || bottom - top < 1) continue;
      seen.set(line, [...(seen.get(line) ?? []), { text, left, right, top, bottom }]);
    }
    const over: string[] = [];
    for (const of of seen.values())
      of.forEach((a, i) => {
        for (const b of of.slice(i + 1)) {
          const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          if (wide > 2 && high > 4) over.push(`${a.text} / ${b.text}`);
        }
      });
    return over;
  });
