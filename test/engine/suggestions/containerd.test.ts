import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { loadImages } from '../../support/images.js';
import { storeBytes } from '../../support/measure.js';
import { of, own, Stage } from './stage.js';

describe('what is suggested on a containerd store', () => {
  let engine: TestEngine;
  let stage: Stage;

  beforeAll(async () => {
    engine = await startEngine({ store: 'containerd' });
    stage = new Stage(engine);
  });
  afterAll(() => engine.dispose());
  afterEach(() => stage.close());

  it('superseded versions free layers and blobs, within what is told', async () => {
    await loadImages(engine, [
      { refs: ['sup/api:1'], layers: own('api-1'), created: '2026-01-01T00:00:00Z' },
      { refs: ['sup/api:2'], layers: own('api-2'), created: '2026-02-01T00:00:00Z' },
      { refs: ['sup/api:3'], layers: own('api-3'), created: '2026-03-01T00:00:00Z' },
    ]);
    await stage.open();
    const row = await stage.oneOf('superseded');
    expect(row).toMatchObject({ key: 'superseded sup/api', items: 2 });
    const before = await storeBytes(engine);
    await stage.carryOut(row);
    const freed = before - (await storeBytes(engine));
    // Each has 300 kB as a layer and as a blob.
    expect(freed).toBeGreaterThanOrEqual(1_200_000);
    expect(freed).toBeGreaterThanOrEqual(row.bytes.min);
    expect(freed).toBeLessThanOrEqual(row.bytes.max);
    expect(await stage.names()).toEqual(['sup/api:3']);
    expect(of(await stage.rows(), 'superseded')).toEqual([]);
  });

  it('the same content under several names frees the blobs that each keeps of its own', async () => {
    const older = {
      refs: ['twin/a:1'],
      layers: own('twin', 300, { blank: true }),
      created: '2026-01-01T00:00:00Z',
    };
    const newer = {
      refs: ['twin/b:1'],
      layers: own('twin', 300, { blank: true, gzip: true }),
      created: '2026-02-01T00:00:00Z',
    };
    await loadImages(engine, [older]);
    await stage.open();
    expect(of(await stage.rows(), 'same-content')).toEqual([]);
    await loadImages(engine, [newer]);
    const row = await stage.oneOf('same-content');
    expect(row).toMatchObject({ items: 1, evidence: { names: ['twin/b:1', 'twin/a:1'] } });
    const before = await storeBytes(engine);
    await stage.carryOut(row);
    const freed = before - (await storeBytes(engine));
    // The blob that it came as goes, and what was unpacked of it.
    expect(freed).toBeGreaterThanOrEqual(300_000);
    expect(freed).toBeGreaterThanOrEqual(row.bytes.min);
    expect(freed).toBeLessThanOrEqual(row.bytes.max);
    expect(await stage.names()).toContain('twin/b:1');
    expect(of(await stage.rows(), 'same-content')).toEqual([]);
  });
});
