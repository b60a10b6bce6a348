import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Conf from 'conf';
import { describe, expect, it } from 'vitest';
import { Settings, prepareSettingsFile } from '../../../main/adapters/store/settings.js';
import { testFolder } from '../../support/folder.js';

const now = Date.UTC(2026, 10, 24, 9, 5, 7);
const conf = (home: string) =>
  new Conf<Record<string, unknown>>({
    cwd: home,
    configName: 'config',
    projectName: 'careen',
    configFileMode: 0o600,
  });

describe('settings', () => {
  it('are their defaults at first, and stay as they were set', async () => {
    const home = await testFolder();
    expect(await prepareSettingsFile(home, now)).toBeNull();
    const settings = new Settings(conf(home));
    expect(settings.values).toEqual({
      theme: 'system',
      language: 'system',
      pausedUntil: null,
      endpoint: null,
      otherAppsData: false,
      notify: { disk: true, failed: true, runs: true, updates: 'daily' },
      toldUpdatesAt: null,
      toldUpdatesOf: {},
      window: null,
      toldWhereItStays: false,
      welcomed: null,
    });
    const window = { x: -5, y: 0, width: 900, height: 600, maximized: false };
    await settings.set({ theme: 'dark', window });
    await settings.set({ pausedUntil: now });
    expect(await prepareSettingsFile(home, now)).toBeNull();
    const again = new Settings(conf(home));
    expect(again.values).toMatchObject({ theme: 'dark', window, pausedUntil: now });
    expect(again.invalid).toEqual([]);
    expect((await stat(join(home, 'config.json'))).mode & 0o777).toBe(0o600);
    expect(await readdir(home)).toEqual(['config.json']);
  });

  it('lose nothing of two changes that were made at once', async () => {
    const home = await testFolder();
    const settings = new Settings(conf(home));
    await Promise.all([
      settings.set((before) => ({ notify: { ...before.notify, runs: false } })),
      settings.set((before) => ({ notify: { ...before.notify, updates: 'never' } })),
    ]);
    const both = { disk: true, failed: true, runs: false, updates: 'never' };
    expect(settings.values.notify).toEqual(both);
    expect(new Settings(conf(home)).values.notify).toEqual(both);
  });

  it('that an earlier version wrote are read with what is new at its default', async () => {
    const home = await testFolder();
    await writeFile(
      join(home, 'config.json'),
      JSON.stringify({ theme: 'dark', notify: { runs: false } }),
    );
    const { values, invalid } = new Settings(conf(home));
    expect(values.notify).toEqual({ disk: true, failed: true, runs: false, updates: 'daily' });
    expect(values.theme).toBe('dark');
    expect(invalid).toEqual([]);
  });

  it.each([
    ['no JSON', '{"theme": "dark"'],
    ['empty', ''],
    ['a list', '["dark"]'],
    ['null', 'null'],
  ])('that are %s are moved aside and named, never overwritten', async (_, text) => {
    const home = await testFolder();
    const file = join(home, 'config.json');
    await writeFile(file, text);
    const to = `${file}.damaged-20261124T090507Z`;
    expect(await prepareSettingsFile(home, now)).toEqual({ file, to });
    const settings = new Settings(conf(home));
    expect(settings.values.theme).toBe('system');
    await settings.set({ theme: 'light' });
    expect(await readFile(to, 'utf8')).toBe(text);
  });

  it('are moved aside where a folder has their name', async () => {
    const home = await testFolder();
    await mkdir(join(home, 'config.json'));
    expect(await prepareSettingsFile(home, now)).toMatchObject({ file: join(home, 'config.json') });
    await new Settings(conf(home)).set({ theme: 'light' });
  });

  it('name a single one that is not what it may be, and keep it in the file', async () => {
    const home = await testFolder();
    const file = join(home, 'config.json');
    await writeFile(file, '{"theme": "mauve", "language": "zh-CN", "foreign": 1}');
    expect(await prepareSettingsFile(home, now)).toBeNull();
    const settings = new Settings(conf(home));
    expect(settings.invalid).toEqual([{ key: 'theme', found: '"mauve"' }]);
    expect(settings.values).toMatchObject({ theme: 'system', language: 'zh-CN' });
    await settings.set({ pausedUntil: now });
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ theme: 'mauve', foreign: 1 });
  });

  it('are left alone when the file became garbage meanwhile', async () => {
    const home = await testFolder();
    const settings = new Settings(conf(home));
    await settings.set({ theme: 'dark' });
    const file = join(home, 'config.json');
    await writeFile(file, 'garbage');
    await expect(settings.set({ theme: 'light' })).rejects.toMatchObject({
      code: 'file-invalid',
      details: { file },
    });
    expect(await readFile(file, 'utf8')).toBe('garbage');
    expect(settings.values.theme).toBe('dark');
  });
});
