import { readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Conf from 'conf';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Doc } from '../../main/adapters/store/doc.js';
import { openHome } from '../../main/adapters/store/home.js';
import { Log } from '../../main/adapters/store/log.js';
import { Reserve } from '../../main/adapters/store/reserve.js';
import { Settings, prepareSettingsFile } from '../../main/adapters/store/settings.js';
import { CareenError } from '../../main/domain/errors.js';
import { type SmallDisk, canMount, smallDisk } from '../support/file-systems.js';

const schema = z.strictObject({ n: z.number(), text: z.string() });
const line = (n: number, bytes = 100) => ({ n, text: 'x'.repeat(bytes) });

describe.runIf(canMount).each(['tmpfs', 'ext4'] as const)('a data home on a full %s', (kind) => {
  let disk: SmallDisk;
  let reserve: Reserve;

  beforeEach(async () => {
    disk = await smallDisk(kind, 8);
    reserve = new Reserve(await openHome(disk.folder));
    expect(await reserve.ensure()).toBe(true);
    expect((await stat(join(disk.folder, 'reserve'))).blocks * 512).toBeGreaterThanOrEqual(262144);
  });
  afterEach(() => disk.close());

  async function openLog() {
    return Log.open({
      folder: disk.folder,
      name: 'runs',
      schema,
      segmentBytes: 64 * 1024,
      makeRoom: () => reserve.giveUp(),
    });
  }

  it('still writes its log, thanks to the reserve, which comes back with the room', async () => {
    const log = await openLog();
    await log.append(line(0));
    await disk.fill();
    for (let n = 1; n <= 60; n++) await log.append(line(n, 2000));
    expect(await readdir(disk.folder)).not.toContain('reserve');
    expect(await reserve.ensure()).toBe(false);
    await log.close();

    const again = await openLog();
    const { records, damaged } = await again.read();
    expect(records.map((r) => r.n)).toEqual(Array.from({ length: 61 }, (_, n) => n));
    expect(damaged).toBe(0);
    await disk.empty();
    expect(await reserve.ensure()).toBe(true);
    await again.close();
  });

  it('opens a log and begins its first file on it', async () => {
    await disk.fill();
    const log = await openLog();
    await log.append(line(1));
    await log.close();
    const again = await openLog();
    expect((await again.read()).records).toEqual([line(1)]);
    await again.close();
  });

  it('says log-unwritable when that is used up too, and loses nothing that was written', async () => {
    const log = await openLog();
    await disk.fill();
    const written: number[] = [];
    let failure: unknown = null;
    for (let n = 0; failure === null && n < 5000; n++) {
      await log.append(line(n, 3000)).then(
        () => written.push(n),
        (e: unknown) => (failure = e),
      );
    }
    expect(failure).toBeInstanceOf(CareenError);
    expect(failure).toMatchObject({ code: 'log-unwritable' });
    expect(written.length).toBeGreaterThan(50);
    const numbers = async (of: typeof log) => (await of.read()).records.map((r) => r.n);
    expect(await numbers(log)).toEqual(written);
    await disk.empty();
    await log.append(line(9999));
    await log.close();
    const again = await openLog();
    expect(await numbers(again)).toEqual([...written, 9999]);
    expect((await again.read()).damaged).toBe(0);
    await again.close();
  });

  it('replaces no document by half of one', async () => {
    const options = {
      file: join(disk.folder, 'doc.json'),
      schema,
      version: 1,
      initial: () => line(0, 0),
      now: () => 0,
    };
    const { doc } = await Doc.open(options);
    await doc.set(line(1));
    await disk.fill();
    const big = line(2, 600_000);
    await expect(doc.set(big)).rejects.toMatchObject({
      code: 'home-unwritable',
      details: { home: disk.folder, why: 'ENOSPC' },
    });
    expect((await Doc.open(options)).doc.value).toEqual(line(1));
    expect((await readdir(disk.folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    await disk.empty();
    await doc.flush();
    expect((await Doc.open(options)).doc.value).toEqual(big);
  });

  it('cuts no settings short', async () => {
    const conf = new Conf<Record<string, unknown>>({
      cwd: disk.folder,
      configName: 'config',
      projectName: 'careen',
    });
    const settings = new Settings(conf);
    await settings.set({ theme: 'dark' });
    const before = await readFile(conf.path, 'utf8');
    const room = join(disk.folder, 'room');
    await writeFile(room, Buffer.alloc(4096, 1));
    await disk.fill();
    await rm(room);
    await expect(settings.set({ endpoint: `unix://${'x'.repeat(9000)}` })).rejects.toMatchObject({
      code: 'home-unwritable',
      details: { why: 'ENOSPC' },
    });
    expect(await readFile(conf.path, 'utf8')).toBe(before);
    expect(await prepareSettingsFile(disk.folder, 0)).toBeNull();
    expect(settings.values).toMatchObject({ theme: 'dark', endpoint: null });
  });
});
