import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isForAll } from '../../../main/contract/pending.js';
import type { UpdateRow } from '../../../main/contract/updates.js';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { loadImages, pullImage, runContainer } from '../../support/images.js';
import { isInside } from '../../support/namespace.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';
import { clear, publishAs, updatePolicy } from '../../support/updating.js';

const port = 5093;
const auto = updatePolicy.replace('settle', 'mode: auto, settle');

/** One container of each owner that can be had by its labels or its name (OWNERS §2), and what its user types. */
const owned: Record<string, { labels?: Record<string, string>; command: RegExp | null }> = {
  'dev-control-plane': {
    labels: { 'io.x-k8s.kind.cluster': 'dev', 'io.x-k8s.kind.role': 'control-plane' },
    command: null,
  },
  'k3d-dev-server-0': {
    labels: { app: 'k3d', 'k3d.cluster': 'dev', 'k3d.role': 'server' },
    command: null,
  },
  vigilant_ada: {
    labels: { 'devcontainer.local_folder': '/home/ada/shop', 'devcontainer.config_file': 'x' },
    command: /devcontainer up/,
  },
  brave_mole: {
    labels: { 'org.testcontainers': 'true', 'org.testcontainers.sessionId': '1' },
    command: null,
  },
  'ddev-shop-web': {
    labels: { 'com.ddev.platform': 'ddev', 'com.ddev.site-name': 'shop' },
    command: /^ddev/,
  },
  supabase_db_shop: {
    labels: { 'com.supabase.cli.project': 'shop' },
    command: /^supabase/,
  },
  'cache-abcd1234': {
    labels: {
      'com.microsoft.developer.usvc-dev.name': 'cache',
      'com.microsoft.developer.usvc-dev.uid': '1',
    },
    command: null,
  },
  extension: {
    labels: { 'com.docker.desktop.extension': 'true' },
    command: /^docker extension update/,
  },
  buildx_buildkit_multi0: { command: null },
  'shop-web-run-0123456789ab': {
    labels: {
      'com.docker.compose.project': 'shop',
      'com.docker.compose.service': 'web',
      'com.docker.compose.oneoff': 'True',
      'com.docker.compose.slug': '0123456789ab',
      'com.docker.compose.config-hash': 'c0ffee',
    },
    command: null,
  },
};

