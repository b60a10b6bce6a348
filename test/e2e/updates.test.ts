import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messages } from '../../main/messages/index.js';
import { violationsOf } from '../support/axe.js';
import { TestDesktop } from '../support/desktop.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { runContainer } from '../support/images.js';
import { startRegistry, type TestRegistry } from '../support/registry.js';
import { answers, publishAs, serve, service, updatePolicy } from '../support/updating.js';
import { type CareenUnderTest, launchCareen, screenshot } from './support/app.js';

const words = messages('en');
const port = 8191;
/** An update takes long enough to be seen under way. */
const policy = updatePolicy.replace(
  'settle: 400ms, proveWithin: 5s',
  'settle: 2s, proveWithin: 20s',
);

/** A version that comes up, and is unwell a moment later. */
const bad = () => service('v3', { cmd: ['sh', '-c', 'echo out of luck; exit 3'] });

/** A person's first update, and the way back, in the window of the real app. */
describe('updating, end to end', () => {
  let engine: TestEngine;
  let registry: TestRegistry;
  let desktop: TestDesktop;
  let careen: CareenUnderTest;
  let page: Page;
  let ref: string;

  beforeAll(async () => {
    [registry, engine] = await Promise.all([
      startRegistry(),
      startEngine({ version: '26.1', store: 'classic' }),
    ]);
    ref = `${registry.host}/acme/web:1`;
    await publishAs(engine, ref, service('1.0'));
    await serve(engine, ref, 'web', port, { Env: ['API_TOKEN=correct-horse'] });
    await publishAs(engine, ref, service('1.1'));
    desktop = await TestDesktop.start();
    careen = await launchCareen({ policy, socket: engine.socket });
    page = await careen.page();
  });
  afterAll(async () => {
    await careen.close();
    desktop.stop();
    await engine.dispose();
    await registry.dispose();
  });

  const row = (standing: string) =>
    page.locator(`[data-testid="update-row"][data-container="web"][data-standing="${standing}"]`);
  const confirm = async () => {
    const act = page.getByTestId('ask-act');
    await act.click();
    await act.waitFor({ state: 'detached' });
  };

  it('finds the new version when it is asked to', async () => {
    await page.getByTestId('nav-updates').click();
    await page.getByTestId('check-now').click();
    await row('update').waitFor();
    // Its row is there before the check of all is over.
    await page.getByTestId('answer').getByText(words.window.updates.title(1, 0)).waitFor();
    await page.getByTestId('nav-updates-count').waitFor();
  });

  it('tells beforehand what would change, with secrets hidden', async () => {
    await page.getByTestId('open-web').click();
    await page.getByTestId('diff').waitFor();
    await page.getByTestId('steps-planned').waitFor();
    expect(await page.getByTestId('diff').innerText()).not.toContain('correct-horse');
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'updates');
  });

  it('updates it, step by step, and proves it', async () => {
    expect(await answers(port)).toBe('1.0');
    await page.getByTestId('act-update-web').click();
    const live = page.getByTestId('steps-live').waitFor();
    await confirm();
    await live;
    await row('current').waitFor();
    expect(await answers(port)).toBe('1.1');
    const last = page.getByTestId('steps-last');
    await last.waitFor();
    expect(await last.getByTestId('last-result').innerText()).toContain('proven');
    const states = await last
      .getByTestId('step')
      .evaluateAll((all) => all.map((step) => step.getAttribute('data-state')));
    expect(new Set(states)).toEqual(new Set(['done']));
    expect(await last.getByTestId('down-for').innerText()).toMatch(/\d s/);
    await page.getByTestId('version-kept').waitFor();
    await screenshot(page, 'updates-done');
  });

  it('goes back by one click, and leaves that version alone', async () => {
    await page.getByTestId('rollback').click();
    await confirm();
    await row('rolled-back').waitFor();
    expect(await answers(port)).toBe('1.0');
    await page.getByTestId('nav-updates-count').waitFor({ state: 'detached' });
    // One version is one line, and one button says what it does.
    await page.getByTestId('take-again').waitFor();
    expect(await page.getByTestId('version-kept').count()).toBe(0);
    await screenshot(page, 'updates-rolled-back');
  });

  it('takes it again where a person says so', async () => {
    const again = page.getByTestId('take-again');
    expect(await again.innerText()).toBe(words.window.updates.takeAgain('1.1'));
    await again.click();
    await confirm();
    await row('current').waitFor();
    expect(await answers(port)).toBe('1.1');
    await page.getByTestId('rollback').click();
    await confirm();
    await row('rolled-back').waitFor();
    expect(await answers(port)).toBe('1.0');
  });

  it('takes a version back that is not well, and shows what it last wrote', async () => {
    await publishAs(engine, ref, bad());
    await page.getByTestId('check-now').click();
    await row('update').waitFor();
    await page.getByTestId('act-update-web').click();
    await confirm();
    await row('rolled-back').waitFor();
    expect(await answers(port)).toBe('1.0');
    await page.getByTestId('log-tail').getByText('out of luck').waitFor();
    await screenshot(page, 'updates-failed');
  });

  it('has each of them in the history', async () => {
    await page.getByTestId('nav-history').click();
    const entries = page.getByTestId('history-entry');
    await entries.first().waitFor();
    expect(await entries.evaluateAll((all) => all.map((e) => e.getAttribute('data-kind')))).toEqual(
      ['update', 'rollback', 'update', 'rollback', 'update'],
    );
    await entries.first().getByRole('button').click();
    await page.getByTestId('log-tail').getByText('out of luck').waitFor();
    expect(await violationsOf(page)).toEqual([]);
  });

  it('says of what other tools made whose it is and what to do instead, and offers no update', async () => {
    const theirs = { 'com.supabase.cli.project': 'shop' };
    for (const [name, Labels] of [
      ['supabase_db_shop', theirs],
      ['buildx_buildkit_multi0', {}],
    ] as const)
      await runContainer(engine, { image: ref, name, options: { Labels } });
    await publishAs(engine, ref, service('1.2'));
    await page.getByTestId('nav-updates').click();
    await page.getByTestId('check-now').click();
    const says = page.getByTestId('owner-says');

    await page.getByTestId('open-supabase_db_shop').click();
    await says.getByText('Supabase').waitFor();
    await page.getByText('supabase stop', { exact: false }).first().waitFor();
    expect(await page.getByTestId('act-update-supabase_db_shop').count()).toBe(0);

    await page.getByTestId('open-buildx_buildkit_multi0').click();
    await says.getByText('buildx').waitFor();
    expect(await page.getByTestId('act-update-buildx_buildkit_multi0').count()).toBe(0);
    expect(await violationsOf(page)).toEqual([]);
    await screenshot(page, 'updates-owned');
  });
});
