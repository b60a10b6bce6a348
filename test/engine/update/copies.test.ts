import { execFile } from 'node:child_process';
import { lstat, readdir, readFile, readlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../../main/adapters/docker/client.js';
import type { DockerEngine } from '../../../main/adapters/docker/types.js';
import { Copies } from '../../../main/services/updater/copies.js';
import type { VolumeCopy } from '../../../main/services/versions/stored.js';
import { startEngine, startEngineOnDisk, type TestEngine } from '../../support/engine.js';
import { loadImages, runContainer } from '../../support/images.js';

const run = promisify(execFile);

const stores = [
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
  { version: '20.10', store: 'classic' },
] as const;

/** All that a copy is to keep of a folder, by path; the folder itself is `.`. */
async function contentOf(folder: string): Promise<Record<string, unknown>> {
  const content: Record<string, unknown> = {};
  for (const path of ['.', ...(await readdir(folder, { recursive: true }))].sort()) {
    const file = join(folder, path);
    const { mode, uid, gid, mtimeMs, nlink, rdev, ...is } = await lstat(file);
    content[path] = {
      mode: mode.toString(8),
      owner: `${uid}:${gid}`,
      // Archives tell whole seconds.
      at: Math.floor(mtimeMs / 1000),
      ...(is.isFile() ? { nlink, text: await readFile(file, 'latin1') } : {}),
      ...(is.isSymbolicLink() ? { to: await readlink(file) } : {}),
      ...(is.isCharacterDevice() ? { rdev } : {}),
    };
  }
  return content;
}

/** What a database leaves behind, and what few volumes hold. */
const fill = `
mkdir -p base/1 "with space" empty; echo one > base/1/data; echo two > "with space/ü"; echo . > .hidden
ln -s ../base/1 "with space/link"; ln -s /nowhere dangling; echo linked > a; ln a b
mkfifo pipe; mknod null c 1 3; cp /bin/true setuid; chmod 4755 setuid; chmod 1777 empty
chown -R 999:998 base; chown -h 12:34 dangling; touch -d 2021-02-03 base/1/data base
chown 70:71 .; chmod 2750 .; touch -d 2020-01-01T00:00:00 .
`;

describe.each(stores)('copies of volumes on $version $store @store', (kind) => {
  let test: TestEngine;
  let engine: DockerEngine;
  let imageId: string;
  const copies = new Copies(() => Promise.resolve(null));
  const by = (runId = 'run-1') => ({
    runId,
    container: 'db',
    imageId,
    signal: new AbortController().signal,
  });

  beforeAll(async () => {
    test = await startEngine(kind);
    const [image] = await loadImages(test, [
      {
        refs: ['db:1'],
        layers: ['busybox', { key: 'copies', kB: 10 }],
        labels: { 'com.docker.compose.project': 'built' },
        config: { Volumes: { '/data/': {}, '/own': {} }, User: '70' },
      },
    ]);
    if (!image) throw new Error('the image was not loaded');
    imageId = image.id;
    engine = await connect(test.url);
  });
  afterAll(async () => {
    engine.close();
    await test.dispose();
  });

  beforeEach(async () => {
    await test.docker.createVolume({ Name: 'pgdata' });
    await run('sh', ['-ec', fill], { cwd: await folderOf('pgdata') });
  });
  afterEach(async () => {
    for (const { Id } of await test.docker.listContainers({ all: true }))
      await test.docker.getContainer(Id).remove({ force: true, v: true });
    for (const name of await volumes()) await test.docker.getVolume(name).remove();
  });

  const folderOf = async (volume: string) =>
    (await test.docker.getVolume(volume).inspect()).Mountpoint;
  const content = async (volume: string) => contentOf(await folderOf(volume));
  const volumes = async () => (await test.docker.listVolumes()).Volumes.map((v) => v.Name).sort();
  const containers = async () =>
    (await test.docker.listContainers({ all: true })).map((c) => c.Names[0]);
  const change = async () => {
    const newer = 'rm base/1/data a; echo new > b; mkdir base/2; echo x > base/2/y; chmod 700 .';
    await run('sh', ['-ec', newer], { cwd: await folderOf('pgdata') });
  };

  it('hold all that the volume holds, and nothing is left of making them', async () => {
    const before = await content('pgdata');
    const made = await copies.copy(engine, ['pgdata'], by());
    expect(made).toMatchObject([{ volume: 'pgdata', copy: 'careen-copy-pgdata-1' }]);
    expect(made[0]?.bytes).toBeGreaterThan(30_000);
    expect(await content('careen-copy-pgdata-1')).toEqual(before);
    expect(await content('pgdata')).toEqual(before);
    expect(await containers()).toEqual([]);
    expect(await volumes()).toEqual(['careen-copy-pgdata-1', 'pgdata']);
    const { Labels } = await test.docker.getVolume('careen-copy-pgdata-1').inspect();
    expect(Labels).toEqual({
      'careen.copy-of': 'pgdata',
      'careen.copy-run': 'run-1',
      'careen.copy-for': 'db',
    });
  });

  it('are given back whole, and what was there since is given back the same way', async () => {
    const before = await content('pgdata');
    const older = await copies.copy(engine, ['pgdata'], by());
    await change();
    const since = await content('pgdata');
    const newer = await copies.copy(engine, ['pgdata'], by('run-2'));
    expect(newer[0]?.copy).toBe('careen-copy-pgdata-2');
    await copies.giveBack(engine, older, by('run-2'));
    expect(await content('pgdata')).toEqual(before);
    expect(await content('careen-copy-pgdata-2')).toEqual(since);
    await copies.giveBack(engine, newer, by('run-2'));
    expect(await content('pgdata')).toEqual(since);
    expect(await containers()).toEqual([]);
  });

  it('are given back again where that was cut off, and to a volume that is gone', async () => {
    const before = await content('pgdata');
    const made = await copies.copy(engine, ['pgdata'], by());
    await run('sh', ['-ec', 'rm -r base empty'], { cwd: await folderOf('pgdata') });
    await copies.giveBack(engine, made, by());
    expect(await content('pgdata')).toEqual(before);
    await test.docker.getVolume('pgdata').remove();
    await copies.giveBack(engine, made, by());
    expect(await content('pgdata')).toEqual(before);
  });

  it('are neither made nor given back while a container runs with the volume', async () => {
    const made = await copies.copy(engine, ['pgdata'], by());
    const options = { HostConfig: { Binds: ['pgdata:/data'] }, User: '0' };
    const writer = await runContainer(test, { image: 'db:1', name: 'writer', options });
    const before = await content('pgdata');
    const inUse = {
      code: 'copy-failed',
      details: { volume: 'pgdata', why: 'in-use', by: ['writer'] },
    };
    await expect(copies.copy(engine, ['pgdata'], by('run-2'))).rejects.toMatchObject(inUse);
    await expect(copies.giveBack(engine, made, by())).rejects.toMatchObject(inUse);
    expect(await content('pgdata')).toEqual(before);
    expect((await volumes()).filter((name) => name.startsWith('careen'))).toHaveLength(1);
    await writer.stop();
    expect(await copies.copy(engine, ['pgdata'], by('run-2'))).toHaveLength(1);
  });

  it('are not given back where they are gone', async () => {
    const before = await content('pgdata');
    const gone: VolumeCopy[] = [{ volume: 'pgdata', copy: 'careen-copy-pgdata-9', bytes: 1 }];
    await expect(copies.giveBack(engine, gone, by())).rejects.toMatchObject({
      code: 'copy-failed',
      details: { why: 'gone' },
    });
    expect(await content('pgdata')).toEqual(before);
    expect(await volumes()).toEqual(['pgdata']);
  });

  it('leave nothing behind when they are cancelled, nor when one of several fails', async () => {
    const before = await content('pgdata');
    const cancel = new AbortController();
    cancel.abort();
    const copying = copies.copy(engine, ['pgdata'], { ...by(), signal: cancel.signal });
    await expect(copying).rejects.toMatchObject({ code: 'run-cancelled' });
    expect(await volumes()).toEqual(['pgdata']);
    await test.docker.createVolume({ Name: 'second' });
    const options = { HostConfig: { Binds: ['second:/data'] } };
    await runContainer(test, { image: 'db:1', name: 'writer', options });
    const two = copies.copy(engine, ['pgdata', 'second'], by());
    await expect(two).rejects.toMatchObject({ code: 'copy-failed' });
    expect((await volumes()).filter((name) => name.startsWith('careen'))).toEqual([]);
    expect(await containers()).toEqual(['/writer']);
    expect(await content('pgdata')).toEqual(before);
  });

  it('that were cut off are cleared away by their run, or made anew', async () => {
    await copies.copy(engine, ['pgdata'], by('other'));
    const [begun] = await copies.copy(engine, ['pgdata'], by());
    if (!begun) throw new Error('no copy was made');
    const { Labels } = await test.docker.getVolume(begun.copy).inspect();
    const left = { Labels, HostConfig: { Binds: [`${begun.copy}:/data`] } };
    const name = `${begun.copy}-writing`;
    await runContainer(test, { image: 'db:1', name, state: 'created', options: left });
    expect(await copies.copy(engine, ['pgdata'], by())).toMatchObject([{ copy: begun.copy }]);
    expect(await containers()).toEqual([]);
    await copies.clear(engine, by());
    expect(await volumes()).toEqual(['careen-copy-pgdata-1', 'pgdata']);
  });

  it('are removed, unless a container has them, and nothing else ever is', async () => {
    const made = await copies.copy(engine, ['pgdata'], by());
    const foreign = { volume: 'pgdata', copy: 'pgdata', bytes: null };
    const gone = { volume: 'pgdata', copy: 'careen-copy-pgdata-7', bytes: null };
    const options = { HostConfig: { Binds: ['careen-copy-pgdata-1:/data'] } };
    await runContainer(test, { image: 'db:1', name: 'user', state: 'created', options });
    await copies.remove(engine, [...made, foreign, gone]);
    expect(await volumes()).toContain('careen-copy-pgdata-1');
    await test.docker.getContainer('user').remove({ v: true });
    await copies.remove(engine, [...made, foreign, gone]);
    expect(await volumes()).toEqual(['pgdata']);
  });

  it('are refused before anything is stopped where there is no room for them', async () => {
    const tight = new Copies(() => Promise.resolve(10_000));
    await expect(tight.assertRoom(engine, ['pgdata'])).rejects.toMatchObject({
      code: 'no-room',
      details: { available: 10_000 },
    });
    await expect(copies.assertRoom(engine, ['pgdata'])).resolves.toBeUndefined();
    const wide = new Copies(() => Promise.resolve(10_000_000));
    await expect(wide.assertRoom(engine, ['pgdata'])).resolves.toBeUndefined();
  });
});

describe('a copy for which the disk is too small', () => {
  it('fails in the engine’s own words, and the volume and the disk are as before', async () => {
    const test = await startEngineOnDisk({ sizeMB: 60 });
    const engine = await connect(test.url);
    try {
      const [image] = await loadImages(test, [{ refs: ['db:1'], layers: ['busybox'] }]);
      const volume = await test.docker.createVolume({ Name: 'large' });
      const file = join((await test.docker.getVolume(volume.Name).inspect()).Mountpoint, 'file');
      await writeFile(file, Buffer.alloc(25_000_000, 7));
      const copies = new Copies(() => Promise.resolve(null));
      const copying = copies.copy(engine, ['large'], {
        runId: 'run',
        container: 'db',
        imageId: image?.id ?? '',
        signal: new AbortController().signal,
      });
      const { details } = await copying.then(
        () => expect.fail('it fitted'),
        (e: { details: { message?: string } }) => e,
      );
      expect(details.message).toMatch(/no space left on device/);
      expect((await test.docker.listVolumes()).Volumes.map((v) => v.Name)).toEqual(['large']);
      expect(await test.docker.listContainers({ all: true })).toEqual([]);
      expect((await readFile(file)).length).toBe(25_000_000);
    } finally {
      engine.close();
      await test.dispose();
    }
  });
});
