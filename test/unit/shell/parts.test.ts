import { chmod, chown, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { pauseEnd } from '../../../main/domain/pause.js';
import { Notifications, type NotificationLike } from '../../../main/shell/notifications.js';
import { isOpenable } from '../../../main/shell/security.js';
import { hasTrayHost } from '../../../main/shell/tray-host.js';
import { electronFolder } from '../../../main/shell/user-data.js';

describe('the end of a pause', () => {
  it('is an hour later, or the next morning by the local clock', () => {
    const now = new Date(2026, 10, 24, 23, 50).getTime();
    expect(pauseEnd('hour', now)).toBe(now + 3_600_000);
    expect(new Date(pauseEnd('tomorrow', now))).toEqual(new Date(2026, 10, 25, 8));
    expect(new Date(pauseEnd('tomorrow', new Date(2026, 11, 31, 9).getTime()))).toEqual(
      new Date(2027, 0, 1, 8),
    );
    expect(new Date(pauseEnd({ days: 3 }, now))).toEqual(new Date(2026, 10, 27, 8));
  });
});

describe('a link', () => {
  it.each([
    ['https://example.com/a', true],
    ['http://example.com/', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['https://user:secret@example.com/', false],
    ['https://user@example.com/', false],
    ['smb://host/share', false],
    ['', false],
  ])('%s opens: %s', (address, opens) => {
    expect(isOpenable(address)).toBe(opens);
  });
});

describe('the tray host', () => {
  const answers = (by: Record<string, string | null>) => (program: string) =>
    Promise.resolve(by[program] ?? null);

  it.each<[string, Record<string, string | null>, boolean]>([
    ['gdbus says yes', { gdbus: '(<true>,)\n' }, true],
    ['gdbus says no', { gdbus: '(<false>,)\n', busctl: 'b true' }, false],
    ['only busctl is there', { busctl: 'b true\n' }, true],
    ['only dbus-send is there', { 'dbus-send': '   variant       boolean true\n' }, true],
    ['nothing answers', {}, false],
  ])('%s', async (_what, by, there) => {
    expect(await hasTrayHost('linux', answers(by))).toBe(there);
  });

  it('is part of macOS and Windows', async () => {
    for (const platform of ['darwin', 'win32'] as const)
      expect(await hasTrayHost(platform, answers({}))).toBe(true);
  });
});

describe('a notification', () => {
  it('leads to the window once it is clicked, and is held until then', () => {
    const listeners = new Map<string, () => void>();
    let shown = 0;
    const made: NotificationLike = {
      on: (event, listener) => listeners.set(event, listener),
      show: () => shown++,
    };
    const opened: string[] = [];
    new Notifications(() => made).show({ title: 'a', body: 'b' }, () => opened.push('window'));
    expect(shown).toBe(1);
    listeners.get('click')?.();
    expect(opened).toEqual(['window']);
  });

  it('is passed over where the system has none', () => {
    expect(() => new Notifications(null).show({ title: 'a', body: 'b' }, () => {})).not.toThrow();
  });
});

describe("Electron's own folder", () => {
  it('is made inside the home, for its owner alone', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'careen-home-'));
    try {
      const home = path.join(folder, 'a', 'home');
      expect(electronFolder(home)).toBe(path.join(home, 'electron'));
      expect((await stat(home)).mode & 0o777).toBe(0o700);
      expect(electronFolder(home)).toBe(path.join(home, 'electron'));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it.runIf(process.getuid?.() === 0)("is not made in another user's home or folder", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'careen-home-'));
    try {
      await chown(folder, 12_345, 12_345);
      await chmod(folder, 0o755);
      expect(electronFolder(folder)).toBeNull();
      expect(electronFolder(path.join(folder, 'home'))).toBeNull();
      expect(await readdir(folder)).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
