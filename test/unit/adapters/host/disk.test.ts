import { mkdir, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { statfsOf } from '../../../../main/adapters/host/disk.js';

describe('the space of a folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'careen-disk-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('is used, available, and the sum of both', async () => {
    const space = await statfsOf(folder, 10_000);
    const { bsize, blocks } = await statfs(folder);
    expect(space?.of).toBe(folder);
    expect(space?.total).toBe((space?.used ?? 0) + (space?.available ?? 0));
    expect(space?.used).toBeGreaterThan(0);
    expect(space?.total).toBeLessThanOrEqual(bsize * blocks);
  });

  it('is unknown, not zero, where the folder is absent or starts a machine', async () => {
    expect(await statfsOf(path.join(folder, 'absent'), 10_000)).toBeNull();
    expect(await statfsOf('\\\\wsl.localhost\\Ubuntu\\var', 10_000)).toBeNull();
  });

  it.runIf(process.getuid?.() === 0)('below a closed folder is that of its parent', async () => {
    await mkdir(path.join(folder, 'closed', 'deep'), { recursive: true });
    process.seteuid?.('nobody');
    try {
      const space = await statfsOf(path.join(folder, 'closed', 'deep'), 10_000);
      // The folder itself is closed to all but its owner.
      expect(space?.of).toBe(folder);
    } finally {
      process.seteuid?.(0);
    }
  });
});
