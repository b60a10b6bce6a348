import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { thisDiskHost } from '../../../../../main/adapters/host/disks/this-host.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'careen-disk-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('this host', () => {
  it('tells what a sparse file takes, and its first bytes', async () => {
    const file = path.join(folder, 'Docker.raw');
    await writeFile(file, 'QFI\xfb' + 'x'.repeat(8192), 'latin1');
    await truncate(file, 2 ** 30);
    const host = thisDiskHost(5_000);
    const { size, blocks } = await host.stat(file);
    expect(size).toBe(2 ** 30);
    expect(blocks * 512).toBeLessThan(2 ** 20);
    expect(blocks).toBeGreaterThan(0);
    expect(Buffer.from(await host.head(file, 4)).toString('latin1')).toBe('QFI\xfb');
  });

  it('fails with the system’s code', async () => {
    const host = thisDiskHost(5_000);
    const absent = path.join(folder, 'absent');
    // One after the other: whichever fails first must find somebody who waits for it.
    for (const ask of ['stat', 'readFile', 'readdir'] as const)
      await expect(host[ask](absent)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.runIf(process.platform === 'linux')('waits for no file that never answers', async () => {
    const fifo = path.join(folder, 'fifo');
    execFileSync('mkfifo', [fifo]);
    const host = thisDiskHost(50);
    await expect(host.readFile(fifo)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    // The second call waits for the first: no other thread is held up.
    await expect(host.readFile(fifo)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    await writeFile(fifo, 'text');
  });
});