describe.runIf(isInside)('beside others', () => {
  let registry: TestRegistry;
  let engine: TestEngine;
  let careen: TestCareen;
  let ref: string;

  beforeAll(async () => {
    [registry, engine] = await Promise.all([startRegistry({ port }), startEngine()]);
    ref = `${registry.host}/acme/web:1`;
  });
  afterAll(async () => {
    await engine.dispose();
    await registry.dispose();
  });
  beforeEach(async () => {
    await publishAs(engine, ref, { labels: { version: 'v1' } });
    await pullImage(engine, ref);
  });
  afterEach(async () => {
    await careen.close();
    await clear(engine);
    expect(careen.reported).toEqual([]);
  });

  const open = async (policy: string, home?: string) => {
    careen = await TestCareen.open({
      socket: engine.socket,
      policy,
      by: 'app',
      ...(home === undefined ? {} : { home }),
    });
  };
  const publishNext = () => publishAs(engine, ref, { labels: { version: 'v2' } });
  const check = async (): Promise<UpdateRow[]> =>
    (await careen.call('update.check', { containers: null })).rows;
  const row = (name = 'web'): UpdateRow => {
    const found = careen.slice('updates').rows.find(({ container }) => container === name);
    if (!found) throw new Error(`there is no row of ${name}`);
    return found;
  };
  const updated = async () => {
    const { runs } = await careen.call('history', { since: null });
    return runs.flatMap((run) =>
      run.kind === 'update' ? run.containers.map(({ container }) => container) : [],
    );
  };
  /** Resolves once a run of updates has ended. */
  const ended = () =>
    careen.until('history', ({ head }) => head.some(({ outcome }) => outcome !== null));

  it('neither `auto` nor "all" touches what has an owner, whose own way is told', async () => {
    const names = Object.keys(owned);
    for (const name of names)
      await runContainer(engine, {
        image: ref,
        name,
        options: { Labels: owned[name]?.labels ?? {} },
      });
    await runContainer(engine, { image: ref, name: 'web' });
    const ids = () =>
      Promise.all(names.map(async (name) => (await engine.docker.getContainer(name).inspect()).Id));
    const before = await ids();
    await publishNext();
    await open(auto);
    const rows = await check();
    expect(rows.filter(isForAll).map(({ container }) => container)).toEqual(['web']);
    for (const name of names) {
      const { mode, reason, owner } = rows.find(({ container }) => container === name) ?? row(name);
      expect([name, mode]).toEqual([name, expect.stringMatching(/^(tell|ignore)$/)]);
      expect(reason).toEqual({ by: 'owner', kind: owner.kind, tool: owner.tool });
      const { command } = owned[name] ?? { command: null };
      expect(owner.command).toEqual(command === null ? null : expect.stringMatching(command));
    }
    await ended();
    expect(await updated()).toEqual(['web']);
    // By name neither: what to do instead is said.
    const run = await careen.call('update.run', {
      containers: names.map((container) => ({ container, to: null })),
    });
    for (const { result } of run.containers)
      expect(result).toMatchObject({ state: 'skipped', why: { code: 'owned' } });
    expect(await ids()).toEqual(before);
  });

  it('notices another updater, and leaves it to a person to update', async () => {
    await loadImages(engine, [{ refs: ['containrrr/watchtower:latest'] }]);
    await runContainer(engine, {
      image: 'containrrr/watchtower:latest',
      name: 'watchtower',
      options: { HostConfig: { Binds: [`${engine.socket}:/var/run/docker.sock`] } },
    });
    await runContainer(engine, { image: ref, name: 'web' });
    await publishNext();
    await open(auto);
    await check();
    expect(row()).toMatchObject({
      mode: 'notify',
      reason: { by: 'other-updater', tool: 'Watchtower' },
      verdict: { state: 'available' },
    });
    expect(row('watchtower').verdict).toEqual({ state: 'not-checked', why: 'owner-pulls' });
    expect(careen.slice('engine').otherUpdater).toEqual({
      tool: 'Watchtower',
      container: 'watchtower',
    });
    // Once it is gone, what waited goes by itself.
    await engine.docker.getContainer('watchtower').remove({ force: true });
    await careen.until('updates', ({ rows }) => rows.some(({ mode }) => mode === 'auto'));
    await check();
    await ended();
    expect(await updated()).toEqual(['web']);
  });

  it('notices that something else updated a container, and that it did so itself', async () => {
    await runContainer(engine, { image: ref, name: 'web' });
    await open(auto);
    await check();
    await publishNext();
    await check();
    await ended();
    // What the engine tells of the new container may come after the run's end.
    await careen.until('updates', ({ rows }) =>
      rows.some(({ container, verdict }) => container === 'web' && verdict.state === 'current'),
    );
    expect(row()).toMatchObject({ mode: 'auto', recreatedAt: null });

    await publishAs(engine, ref, { labels: { version: 'v3' } });
    await pullImage(engine, ref);
    await engine.docker.getContainer('web').remove({ force: true });
    const theirs = await runContainer(engine, { image: ref, name: 'web' });
    const created = Date.parse((await theirs.inspect()).Created);
    await careen.until('updates', ({ rows }) => rows.some((one) => one.recreatedAt !== null));
    expect(row()).toMatchObject({
      recreatedAt: created,
      mode: 'notify',
      reason: { by: 'recreated', at: created },
    });
    await careen.close();

    // A person who updates it says that Careen may.
    await publishAs(engine, ref, { labels: { version: 'v4' } });
    await open(auto, careen.home);
    await check();
    expect(row().mode).toBe('notify');
    await careen.call('update.run', { containers: [{ container: 'web', to: null }] });
    expect(row()).toMatchObject({ mode: 'auto', recreatedAt: created });
  });
});
