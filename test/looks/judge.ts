import path from 'node:path';
import type { Page } from 'playwright-core';

/** Where the pictures go. */
export const OUTPUT = path.resolve('test/output/looks');

/** What the page reported to its console, and what it threw. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
}
