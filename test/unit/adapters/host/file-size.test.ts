import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sizeOfFile } from '../../../../main/adapters/host/file-size.js';

it('tells the bytes of a file, and nothing of one that is not there or not of this host', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'careen-size-'));
  const file = join(folder, 'log');
  await writeFile(file, 'x'.repeat(1_234));
  expect(await sizeOfFile(file)).toBe(1_234);
  expect(await sizeOfFile(join(folder, 'none'))).toBeNull();
  expect(await sizeOfFile(join(file, 'below'))).toBeNull();
  expect(await sizeOfFile('relative/log')).toBeNull();
});
