import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildImage } from '../support/engine-cli.js';
import { startEngine, startEngineOnDisk, type TestEngine } from '../support/engine.js';
import { loadImages, runContainer, type ImageSpec } from '../support/images.js';

const images: ImageSpec[] = [
  { refs: ['kit/app:1', 'kit/app:latest'], layers: ['busybox', { key: 'shared', kB: 300 }] },
  {
    refs: ['kit/app:2'],
    created: '2026-03-01T10:00:00Z',
    layers: ['busybox', { key: 'shared', kB: 300 }, { key: 'own', kB: 50 }],
    labels: { 'com.example.kit': 'yes' },
  },
  { created: '2026-02-01T10:00:00Z', layers: ['busybox', { key: 'dangling', kB: 40 }] },
];

const kinds = [
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
  { version: '20.10', store: 'classic' },
] as const;

describe.each(kinds)('a test engine, $version $store', (kind) => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngine(kind);
  });
  afterAll(async () => {
    await engine.dispose();
  });

  it('is the version and the store that was asked for', async () => {
    const { ServerVersion, DriverStatus } = (await engine.docker.info()) as {
      ServerVersion: string;
      DriverStatus: [string, string][];
    };
    expect(ServerVersion).toMatch(new RegExp(`^${kind.version.replace('.', '\\.')}\\.`));
    const containerd = DriverStatus.flat().some((word) => word.includes('containerd.snapshotter'));
    expect(containerd).toBe(kind.store === 'containerd');
  });

  it('loads images with shared layers, two tags and none', async () => {
    const loaded = await loadImages(engine, images);
    const listed = await engine.docker.listImages();
    expect(new Set(listed.map(({ Id }) => Id))).toEqual(new Set(loaded.map(({ id }) => id)));
    const tags = listed.flatMap(({ RepoTags }) => RepoTags ?? []);
    expect(tags.filter((tag) => tag !== '<none>:<none>').sort()).toEqual([
      'kit/app:1',
      'kit/app:2',
      'kit/app:latest',
    ]);
    const layers = loaded.map(({ diffIds }) => diffIds.slice(0, 2).join());
    expect(layers[0]).toBe(layers[1]);
    expect(layers[0]).not.toBe(layers[2]);
    const second = await engine.docker.getImage('kit/app:2').inspect();
    expect(second.Config).toHaveProperty('Labels', { 'com.example.kit': 'yes' });
    expect(Date.parse(second.Created)).toBe(Date.parse('2026-03-01T10:00:00Z'));
  });

  it('runs containers in each state', async () => {
    await runContainer(engine, { image: 'kit/app:2', name: 'running' });
    await runContainer(engine, { image: 'kit/app:1', name: 'exited', state: 'exited' });
    await runContainer(engine, { image: 'kit/app:1', name: 'created', state: 'created' });
    const containers = await engine.docker.listContainers({ all: true });
    expect(containers.map(({ Names, State }) => `${Names[0]} ${State}`).sort()).toEqual([
      '/created created',
      '/exited exited',
      '/running running',
    ]);
  });

  it('comes back after a crash and after a restart', async () => {
    await engine.kill();
    await expect(engine.docker.ping()).rejects.toThrow();
    await engine.start();
    expect(await engine.docker.listImages()).toHaveLength(3);
    await engine.restart();
    expect(await engine.docker.listImages()).toHaveLength(3);
  });

  it('builds with a cache', async () => {
    const dockerfile = 'FROM kit/app:1\nRUN echo built > /data/made\n';
    await buildImage(engine, { tag: 'kit/built:1', dockerfile });
    const { BuildCache } = (await engine.docker.df()) as { BuildCache: unknown[] };
    expect(BuildCache.length).toBeGreaterThan(0);
  });
});

it('asks its own engine whatever DOCKER_HOST says', async () => {
  const engine = await startEngine();
  process.env.DOCKER_HOST = 'tcp://192.0.2.1:2375';
  try {
    expect((await engine.docker.listImages()).length).toBe(0);
  } finally {
    delete process.env.DOCKER_HOST;
    await engine.dispose();
  }
});

it('runs an engine on a small disk of its own', async () => {
  const engine = await startEngineOnDisk({ sizeMB: 60 });
  try {
    await loadImages(engine, [{ refs: ['kit/small:1'] }]);
    const tooBig: ImageSpec = { refs: ['kit/big:1'], layers: [{ key: 'big', kB: 80_000 }] };
    await expect(loadImages(engine, [tooBig])).rejects.toThrow(/no space left/);
  } finally {
    await engine.dispose();
  }
});
