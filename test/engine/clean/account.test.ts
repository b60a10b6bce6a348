import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { testPolicy } from '../../support/fleet.js';
import { loadImages, runContainer } from '../../support/images.js';

const stores = [
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
  { version: '20.10', store: 'classic' },
] as const;

describe.each(stores)('the account of a disk on $version $store @store', (kind) => {
  let engine: TestEngine;
  let careen: TestCareen;

  beforeAll(async () => {
    engine = await startEngine(kind);
    // Both stand on one base, which counts once.
    await loadImages(engine, [
      { refs: ['base:1'], layers: ['busybox'] },
      { refs: ['app:1'], layers: ['busybox', { key: 'app', kB: 2_000 }] },
    ]);
    await runContainer(engine, {
      image: 'app:1',
      name: 'writer',
      state: 'exited',
      options: {
        Cmd: ['busybox', 'dd', 'if=/dev/urandom', 'of=/written', 'bs=1024', 'count=3000'],
        HostConfig: { Binds: ['data:/data'] },
      },
    });
    careen = await TestCareen.open({ socket: engine.socket, policy: testPolicy });
  });
  afterAll(async () => {
    await careen.close();
    await engine.dispose();
  });

  it('names what takes it, and what is left, and adds up to what is used', async () => {
    const account = await careen.call('space', {});
    const part = (name: string) => account.parts.find(({ kind: own }) => own === name);
    const bytes = (name: string) => part(name)?.bytes ?? -1;
    expect(account.complete).toBe(true);
    expect(part('images')).toMatchObject({ count: 2 });
    expect(part('containers')).toMatchObject({ count: 1, certainty: 'at-least' });
    expect(part('volumes')).toMatchObject({ count: 1, certainty: 'exact' });
    expect(bytes('containers')).toBeGreaterThanOrEqual(3_000 * 1_024);
    expect(bytes('containers')).toBeLessThan(2 * 3_000 * 1_024);

    const { images } = await careen.call('inventory', {});
    const sizes = images.map(({ size }) => size);
    // Once and not twice: the larger holds the smaller.
    expect(bytes('images')).toBeGreaterThanOrEqual(2_000 * 1_000);
    if (kind.store === 'classic') expect(bytes('images')).toBe(Math.max(...sizes));
    else expect(bytes('images')).toBeLessThan(sizes[0]! + sizes[1]!);

    const explained = account.parts.filter(({ kind: own }) => own !== 'rest');
    expect(account.explained).toBe(explained.reduce((sum, one) => sum + one.bytes, 0));
    expect(account.used).not.toBeNull();
    const all = account.parts.reduce((sum, one) => sum + one.bytes, 0);
    expect(all).toBe(account.used);
  });

  it('judges nothing anew where the engine counts the same again', async () => {
    const counted = async () => {
      await careen.call('space', {});
      // Answered once all is judged.
      await careen.call('layers.tree', {});
      return (await careen.call('status', {})).totals.judgedAt;
    };
    const before = await counted();
    expect(before).not.toBeNull();
    expect(await counted()).toBe(before);
  });

  it('holds in the tree of layers what the engine counts, the shared base once', async () => {
    const account = await careen.call('space', {});
    const tree = await careen.call('layers.tree', {});
    const counted = account.parts.find(({ kind: own }) => own === 'images')?.bytes ?? -1;
    const bytes = tree.size.reduce((sum, size) => sum + size, 0) + 2 * tree.perImage;
    expect(tree.images).toEqual([2, 1]);
    expect(tree.parent).toEqual([-1, 0]);
    expect(tree.ends.nodes.toSorted()).toEqual([0, 1]);
    expect(tree.unknown).toEqual([]);
    expect(tree.size[1]).toBeGreaterThanOrEqual(2_000 * 1_000);
    expect(tree.certainty).toBe(kind.store === 'classic' ? 'exact' : 'range');
    expect(bytes).toBe(counted);
  });
});
