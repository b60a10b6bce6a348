import path from 'node:path';
import type { ElectronApplication } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { violationsOf } from '../support/axe.js';
import { complaintsOf, OUTPUT } from './judge.js';
import { openView, type View } from './page.js';

/**
 * Takes a picture of each screen, light and dark, in both languages; neither axe nor the page itself
 * complains of any.
 *
 * @param stage asked once the tests run
 */
export function drawsEach(
  screens: Readonly<Record<string, View>>,
  stage: () => ElectronApplication,
): void {
  describe.each(['light', 'dark'] as const)('in %s', (theme) => {
    describe.each(['en', 'zh-CN'] as const)('in %s', (language) => {
      it.each(Object.entries(screens))('%s is drawn, and axe finds nothing', async (name, view) => {
        const settings = { ...view.slices.settings, language };
        const slices = { ...view.slices, settings };
        const page = await openView(stage(), { ...view, theme, slices });
        const complaints = complaintsOf(page);
        await page.screenshot({ path: path.join(OUTPUT, `${name}-${theme}-${language}.png`) });
        expect(await violationsOf(page)).toEqual([]);
        expect(complaints).toEqual([]);
        await page.close();
      });
    });
  });
}
