import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../main/adapters/docker/client.js';
import type { LayerProgress } from '../../../main/adapters/docker/container-acts.js';
import type { DockerEngine } from '../../../main/adapters/docker/types.js';
import type { CreatePayload, JsonObject } from '../../../main/domain/recreate/types.js';
import { startProxy } from '../../support/engine-proxy.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { loadImages, pushImage, runContainer, type LoadedImage } from '../../support/images.js';
import { stores } from '../../support/stores.js';
import { REGISTRY_USER, startRegistry, type TestRegistry } from '../../support/registry.js';

const never = new AbortController().signal;
const escapes =
  'printf "a\\033[31mb\\033[0m\\tc\\r\\n10%%\\r20%%\\n\\342\\200\\256x\\n"; echo err >&2';

describe.each(stores)('acts on containers of $version $store @store', (kind) => {
  let test: TestEngine;
  let engine: DockerEngine;
  let registry: TestRegistry;
  let image: LoadedImage;

  beforeAll(async () => {
    [test, registry] = await Promise.all([startEngine(kind), startRegistry()]);
    const loaded = await loadImages(test, [
      {
        refs: ['127.0.0.1:5000/acme/app:1', 'acme/app:1', 'careen.invalid/keep/acme:1'],
        layers: ['busybox', { key: 'acts', kB: 20 }],
        created: '2026-03-01T10:00:00Z',
        labels: { 'com.example.kit': 'a\u001b[31mb' },
        config: { StopSignal: 'SIGKILL', User: '1000', Volumes: { '/own': {} } },
      },
    ]);
    if (!loaded[0]) throw new Error('the image was not loaded');
    image = loaded[0];
    engine = await connect(test.url);
  });
  afterAll(async () => {
    engine.close();
    await Promise.all([test.dispose(), registry.dispose()]);
  });

  const payload = (body: JsonObject, joins: CreatePayload['joins'] = []): CreatePayload => ({
    body: { Image: 'acme/app:1', ...body },
    joins,
    offline: false,
    platform: null,
  });
  const created = (name: string, body: JsonObject = {}) =>
    engine.createContainer(
      name,
      payload({
        User: '0',
        ...body,
        HostConfig: { Init: true, ...(body['HostConfig'] as JsonObject) },
      }),
    );
  const started = async (name: string, body: JsonObject = {}) => {
    const id = await created(name, body);
    await engine.startContainer(id);
    return id;
  };

  it('tell a container whole', async () => {
    const id = await created('whole', { Labels: { odd: 'a\u001b[31m' }, StopTimeout: 3 });
    const raw = (await test.docker.getContainer(id).inspect()) as unknown as JsonObject;
    expect(await engine.inspectContainer('whole')).toEqual(raw);
    expect(await engine.inspectContainer(id)).toEqual(raw);
    expect(await engine.inspectContainer('nobody')).toBeNull();
  });

  it('tell an image with what it gives', async () => {
    const whole = (await test.docker.getImage('acme/app:1').inspect()) as unknown as JsonObject;
    const found = await engine.inspectImage('acme/app:1');
    expect(found).toEqual(await engine.inspectImage(image.id));
    expect(found).toMatchObject({
      id: image.id,
      tags: ['127.0.0.1:5000/acme/app:1', 'acme/app:1', 'careen.invalid/keep/acme:1'],
      created: Date.parse('2026-03-01T10:00:00Z'),
      labels: { 'com.example.kit': 'a\ufffd[31mb' },
      platform: 'linux/amd64',
      manifestDigest: kind.version === '28.5' && kind.store === 'containerd' ? image.id : null,
      size: whole['Size'],
    });
    expect(found?.defaults).toEqual(whole['Config']);
    const names = ['127.0.0.1:5000/acme/app', 'careen.invalid/keep/acme', 'docker.io/acme/app'];
    expect(found?.digests.toSorted()).toEqual(
      kind.store === 'classic' ? [] : names.map((name) => `${name}@${image.id}`),
    );
    expect(await engine.inspectImage('acme/none:1')).toBeNull();
  });

  it('bring a container from one state to the next', async () => {
    const id = await created('life', { HostConfig: { RestartPolicy: { Name: 'always' } } });
    expect(await engine.containerNow('life')).toEqual({
      id,
      name: 'life',
      imageId: image.id,
      reference: 'acme/app:1',
      status: 'created',
      health: 'none',
      startedAt: null,
      finishedAt: null,
      exitCode: null,
      restartCount: 0,
      autoRemove: false,
      restartPolicy: 'always',
    });
    await engine.startContainer(id);
    await engine.startContainer(id);
    const runs = await engine.containerNow(id);
    expect(runs).toMatchObject({ status: 'running', exitCode: null, finishedAt: null });
    expect(runs?.startedAt).toBeGreaterThan(0);
    expect(await engine.renameContainer(id, 'life-2')).toBe(true);
    expect(await engine.setRestartPolicy(id, { Name: 'no' })).toBe(true);
    expect(await engine.restartContainer(id)).toBe(true);
    const again = await engine.containerNow(id);
    expect(again).toMatchObject({ name: 'life-2', restartPolicy: 'no', status: 'running' });
    expect(again?.startedAt).toBeGreaterThan(runs?.startedAt ?? Infinity);
    expect(await engine.stopContainer(id)).toBe(true);
    expect(await engine.stopContainer(id, 1)).toBe(true);
    const stopped = await engine.containerNow(id);
    expect(stopped).toMatchObject({ status: 'exited', exitCode: 137 });
    expect(stopped?.finishedAt).toBeGreaterThan(0);
    await engine.startContainer(id);
    expect(await engine.removeOwnContainer(id)).toEqual({ done: true });
    expect(await engine.containerNow(id)).toBeNull();
    expect(await engine.stopContainer(id)).toBe(false);
    expect(await engine.restartContainer(id)).toBe(false);
    expect(await engine.renameContainer(id, 'other')).toBe(false);
    expect(await engine.setRestartPolicy(id, { Name: 'no' })).toBe(false);
    expect(await engine.removeOwnContainer(id)).toMatchObject({ done: false, status: 404 });
    await expect(engine.startContainer(id)).rejects.toMatchObject({
      code: 'engine-error',
      details: { status: 404 },
    });
  });

  it('say in the engine’s words why a container does not start', async () => {
    const id = await created('broken', { Cmd: ['/nowhere'], HostConfig: { Init: false } });
    await expect(engine.startContainer(id)).rejects.toMatchObject({
      code: 'engine-error',
      details: { message: expect.stringContaining('/nowhere') as string },
    });
    const now = await engine.containerNow(id);
    expect(now?.status).toBe('created');
    expect(now?.exitCode).not.toBe(0);
    await expect(created('broken')).rejects.toMatchObject({ details: { status: 409 } });
    await expect(engine.renameContainer(id, 'whole')).rejects.toMatchObject({
      details: { status: 409 },
    });
  });

  it('leave anonymous volumes where the container that Careen made is removed', async () => {
    const id = await started('leaves');
    const volume = (await engine.inspectContainer(id))?.Mounts[0]?.['Name'] as string;
    await engine.removeOwnContainer(id);
    expect(await engine.hasVolume(volume)).toBe(true);
  });

  it('wait for one that the engine removes by itself, however late they come', async () => {
    const id = await started('once', { HostConfig: { AutoRemove: true } });
    expect(await engine.setRestartPolicy(id, { Name: 'always' })).toBe(false);
    expect((await engine.containerNow(id))?.autoRemove).toBe(true);
    const gone = engine.waitRemoved(id, never);
    await engine.stopContainer(id);
    await gone;
    expect(await engine.inspectContainer(id)).toBeNull();
    await engine.waitRemoved(id, never);
    await engine.createContainer('once', payload({}));
    const left = new AbortController();
    const cancelled = engine.waitRemoved('once', left.signal);
    left.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'run-cancelled' });
  });

  it('join what the engine does not take at creation, and take it back where that fails', async () => {
    await test.docker.createNetwork({ Name: 'one' });
    await test.docker.createNetwork({ Name: 'two' });
    const body = { HostConfig: { NetworkMode: 'one' } };
    const two = { network: 'two', endpoint: { Aliases: ['db'] } };
    const id = await engine.createContainer('joined', payload(body, [two]));
    await engine.startContainer(id);
    const { Networks: networks } = (await engine.inspectContainer(id))?.NetworkSettings as {
      Networks: Record<string, { Aliases: string[] | null; IPAddress: string }>;
    };
    expect(Object.keys(networks).sort()).toEqual(['one', 'two']);
    expect(networks['two']?.Aliases).toContain('db');
    expect(networks['two']?.IPAddress).not.toBe('');
  });

  it('take a container back where it cannot be joined, and name one that still stands', async () => {
    const proxy = await startProxy(test.socket);
    const through = await connect(`unix://${proxy.socket}`);
    const volumes = async () => (await engine.volumes()).map(({ name }) => name).sort();
    const join = [{ network: 'two', endpoint: {} }];
    const refused = { code: 'engine-error', details: { status: 409 } };
    const before = await volumes();
    proxy.fault = (_, path) => (path.includes('/connect') ? 409 : null);
    await expect(through.createContainer('half', payload({}, join))).rejects.toMatchObject(refused);
    expect(await engine.inspectContainer('half')).toBeNull();
    expect(await volumes()).toEqual(before);
    proxy.fault = (method, path) =>
      path.includes('/connect') ? 409 : method === 'DELETE' ? 500 : null;
    const stays = through.createContainer('stays', payload({}, join));
    await expect(stays).rejects.toMatchObject({
      ...refused,
      cause: { message: expect.stringContaining('is still there') as string },
    });
    through.close();
    await proxy.close();
  });

  it('read the end of a log made safe, with a terminal and without', async () => {
    for (const Tty of [false, true]) {
      const name = `talks-${String(Tty)}`;
      const container = await runContainer(test, {
        image: 'acme/app:1',
        name,
        state: 'exited',
        options: { Tty, Cmd: ['sh', '-c', escapes] },
      });
      const lines = await engine.logTail(container.id, 10);
      expect(lines.toSorted()).toEqual(['20%', 'ab c', 'err', '\ufffdx']);
      expect(await engine.logTail(name, 1)).toHaveLength(1);
    }
  });

  it('read a long log of short lines, and the start of a line without end', async () => {
    const many = 'i=0; while [ $i -lt 20000 ]; do echo; i=$((i+1)); done';
    const long = 'i=0; while [ $i -lt 20000 ]; do echo -n xxxxxxxxxx; i=$((i+1)); done';
    const run = (name: string, Cmd: string) =>
      runContainer(test, {
        image: 'acme/app:1',
        name,
        state: 'exited',
        options: { Cmd: ['sh', '-c', Cmd] },
      });
    const [blank, endless] = await Promise.all([run('blank', many), run('endless', long)]);
    expect(await engine.logTail(blank.id, 50_000)).toEqual(Array(1_000).fill(''));
    expect(await engine.logTail(endless.id, 5)).toEqual([`${'x'.repeat(2_000)}…`]);
  });

  it('find no log where none is kept, nothing ran, or nobody is', async () => {
    const silent = await runContainer(test, {
      image: 'acme/app:1',
      name: 'silent',
      state: 'exited',
      options: { Cmd: ['echo', 'a'], HostConfig: { LogConfig: { Type: 'none', Config: {} } } },
    });
    expect(await engine.logTail(silent.id, 10)).toEqual([]);
    expect(await engine.logTail(await created('unborn'), 10)).toEqual([]);
    expect(await engine.logTail('nobody', 10)).toEqual([]);
  });

  it('run a command as the container’s own user, and tell how it ended', async () => {
    const id = await engine.createContainer('works', payload({ HostConfig: { Init: true } }));
    await engine.startContainer(id);
    const run = (script: string, timeout = 30_000, signal = never) =>
      engine.exec(id, ['sh', '-c', script], { timeout, signal });
    expect(await run('id -u; exit 75')).toMatchObject({ exitCode: 75 });
    expect((await run('id -u')).output).not.toBe('0');
    expect(await run('true')).toEqual({ exitCode: 0, output: '' });
    expect((await run(escapes)).output.split('\n').toSorted()).toEqual([
      '20%',
      'ab c',
      'err',
      '\ufffdx',
    ]);
    expect(await run('/nowhere')).toMatchObject({ exitCode: 127 });
    expect(await run('cat /proc/self/status | head -30')).toMatchObject({ exitCode: 0 });
    // Given up at once or later, as soon as the machine has come to begin it.
    const givenUp = async (script: string) => {
      for (const timeout of [300, 3_000]) {
        const end = await run(script, timeout);
        if (end.output !== '') return end;
      }
      return run(script, 30_000);
    };
    expect(await givenUp('echo begun; sleep 1000')).toEqual({ exitCode: null, output: 'begun' });
    expect((await run('ps')).output).toContain('sleep 1000');
    expect(await givenUp('sleep 1000 & echo left')).toEqual({ exitCode: 0, output: 'left' });
    const left = new AbortController();
    const cancelled = run('sleep 1000', 30_000, left.signal);
    left.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'run-cancelled' });
    await engine.stopContainer(id);
    await expect(run('true')).rejects.toMatchObject({
      code: 'engine-error',
      details: { status: 409 },
    });
  });

  it('tell what a recreation would lose', async () => {
    const id = await created('writes', {
      Cmd: [
        'sh',
        '-c',
        'mkdir /work; echo a > /work/f; echo b > /etc/g; rm /www/index.html; echo c > /own/v; echo d > /scratch/t; echo e > /named/deep/n; sleep 1000',
      ],
      HostConfig: {
        Tmpfs: { '/scratch': '' },
        Mounts: [{ Type: 'volume', Source: 'named', Target: '/named/deep' }],
        Binds: [`${test.home}:/bound:ro`],
        ReadonlyRootfs: false,
      },
    });
    expect(await engine.changedPaths(id)).toBeNull();
    await engine.startContainer(id);
    await expect
      .poll(() => engine.changedPaths(id))
      .toEqual(['/etc/g', '/work/f', '/www/index.html']);
    expect(await engine.writableBytes(id)).toBeGreaterThan(0);
    const idle = await started('idle');
    expect(await engine.changedPaths(idle)).toEqual([]);
    expect(await engine.changedPaths('nobody')).toBeNull();
    expect(await engine.writableBytes('nobody')).toBeNull();
  });

  it('make a volume once', async () => {
    await engine.createVolume('copy', { 'com.example.kit': 'a' });
    await engine.createVolume('copy', { 'com.example.kit': 'b' });
    const copy = (await engine.volumes()).find(({ name }) => name === 'copy');
    expect(copy).toMatchObject({ driver: 'local', labels: { 'com.example.kit': 'a' } });
  });

  it('pull by tag, told of every layer, and fail where the registry or the tag does', async () => {
    const ref = '127.0.0.1:5000/acme/pulled:1';
    const none = '127.0.0.1:5000/acme/pulled:none';
    const layers = ['busybox', { key: 'pulled', kB: 300 }] as const;
    await loadImages(test, [{ refs: [ref], layers: [...layers] }]);
    await pushImage(test, ref);
    const pushed = await engine.inspectImage(ref);
    const [digest = ''] = pushed?.digests ?? [];
    expect(await engine.distribution(ref, null)).toMatchObject({ digest: digest.split('@')[1] });
    expect(await engine.distribution(none, null)).toBeNull();

    const gone = () => test.docker.getImage(ref).remove();
    const seen: LayerProgress[] = [];
    const options = { auth: null, signal: never };
    await gone();
    await engine.pull(ref, { ...options, onProgress: (word) => seen.push(word) });
    expect(await engine.inspectImage(ref)).toMatchObject({ id: pushed?.id, digests: [digest] });
    expect(seen.length).toBeGreaterThan(0);
    // A containerd store tells bytes of what takes longer than this.
    if (kind.store === 'classic')
      expect(seen.some(({ total }) => total !== null && total > 0)).toBe(true);
    expect(seen.filter(({ layer }) => layer === '1')).toEqual([]);
    await gone();
    await engine.pull(digest, { ...options, platform: 'linux/amd64' });
    expect((await engine.inspectImage(digest))?.id).toBe(pushed?.id);

    const failed = { code: 'pull-failed' };
    // The others take whatever there is for a platform.
    if (kind.version === '26.1' && kind.store === 'classic')
      await expect(engine.pull(ref, { ...options, platform: 'linux/s390x' })).rejects.toMatchObject(
        failed,
      );
    await expect(engine.pull(none, options)).rejects.toMatchObject(failed);
    await expect(engine.pull('127.0.0.1:5000/acme/pulled', options)).rejects.toMatchObject({
      code: 'reference-invalid',
    });
    await registry.again({ auth: 'basic' });
    await expect(engine.distribution(ref, null)).rejects.toMatchObject({
      code: 'engine-error',
    });
    await expect(engine.pull(ref, options)).rejects.toMatchObject(failed);
    const auth = Buffer.from(JSON.stringify(REGISTRY_USER)).toString('base64');
    expect(await engine.distribution(ref, auth)).toMatchObject({ digest: digest.split('@')[1] });
    await engine.pull(ref, { ...options, auth });
  });
});
