import axeCore from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds wrong with a page as it stands, with the elements that it finds it in. */
export async function violationsOf(page: Page): Promise<string[]> {
  // The page's policy lets no foreign script in; the debugger's door is not the page's.
  await page.evaluate(axeCore.source);
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: typeof axeCore }).axe.run(document),
  );
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`);
}
