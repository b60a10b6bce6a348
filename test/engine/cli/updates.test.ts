import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { pullImage, runContainer } from '../../support/images.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';
import {
  clear,
  containers,
  ownTags,
  publishAs,
  serve,
  service,
  updatePolicy,
} from '../../support/updating.js';
import { ask, Running, type Place } from './support.js';

let registry: TestRegistry;
let engine: TestEngine;
let place: Place;
let ref: string;

beforeAll(async () => {
  [registry, engine] = await Promise.all([
    startRegistry(),
    startEngine({ version: '26.1', store: 'classic' }),
  ]);
  ref = `${registry.host}/acme/web:1`;
});
afterAll(async () => {
  await engine.dispose();
  await registry.dispose();
});
beforeEach(async () => {
  const home = await mkdtemp(join(tmpdir(), 'careen-home-'));
  await writeFile(join(home, 'policy.yaml'), updatePolicy);
  place = { engine, home };
  await publishAs(engine, ref, service('v1'));
  await serve(engine, ref, 'web', null);
});
afterEach(() => clear(engine));

const imageOf = async (name: string) => (await engine.docker.getContainer(name).inspect()).Image;
const idOf = async (name: string) => (await engine.docker.getContainer(name).inspect()).Id;
const broken = { cmd: ['sh', '-c', 'echo no table >&2; exit 3'] };

describe('what is asked', () => {
  it('finds a new version, and shows what it would change', async () => {
    const digest = await publishAs(engine, ref, service('v2', { env: ['LEVEL=2'] }));
    const before = await idOf('web');
    const { code, document } = await ask('check', place, ['check', 'web']);
    expect(code).toBe(0);
    expect(document.containers).toMatchObject([
      {
        container: 'web',
        reference: ref,
        verdict: { state: 'available', to: { digest } },
        pending: true,
        forAll: true,
      },
    ]);
    const status = await ask('status', place, ['status']);
    expect(status.document.updates.pending).toEqual(['web']);

    const preview = await ask('preview', place, ['preview', 'web']);
    expect(preview.document.changes).toContainEqual({
      kind: 'inherited',
      area: 'env',
      name: 'LEVEL',
      before: null,
      after: '2',
      secret: false,
    });
    expect(preview.document.steps[0]).toBe('retain');
    expect(preview.document.steps).toContain('prove');
    expect(await idOf('web')).toBe(before);

    const person = Running.plain(['check'], place);
    expect(await person.ended()).toBe(0);
    expect(person.output).toMatch(/^web .*v1 → /m);
  });

  it('knows no such container', async () => {
    for (const args of [
      ['update', 'nobody', '--yes'],
      ['mode', 'nobody', 'ignore'],
    ]) {
      const { code, document } = await ask('error', place, args);
      expect(document.error.code).toBe('container-unknown');
      expect(code).toBe(2);
    }
  });
});

