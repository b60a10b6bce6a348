import { chown, mkdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type HomeSources, homePath, openHome } from '../../../main/adapters/store/home.js';
import { testFolder } from '../../support/folder.js';

const root = process.getuid?.() === 0;
const linux: HomeSources = { flag: null, env: {}, platform: 'linux', user: '/home/ada' };

describe('where the data home is', () => {
  it.each<[string, Partial<HomeSources>, string]>([
    ['Linux', {}, '/home/ada/.config/careen'],
    ['XDG_CONFIG_HOME', { env: { XDG_CONFIG_HOME: '/cfg' } }, '/cfg/careen'],
    ['a relative XDG_CONFIG_HOME', { env: { XDG_CONFIG_HOME: 'cfg' } }, '/home/ada/.config/careen'],
    [
      'macOS',
      { platform: 'darwin', user: '/Users/ada' },
      '/Users/ada/Library/Application Support/Careen',
    ],
    ['Windows', { platform: 'win32', env: { APPDATA: '/roaming' } }, '/roaming/Careen'],
    ['CAREEN_HOME', { env: { CAREEN_HOME: '/x', XDG_CONFIG_HOME: '/cfg' } }, '/x'],
    ['an empty CAREEN_HOME', { env: { CAREEN_HOME: '' } }, '/home/ada/.config/careen'],
    ['--home', { flag: '/y', env: { CAREEN_HOME: '/x' } }, '/y'],
  ])('%s', (_, given, expected) => {
    expect(homePath({ ...linux, ...given })).toBe(expected);
  });

  it('takes a relative --home from the working folder', () => {
    expect(homePath({ ...linux, flag: 'h' })).toBe(join(process.cwd(), 'h'));
  });
});

describe('opening the data home', () => {
  it('makes it for its owner alone, with the folders above it', async () => {
    const home = join(await testFolder(), 'a', 'b');
    expect(await openHome(home)).toBe(home);
    expect((await stat(home)).mode & 0o777).toBe(0o700);
  });

  it('takes rights away that others have', async () => {
    const home = join(await testFolder(), 'home');
    await mkdir(home, { mode: 0o755 });
    await openHome(home);
    expect((await stat(home)).mode & 0o777).toBe(0o700);
  });

  it('gives the real path, so that two names of one home have one owner', async () => {
    const folder = await testFolder();
    await mkdir(join(folder, 'real'));
    await symlink(join(folder, 'real'), join(folder, 'name'));
    expect(await openHome(join(folder, 'name'))).toBe(join(folder, 'real'));
  });

  it('says why a home cannot be used', async () => {
    const file = join(await testFolder(), 'file');
    await writeFile(file, '');
    await expect(openHome(join(file, 'home'))).rejects.toMatchObject({
      code: 'home-unwritable',
      details: { home: join(file, 'home'), why: 'ENOTDIR' },
    });
    await expect(openHome(file)).rejects.toMatchObject({
      code: 'home-unwritable',
      details: { home: file, why: 'ENOTDIR' },
    });
  });

  it.runIf(process.platform === 'linux')('gives up where no folder can be made', async () => {
    await expect(openHome('/proc/careen/home')).rejects.toMatchObject({
      code: 'home-unwritable',
      details: { home: '/proc/careen/home' },
    });
  });

  it.runIf(root)(
    "refuses another user's home, and one to be made in another's folder",
    async () => {
      const theirs = join(await testFolder(), 'theirs');
      await mkdir(theirs);
      await chown(theirs, 65534, 65534);
      for (const home of [theirs, join(theirs, 'a', 'b')])
        await expect(openHome(home)).rejects.toMatchObject({
          code: 'home-foreign',
          details: { home },
        });
    },
  );
});
