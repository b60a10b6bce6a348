import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../main/adapters/docker/client.js';
import type { InspectedImage } from '../../../main/adapters/docker/container-acts.js';
import type { DockerEngine } from '../../../main/adapters/docker/types.js';
import { composeImageLabel, recreate } from '../../../main/domain/recreate/index.js';
import { merged } from '../../../main/domain/recreate/given.js';
import { isNothing } from '../../../main/domain/recreate/json.js';
import type { ContainerSpec, JsonObject } from '../../../main/domain/recreate/types.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { loadImages, runContainer } from '../../support/images.js';
import { isMatrix, stores } from '../../support/stores.js';
import { allPairs, pairsOf } from '../../support/pairwise.js';
import { anonymousPlaces, freshly, withVolumes } from './shapes-fresh.js';
import { comparable } from './shapes-compare.js';
import { conflicts, requestOf, rows, titleOf, values, versions, type Place } from './shapes.js';

const seed = Number(process.env['CAREEN_SEED'] ?? 1);
/** Every row on the first engine, and in the matrix on all; a sample by the seed elsewhere. */
const every = (kind: (typeof stores)[number]) => (isMatrix || kind === stores[0] ? 1 : 8);

const label = 'com.docker.compose.image';

it('every two settings that can stand together do', () => {
  const covered = new Set(rows.flatMap(pairsOf));
  expect(allPairs(values, conflicts).filter((pair) => !covered.has(pair))).toEqual([]);
  expect(rows.length).toBeGreaterThanOrEqual(30);
});

describe.each(stores)('made anew on $version $store @store', (kind) => {
  let test: TestEngine;
  let engine: DockerEngine;
  let images: [InspectedImage, InspectedImage];
  const taken = rows
    .map((row, n) => ({ row, number: n + 2, title: titleOf(row) }))
    .filter(({ number }) => number % every(kind) === seed % every(kind));

  beforeAll(async () => {
    test = await startEngine(kind);
    await loadImages(test, versions);
    engine = await connect(test.url);
    const found = await Promise.all([1, 2].map((n) => engine.inspectImage(`shapes/app:${n}`)));
    if (!found[0] || !found[1]) throw new Error('the images were not loaded');
    images = [found[0], found[1]];
    for (const n of [1, 2])
      await test.docker.createNetwork({
        Name: `shapes-${n}`,
        IPAM: { Config: [{ Subnet: `10.99.${n}.0/24`, IPRange: `10.99.${n}.224/27` }] },
      });
    await runContainer(test, {
      image: 'shapes/app:1',
      name: 'shapes-peer',
      options: { HostConfig: { IpcMode: 'shareable', Binds: ['shapes-given:/given'] } },
    });
    await test.docker.getNetwork('shapes-1').connect({ Container: 'shapes-peer' });
  });
  afterAll(async () => {
    engine.close();
    await test.dispose();
  });

  async function placeOf(number: number): Promise<Place> {
    const folder = join(test.home, `bound-${number}`);
    await mkdir(folder, { recursive: true });
    return { name: `shape-${number}`, number, folder, imageId: images[0].id };
  }

  /** What becomes of a container under its own name; the one before it goes. */
  async function remade(starts: boolean, name: string, from: 0 | 1, spec: ContainerSpec) {
    const to = images[1 - from] as InspectedImage;
    const old = (spec.Config['Labels'] as JsonObject)[label];
    const recreation = recreate({
      container: spec,
      oldImage: images[from].defaults,
      newImage: to.defaults,
      reference: `shapes/app:${2 - from}`,
      apiMinor: Number(engine.facts.apiVersion.split('.')[1]),
      others: {
        nameOf: (id) => (id === peer.Id ? 'shapes-peer' : null),
        mountsOf: (id) => (id === 'shapes-peer' ? peer.Mounts : null),
      },
      platform: null,
      composeImage: typeof old === 'string' ? composeImageLabel(old, images[from], to) : null,
    });
    const id = await engine.createContainer(`${name}-next`, recreation.payload);
    expect(await engine.removeOwnContainer(spec.Id)).toEqual({ done: true });
    await engine.renameContainer(id, name);
    if (starts) await engine.startContainer(id);
    return { ...recreation, spec: await specOf(id) };
  }

  async function specOf(id: string): Promise<ContainerSpec> {
    const spec = await engine.inspectContainer(id);
    if (!spec) throw new Error(`${id} is gone`);
    return spec;
  }

  let peer: ContainerSpec;
  /** What has a name that the engine made up, but is not the container's own. */
  let given: Record<string, string>;
  beforeAll(async () => {
    peer = await specOf('shapes-peer');
    given = anonymousPlaces(peer, {}, ['/image1']);
  });

  it.concurrent.each(taken)('$number: $title', async ({ row, number }) => {
    const place = await placeOf(number);
    const runs = row['state'] === 'running';
    const asked = requestOf(row, place);
    const fresh = async (n: 1 | 2, starts: boolean, volumes: Record<string, string>) => {
      const request = withVolumes(asked, volumes);
      request.Image = `shapes/app:${n}`;
      if (request.Labels?.[label]) request.Labels[label] = images[n - 1]?.id ?? '';
      const spec = await specOf(await freshly(test, request, starts));
      await engine.removeOwnContainer(spec.Id);
      return spec;
    };

    const first = await specOf(await freshly(test, asked, runs));
    const volumes = anonymousPlaces(first, row, ['/image1']);
    const next = await remade(runs, place.name, 0, first);
    const all = { ...volumes, ...anonymousPlaces(next.spec, row, ['/image2']) };
    // Once is enough of what only a start shows.
    const back = await remade(false, place.name, 1, next.spec);
    await engine.removeOwnContainer(back.spec.Id);

    const carried = (names: Record<string, string>) =>
      Object.fromEntries(Object.entries(names).map(([at, name]) => [name, at]));
    expect(next.anonymous).toEqual(carried(volumes));
    const compared = (spec: ContainerSpec, names: Record<string, string>) =>
      comparable(spec, [...Object.values(names), ...Object.values(given)]);
    expect(compared(next.spec, volumes)).toEqual(compared(await fresh(2, runs, volumes), volumes));
    expect(compared(back.spec, all)).toEqual(compared(await fresh(1, false, all), all));
    if (kind.version !== '20.10') expectMerged(next.spec, next.payload.body, images[1].defaults);
  });
});

/** That what the preview takes the engine to make of it is what it makes of it. */
function expectMerged(spec: ContainerSpec, body: JsonObject, image: JsonObject): void {
  const told = merged(body, image);
  for (const [key, value] of Object.entries(spec.Config)) {
    if (key === 'Hostname' && body['Hostname'] === undefined) continue;
    if (key === 'MacAddress') continue;
    const said = told[key];
    if (!isNothing(value) || !isNothing(said)) expect({ [key]: said }).toEqual({ [key]: value });
  }
}