describe('an update', () => {
  it('asks first, is taken, gone back from, and given up', async () => {
    const old = await imageOf('web');
    await publishAs(engine, ref, service('v2'));
    const script = await ask('error', place, ['update', 'web']);
    expect(script.code).toBe(3);
    expect(script.document.error.code).toBe('not-confirmed');
    expect(await imageOf('web')).toBe(old);

    const person = Running.onTerminal(['update', 'web'], place);
    await person.until('[y/N]');
    person.type('y\n');
    expect(await person.ended()).toBe(0);
    expect(person.output).toMatch(/web: Updated to .+, and proven\./);
    const updated = await imageOf('web');
    expect(updated).not.toBe(old);

    const back = await ask('rollback', place, ['rollback', 'web', '--yes']);
    expect(back.code).toBe(0);
    expect(back.document.containers).toMatchObject([
      { container: 'web', result: { state: 'restored' }, to: { imageId: old } },
    ]);
    expect(await imageOf('web')).toBe(old);

    const release = await ask('release', place, ['release', 'web', '--yes']);
    expect(release.code).toBe(0);
    expect(release.document.containers[0]?.result?.state).toBe('released');
    expect(await ownTags(engine)).toEqual([]);
    const none = await ask('error', place, ['rollback', 'web', '--yes']);
    expect(none.code).toBe(3);
    expect(none.document.error.code).toBe('nothing-kept');

    const history = await ask('history', place, ['history']);
    expect(history.document.runs.map(({ kind }) => kind)).toEqual([
      'release',
      'rollback',
      'update',
    ]);
  });

  it('fails with 1 where the new version does not prove itself, and leaves that one alone', async () => {
    const before = await idOf('web');
    await publishAs(engine, ref, broken);
    const { code, document, stderr } = await ask('update', place, ['update', 'web', '--yes']);
    expect(code).toBe(1);
    expect(document.containers).toMatchObject([
      { container: 'web', result: { state: 'rolled-back', why: { code: 'restarting' } } },
    ]);
    expect(JSON.stringify(document)).toContain('no table');
    expect(stderr).toContain('web: Prove it');
    expect(await idOf('web')).toBe(before);
    expect(await containers(engine)).toEqual(['web running']);

    const check = await ask('check', place, ['check']);
    expect(check.document.containers[0]?.heldBack?.code).toBe('rolled-back');
    const all = await ask('update', place, ['update', '--all', '--yes']);
    expect(all.code).toBe(0);
    expect(all.document).toMatchObject({ runId: null, containers: [] });
    expect(await idOf('web')).toBe(before);
  });

  it('of one that a tool made is refused with its own command, and nothing is changed', async () => {
    await pullImage(engine, ref);
    const labels = { 'com.ddev.site-name': 'shop', 'com.ddev.platform': 'ddev' };
    await runContainer(engine, { image: ref, name: 'ddev-shop-web', options: { Labels: labels } });
    await publishAs(engine, ref, service('v2'));
    const before = await idOf('ddev-shop-web');
    const named = await ask('update', place, ['update', 'ddev-shop-web', '--yes']);
    expect(named.code).toBe(3);
    expect(named.document).toMatchObject({
      runId: null,
      containers: [{ result: { state: 'skipped', why: { code: 'owned' } } }],
    });
    const raised = await ask('error', place, ['mode', 'ddev-shop-web', 'auto']);
    expect(raised.code).toBe(3);
    expect(raised.document.error.code).toBe('container-owned');
    const all = await ask('update', place, ['update', '--all', '--yes']);
    expect(all.document.containers.map(({ container }) => container)).toEqual(['web']);
    expect(all.document.left).toEqual([
      { container: 'ddev-shop-web', why: 'owner', text: 'left to DDEV' },
    ]);
    // It wrote its page where no volume is.
    expect(all.document.beforehand).toMatchObject([
      { container: 'web', code: 'lost', paths: ['/www/index.html'] },
    ]);
    expect(await idOf('ddev-shop-web')).toBe(before);
  });

  it('ends with 130 at an interrupt, with what was begun finished and the rest as it was', async () => {
    await writeFile(join(place.home, 'policy.yaml'), updatePolicy.replace('400ms', '2s'));
    for (const name of ['db', 'cache']) await serve(engine, ref, name, null);
    const old = await imageOf('web');
    await publishAs(engine, ref, service('v2'));
    const person = Running.plain(['update', '--all', '--yes'], place);
    await person.until('Prove it');
    person.interrupt();
    expect(await person.ended()).toBe(130);
    expect(await containers(engine)).toEqual(['cache running', 'db running', 'web running']);
    const images = await Promise.all(['web', 'db', 'cache'].map(imageOf));
    expect(images.filter((image) => image === old).length).toBeGreaterThan(0);
    expect(images.filter((image) => image !== old).length).toBeGreaterThan(0);
  });
});

describe('what a person says of updates', () => {
  it('is kept: a snooze, a version that is skipped, a mode', async () => {
    await publishAs(engine, ref, service('v2'));
    await ask('check', place, ['check']);
    const snoozed = await ask('snooze', place, ['snooze', 'web', '--until', '2100-01-01']);
    expect(snoozed.document).toMatchObject({ pending: false, heldBack: { code: 'snoozed' } });
    const awake = await ask('snooze', place, ['snooze', 'web', '--off']);
    expect(awake.document).toMatchObject({ pending: true, heldBack: null });
    const skipped = await ask('skip', place, ['skip', 'web']);
    expect(skipped.document).toMatchObject({ pending: false, heldBack: { code: 'skipped' } });
    const offered = await ask('skip', place, ['skip', 'web', '--undo']);
    expect(offered.document.pending).toBe(true);

    const mode = await ask('mode', place, ['mode', 'web', 'ignore']);
    expect(mode.document).toMatchObject({ mode: 'ignore', pending: false });
    expect(await readFile(join(place.home, 'policy.yaml'), 'utf8')).toMatch(
      /match: "?web"?, mode: ignore/,
    );
  });

  it('to Watchtower becomes a policy', async () => {
    const label = 'com.centurylinklabs.watchtower.enable';
    await runContainer(engine, {
      image: ref,
      name: 'tower',
      options: {
        Labels: { 'com.centurylinklabs.watchtower': 'true' },
        // It waits and takes no arguments: they would be Watchtower's.
        Entrypoint: ['cat'],
        Cmd: [],
        OpenStdin: true,
        Env: ['WATCHTOWER_LABEL_ENABLE=true', 'WATCHTOWER_POLL_INTERVAL=7200'],
      },
    });
    await runContainer(engine, {
      image: ref,
      name: 'labelled',
      options: { Labels: { [label]: 'true' } },
    });
    const shown = await ask('move-over', place, ['move-over']);
    expect(shown.document).toMatchObject({
      updater: { tool: 'Watchtower', container: 'tower' },
      default: { every: 7_200_000 },
      applied: false,
    });
    expect(shown.document.entries.map(({ container }) => container)).toContain('labelled');
    const before = await readFile(join(place.home, 'policy.yaml'), 'utf8');
    expect(before).toBe(updatePolicy);
    const written = await ask('move-over', place, ['move-over', '--apply']);
    expect(written.document.applied).toBe(true);
    const after = await readFile(join(place.home, 'policy.yaml'), 'utf8');
    expect(after).toContain('labelled');
    expect(after).toContain('2h');
  });
});
