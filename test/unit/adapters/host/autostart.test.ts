import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AutostartFile } from '../../../../main/adapters/host/autostart.js';
import { testFolder } from '../../../support/folder.js';

describe('the autostart entry', () => {
  it('appears with its folder, and goes', async () => {
    const config = await testFolder();
    const file = join(config, 'autostart', 'careen.desktop');
    const entry = new AutostartFile(file, ['/opt/Careen/careen', '--hidden']);
    expect(await entry.isOn()).toBe(false);
    await entry.set(true);
    expect(await entry.isOn()).toBe(true);
    const lines = (await readFile(file, 'utf8')).split('\n');
    expect(lines[0]).toBe('[Desktop Entry]');
    expect(lines).toContain('Exec="/opt/Careen/careen" "--hidden"');
    await entry.set(false);
    expect(await entry.isOn()).toBe(false);
    expect(await readdir(join(config, 'autostart'))).toEqual([]);
    await entry.set(false);
  });

  it.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])(
    'is off where a desktop wrote %s into it',
    async (line) => {
      const file = join(await testFolder(), 'careen.desktop');
      const entry = new AutostartFile(file, ['/bin/true']);
      await writeFile(file, `[Desktop Entry]\nExec="/gone"\n${line}\n`);
      expect(await entry.isOn()).toBe(false);
      await entry.mend();
      expect(await readFile(file, 'utf8')).toContain('/gone');
    },
  );

  it('names the program where it is now, if the one it names is gone', async () => {
    const folder = await testFolder();
    const file = join(folder, 'careen.desktop');
    const program = join(folder, 'a "b" $c `d` \\e 100%f');
    await writeFile(program, '');
    const before = new AutostartFile(file, [program, '--hidden']);
    const after = new AutostartFile(file, ['/bin/true', '--hidden']);
    await after.mend();
    expect(await after.isOn()).toBe(false);
    await before.set(true);
    // As the specifications have it: the quoting first, then every backslash twice.
    expect(await readFile(file, 'utf8')).toContain(
      String.raw`/a \\"b\\" \\$c \\` + '`d' + String.raw`\\` + '` ' + String.raw`\\\\e 100%%f"`,
    );
    await after.mend();
    expect(await readFile(file, 'utf8')).toContain('100%%f');
    await new AutostartFile(file, [join(folder, 'gone')]).set(true);
    await after.mend();
    expect(await readFile(file, 'utf8')).toContain('Exec="/bin/true" "--hidden"');
  });

  it('says so where it cannot be written', async () => {
    const folder = await testFolder();
    await writeFile(join(folder, 'autostart'), 'a file in the place of the folder');
    const entry = new AutostartFile(join(folder, 'autostart', 'careen.desktop'), ['/bin/true']);
    await expect(entry.set(true)).rejects.toMatchObject({ code: 'file-unwritable' });
  });
});
