import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImageFacts } from '../../../main/domain/facts.js';
import { TestCareen } from '../../support/careen.js';
import { dockerCli } from '../../support/engine-cli.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { testPolicy } from '../../support/fleet.js';
import { loadImages, type LoadedImage } from '../../support/images.js';

const stores = [
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
  { version: '20.10', store: 'classic' },
] as const;

const file = (image: string) => `
services:
  web:
    image: ${image}
    pull_policy: never
    init: true
    volumes: ["data:/var/lib/data"]
volumes:
  data:
`;

describe.each(stores)('a Compose project on $version $store @store', (kind) => {
  let engine: TestEngine;
  let careen: TestCareen;
  let home: string;
  let folder: string;
  let old: LoadedImage | undefined;
  let next: LoadedImage | undefined;

  beforeAll(async () => {
    engine = await startEngine(kind);
    [old, next] = await loadImages(engine, [
      { refs: ['kit/web:1'], layers: ['busybox', { key: 'one', kB: 10 }] },
      { refs: ['kit/web:2'], layers: ['busybox', { key: 'two', kB: 10 }] },
    ]);
    folder = join(await mkdtemp(join(tmpdir(), 'careen-work-')), 'acme');
    await mkdir(folder);
    await writeFile(join(folder, 'compose.yaml'), file('kit/web:1'));
    careen = await TestCareen.open({ socket: engine.socket, policy: testPolicy });
    ({ home } = careen);
  });
  afterAll(async () => {
    await careen.close();
    await engine.dispose();
  });

  const compose = async (...args: string[]) => {
    await dockerCli(engine, ['compose', ...args], folder);
    await caughtUp();
  };
  const sensed = async () => careen.call('inventory', {});
  let marks = 0;
  /** Events come in the order of what they tell: once one is known, so is all that was before it. */
  const caughtUp = async () => {
    const Name = `mark-${marks++}`;
    await engine.docker.createVolume({ Name });
    const isKnown = async () => (await sensed()).volumes.some(({ name }) => name === Name);
    await expect.poll(isKnown, { timeout: 10_000 }).toBe(true);
    await engine.docker.getVolume(Name).remove();
  };
  const facts = async (image: LoadedImage | undefined): Promise<ImageFacts> => {
    const found = (await sensed()).images.find(({ id }) => id === image?.id);
    if (!found) throw new Error('the image is not there');
    return found;
  };

  it('is known while it is up, with its folder, files, service, network and volume', async () => {
    await compose('up', '-d');
    expect((await facts(old)).projects).toEqual([
      {
        kind: 'compose',
        name: 'acme',
        folder,
        files: [join(folder, 'compose.yaml')],
        lastUsed: expect.any(Number) as number,
        present: true,
        latestOf: ['web'],
      },
    ]);
    const { networks, volumes } = await sensed();
    const network = networks.find(({ name }) => name === 'acme_default');
    expect(network).toMatchObject({ usedBy: ['acme-web-1'], project: 'acme', builtIn: false });
    expect(volumes.find(({ name }) => name === 'acme_data')).toMatchObject({
      usedBy: ['acme-web-1'],
      project: 'acme',
      anonymous: false,
      mountedAt: '/var/lib/data',
    });
  });

  it('uses another image once it is brought up with that', async () => {
    await writeFile(join(folder, 'compose.yaml'), file('kit/web:2'));
    await compose('up', '-d');
    expect((await facts(next)).projects).toMatchObject([{ name: 'acme', latestOf: ['web'] }]);
    expect((await facts(old)).projects).toMatchObject([{ name: 'acme', latestOf: [] }]);
  });

  it('is remembered when it is down: last use, service, and what its volume was for', async () => {
    const before = (await facts(next)).projects[0]?.lastUsed ?? Infinity;
    await compose('down');
    const { used, usedBy, projects } = await facts(next);
    expect(usedBy).toEqual([]);
    expect(used).toMatchObject({ source: 'container-finished', by: 'acme-web-1' });
    expect(projects).toMatchObject([{ name: 'acme', present: true, latestOf: ['web'] }]);
    expect(projects[0]?.lastUsed).toBeGreaterThan(before);
    const { networks, volumes } = await sensed();
    expect(networks.some(({ name }) => name === 'acme_default')).toBe(false);
    expect(volumes.find(({ name }) => name === 'acme_data')).toMatchObject({
      usedBy: [],
      lastUsed: { by: 'acme-web-1' },
      mountedAt: '/var/lib/data',
      project: 'acme',
    });
  });

  it('is remembered after a restart, whether its files stand is looked at anew', async () => {
    const before = (await facts(next)).projects;
    const data = (await sensed()).volumes.find(({ name }) => name === 'acme_data');
    await careen.close();
    careen = await TestCareen.open({ socket: engine.socket, home });
    expect((await facts(next)).projects).toEqual(before);
    expect((await sensed()).volumes.find(({ name }) => name === 'acme_data')).toEqual(data);
    await rm(join(folder, 'compose.yaml'));
    expect((await facts(next)).projects).toMatchObject([{ name: 'acme', present: false }]);
    await writeFile(join(folder, 'compose.yaml'), file('kit/web:2'));
    expect((await facts(next)).projects).toMatchObject([{ name: 'acme', present: true }]);
  });

  it('is gone when its folder is deleted, and still named', async () => {
    await rm(folder, { recursive: true });
    expect((await facts(next)).projects).toMatchObject([{ name: 'acme', folder, present: false }]);
    const { image } = await careen.call('image.get', { id: next?.id ?? '' });
    expect(image.facts.projects).toMatchObject([{ name: 'acme', present: false }]);
  });
});
