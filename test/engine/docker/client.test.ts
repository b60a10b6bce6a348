import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../main/adapters/docker/client.js';
import type { DockerEngine } from '../../../main/adapters/docker/types.js';
import { joinHistory } from '../../../main/domain/image-history.js';
import { stepText } from '../../../main/domain/image-step.js';
import { buildImage } from '../../support/engine-cli.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { loadImages, runContainer, type LoadedImage } from '../../support/images.js';

const kinds = [
  { version: '20.10', store: 'classic' },
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
] as const;

const shared = ['busybox', { key: 'shared', kB: 300 }] as const;

describe.each(kinds)('a connected engine, $version $store', ({ version, store }) => {
  let test: TestEngine;
  let engine: DockerEngine;
  let loaded: LoadedImage[];
  const id = (at: number): string => loaded[at]?.id ?? '';

  beforeAll(async () => {
    test = await startEngine({ version, store });
    loaded = await loadImages(test, [
      { refs: ['kit/app:1', 'kit/app:latest'], layers: [...shared] },
      {
        refs: ['kit/app:2'],
        created: '2026-03-01T10:00:00Z',
        layers: [...shared, { key: 'own', kB: 50 }],
        labels: { 'com.example.kit': 'a\u001b[31m\u202eb\nc' },
      },
      { created: '0001-01-01T00:00:00Z', layers: ['busybox', { key: 'loose', kB: 40 }] },
    ]);
    engine = await connect(test.url);
  });
  afterAll(async () => {
    engine.close();
    await test.dispose();
  });

  it('says what it is', () => {
    expect(engine.facts).toMatchObject({
      endpoint: test.url,
      store,
      product: 'docker-engine',
      platform: `linux/${process.arch === 'arm64' ? 'arm64' : 'amd64'}`,
      apiVersion: version === '20.10' ? '1.41' : '1.45',
    });
    expect(engine.facts.version.startsWith(`${version}.`)).toBe(true);
    expect(engine.facts.id).not.toBe('');
    expect(engine.diskRoots).toEqual([
      store === 'classic' ? test.dataRoot : `${test.dataRoot}/containerd/daemon`,
    ]);
  });

  it('lists tags, dangling images and containers, and each image alone the same', async () => {
    await runContainer(test, { image: 'kit/app:2', name: 'web' });
    await runContainer(test, { image: 'kit/app:1', name: 'once', state: 'exited' });
    const { images, containers, containersCounted } = await engine.list();
    const byId = new Map(images.map((image) => [image.id, image]));
    expect(images).toHaveLength(3);
    expect(byId.get(id(0))?.refs).toEqual(['kit/app:1', 'kit/app:latest']);
    expect(byId.get(id(1))?.refs).toEqual(['kit/app:2']);
    expect(byId.get(id(2))).toMatchObject({ refs: [], digests: [], ownRefs: [], parent: null });
    expect(byId.get(id(1))?.digests).toEqual(store === 'classic' ? [] : [`kit/app@${id(1)}`]);
    for (const image of images) expect(await engine.listImage(image.id)).toEqual(image);
    expect(containersCounted).toBe(2);
    const web = containers.find(({ name }) => name === 'web');
    expect(web).toMatchObject({ imageId: id(1), reference: 'kit/app:2', state: 'running' });
    expect(web?.started).toBeGreaterThan(0);
    expect(web?.finished).toBeNull();
    const once = containers.find(({ name }) => name === 'once');
    expect(once).toMatchObject({ imageId: id(0), state: 'exited', health: 'none' });
    expect(once?.finished).toBeGreaterThan(0);
    expect(await engine.container(web?.id ?? '')).toEqual(web);
    expect((await engine.usersOf(id(1))).map(({ name }) => name)).toEqual(['web']);
    expect(await engine.usersOf(id(2))).toEqual([]);
  });

  it('lists networks and volumes with who is attached to them, and counts what all takes', async () => {
    await test.docker.createNetwork({ Name: 'shop', Labels: { 'com.example.kit': 'a' } });
    await test.docker.createVolume({ Name: 'data', Labels: { 'com.example.kit': 'a' } });
    const container = await runContainer(test, {
      image: 'kit/app:2',
      name: 'shop',
      options: {
        Volumes: { '/scratch': {} },
        HostConfig: {
          NetworkMode: 'shop',
          Binds: ['data:/var/lib/data', `${test.socket}:/var/run/docker.sock`],
        },
      },
    });
    const archive = pack();
    archive.entry({ name: 'w' }, 'a'.repeat(9 * 1024));
    archive.finalize();
    await container.putArchive(Readable.from(archive), { path: '/' });
    const { containers, networks, volumes } = await engine.list();
    const shop = containers.find(({ name }) => name === 'shop');
    const scratch = shop?.volumes.find((name) => name !== 'data') ?? '';
    expect(shop).toMatchObject({
      networks: ['shop'],
      mountPoints: { data: '/var/lib/data', [scratch]: '/scratch' },
      mountsSocket: true,
      log: { driver: 'json-file', maxSize: null, maxFile: null },
    });
    expect((await engine.usersOf(id(1))).find(({ name }) => name === 'shop')).toMatchObject({
      networks: ['shop'],
      volumes: expect.arrayContaining(['data', scratch]) as string[],
      mountsSocket: true,
    });
    expect(networks?.filter((n) => !n.builtIn)).toEqual([
      expect.objectContaining({
        name: 'shop',
        driver: 'bridge',
        labels: { 'com.example.kit': 'a' },
        usersListed: true,
        created: expect.any(Number) as number,
      }),
    ]);
    expect(
      networks
        ?.filter((n) => n.builtIn)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['bridge', 'host', 'none']);
    expect(volumes?.map(({ name, anonymous }) => [name, anonymous]).sort()).toEqual(
      [
        ['data', false],
        [scratch, true],
      ].sort(),
    );
    const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
    expect((await engine.networks()).sort(byName)).toEqual(networks?.sort(byName));
    expect((await engine.volumes()).sort(byName)).toEqual(volumes?.sort(byName));
    const use = await engine.diskUse(30_000);
    expect(use?.containers.get(shop?.id ?? '')).toBeGreaterThanOrEqual(9 * 1024);
    expect([...(use?.volumes.keys() ?? [])].sort()).toEqual(['data', scratch].sort());
    expect(use?.layers).toEqual(store === 'classic' ? await engine.layersSize(30_000) : null);
    await container.remove({ force: true, v: true });
    await test.docker.getVolume('data').remove();
    await test.docker.getNetwork('shop').remove();
  });

  it('reads what never changes: layers by chain, labels without controls', async () => {
    const [one, two, loose] = await Promise.all(
      loaded.map(async (image) => (await engine.readImage(image.id))?.nature),
    );
    expect(two?.layers.map(({ chainId }) => chainId).slice(0, 2)).toEqual(
      one?.layers.map(({ chainId }) => chainId),
    );
    expect(loose?.layers[0]).toEqual(one?.layers[0]);
    expect(loose?.layers[1]).not.toEqual(one?.layers[1]);
    expect(two?.layers).toHaveLength(3);
    if (store === 'classic')
      expect(two?.layers.slice(1).map(({ size }) => size)).toEqual([300_000, 50_000]);
    expect(two?.created).toBe(Date.parse('2026-03-01T10:00:00Z'));
    expect(loose?.created).toBeNull();
    expect(two?.labels).toEqual({ 'com.example.kit': 'a\ufffd[31m\ufffdb c' });
    expect(two?.platform).toMatch(/^linux\/(amd64|arm64)$/);
    expect(two?.history).toHaveLength(3);
    expect(new Set(two?.history).size).toBe(3);
  });

  it('tells apart what the engine lacks', async () => {
    const none = `sha256:${'0'.repeat(64)}`;
    expect(await engine.readImage(none)).toBeNull();
    expect(await engine.listImage(none)).toBeNull();
    expect(await engine.resolve('kit/none:1')).toBeNull();
    expect(await engine.container('0'.repeat(64))).toBeNull();
    expect(await engine.resolve('kit/app:latest')).toBe(id(0));
    expect(await engine.untag('kit/none:1')).toMatchObject({ done: false, status: 404 });
    await expect(engine.resolve('../containers/json')).rejects.toMatchObject({
      code: 'reference-invalid',
    });
  });

  it('refuses what would need force, and takes names one by one', async () => {
    expect(await engine.removeImage(id(0))).toMatchObject({ done: false, status: 409 });
    await engine.tag(id(2), 'kit/loose:1');
    await engine.tag(id(2), 'kit/loose:2');
    const two = await engine.removeImage(id(2));
    expect(two).toMatchObject({ done: false, status: 409 });
    expect(two).toHaveProperty('message', expect.stringContaining('multiple repositories'));
    await expect(engine.untag(`kit/loose@${id(2)}`)).rejects.toMatchObject({
      code: 'reference-invalid',
    });
    expect(await engine.untag('kit/loose:2')).toEqual({ done: true });
    expect(await engine.removeImage(id(2))).toEqual({ done: true });
    expect(await engine.removeImage(id(2))).toMatchObject({ done: false, status: 404 });
  });

  it("keeps Careen's own names apart, and the digests that they bring", async () => {
    const own = `careen.invalid/keep/${'0'.repeat(16)}:1`;
    await engine.tag(id(1), own);
    const image = await engine.listImage(id(1));
    expect(image).toMatchObject({ refs: ['kit/app:2'], ownRefs: [own] });
    expect(image?.digests.join()).not.toContain('careen.invalid');
    expect((await engine.list()).images).toContainEqual(image);
    expect(await engine.untag(own)).toEqual({ done: true });
  });

  it('counts layers as the engine does', async () => {
    const before = await engine.layersSize(30_000);
    const [extra] = await loadImages(test, [
      { refs: ['kit/extra:1'], layers: [...shared, { key: 'extra', kB: 120 }] },
    ]);
    const nature = (await engine.readImage(extra?.id ?? ''))?.nature;
    const after = await engine.layersSize(30_000);
    // A containerd store of this version sums layers without their blobs: no figure at all.
    if (store === 'containerd') expect([before, after]).toEqual([null, null]);
    else expect((after ?? 0) - (before ?? 0)).toBe(nature?.layers.at(-1)?.size);
    expect(await engine.cacheRecords(30_000)).toEqual([]);
    if (store === 'classic') expect(nature?.content).toBeNull();
    else {
      const unpacked = nature?.layers.reduce((sum, { size }) => sum + size, 0) ?? 0;
      const row = await engine.listImage(extra?.id ?? '');
      expect(row?.size).toBe(unpacked + (nature?.content ?? 0));
    }
  });

  it('knows whether build cache pins layers', async () => {
    await buildImage(test, {
      tag: 'kit/cached:1',
      dockerfile: 'FROM kit/app:1\nRUN echo a > /data/a\n',
    });
    // 20.10 refuses to count twice at a time.
    const [records, layers] = await Promise.all([
      engine.cacheRecords(30_000),
      engine.layersSize(30_000),
    ]);
    if (store === 'classic') expect(records?.some(({ shared }) => shared)).toBe(true);
    expect(layers).toEqual(store === 'classic' ? expect.any(Number) : null);
    expect(records?.every(({ id, created }) => id !== '' && created !== null)).toBe(true);
    await engine.untag('kit/cached:1');
    expect((await engine.cacheRecords(30_000))?.length).toBeGreaterThan(0);
  });

  it('tells the steps of a build, which are joined with the layers that they made', async () => {
    await buildImage(test, {
      tag: 'kit/steps:1',
      dockerfile: 'FROM kit/app:1\nENV A=b\nRUN echo 1 > /data/one\nCOPY two /data/\nCMD ["sh"]\n',
      files: { two: 'two' },
    });
    const built = (await engine.resolve('kit/steps:1')) ?? '';
    const steps = (await engine.imageSteps(built)) ?? [];
    const nature = (await engine.readImage(built))?.nature;
    const { layers = [], layersInDoubt = true } = nature ?? {};
    const joined = joinHistory(layers, steps, layersInDoubt);
    expect(joined.unjoined).toBeNull();
    const texts = joined.steps.slice(-2).map((at) => {
      const step = steps[at ?? -1];
      return step && stepText(step.createdBy, step.comment);
    });
    expect(texts).toEqual([
      { instruction: 'RUN', text: 'echo 1 > /data/one' },
      { instruction: 'COPY', text: 'two /data/' },
    ]);
    expect(steps.at(-1)?.created).toBeGreaterThan(Date.UTC(2026, 0));
    expect(await engine.imageSteps(`sha256:${'0'.repeat(64)}`)).toBeNull();
    await engine.untag('kit/steps:1');
  });

  it('leaves untagged parents of a classic build where they are', async () => {
    if (store === 'containerd') return;
    const dockerfile = 'FROM kit/app:1\nRUN echo one > /data/one\nLABEL step=two\n';
    await classicBuild(test, 'kit/built:1', dockerfile);
    const built = await engine.resolve('kit/built:1');
    const parent = (await engine.listImage(built ?? ''))?.parent;
    expect(parent).toMatch(/^sha256:/);
    expect(await engine.untag('kit/built:1')).toEqual({ done: true });
    expect(await engine.listImage(built ?? '')).toBeNull();
    expect(await engine.listImage(parent ?? '')).toMatchObject({ id: parent });
  });
});

/** With the builder before BuildKit, which names each step's image as the next one's parent. */
async function classicBuild(test: TestEngine, tag: string, dockerfile: string): Promise<void> {
  const context = pack();
  context.entry({ name: 'Dockerfile' }, dockerfile);
  context.finalize();
  const answer = await test.docker.buildImage(Readable.from(context), { t: tag, version: '1' });
  expect(await text(answer as Readable)).toContain('Successfully tagged');
}
