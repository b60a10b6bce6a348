import { describe, expect, it } from 'vitest';
import type {
  ContainerFacts,
  ContainerLog,
  ImageFacts,
  Inventory,
  Project,
} from '../../../../main/domain/facts.js';
import { container, image, inventory, now } from '../arbitrary.js';
import {
  ago,
  groundOf,
  namedBy,
  network,
  plainPolicy,
  project,
  suggested,
  volume,
  withParts,
} from './support.js';

const heavy = (n: number, facts: Partial<ImageFacts> = {}) =>
  image(n, { refs: [`heavy:${n}`], layers: [{ chainId: `own-${n}`, size: 500 }], ...facts });
const usedBy = (...by: ContainerFacts[]) => ({
  usedBy: by.map(({ id, name, state }) => ({ id, name, state })),
});

describe('exited containers', () => {
  const old = container(1, 1, { finished: ago(14) });
  const of = (one: ContainerFacts, facts: Partial<ImageFacts> = {}, policy = plainPolicy) =>
    suggested(
      'exited-containers',
      groundOf(inventory([heavy(1, { ...usedBy(one), ...facts })], { containers: [one] }), policy),
    );

  it('that hold a large image are told with it', () => {
    const [one] = of(old);
    expect(one).toMatchObject({
      evidence: { containers: 1, images: 1, names: [old.name] },
      bytes: { min: 500, max: 500 },
      safety: 'data',
    });
    expect(namedBy(one)).toEqual([old.id, heavy(1).id]);
  });

  it('count from how long ago the policy says, and not while they run', () => {
    expect(of({ ...old, finished: ago(13) })).toEqual([]);
    expect(of({ ...old, state: 'running' })).toEqual([]);
    expect(of({ ...old, finished: null, created: null })).toEqual([]);
  });

  it('are none whose image a rule keeps, unless they wrote much themselves', () => {
    const keeps = `${plainPolicy}keep: [{ match: heavy }]\n`;
    expect(of(old, {}, keeps)).toEqual([]);
    expect(of({ ...old, sizeRw: 100 }, {}, keeps)).toEqual([]);
    const [one] = of({ ...old, sizeRw: 101 }, {}, keeps);
    expect(one).toMatchObject({ bytes: { min: 101, certainty: 'at-least' }, items: 1 });
  });

  it('free nothing of an image that another container uses', () => {
    const busy = container(2, 1, { state: 'running' });
    const taken = inventory([heavy(1, usedBy(old, busy))], { containers: [old, busy] });
    expect(suggested('exited-containers', groundOf(taken))).toEqual([]);
  });

  it('that a label keeps stay', () => {
    expect(of({ ...old, labels: { 'careen.keep': 'true' } })).toEqual([]);
  });
});

describe('a project whose folder is gone', () => {
  const own = { project: 'shop' };
  const of = (present: boolean | null, more: Partial<ImageFacts> = {}) =>
    suggested(
      'project-gone',
      groundOf(
        inventory([heavy(1, { projects: [project('shop', present)], ...more })], {
          networks: [network('shop_default', own)],
          volumes: [volume('shop_data', own)],
        }),
      ),
    );

  it('left images, volumes and networks', () => {
    const [one] = of(false);
    expect(one).toMatchObject({
      key: 'project-gone compose shop',
      evidence: { folder: '/home/ada/shop', images: 1, volumes: 1, networks: 1, containers: 0 },
      bytes: { min: 1_500, max: 1_500 },
      safety: 'data',
    });
    expect(namedBy(one)).toEqual(['network-shop_default', 'volume:shop_data', heavy(1).id]);
  });

  it('is none that stands, or of which that is not known', () => {
    expect(of(true)).toEqual([]);
    expect(of(null)).toEqual([]);
    expect(of(false, { projects: [project('shop', false), project('shop', true)] })).toEqual([]);
  });

  it('gives up no volume that an owner needs', () => {
    const labels = { 'dev.lando.storage-volume': 'TRUE' };
    const taken = inventory([heavy(1, { projects: [project('shop', false)] })], {
      volumes: [volume('shop_data', { ...own, labels })],
    });
    expect(suggested('project-gone', groundOf(taken)).map(namedBy)).toEqual([[heavy(1).id]]);
  });

  it('is told of what is left when none of its images is', () => {
    const taken = inventory([], {
      networks: [network('shop_default', own)],
      volumes: [volume('shop_data', own)],
    });
    const left = (present: boolean | null) =>
      suggested(
        'project-gone',
        groundOf(taken, plainPolicy, { projects: [project('shop', present)] }),
      ).map(namedBy);
    expect(left(false)).toEqual([['network-shop_default', 'volume:shop_data']]);
    expect([...left(true), ...left(null)]).toEqual([]);
  });

  it('is told though a dev container of its name stands', () => {
    const labels = { 'com.docker.compose.project': 'shop' };
    const dev = { ...project('shop', true), kind: 'dev-container' as const, folder: '/dev/shop' };
    const taken = inventory([heavy(1, { projects: [project('shop', false)] })], {
      volumes: [volume('shop_data', { ...own, labels }), volume('perhaps', own)],
    });
    const projects = [project('shop', false), dev];
    const found = suggested('project-gone', groundOf(taken, plainPolicy, { projects }));
    // Without Compose's label a volume may be the dev container's.
    expect(found.map(namedBy)).toEqual([['volume:shop_data', heavy(1).id]]);
  });

  it('gives up of two folders of one name what is only that one’s', () => {
    const [here, there] = ['/here', '/there'].map((folder, i) => ({
      ...project('shop', i > 0),
      folder,
    }));
    const images = [
      heavy(1, { projects: [here as Project] }),
      heavy(2, { projects: [there as Project] }),
    ];
    const taken = inventory(images, { volumes: [volume('shop_data', own)] });
    const found = suggested('project-gone', groundOf(taken));
    expect(found.map(namedBy)).toEqual([[heavy(1).id]]);
    expect(found[0]?.evidence).toMatchObject({ folder: '/here' });
  });

  it('gives up no image that another project used', () => {
    const [one] = of(false, { projects: [project('shop', false), project('other', true)] });
    expect(namedBy(one)).toEqual(['network-shop_default', 'volume:shop_data']);
  });
});

