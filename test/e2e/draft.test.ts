import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestDesktop } from '../support/desktop.js';
import { testPolicy } from '../support/fleet.js';
import { type CareenUnderTest, launchCareen } from './support/app.js';

const typed = '# typed and not saved';

/** What was typed of a policy and not saved is nobody's to lose but the person's. */
describe('a draft of the policy', () => {
  let folder: string;
  let home: string;
  let desktop: TestDesktop;
  let careen: CareenUnderTest;
  let page: Page;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'careen-draft-'));
    home = path.join(folder, 'home');
    desktop = await TestDesktop.start();
    careen = await launchCareen({ home, policy: testPolicy });
    page = await careen.page();
  });
  afterAll(async () => {
    await careen.close();
    desktop.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const lines = () => page.getByTestId('policy-yaml').locator('.cm-line').allTextContents();
  const unsaved = () => page.getByTestId('nav-policy-unsaved').waitFor();
  const write = async (text: string) => {
    await page.getByTestId('nav-policy').click();
    await page.getByTestId('policy-yaml').locator('.cm-content').focus();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.insertText(`${text}\n`);
    await expect.poll(lines).toContain(text);
  };
  const startAgain = async () => {
    await careen.close();
    careen = await launchCareen({ home });
    page = await careen.page();
  };

  it('is there when the page of a closed window was given up', async () => {
    await write(typed);
    await page.getByTestId('nav-settings').click();
    await unsaved();
    const ready = await careen.restWindow();
    page = await careen.pageAfter(() => desktop.activate());
    expect(page).toBe(ready);
    await unsaved();
    await page.getByTestId('nav-policy').click();
    await expect.poll(lines).toContain(typed);
    expect(await readFile(path.join(home, 'policy.yaml'), 'utf8')).toBe(testPolicy);
  });

  it('is there after Careen was quit, and was asked nothing about', async () => {
    // Quit the moment it was typed.
    await write('# and more');
    await startAgain();
    await unsaved();
    await page.getByTestId('nav-policy').click();
    await expect.poll(lines).toEqual(['# and more', typed, ...testPolicy.split('\n')]);
  });

  it('is gone once it was discarded', async () => {
    await page.getByTestId('policy-discard').click();
    await expect.poll(lines).toEqual(testPolicy.split('\n'));
    await startAgain();
    await page.getByTestId('nav-policy').click();
    await expect.poll(lines).toEqual(testPolicy.split('\n'));
    expect(await page.getByTestId('nav-policy-unsaved').count()).toBe(0);
  });
});
