import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isOfThisHost, lookAt } from '../../../../main/adapters/host/folders.js';

describe('a path that a label names', () => {
  it('is found, or the nearest folder above it', async () => {
    const base = await mkdtemp(join(tmpdir(), 'careen-folders-'));
    const folder = join(base, 'work', 'acme');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'compose.yaml'), '');
    const found = await lookAt(join(folder, 'compose.yaml'), 5_000);
    expect(found).toMatchObject({ there: true, nearest: join(folder, 'compose.yaml') });
    expect(base.startsWith(found?.mount ?? 'none')).toBe(true);
    const beyond = await lookAt(join(folder, 'compose.yaml', 'x'), 5_000);
    expect(beyond).toMatchObject({ there: false, nearest: join(folder, 'compose.yaml') });
    await rm(folder, { recursive: true });
    expect(await lookAt(folder, 5_000)).toEqual({
      there: false,
      nearest: join(base, 'work'),
      mount: found?.mount,
    });
  });

  it.runIf(process.platform === 'linux')('is told with the disk that it lies on', async () => {
    expect(await lookAt('/proc/self/status', 5_000)).toMatchObject({ there: true, mount: '/proc' });
    expect((await lookAt('/', 5_000))?.mount).toBe('/');
  });

  it.each([
    ['linux', '/home/ada/acme', true],
    ['linux', 'acme', false],
    ['linux', 'C:\\work\\acme', false],
    ['linux', '/net/evil/share', false],
    ['linux', '/home/../net/evil', false],
    ['linux', '/network/acme', true],
    ['linux', '/home/a\0b', false],
    ['darwin', '/Network/Servers/evil', false],
    ['win32', 'C:\\work\\acme', true],
    ['win32', '/home/ada/acme', false],
    ['win32', '\\\\evil\\share', false],
    ['win32', '\\\\wsl.localhost\\Ubuntu\\home\\ada', false],
  ] as const)('on %s: %s is one of its own: %s', (platform, file, own) => {
    expect(isOfThisHost(file, platform)).toBe(own);
  });
});
