import path from 'node:path';
import type { Page } from 'playwright-core';

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