describe('build cache', () => {
  const record = (n: number, size: number, days: number, more = {}) => ({
    id: `record-${n}`,
    size,
    shared: false,
    inUse: false,
    created: ago(days),
    lastUsed: ago(days),
    ...more,
  });
  const policy = `${plainPolicy}buildCache: { unusedFor: 7d, keep: 1kB }\n`;
  const of = (...cacheRecords: ReturnType<typeof record>[]) =>
    suggested('build-cache', groundOf(withParts({ cacheRecords }), policy));

  it('that outgrew its use is told at most by what was idle, down to what is kept', () => {
    expect(of(record(1, 900, 8), record(2, 1_000, 1))[0]).toMatchObject({
      evidence: { bytes: 1_900, keep: 1_000 },
      bytes: { min: 0, max: 900, certainty: 'at-most' },
      safety: 'safe',
    });
    expect(of(record(1, 1_500, 8))[0]?.bytes?.max).toBe(500);
  });

  it('that is young, small, shared or in use is not', () => {
    expect(of(record(1, 1_900, 6))).toEqual([]);
    expect(of(record(1, 1_000, 8))).toEqual([]);
    expect(of(record(1, 1_900, 8, { shared: true }))).toEqual([]);
    expect(of(record(1, 1_900, 8, { inUse: true }))).toEqual([]);
  });
});

describe('volumes without a container', () => {
  const idle = (name: string, more = {}) =>
    volume(name, {
      lastUsed: { at: ago(30), by: 'db' },
      mountedAt: '/var/lib/data',
      created: ago(90),
      ...more,
    });
  const of = (...volumes: ReturnType<typeof volume>[]) =>
    suggested('unused-volumes', groundOf(withParts({ volumes })));

  it('are told with their last mount', () => {
    const found = of(idle('a'), idle('c'));
    expect(found.map(({ key, items }) => [key, items])).toEqual([['unused-volumes all', 2]]);
    expect(found[0]).toMatchObject({
      evidence: { first: [{ name: 'a', mountedAt: '/var/lib/data', by: 'db' }, { name: 'c' }] },
      bytes: { min: 2_000, max: 2_000, certainty: 'exact' },
      safety: 'data',
    });
  });

  it('of a size that is not known are told all the same, and of a known small one not', () => {
    expect(of(idle('a', { size: null }))[0]?.bytes).toMatchObject({
      min: 0,
      certainty: 'at-least',
    });
    expect(of(idle('a', { size: 100 }))).toEqual([]);
    expect(of(idle('a', { size: 101 }))).toHaveLength(1);
  });

  it('are none that are young, mounted or an owner’s', () => {
    expect(of(idle('a', { lastUsed: { at: ago(29), by: 'db' } }))).toEqual([]);
    expect(of(idle('a', { usedBy: ['db'] }))).toEqual([]);
    expect(of(idle('a', { usedBy: null }))).toEqual([]);
    expect(of(idle('a', { labels: { 'dev.lando.storage-volume': 'TRUE' } }))).toEqual([]);
  });

  it('are none of unknown age, nor for longer than uses could be seen', () => {
    expect(of(idle('a', { lastUsed: null, created: null }))).toEqual([]);
    expect(of(idle('a', { lastUsed: null, created: ago(700) }))).toHaveLength(1);
    const met = (firstMet: number | null) =>
      suggested(
        'unused-volumes',
        groundOf(
          withParts({ volumes: [idle('a', { lastUsed: null, created: ago(700) })], firstMet }),
        ),
      );
    expect(met(ago(29))).toEqual([]);
    expect(met(null)).toEqual([]);
    expect(met(ago(30))).toHaveLength(1);
  });

  it('are none of a project, whatever is left of it: that comes up again, or is told as gone', () => {
    const taken = inventory([], { volumes: [idle('shop_db', { project: 'shop' })] });
    for (const projects of [[], ...[true, null, false].map((one) => [project('shop', one)])])
      expect(suggested('unused-volumes', groundOf(taken, plainPolicy, { projects }))).toEqual([]);
  });
});

