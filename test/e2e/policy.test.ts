import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { templates } from '../../main/domain/policy/templates/index.js';
import { messages } from '../../main/messages/index.js';
import { violationsOf } from '../support/axe.js';
import { TestDesktop } from '../support/desktop.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { loadFleet, testPolicy } from '../support/fleet.js';
import { type CareenUnderTest, launchCareen, screenshot } from './support/app.js';

const words = messages('en');

/** A policy that is changed by its form, by its text and by keys alone, on a real engine. */
describe('the policy, end to end', () => {
  let engine: TestEngine;
  /** An image that the draft keeps and the saved policy does not. */
  let stays: string;
  let desktop: TestDesktop;
  let careen: CareenUnderTest;
  let page: Page;

  beforeAll(async () => {
    engine = await startEngine({ version: '26.1', store: 'classic' });
    await loadFleet(engine);
    desktop = await TestDesktop.start();
    careen = await launchCareen({ policy: testPolicy, socket: engine.socket });
    page = await careen.page();
    await page.getByTestId('space-map').waitFor();
  });
  afterAll(async () => {
    await careen.close();
    desktop.stop();
    await engine.dispose();
  });

  const file = () => readFile(join(careen.home, 'policy.yaml'), 'utf8');
  const lines = () => page.getByTestId('policy-yaml').locator('.cm-line').allTextContents();
  const answer = () => page.getByTestId('answer').innerText();
  const verdictOf = async (id: string) => {
    await page.getByTestId('nav-images').click();
    return page.getByTestId(`verdict-${id}`).innerText();
  };
  const keeps = words.verdict({ verdict: 'keep', going: false, decidedBy: 'keep', code: 'rule' });

  it('says what each rule decides now', async () => {
    await page.getByTestId('nav-policy').click();
    await page.getByTestId('count-keep-0').waitFor();
    expect(await page.getByTestId('keep-0-last').inputValue()).toBe('1');
    await page.getByTestId('policy-yaml').locator('.count').first().waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  it('writes the form into the file’s text, and tells what it would change', async () => {
    await page.getByTestId('keep-0-last').fill('2');
    await expect.poll(lines).toContain('  - { id: newest, match: "**", last: 2 }');
    const kept = page.getByTestId('policy-less').first();
    const [, id = ''] = ((await kept.getAttribute('href')) ?? '').split('/images/');
    stays = decodeURIComponent(id);
    await expect.poll(answer).toContain('fewer');
    // Nothing is saved by it, and the draft is there after a look elsewhere.
    expect(await file()).toBe(testPolicy);
    expect(await verdictOf(stays)).not.toBe(keeps);
    await page.getByTestId('nav-policy-unsaved').waitFor();
    await page.getByTestId('nav-policy').click();
    expect(await page.getByTestId('keep-0-last').inputValue()).toBe('2');
    await screenshot(page, 'policy');
  });

  it('decides by it once it is saved', async () => {
    await page.getByTestId('policy-save').click();
    await page.getByTestId('nav-policy-unsaved').waitFor({ state: 'detached' });
    expect(await file()).toBe(testPolicy.replace('last: 1', 'last: 2'));
    await page.getByTestId('nav-images').click();
    await page.waitForFunction(
      ([row, text]) =>
        document.querySelector(`[data-testid="${row}"]`)?.textContent?.includes(text ?? ''),
      [`verdict-${stays}`, keeps],
    );
  });

  it('marks the line that cannot be read, and lets the form wait', async () => {
    await page.getByTestId('nav-policy').click();
    await page.getByTestId('keep-0-last').waitFor();
    const line = page.getByTestId('policy-yaml').locator('.cm-line', { hasText: 'grace' });
    await line.click();
    await page.keyboard.press('End');
    await page.keyboard.insertText('oon');
    await page.getByTestId('policy-error').waitFor();
    expect(await answer()).toBe(words.window.policyPage.broken(2));
    expect(await page.getByTestId('keep-0-last').isDisabled()).toBe(true);
    expect(await page.getByTestId('policy-save').isDisabled()).toBe(true);
    expect(await violationsOf(page)).toEqual([]);
    await page.getByTestId('policy-discard').click();
    await page.getByTestId('policy-error').waitFor({ state: 'detached' });
    expect(await page.getByTestId('keep-0-last').isEnabled()).toBe(true);
  });

  it('is worked by keys alone, and no key is caught in the editor', async () => {
    await page.getByTestId('keep-0-last').focus();
    await page.keyboard.press('ArrowUp');
    await expect.poll(lines).toContain('  - { id: newest, match: "**", last: 3 }');
    const inEditor = () =>
      page.evaluate(() => document.activeElement?.getAttribute('data-testid') === 'policy-yaml');
    await page.getByTestId('policy-yaml').locator('.cm-content').focus();
    expect(await inEditor()).toBe(true);
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(lines).toContain('  - { id: newest, match: "**", last: 2 }');
    await expect.poll(() => page.getByTestId('keep-0-last').inputValue()).toBe('2');
    await page.keyboard.press('Tab');
    expect(await inEditor()).toBe(false);
  });

  it('lets nothing run by itself before a person agreed in a dialog', async () => {
    await page.getByTestId('row-mode').getByRole('button').nth(2).click();
    await careen.answerDialogs(false);
    await page.getByTestId('policy-save').click();
    await page.getByTestId('notice').waitFor();
    expect(await careen.dialogs()).toHaveLength(1);
    expect(await file()).not.toContain('auto');
    await careen.answerDialogs(true);
    await page.getByTestId('policy-save').click();
    await page.getByTestId('nav-policy-unsaved').waitFor({ state: 'detached' });
    expect(await file()).toContain('mode: auto');
  });

  it('saves nothing over what something else wrote', async () => {
    await page.getByTestId('keep-0-last').fill('4');
    const theirs = (await file()).replace('pause: 0s', 'pause: 10ms');
    await writeFile(join(careen.home, 'policy.yaml'), theirs);
    await careen.answerDialogs(true);
    await page.getByTestId('policy-save').click();
    await page.getByTestId('policy-overtaken').waitFor();
    expect(await file()).toBe(theirs);
    await page.getByTestId('take-theirs').click();
    await expect.poll(lines).toContain('limits: { pause: 10ms }');
  });

  it('takes a template, chosen by keys, once it told what that would do now', async () => {
    await page.getByTestId('policy-start-from').click();
    const tight = page.getByTestId('template-tight');
    const outcome = tight.getByTestId('template-outcome');
    // Everything here is new, and it has a grace of a day.
    const { wouldGo } = words.window.policyPage;
    await expect.poll(() => outcome.innerText()).toBe(wouldGo(0, ''));
    await page.getByTestId('template-projects').and(page.locator(':enabled')).waitFor();
    expect(await violationsOf(page)).toEqual([]);
    // The group is one stop of Tab; arrow keys choose in it.
    await page.getByTestId('template-careful').focus();
    for (const key of ['Space', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key);
    expect(await tight.getAttribute('aria-checked')).toBe('true');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByTestId('ask').waitFor({ state: 'detached' });
    expect(await file()).not.toBe(templates.tight);
    await expect.poll(answer).toContain('fewer');
    await page.getByTestId('policy-save').click();
    await page.getByTestId('nav-policy-unsaved').waitFor({ state: 'detached' });
    expect(await file()).toBe(templates.tight);
  });
});
