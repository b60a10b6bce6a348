import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UpdatePreview } from '../../../main/contract/update-preview.js';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { runContainer } from '../../support/images.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';
import { clear, publishAs, serve, service } from '../../support/updating.js';

const stores = [
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
  { version: '20.10', store: 'classic' },
] as const;

const policy = `version: 1
update:
  default: { hooks: true, copyUpTo: 1MB }
`;

const source = 'https://example.com/acme/web';
const v1 = service('v1', {
  layers: ['busybox', { key: 'base', kB: 30 }],
  env: ['PATH=/bin', 'MODE=fast', 'LEVEL=1'],
  config: { Volumes: { '/cache': {} } },
  labels: {
    'org.opencontainers.image.version': 'v1',
    'com.centurylinklabs.watchtower.lifecycle.pre-update': 'from the image',
  },
});
const v2 = service('v2', {
  layers: ['busybox', { key: 'base', kB: 30 }, { key: 'new', kB: 70 }],
  created: '2026-05-01T10:00:00Z',
  env: ['PATH=/bin', 'MODE=fast', 'LEVEL=2', 'EXTRA=1'],
  config: { Volumes: { '/cache': {} } },
  labels: {
    'org.opencontainers.image.version': 'v2',
    'org.opencontainers.image.source': source,
  },
});

/** An engine, a registry and Careen between them; each test has the engine for itself. */
function prepare(kind: (typeof stores)[number]) {
  let registry: TestRegistry;
  let engine: TestEngine;
  let careen: TestCareen | null = null;

  beforeAll(async () => {
    [registry, engine] = await Promise.all([startRegistry(), startEngine(kind)]);
  });
  afterAll(async () => {
    await engine.dispose();
    await registry.dispose();
  });
  beforeEach(async () => {
    await registry.start();
    await publishAs(engine, ref(), v1);
  });
  afterEach(async () => {
    await careen?.close();
    await clear(engine);
    for (const { Name } of (await engine.docker.listVolumes()).Volumes)
      await engine.docker.getVolume(Name).remove();
    expect(careen?.reported ?? []).toEqual([]);
    careen = null;
  });

  const ref = () => `${registry.host}/acme/web:1`;
  return {
    ref,
    get registry() {
      return registry;
    },
    get engine() {
      return engine;
    },
    serve: (name: string, options = {}) => serve(engine, ref(), name, null, options),
    /** What an update of a container would change, and that it changed nothing. */
    preview: async (container: string): Promise<UpdatePreview> => {
      careen ??= await TestCareen.open({ socket: engine.socket, policy });
      const before = await everything(engine);
      const preview = await careen.call('update.preview', { container, to: null });
      expect(await everything(engine)).toEqual(before);
      return preview;
    },
  };
}

/** IDs and states of containers, and names of images and volumes. */
async function everything({ docker }: TestEngine): Promise<unknown> {
  const [containers, images, { Volumes: volumes }] = await Promise.all([
    docker.listContainers({ all: true }),
    docker.listImages(),
    docker.listVolumes(),
  ]);
  return {
    containers: containers.map(({ Id, State }) => `${Id} ${State}`).sort(),
    images: images.map(({ Id, RepoTags }) => `${Id} ${RepoTags?.join()}`).sort(),
    volumes: volumes.map(({ Name }) => Name).sort(),
  };
}

