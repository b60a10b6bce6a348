import { mkdtemp, readFile, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agreementOf, nothingRemembered } from '../../main/services/triggers/memory.js';
import { TestCareen } from '../support/careen.js';
import { TestDesktop } from '../support/desktop.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { type Fleet, imageIds, loadFleet, testPolicy } from '../support/fleet.js';
import { type ImageSpec, type LoadedImage, loadImages, pushImage } from '../support/images.js';
import { startRegistry, type TestRegistry } from '../support/registry.js';
import { answers, publishAs, serve, service } from '../support/updating.js';
import { type CareenUnderTest, launchCareen, welcome } from './support/app.js';
import { Newcomer } from './support/newcomer.js';

const port = 8194;

/** By this policy what the night's builds left goes by itself: images are above their budget. */
const nightly = `version: 1
mode: auto
grace: 0s
remove:
  - { id: nightly, match: "**/nightly" }
triggers: { images: { max: 1MB, to: 900kB } }
limits: { pause: 0s }
`;
const daily = `${testPolicy}rollback: { versions: 2, for: 7d }
update:
  default: { settle: 400ms, proveWithin: 5s }
`;

const postgres = (version: number): ImageSpec => ({
  refs: [`postgres:${version}`],
  layers: [{ key: `postgres-${version}`, kB: 50 }],
});

/**
 * Five tasks that somebody new does from what stands on the screen alone, each in five acts or fewer
 * from the Overview.
 */
describe('a newcomer', () => {
  let engine: TestEngine;
  let registry: TestRegistry;
  let fleet: Fleet;
  let gone: LoadedImage[];
  let desktop: TestDesktop;
  let careen: CareenUnderTest;
  let page: Page;
  let newcomer: Newcomer;

  /** Careen as it ran alone in the tray, on this home and by the policy of then. */
  const passNight = async (home: string) => {
    const { ID } = (await engine.docker.info()) as { ID: string };
    const endpoint = `unix://${await realpath(engine.socket)}`;
    const agreed = agreementOf(nightly, { endpoint, id: ID, store: engine.store });
    const value = { ...nothingRemembered, agreed };
    await writeFile(join(home, 'triggers.json'), JSON.stringify({ version: 1, value }));
    const night = await TestCareen.open({
      socket: engine.socket,
      home,
      policy: nightly,
      by: 'app',
    });
    await night.until('history', ({ head }) => head[0]?.outcome === 'done');
    await night.close();
    expect(night.reported).toEqual([]);
  };

  beforeAll(async () => {
    [registry, engine] = await Promise.all([
      startRegistry(),
      startEngine({ version: '26.1', store: 'classic' }),
    ]);
    fleet = await loadFleet(engine, { pushed: true });
    const ref = `${registry.host}/acme/web:1`;
    await publishAs(engine, ref, service('1.0'));
    await serve(engine, ref, 'web', port, {});
    await publishAs(engine, ref, service('1.1'));
    const builds = [1, 2].map((n) => `${registry.host}/acme/nightly:${n}`);
    gone = await loadImages(
      engine,
      builds.map((build) => ({ refs: [build], layers: [{ key: build, kB: 100 }] })),
    );
    for (const build of builds) await pushImage(engine, build);
    await loadImages(engine, [15, 16].map(postgres));

    const home = await mkdtemp(join(tmpdir(), 'careen-home-'));
    await welcome(home);
    await passNight(home);
    desktop = await TestDesktop.start();
    careen = await launchCareen({ home, policy: daily, socket: engine.socket });
    page = await careen.page();
  });
  afterAll(async () => {
    await careen.close();
    desktop.stop();
    await engine.dispose();
    await registry.dispose();
  });
  beforeEach(async () => {
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await page.getByRole('heading', { name: 'Where the space is' }).waitFor();
    newcomer = new Newcomer(page);
  });

  it('sees what happened last night', async () => {
    await newcomer.click('link', '2 images removed');
    await newcomer.reads('by the budget for images');
    await newcomer.reads(/said .* measured/);
    for (const build of [1, 2]) await newcomer.reads(`nightly:${build}`);
    const left = await imageIds(engine);
    for (const { id } of gone) expect(left).not.toContain(id);
  });

  it('learns why an image is still here', async () => {
    await newcomer.click('link', 'Images');
    await newcomer.click('textbox', 'Find an image');
    await newcomer.type('api:1.1', 'Find an image');
    await newcomer.click('row', /^1\.1/);
    const why = newcomer.seen('complementary', /myorg\/api:1\.1/);
    await why
      .getByText(/api-runs/)
      .first()
      .waitFor();
    expect((await engine.docker.getContainer('api-runs').inspect()).Image).toBe(fleet.api2.id);
  });

  it('keeps the database images for ever', async () => {
    await newcomer.click('link', 'Policy');
    await newcomer.click('button', 'Protect more');
    await newcomer.click('menuitem', 'By name');
    await newcomer.type('postgres, mysql', 'Names');
    await newcomer.click('button', 'Save policy');
    const policy = () => readFile(join(careen.home, 'policy.yaml'), 'utf8');
    await expect.poll(policy).toMatch(/protect:[^]*postgres[^]*mysql[^]*keep:/);
    // Those that are there, and one that comes only now.
    await loadImages(engine, [postgres(17)]);
    await page.getByRole('link', { name: 'Images', exact: true }).click();
    await page.getByRole('textbox', { name: 'Find an image' }).fill('postgres');
    const group = page.getByRole('row', { name: /^postgres 3 versions/ });
    await group.getByText('protected').waitFor();
  });

  it('has Careen look for updates', async () => {
    await newcomer.click('link', 'Updates');
    await newcomer.click('button', 'Check now');
    await newcomer.reads(/^1 update\./);
  });

  it('updates a container, and goes back', async () => {
    await newcomer.click('link', 'web');
    await newcomer.click('button', 'Update web');
    await newcomer.answer('Update web');
    await newcomer.seen('button', /^Roll back/).waitFor();
    expect(await answers(port)).toBe('1.1');
    await newcomer.click('button', /^Roll back/);
    await newcomer.answer('Roll back');
    await newcomer.reads('1.1 rolled back');
    expect(await answers(port)).toBe('1.0');
  });

  it('frees an amount of space', async () => {
    const taken = async () => ((await engine.docker.df()) as { LayersSize: number }).LayersSize;
    const before = await taken();
    await newcomer.click('link', 'Clean up…');
    await newcomer.click('button', 'Free space');
    await newcomer.type('150 kB', 'How much to free');
    await newcomer.click('button', /^Remove 2 images, /);
    await newcomer.answer('Remove 2 images');
    await newcomer.reads(/came free\./);
    expect(before - (await taken())).toBeGreaterThanOrEqual(150_000);
    const left = await imageIds(engine);
    expect(left).not.toContain(fleet.tool1.id);
    expect(left).toContain(fleet.tool3.id);
  });

  it('would be stopped at a sixth act', async () => {
    for (let n = 0; n < 5; n++) await newcomer.press('Tab');
    await expect(newcomer.press('Tab')).rejects.toThrow('act 6 of at most 5');
  });
});