describe('logs without a limit', () => {
  const log = (more: Partial<ContainerLog> = {}): ContainerLog => ({
    driver: 'json-file',
    maxSize: null,
    maxFile: null,
    ...more,
  });
  const of = (one: ContainerLog | null, bytes?: number) => {
    const running = container(1, 1, { state: 'running', log: one });
    const logs = new Map(bytes === undefined ? [] : [[running.id, bytes]]);
    return suggested(
      'unbounded-logs',
      groundOf(withParts({ containers: [running] }), plainPolicy, { logs }),
    );
  };

  it('are told, with their bytes once these were asked for', () => {
    expect(of(log())[0]).toMatchObject({
      evidence: { containers: 1, running: 1 },
      bytes: null,
      safety: 'told',
      action: { kind: 'advice', advice: 'limit-logs' },
    });
    expect(of(log({ maxSize: '-1' }))).toHaveLength(1);
    expect(of(log(), 101)[0]?.bytes).toEqual({ min: 0, max: 101, certainty: 'at-most' });
  });

  it('are none of another driver, with a limit, of which nothing is known, or small', () => {
    expect(of(log({ driver: 'local' }))).toEqual([]);
    expect(of(log({ maxSize: '10m' }))).toEqual([]);
    expect(of(null)).toEqual([]);
    expect(of(log(), 100)).toEqual([]);
  });
});

describe('a container that writes much into itself', () => {
  const of = (facts: Partial<ContainerFacts>) =>
    suggested('writes-much', groundOf(withParts({ containers: [container(1, 1, facts)] })));

  it('is told while it runs, from five times what is worth a word', () => {
    expect(of({ state: 'running', sizeRw: 501 })[0]).toMatchObject({
      evidence: { container: 'container-1', state: 'running' },
      bytes: { min: 0, max: 501, certainty: 'at-most' },
    });
    expect(of({ state: 'running', sizeRw: 500 })).toEqual([]);
    expect(of({ state: 'running', sizeRw: null })).toEqual([]);
    expect(of({ state: 'exited', finished: now, sizeRw: 9_999 })).toEqual([]);
  });
});

describe('bytes of the host', () => {
  const vm = { file: '/vm/disk', allocated: 1_000, used: null, returns: 'restart' as const };
  const counted = inventory([heavy(1)], {
    containers: [container(1, 1, { sizeRw: 10 })],
    volumes: [volume('db', { size: 40 })],
    cacheRecords: [],
  });
  const of = (more = {}, taken = counted) =>
    suggested('host-bytes', groundOf(taken, plainPolicy, { vm: { ...vm, ...more } }));

  it('are at most what the file has beyond what is used inside', () => {
    expect(of()[0]).toMatchObject({
      evidence: { file: '/vm/disk', returns: 'restart' },
      bytes: { min: 0, max: 450, certainty: 'at-most' },
      action: { kind: 'advice', advice: 'give-back' },
    });
    expect(of({ used: 300 })[0]?.bytes?.max).toBe(700);
  });

  it('are not told before all that lies inside was counted', () => {
    const uncounted: Partial<Inventory>[] = [
      { volumes: [...counted.volumes, volume('large', { size: null })] },
      { containers: [container(1, 1, { sizeRw: null })] },
      { images: [heavy(1, { layers: null })] },
      { images: [heavy(1, { layersInDoubt: true })] },
      { cacheRecords: null },
    ];
    for (const more of uncounted) {
      expect(of({}, { ...counted, ...more })).toEqual([]);
      expect(of({ used: 300 }, { ...counted, ...more })).toHaveLength(1);
    }
  });

  it('are none where the file holds other machines too', () => {
    const engine = { ...counted.engine, product: 'orbstack' as const };
    expect(of({ returns: 'shortly' }, { ...counted, engine })).toEqual([]);
    expect(of({ returns: 'shortly' })).toHaveLength(1);
  });

  it('are none where nothing comes back, that is not known, or little would', () => {
    expect(of({ returns: 'no' })).toEqual([]);
    expect(of({ returns: null })).toEqual([]);
    expect(of({ used: 900 })).toEqual([]);
    expect(of({ used: 2_000 })).toEqual([]);
    expect(suggested('host-bytes', groundOf(inventory([heavy(1)])))).toEqual([]);
  });
});
