import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundle } from '../../support/bundle.js';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import {
  type Fleet,
  type FleetName,
  imageIds,
  loadFleet,
  testPolicy,
} from '../../support/fleet.js';
import { pushImage } from '../../support/images.js';
import { isInside } from '../../support/namespace.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';

const everything = { also: ['unrecoverable', 'estimates'] };

const stores = [
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
  { version: '20.10', store: 'classic' },
] as const;

// On a containerd store only the registry's own answer tells that an image can be had again.
const able = stores.filter(({ store }) => store === 'classic' || isInside);

describe.each(able)('undoing a clean-up on $version $store @store', ({ version, store }) => {
  let registry: TestRegistry;
  let engine: TestEngine;
  let fleet: Fleet;
  let careen: TestCareen;

  beforeAll(async () => {
    registry = await startRegistry();
    engine = await startEngine({ version, store });
  });
  afterAll(async () => {
    await engine.dispose();
    await registry.dispose();
  });

  beforeEach(async () => {
    fleet = await loadFleet(engine, { pushed: true });
    careen = await TestCareen.open({ socket: engine.socket, policy: testPolicy });
    if (store === 'classic') return;
    await careen.call('plan.make', { policy: null });
    await careen.until('images', () => recoverable('tool1') && recoverable('tool2'));
  });
  afterEach(async () => {
    await careen.close();
    await registry.start();
    for (const { Id } of await engine.docker.listContainers({ all: true }))
      await engine.docker.getContainer(Id).remove({ force: true });
    for (const { Id } of await engine.docker.listImages())
      await engine.docker.getImage(Id).remove({ force: true });
  });

  const recoverable = (name: FleetName) => {
    const { upsert } = careen.slice('images');
    return upsert.find((row) => row.id === fleet[name].id)?.recoverable === 'verified';
  };
  const tagsOf = async (name: FleetName) =>
    [...(await engine.docker.getImage(fleet[name].id).inspect()).RepoTags].sort();

  it('brings the same images back under their names, and says of the others that it cannot', async () => {
    const clean = await careen.clean(everything);
    expect(clean.removed).toHaveLength(7);

    const { items } = await careen.call('undo.preview', { runId: clean.runId });
    const can = items.filter((item) => item.pull !== null).map((item) => item.id);
    expect(can.sort()).toEqual([fleet.tool1.id, fleet.tool2.id].sort());

    const undo = await careen.call('undo.run', { runId: clean.runId });
    expect(undo).toMatchObject({ kind: 'undo', of: clean.runId, outcome: 'done', failed: [] });
    expect(undo.restored.map((item) => item.id).sort()).toEqual(can);
    expect(undo.skipped.map((item) => item.reason.code)).toEqual(
      Array.from({ length: 5 }, () => 'not-recoverable'),
    );
    expect(await tagsOf('tool1')).toEqual(['127.0.0.1:5000/tool:a']);
    expect(await tagsOf('tool2')).toEqual(['127.0.0.1:5000/tool:b']);

    const again = await careen.call('undo.run', { runId: clean.runId, only: can });
    expect(again.skipped.map((item) => item.reason.code)).toEqual([
      'there-already',
      'there-already',
    ]);
    const { runs } = await careen.call('history', { since: null, kind: 'undo' });
    expect(runs).toEqual([again, undo]);
  });

  it('leaves a name to the image that bears it by now', async () => {
    const clean = await careen.clean(everything);
    await engine.docker.getImage(fleet.web3.id).tag({ repo: '127.0.0.1:5000/tool', tag: 'a' });
    const undo = await careen.call('undo.run', { runId: clean.runId, only: [fleet.tool1.id] });
    expect(undo.skipped).toMatchObject([
      { id: fleet.tool1.id, reason: { code: 'name-taken', ref: '127.0.0.1:5000/tool:a' } },
    ]);
    expect(await tagsOf('web3')).toContain('127.0.0.1:5000/tool:a');
  });

  it('says what the engine said when nothing can be pulled', async () => {
    const clean = await careen.clean(everything);
    await registry.stop();
    const undo = await careen.call('undo.run', { runId: clean.runId, only: [fleet.tool1.id] });
    expect(undo.failed).toMatchObject([{ id: fleet.tool1.id, error: { code: 'pull-failed' } }]);
    expect(await imageIds(engine)).not.toContain(fleet.tool1.id);
  });

  it('ends at once when it is cancelled, with every item told', async () => {
    const clean = await careen.clean(everything);
    const both = [fleet.tool1.id, fleet.tool2.id];
    const undoing = careen.call('undo.run', { runId: clean.runId, only: both, token: 'mine' });
    await careen.until('run', ({ current }) => current?.phase === 'pulling');
    await careen.call('run.cancel', { runId: 'mine' });
    const undo = await undoing;
    expect(undo.outcome).toBe('cancelled');
    expect(undo.restored.length + undo.skipped.length).toBe(2);
    expect(undo.skipped.at(-1)?.reason.code).toBe('cancelled');
    const left = await imageIds(engine);
    expect(both.filter((id) => left.includes(id))).toHaveLength(undo.restored.length);
  });

  it('takes no run or image that it does not know', async () => {
    const clean = await careen.clean(everything);
    await expect(careen.call('undo.run', { runId: 'no' })).rejects.toMatchObject({
      code: 'run-unknown',
    });
    await expect(
      careen.call('undo.run', { runId: clean.runId, only: [fleet.web1.id] }),
    ).rejects.toMatchObject({ code: 'input-invalid' });
  });
});

describe('an undoing that Careen was killed in', () => {
  let registry: TestRegistry;
  let engine: TestEngine;
  let entry: string;

  beforeAll(async () => {
    entry = await bundle('test/support/entry-undo.ts');
    registry = await startRegistry();
    engine = await startEngine({ version: '26.1', store: 'classic' });
  });
  afterAll(async () => {
    await engine.dispose();
    await registry.dispose();
  });

  it.each([
    { kind: 'intent', side: 'after', restored: 0 },
    { kind: 'outcome', side: 'before', restored: 1 },
  ])(
    '$side the first $kind: the next start says what came back',
    async ({ kind, side, restored }) => {
      const fleet = await loadFleet(engine);
      await pushImage(engine, '127.0.0.1:5000/tool:a');
      const first = await TestCareen.open({ socket: engine.socket, policy: testPolicy });
      const clean = await first.clean({ also: [fleet.tool1.id] });
      await first.close();
      expect(clean.removed.map((i) => i.id)).toEqual([fleet.tool1.id]);

      const args = [entry, engine.socket, first.home, clean.runId, kind, '1', side];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
      const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
      expect(signal).toBe('SIGKILL');

      const careen = await TestCareen.open({ socket: engine.socket, home: first.home });
      try {
        const { runs } = await careen.call('history', { since: null, kind: 'undo' });
        expect(runs).toMatchObject([{ outcome: restored === 1 ? 'done' : 'interrupted' }]);
        expect(runs[0]?.kind === 'undo' && runs[0].restored).toHaveLength(restored);
        expect((await imageIds(engine)).includes(fleet.tool1.id)).toBe(restored === 1);
      } finally {
        await careen.close();
        for (const { Id } of await engine.docker.listContainers({ all: true }))
          await engine.docker.getContainer(Id).remove({ force: true });
        for (const { Id } of await engine.docker.listImages())
          await engine.docker.getImage(Id).remove({ force: true });
      }
    },
  );
});
