import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { documents } from '../../main/contract/documents/index.js';
import { pauseDays, pauseEnd, type PauseFor } from '../../main/domain/pause.js';
import { messages } from '../../main/messages/index.js';
import { careenCli } from '../support/cli.js';
import { TestDesktop } from '../support/desktop.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { imageIds } from '../support/fleet.js';
import { pullImage } from '../support/images.js';
import { startRegistry, type TestRegistry } from '../support/registry.js';
import { answers, publishAs, serve, service } from '../support/updating.js';
import { type CareenUnderTest, launchCareen } from './support/app.js';

type Doc<N extends keyof typeof documents> = z.infer<(typeof documents)[N]>;

const words = messages('en');
const ports = { web: 8192, db: 8193 };
const names = ['web', 'db'] as const;

/** An update takes long enough to be seen under way; one tool's image is above the budget for all. */
const policy = `version: 1
mode: confirm
grace: 0s
remove:
  - { match: "**/tool" }
triggers:
  images: { max: 20MB, to: 10MB }
update:
  default: { settle: 4s, proveWithin: 20s }
limits: { pause: 0s }
`;

/** Whatever the tray's menu offers, clicked as a desktop does; most of it without a window. */
describe('the tray and its menu, end to end', () => {
  let engine: TestEngine;
  let registry: TestRegistry;
  let desktop: TestDesktop;
  let careen: CareenUnderTest;
  let page: Page;
  let ref: Record<(typeof names)[number] | 'tool', string>;
  /** What each state of the icon looks like, once it was seen. */
  const faces = new Map<string, string>();

  beforeAll(async () => {
    [registry, engine] = await Promise.all([
      startRegistry(),
      startEngine({ version: '26.1', store: 'classic' }),
    ]);
    const { host } = registry;
    ref = { web: `${host}/acme/web:1`, db: `${host}/acme/db:1`, tool: `${host}/acme/tool:1` };
    for (const name of names) {
      await publishAs(engine, ref[name], service('1.0'));
      await serve(engine, ref[name], name, ports[name]);
      await publishAs(engine, ref[name], service('1.1'));
    }
    await publishAs(engine, ref.tool, { layers: [{ key: 'tool', kB: 25_000 }] });
    desktop = await TestDesktop.start();
    careen = await launchCareen({ policy, socket: engine.socket, args: ['--hidden'] });
  });
  afterAll(async () => {
    await careen.close();
    desktop.stop();
    await engine.dispose();
    await registry.dispose();
  });

  const items = async () => (await desktop.menu()).filter(({ separator }) => !separator);
  const labels = async () => (await items()).map(({ label }) => label);
  const line = async () => (await labels())[0];
  const isEnabled = async (label: string) =>
    (await items()).find((item) => item.label === label)?.enabled;
  const hash = () => Promise.resolve(new URL(page.url()).hash);
  const status = async () => {
    const { document, stderr } = await careenCli<Doc<'status'>>(['status'], { home: careen.home });
    return document ?? expect.fail(stderr);
  };
  /** Which pixels are drawn at all, whatever their colour. */
  const shape = async () => {
    const { argb } = await desktop.icon();
    return Array.from({ length: argb.length / 4 }, (_, n) =>
      (argb[4 * n] ?? 0) > 127 ? 1 : 0,
    ).join('');
  };
  const runs = async (name: (typeof names)[number]) => {
    const { Image, Config } = await engine.docker.getContainer(name).inspect();
    return { image: Image, version: Config.Labels['org.opencontainers.image.version'] };
  };

  it('tells the engine, its disk and what comes next, none of which can be clicked', async () => {
    const nothing = words.tray.status(
      {
        state: 'ready',
        canGo: { min: 0, max: 0, certainty: 'exact' },
        images: 0,
        lost: { images: 0, lost: 0, sure: true },
      },
      0,
    );
    // Images, disk and schedule are each known at a moment of their own.
    const menu = await desktop.until(items, (told) =>
      [nothing, "Docker's disk ", 'Next: check '].every((one) =>
        told.some(({ label }) => label.startsWith(one)),
      ),
    );
    const all = menu.map(({ label }) => label);
    expect(all.slice(0, 4)).toEqual([
      nothing,
      expect.stringMatching(/^Docker Engine 26\.1/),
      expect.stringMatching(/^Docker's disk is \d+ % full$/),
      expect.stringMatching(/^Next: check for updates /),
    ]);
    const told = menu.slice(0, 4);
    expect(told.map(({ enabled }) => enabled)).toEqual([false, false, false, false]);
    expect(all.slice(4)).toEqual([
      words.tray.open,
      words.tray.cleanUp,
      words.tray.cleanNow,
      words.tray.pauseHour,
      words.tray.pauseTomorrow,
      words.tray.pauseDays,
      words.tray.quit,
    ]);
    faces.set('normal', await shape());
  });

  it('has a page ready for who opens the window, which shows and asks for nothing until then', async () => {
    page = await careen.page();
    await page.getByTestId('nav-overview').waitFor({ state: 'attached' });
    expect(await careen.windowCount()).toBe(0);
    expect(await page.locator('main').innerText()).toBe('');
  });

  it.each<[string, PauseFor]>([
    [words.tray.pauseHour, 'hour'],
    [words.tray.pauseTomorrow, 'tomorrow'],
    ...pauseDays.map((days): [string, PauseFor] => [words.tray.days(days), { days }]),
  ])('%s: pauses until then, and goes on at Resume', async (label, howLong) => {
    const set = desktop.newIcons;
    const earliest = pauseEnd(howLong, Date.now());
    await desktop.clickMenu(label);
    await desktop.until(labels, (all) => all.includes(words.tray.resume));
    const latest = pauseEnd(howLong, Date.now());
    const paused = await status();
    const until = Date.parse(paused.pausedUntil ?? '');
    expect(until).toBeGreaterThanOrEqual(earliest);
    expect(until).toBeLessThanOrEqual(latest);
    expect(paused.triggers.mode).toBeNull();
    expect(Date.parse(paused.updates.nextAt ?? '')).toBeGreaterThanOrEqual(until);
    expect(await line()).toBe(words.tray.status({ state: 'paused', until }, Date.now()));
    for (const choice of [words.tray.pauseHour, words.tray.pauseTomorrow, words.tray.pauseDays])
      expect(await labels()).not.toContain(choice);
    faces.set('paused', await shape());
    await desktop.clickMenu(words.tray.resume);
    await desktop.until(labels, (all) => !all.includes(words.tray.resume));
    expect(await shape()).toBe(faces.get('normal'));
    expect(desktop.newIcons - set).toBe(2);
  });

  it('counts the updates that a check found, and opens them', async () => {
    expect(await status()).toMatchObject({ pausedUntil: null, triggers: { mode: 'confirm' } });
    const set = desktop.newIcons;
    const { code } = await careenCli(['check'], { home: careen.home });
    expect(code).toBe(0);
    await desktop.until(labels, (all) => all.includes(words.tray.updates(2)));
    const note = await desktop.nextNotification();
    expect(note.summary).toBe(words.tray.updates(2));
    expect(desktop.newIcons).toBe(set);
    page = await careen.pageAfter(() => desktop.clickMenu(words.tray.updates(2)));
    await page.locator('[data-testid="update-row"][data-standing="update"]').first().waitFor();
    await desktop.until(hash, (now) => now === '#/updates');
    await careen.closeWindow();
    expect((await desktop.nextNotification()).summary).toBe(words.notification.staysInTray.title);
  });

  it('asks once before it updates, and updates nothing that a person does not agree to', async () => {
    await careen.answerDialogs('later');
    await desktop.clickMenu(words.tray.updateAll);
    await desktop.clickMenu(words.tray.updateAll);
    const [question] = await desktop.until(
      () => careen.dialogs(),
      (all) => all.length === 1,
    );
    const { title, effect } = words.window.updates.askAll;
    expect(question?.message).toBe(title(2));
    const [told, taken] = (question?.detail ?? '').split('\n\n');
    expect(told).toBe(effect);
    // Each wrote its page where no volume is.
    const loses = (name: string) =>
      `• ${name} 1.0 → 1.1: ${words.window.updates.writable.lost(['/www/index.html'])}`;
    expect(taken?.split('\n').sort()).toEqual(['db', 'web'].map(loses));
    expect(await labels()).toContain(words.tray.updateAll);
    expect((await status()).running).toBe(false);
    expect(await careen.dialogs()).toHaveLength(1);
    await careen.closeDialogs();
    for (const name of names) expect(await answers(ports[name])).toBe('1.0');
  });

  it('updates all after one question, shows that it is at it, and tells how it ended', async () => {
    const old = await imageIds(engine);
    const set = desktop.newIcons;
    await careen.answerDialogs(true);
    await desktop.clickMenu(words.tray.updateAll);
    await desktop.until(line, (now) => /^Updating: \d of 2$/.test(now ?? ''));
    faces.set('working', await shape());
    for (const label of [words.tray.updateAll, words.tray.cleanNow])
      expect(await isEnabled(label)).toBe(false);
    const note = await desktop.nextNotification(30_000);
    expect(note.summary).toBe('2 updated');
    for (const name of names) {
      expect(await answers(ports[name])).toBe('1.1');
      const now = await runs(name);
      expect(now.version).toBe('1.1');
      expect(old).not.toContain(now.image);
    }
    const all = await desktop.until(labels, (now) => !now.includes(words.tray.updateAll));
    expect(all).not.toContain(words.tray.updates(2));
    // The row is current before the run is over.
    await desktop.until(() => isEnabled(words.tray.cleanNow), Boolean);
    expect(await shape()).toBe(faces.get('normal'));
    expect(desktop.newIcons - set).toBe(2);
    const { document } = await careenCli<Doc<'history'>>(['history'], { home: careen.home });
    expect(document?.runs).toMatchObject([{ kind: 'update', by: 'tray', outcome: 'done' }]);
    page = await careen.pageAfter(() => desktop.clickMenu('Last: 2 updated, just now'));
    await desktop.until(hash, (now) => now === `#/history/${document?.runs[0]?.runId}`);
    await careen.closeWindow();
  });

  const waits = (all: string[]) =>
    all.find((label) => label.startsWith('Clean-up waits for your answer: 1 item, '));

  it('opens the plan that waits for an answer', async () => {
    const set = desktop.newIcons;
    await pullImage(engine, ref.tool);
    const question = waits(await desktop.until(labels, (all) => waits(all) !== undefined)) ?? '';
    faces.set('attention', await shape());
    expect(desktop.newIcons - set).toBe(1);
    page = await careen.pageAfter(() => desktop.clickMenu(question));
    await page.getByTestId('plan-item').first().waitFor();
    const { planId } = (await status()).question ?? {};
    await desktop.until(hash, (now) => now === `#/cleanup/${planId}`);
    await careen.closeWindow();
  });

  it('cleans up after one question, which answers that, and opens what it did', async () => {
    const [id] = (await engine.docker.listImages({ filters: { reference: [ref.tool] } })).map(
      (i) => i.Id,
    );
    await careen.answerDialogs(true);
    await desktop.clickMenu(words.tray.cleanNow);
    const note = await desktop.nextNotification();
    expect(note.summary).toBe('1 image removed');
    expect(await imageIds(engine)).not.toContain(id);
    const last = `Last: ${note.summary}, just now`;
    await desktop.until(labels, (now) => now.includes(last) && waits(now) === undefined);
    expect(await shape()).toBe(faces.get('normal'));
    page = await careen.pageAfter(() => desktop.clickMenu(last));
    await desktop.until(hash, (now) => now.startsWith('#/history/'));
    await careen.closeWindow();
  });

  it('opens the window where it was asked for', async () => {
    await careen.endWindow();
    page = await careen.pageAfter(() => desktop.clickMenu(words.tray.open));
    await page.getByTestId('space-map').waitFor();
    await desktop.clickMenu(words.tray.cleanUp);
    await desktop.until(hash, (now) => now === '#/cleanup');
    await careen.closeWindow();
    page = await careen.pageAfter(() => desktop.clickMenu(words.tray.cleanUp));
    await desktop.until(hash, (now) => now.startsWith('#/cleanup'));
    await careen.closeWindow();
  });

  it('offers nothing that needs an engine while that is away', async () => {
    await engine.kill();
    const lost = words.tray.status({ state: 'lost', name: 'Docker Engine' }, 0);
    await desktop.until(line, (now) => now === lost);
    for (const label of [words.tray.cleanUp, words.tray.cleanNow])
      expect(await isEnabled(label)).toBe(false);
    expect(await isEnabled(words.tray.pauseHour)).toBe(true);
    faces.set('no-engine', await shape());
    await engine.start();
    await desktop.until(() => isEnabled(words.tray.cleanUp), Boolean, 30_000);
    expect(await line()).not.toBe(lost);
  });

  it('tells its states apart by their shape', () => {
    expect([...faces.keys()].sort()).toEqual([
      'attention',
      'no-engine',
      'normal',
      'paused',
      'working',
    ]);
    expect(new Set(faces.values()).size).toBe(faces.size);
  });

  it('quits', async () => {
    await desktop.clickMenu(words.tray.quit);
    expect(await careen.ended).toBe(0);
    expect(careen.output).not.toMatch(/^careen:/m);
  });
});