describe.each(stores)('a preview on $version $store @store', (kind) => {
  const on = prepare(kind);

  it('tells all that an update would change, before anything is pulled', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'careen-bind-'));
    const hook = 'com.centurylinklabs.watchtower.lifecycle';
    const web = await on.serve('web', {
      Env: ['MODE=slow', 'TOKEN=abc'],
      Labels: { [`${hook}.post-update`]: 'echo\u202e done' },
      HostConfig: { Binds: ['pgdata:/data', `${folder}:/files`, `${folder}:/fixed:ro`] },
    });
    const image = await on.engine.docker.getImage(on.ref()).inspect();
    const write = 'echo x > /data/x; echo y > /left-behind; echo z > /cache/z';
    const exec = await web.exec({ Cmd: ['sh', '-c', write], AttachStdout: true });
    const output = await exec.start({});
    output.resume();
    await new Promise((resolve) => output.on('end', resolve));
    const image1 = { image: on.ref() };
    const network = { HostConfig: { NetworkMode: `container:${web.id}` } };
    await runContainer(on.engine, { ...image1, name: 'sidecar', options: network });
    const label = { 'com.centurylinklabs.watchtower.depends-on': 'web' };
    await runContainer(on.engine, { ...image1, name: 'api', options: { Labels: label } });
    const digest = await publishAs(on.engine, on.ref(), v2);

    const preview = await on.preview('web');
    expect(preview).toMatchObject({
      container: 'web',
      id: web.id,
      reference: on.ref(),
      from: { imageId: image.Id, label: 'v1' },
      to: { digest, tag: '1', label: 'v2', created: Date.parse('2026-05-01T10:00:00Z') },
      link: source,
      dependants: [
        { container: 'api', act: 'restart' },
        { container: 'sidecar', act: 'recreate' },
      ],
      keepsData: [
        { kind: 'volume', at: '/cache' },
        { kind: 'volume', name: 'pgdata', at: '/data' },
        { kind: 'bind', name: folder, at: '/files' },
      ],
      hooks: [{ when: 'post-update', command: 'echo\ufffd done' }],
      heldBack: null,
      refused: null,
      composeRecreates: false,
      service: null,
    });
    // The layer of 70 kB is new; those that both have are here.
    expect(preview.pull).toBeGreaterThan(60_000);
    expect(preview.pull).toBeLessThan(95_000);
    const env = (preview.changes ?? []).filter(({ area }) => area === 'env');
    for (const one of [
      { kind: 'inherited', name: 'LEVEL', after: '2' },
      { kind: 'inherited', name: 'EXTRA', after: '1' },
      { kind: 'kept', name: 'MODE', after: 'slow' },
      { kind: 'kept', name: 'TOKEN', secret: true },
    ])
      expect(env.find(({ name }) => name === one.name)).toMatchObject(one);
    const cache = preview.anonymous.find(({ at }) => at === '/cache')?.volume ?? '';
    expect(preview.anonymous).toEqual([{ volume: cache, at: '/cache' }]);
    expect(preview.writable?.paths).toEqual(expect.arrayContaining(['/left-behind']));
    expect(preview.writable?.paths.some((path) => /^\/(data|cache|files)/.test(path))).toBe(false);
    expect(preview.writable?.bytes).toBeGreaterThan(0);
    expect(preview.copy?.volumes).toEqual([cache, 'pgdata'].sort());
    expect(preview.copy?.bytes).toBeLessThan(1_000_000);
  });
});

describe('a preview', () => {
  const on = prepare(stores[0]);

  it('offers no copy where others write to a volume, nor of more than the policy lets', async () => {
    const web = await on.serve('web', { HostConfig: { Binds: ['shared:/data'] } });
    const options = { HostConfig: { Binds: ['shared:/there'] } };
    await runContainer(on.engine, { image: on.ref(), name: 'other', options });
    const large = await on.serve('large', { HostConfig: { Binds: ['large:/data'] } });
    const exec = await large.exec({
      Cmd: ['sh', '-c', 'while [ $((n += 1)) -lt 40 ]; do cat /bin/busybox; done > /data/x'],
      AttachStdout: true,
    });
    const output = await exec.start({});
    output.resume();
    await new Promise((resolve) => output.on('end', resolve));
    await publishAs(on.engine, on.ref(), v2);
    expect(await on.preview('web')).toMatchObject({ id: web.id, copy: null, refused: null });
    expect(await on.preview('large')).toMatchObject({ copy: null, refused: null });
  });

  it('says whose business an update is, and still tells of it', async () => {
    const Labels = {
      'com.ddev.platform': 'ddev',
      'com.ddev.site-name': 'shop',
      'com.ddev.approot': '/home/me/shop',
    };
    await on.serve('ddev-shop-web', { Labels });
    await publishAs(on.engine, on.ref(), v2);
    const preview = await on.preview('ddev-shop-web');
    expect(preview.refused).toMatchObject({ code: 'owned', owner: { tool: 'DDEV' } });
  });

  it('says that there is nothing new', async () => {
    await on.serve('web');
    expect(await on.preview('web')).toMatchObject({
      refused: { code: 'nothing-new' },
      changes: null,
      link: null,
    });
  });

  it('says that a paused container is left alone', async () => {
    const web = await on.serve('web');
    await web.pause();
    await publishAs(on.engine, on.ref(), v2);
    expect(await on.preview('web')).toMatchObject({ refused: { code: 'paused' }, link: source });
    await web.unpause();
  });

  it('tells of the container alone where its registry does not answer', async () => {
    await on.serve('web', { HostConfig: { Binds: ['pgdata:/data'] } });
    await on.registry.stop();
    const preview = await on.preview('web');
    expect(preview).toMatchObject({ refused: { code: 'unreachable' }, changes: null, pull: null });
    expect(preview.keepsData).toContainEqual({ kind: 'volume', name: 'pgdata', at: '/data' });
  });

  it('tells whether Compose would make it anew afterwards', async () => {
    const compose = (image: string) => ({
      'com.docker.compose.project': 'p',
      'com.docker.compose.service': 's',
      'com.docker.compose.config-hash': 'x',
      'com.docker.compose.image': image,
    });
    await on.serve('known');
    const { Id: id } = await on.engine.docker.getImage(on.ref()).inspect();
    await on.engine.docker.getContainer('known').remove({ force: true, v: true });
    await on.serve('known', { Labels: compose(id) });
    await on.serve('odd', { Labels: compose(`sha256:${'0'.repeat(64)}`) });
    await publishAs(on.engine, on.ref(), v2);
    expect((await on.preview('known')).composeRecreates).toBe(false);
    expect((await on.preview('odd')).composeRecreates).toBe(true);
  });
});
