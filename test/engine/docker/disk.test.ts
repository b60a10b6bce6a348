import { chmod } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../main/adapters/docker/client.js';
import { statfsOf } from '../../../main/adapters/host/disk.js';
import { must } from '../../../scripts/lib/process.mjs';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { loadImages } from '../../support/images.js';

describe.each(['classic', 'containerd'] as const)('the disk of a %s store', (store) => {
  let test: TestEngine;
  beforeAll(async () => {
    test = await startEngine({ store });
  });
  afterAll(async () => {
    await test.dispose();
  });

  it('is where its images lie, and counted as df does', async () => {
    const engine = await connect(test.url);
    const [root = ''] = engine.diskRoots;
    const before = await statfsOf(root, 10_000);
    await loadImages(test, [{ refs: ['kit/big:1'], layers: [{ key: 'big', kB: 4_000 }] }]);
    const after = await statfsOf(root, 10_000);
    expect((after?.used ?? 0) - (before?.used ?? 0)).toBeGreaterThanOrEqual(4_000_000);
    // The engine may write between the two looks.
    const asDf = async () => {
      const now = await statfsOf(root, 10_000);
      const df = await must('df', ['-B1', '--output=used,avail', root]);
      return new RegExp(`^ *${now?.used} +${now?.available}$`, 'm').test(df);
    };
    await expect.poll(asDf).toBe(true);
    engine.close();
  });

  it('is unknown to who may not see that it is mounted apart from its folder', async () => {
    await chmod(test.home, 0o700);
    process.seteuid?.('nobody');
    try {
      expect(await statfsOf(test.dataRoot, 10_000)).toBeNull();
      expect((await statfsOf(`${test.home}/elsewhere`, 10_000))?.of).toBe(test.home);
    } finally {
      process.seteuid?.(0);
      await chmod(test.home, 0o711);
    }
  });
});
