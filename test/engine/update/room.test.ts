import { rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { startEngine, startEngineOnDisk, type TestEngine } from '../../support/engine.js';
import type { ImageSpec } from '../../support/images.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';
import {
  answers,
  clear,
  containers,
  of,
  ownTags,
  publishAs,
  serve,
  service,
  updatePolicy,
} from '../../support/updating.js';

const port = 8111;
const MB = 1_000_000;

type LayerSpec = NonNullable<ImageSpec['layers']>[number];

describe.each(['classic', 'containerd'] as const)('an update on a small disk, %s', (store) => {
  let registry: TestRegistry;
  let publisher: TestEngine;
  let engine: TestEngine & { disk: string };
  let careen: TestCareen;
  let ref: string;

  beforeAll(async () => {
    [registry, publisher] = await Promise.all([startRegistry(), startEngine()]);
    engine = await startEngineOnDisk({ sizeMB: 150, store });
    ref = `${registry.host}/acme/web:1`;
  });
  afterAll(async () => {
    await Promise.all([engine.dispose(), publisher.dispose()]);
    await registry.dispose();
  });
  beforeEach(async () => {
    await publishAs(publisher, ref, service('v1'));
    await serve(engine, ref, 'web', port);
    careen = await TestCareen.open({ socket: engine.socket, policy: updatePolicy });
  });
  afterEach(async () => {
    await careen.close();
    await clear(engine);
    expect(careen.reported).toEqual([]);
  });

  const free = async () => {
    const { bavail, bsize } = await statfs(engine.disk);
    return bavail * bsize;
  };
  const filling = () => join(engine.disk, 'filling');
  const leave = async (bytes: number) => {
    await writeFile(filling(), Buffer.alloc((await free()) - bytes, 1), { flush: true });
  };
  const update = async () => {
    const run = await careen.call('update.run', { containers: [{ container: 'web', to: null }] });
    return of(run, 'web').result;
  };
  const now = async () => {
    const web = await engine.docker.getContainer('web').inspect();
    const images = (await engine.docker.listImages()).map(({ Id }) => Id).sort();
    return { id: web.Id, since: web.State.StartedAt, images };
  };
  /** What ran still runs, nothing is left of the try, and with room it goes. */
  const unharmed = async (before: object) => {
    expect(await now()).toEqual(before);
    expect(await answers(port)).toBe('v1');
    expect(await containers(engine)).toEqual(['web running']);
    expect(await ownTags(engine)).toEqual([]);
    await rm(filling());
    expect(await update()).toEqual({ state: 'updated', proven: true });
    expect(await answers(port)).toBe('v2');
    expect(await containers(engine)).toEqual(['web running']);
  };

  it('for which it is seen to be too small is not begun', async () => {
    const layers: LayerSpec[] = ['busybox', { key: 'large', kB: 20_000 }];
    await publishAs(publisher, ref, service('v2', { layers }));
    const before = await now();
    await leave(30 * MB);
    const bytes = expect.any(Number) as number;
    const why = { code: 'no-room', needed: bytes, available: bytes };
    const { refused } = await careen.call('update.preview', { container: 'web', to: null });
    expect(refused).toEqual(why);
    const result = await update();
    expect(result).toEqual({ state: 'skipped', why });
    if (result?.state !== 'skipped' || result.why.code !== 'no-room') return;
    expect(result.why.needed).toBeGreaterThan(40 * MB);
    expect(result.why.available).toBeLessThanOrEqual(30 * MB);
    // Nothing was begun, so there is nothing to tell of.
    expect(careen.slice('history').head).toEqual([]);
    await unharmed(before);
  });

  it('that is full in the middle of the pull fails by that, and only that', async () => {
    // Compressed it is next to nothing, so that it seems to fit.
    const layers: LayerSpec[] = ['busybox', { key: 'blank', kB: 60_000, blank: true }];
    await publishAs(publisher, ref, service('v2', { layers }));
    const before = await now();
    await leave(20 * MB);
    expect(await update()).toEqual({
      state: 'failed',
      error: expect.objectContaining({
        code: 'pull-failed',
        details: expect.objectContaining({
          message: expect.stringMatching(/no space left on device/) as string,
        }) as object,
      }) as object,
    });
    await unharmed(before);
  });
});
