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
    const is = await lstat(file);
    content[path] = {
      mode: is.mode.toString(8),
      owner: `${is.uid}:${is.gid}`,
      // Archives tell whole seconds.
      at: Math.floor(is.mtimeMs / 1000),
      ...(is.isFile() ? { links: is.nlink, text: await readFile(file, 'latin1') } : {}),
      ...(is.isSymbolicLink() ? { to: await readlink(file) } : {}),
      ...(is.isCharacterDevice() ? { device: is.rdev } : {}),
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

/** An engine with a filled volume before each test, and none of it afterwards. */
function prepare(kind: (typeof stores)[number]) {
  let test: TestEngine;
  let engine: DockerEngine;
  let imageId: string;
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
  return {
    by,
    content,
    volumes,
    containers,
    change,
    folderOf,
    get test() {
      return test;
    },
    get engine() {
      return engine;
    },
  };
}

const copies = new Copies(() => Promise.resolve(null));

describe.each(stores)('copies of volumes on $version $store @store', (kind) => {
  const on = prepare(kind);

  it('hold all that the volume holds, and nothing is left of making them', async () => {
    const before = await on.content('pgdata');
    const made = await copies.copy(on.engine, ['pgdata'], on.by());
    expect(made).toMatchObject([{ volume: 'pgdata', copy: 'careen-copy-pgdata-1' }]);
    expect(made[0]?.bytes).toBeGreaterThan(30_000);
    expect(await on.content('careen-copy-pgdata-1')).toEqual(before);
    expect(await on.content('pgdata')).toEqual(before);
    expect(await on.containers()).toEqual([]);
    expect(await on.volumes()).toEqual(['careen-copy-pgdata-1', 'pgdata']);
    const { Labels } = await on.test.docker.getVolume('careen-copy-pgdata-1').inspect();
    expect(Labels).toEqual({
      'careen.copy-of': 'pgdata',
      'careen.copy-run': 'run-1',
      'careen.copy-for': 'db',
    });
  });

  it('are given back whole, and what was there since is given back the same way', async () => {
    const before = await on.content('pgdata');
    const older = await copies.copy(on.engine, ['pgdata'], on.by());
    await on.change();
    const since = await on.content('pgdata');
    const newer = await copies.copy(on.engine, ['pgdata'], on.by('run-2'));
    expect(newer[0]?.copy).toBe('careen-copy-pgdata-2');
    await copies.giveBack(on.engine, older, on.by('run-2'));
    expect(await on.content('pgdata')).toEqual(before);
    expect(await on.content('careen-copy-pgdata-2')).toEqual(since);
    await copies.giveBack(on.engine, newer, on.by('run-2'));
    expect(await on.content('pgdata')).toEqual(since);
    expect(await on.containers()).toEqual([]);
  });
});

describe('copies of volumes', () => {
  const on = prepare(stores[0]);

  it('are given back again where that was cut off, and to a volume that is gone', async () => {
    const before = await on.content('pgdata');
    const made = await copies.copy(on.engine, ['pgdata'], on.by());
    await run('sh', ['-ec', 'rm -r base empty'], { cwd: await on.folderOf('pgdata') });
    await copies.giveBack(on.engine, made, on.by());
    expect(await on.content('pgdata')).toEqual(before);
    await on.test.docker.getVolume('pgdata').remove();
    await copies.giveBack(on.engine, made, on.by());
    expect(await on.content('pgdata')).toEqual(before);
  });

  it('are neither made nor given back while a container runs with the volume', async () => {
    const made = await copies.copy(on.engine, ['pgdata'], on.by());
    const options = { HostConfig: { Binds: ['pgdata:/data'] }, User: '0' };
    const writer = await runContainer(on.test, { image: 'db:1', name: 'writer', options });
    const before = await on.content('pgdata');
    const inUse = {
      code: 'copy-failed',
      details: { volume: 'pgdata', why: 'in-use', by: ['writer'] },
    };
    await expect(copies.copy(on.engine, ['pgdata'], on.by('run-2'))).rejects.toMatchObject(inUse);
    await expect(copies.giveBack(on.engine, made, on.by())).rejects.toMatchObject(inUse);
    expect(await on.content('pgdata')).toEqual(before);
    expect((await on.volumes()).filter((name) => name.startsWith('careen'))).toHaveLength(1);
    await writer.stop();
    expect(await copies.copy(on.engine, ['pgdata'], on.by('run-2'))).toHaveLength(1);
  });

  it('are not given back where they are gone', async () => {
    const before = await on.content('pgdata');
    const gone: VolumeCopy[] = [{ volume: 'pgdata', copy: 'careen-copy-pgdata-9', bytes: 1 }];
    await expect(copies.giveBack(on.engine, gone, on.by())).rejects.toMatchObject({
      code: 'copy-failed',
      details: { why: 'gone' },
    });
    expect(await on.content('pgdata')).toEqual(before);
    expect(await on.volumes()).toEqual(['pgdata']);
  });

  it('leave nothing behind when they are cancelled, nor when one of several fails', async () => {
    const before = await on.content('pgdata');
    const cancel = new AbortController();
    cancel.abort();
    const copying = copies.copy(on.engine, ['pgdata'], { ...on.by(), signal: cancel.signal });
    await expect(copying).rejects.toMatchObject({ code: 'run-cancelled' });
    expect(await on.volumes()).toEqual(['pgdata']);
    await on.test.docker.createVolume({ Name: 'second' });
    const options = { HostConfig: { Binds: ['second:/data'] } };
    await runContainer(on.test, { image: 'db:1', name: 'writer', options });
    const two = copies.copy(on.engine, ['pgdata', 'second'], on.by());
    await expect(two).rejects.toMatchObject({ code: 'copy-failed' });
    expect((await on.volumes()).filter((name) => name.startsWith('careen'))).toEqual([]);
    expect(await on.containers()).toEqual(['/writer']);
    expect(await on.content('pgdata')).toEqual(before);
  });

  it('that come out different are none', async () => {
    // Engines lose the setuid bit of a file with several hard links while they unpack it.
    const links = 'cp /bin/true one; chmod 4755 one; ln one two';
    await run('sh', ['-ec', links], { cwd: await on.folderOf('pgdata') });
    const before = await on.content('pgdata');
    await expect(copies.copy(on.engine, ['pgdata'], on.by())).rejects.toMatchObject({
      code: 'copy-failed',
      details: { volume: 'pgdata', why: 'differs' },
    });
    expect(await on.volumes()).toEqual(['pgdata']);
    expect(await on.containers()).toEqual([]);
    expect(await on.content('pgdata')).toEqual(before);
  });

  it('that were cut off are cleared away by their run, or made anew', async () => {
    await copies.copy(on.engine, ['pgdata'], on.by('other'));
    const [begun] = await copies.copy(on.engine, ['pgdata'], on.by());
    if (!begun) throw new Error('no copy was made');
    const { Labels } = await on.test.docker.getVolume(begun.copy).inspect();
    const left = {
      Labels,
      HostConfig: {
        Binds: [`${begun.copy}:/data`],
        Mounts: [{ Type: 'tmpfs' as const, Source: '', Target: '/own' }],
      },
    };
    const name = `${begun.copy}-writing`;
    await runContainer(on.test, { image: 'db:1', name, state: 'created', options: left });
    expect(await copies.copy(on.engine, ['pgdata'], on.by())).toMatchObject([{ copy: begun.copy }]);
    expect(await on.containers()).toEqual([]);
    await copies.clear(on.engine, on.by());
    expect(await on.volumes()).toEqual(['careen-copy-pgdata-1', 'pgdata']);
  });

  it('are removed, unless a container has them, and nothing else ever is', async () => {
    const made = await copies.copy(on.engine, ['pgdata'], on.by());
    const foreign = { volume: 'pgdata', copy: 'pgdata', bytes: null };
    const gone = { volume: 'pgdata', copy: 'careen-copy-pgdata-7', bytes: null };
    const options = { HostConfig: { Binds: ['careen-copy-pgdata-1:/data'] } };
    await runContainer(on.test, { image: 'db:1', name: 'user', state: 'created', options });
    await copies.remove(on.engine, [...made, foreign, gone]);
    expect(await on.volumes()).toContain('careen-copy-pgdata-1');
    await on.test.docker.getContainer('user').remove({ v: true });
    await copies.remove(on.engine, [...made, foreign, gone]);
    expect(await on.volumes()).toEqual(['pgdata']);
  });

  it('are refused before anything is stopped where they would not come to an end', async () => {
    const tight = new Copies(() => Promise.resolve(10_000));
    await expect(tight.assertReady(on.engine, ['pgdata'], 'db')).rejects.toMatchObject({
      code: 'no-room',
      details: { available: 10_000 },
    });
    const wide = new Copies(() => Promise.resolve(10_000_000));
    for (const one of [copies, wide])
      await expect(one.assertReady(on.engine, ['pgdata'], 'db')).resolves.toBeUndefined();
    const options = { HostConfig: { Binds: ['pgdata:/data'] } };
    await runContainer(on.test, { image: 'db:1', name: 'db', options });
    await expect(copies.assertReady(on.engine, ['pgdata'], 'db')).resolves.toBeUndefined();
    await expect(copies.assertReady(on.engine, ['pgdata'], 'other')).rejects.toMatchObject({
      code: 'copy-failed',
      details: { why: 'in-use', by: ['db'] },
    });
  });
});

describe('a copy for which the disk is too small', () => {
  it('fails in the engine’s own words, and the volume and the disk are as before', async () => {
    const test = await startEngineOnDisk({ sizeMB: 60 });
    const engine = await connect(test.url);
    try {
      const [image] = await loadImages(test, [{ refs: ['db:1'], layers: ['busybox'] }]);
      await test.docker.createVolume({ Name: 'large' });
      const file = join((await test.docker.getVolume('large').inspect()).Mountpoint, 'file');
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
