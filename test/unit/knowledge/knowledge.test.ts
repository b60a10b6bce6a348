import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Log } from '../../../main/adapters/store/log.js';
import { CareenError } from '../../../main/domain/errors.js';
import type { EngineFacts } from '../../../main/domain/facts.js';
import { Knowledge } from '../../../main/services/knowledge/index.js';
import { type KnowledgeRecord, knowledgeRecord } from '../../../main/services/knowledge/known.js';
import { TestClock } from '../../support/clock.js';
import { container, imageId, inventory } from '../domain/arbitrary.js';
import { listed, listedImage } from './support.js';

const { engine } = inventory([]);
const other: EngineFacts = { ...engine, id: 'another' };
const [a, b] = [imageId(1), imageId(2)];

/** What is known of engines in one folder, and a switch that makes every write fail. */
async function knowledge() {
  const folder = await mkdtemp(join(tmpdir(), 'careen-knowledge-'));
  const disk = { full: false, failures: 0, asked: 0 };
  const open = async ({ id }: EngineFacts) => {
    const log = await Log.open<KnowledgeRecord>({ folder, name: id, schema: knowledgeRecord });
    const append = log.append.bind(log);
    log.append = (record) => {
      disk.asked += 1;
      return disk.full
        ? Promise.reject(new CareenError('log-unwritable', { file: id }))
        : append(record);
    };
    return log;
  };
  const clock = new TestClock(new Date(2026, 10, 23, 12).getTime());
  const made = new Knowledge(open, clock, () => []);
  made.on('failed', () => (disk.failures += 1));
  const records = async (): Promise<KnowledgeRecord[]> => {
    const log = await open(engine);
    const { records: all } = await log.read();
    await log.close();
    return all;
  };
  return { made, disk, records, clock };
}

const named = (id: string, name: string) => ({ kind: 'named' as const, id, names: [name] });

describe('what is known', () => {
  it('is written with the next change where it could not be written', async () => {
    const { made, disk, records, clock } = await knowledge();
    await made.open(engine);
    made.beginObserving(() => undefined);
    disk.full = true;
    made.see([named(a, 'a:1')]);
    clock.advance(61 * 60_000);
    await made.flush();
    expect(disk.failures).toBeGreaterThan(0);
    made.see([named(a, 'a:2')]);
    await made.flush();
    disk.full = false;
    made.see([named(b, 'b:1')]);
    await made.close();
    const written = await records();
    expect(written.filter(({ t }) => t === 'day')).toHaveLength(1);
    const names = written.flatMap((r) => (r.t === 'image' ? [[r.known.id, r.known.names]] : []));
    expect(names).toContainEqual([a, ['a:1', 'a:2']]);
    expect(names).toContainEqual([b, ['b:1']]);
    expect(names).toHaveLength(2);
  });

  it('is still known when its engine is met again, and never of another one', async () => {
    const { made, disk, records } = await knowledge();
    await made.open(engine);
    disk.full = true;
    made.see([named(a, 'a:1')]);
    await made.open(engine);
    expect(made.carriers('a:1')).toEqual([a]);
    disk.full = false;
    await made.close();
    expect(await records()).toHaveLength(1);
    disk.full = true;
    await made.open(engine);
    made.see([named(b, 'b:1')]);
    await made.open(other);
    expect(made.carriers('a:1')).toEqual([]);
    disk.full = false;
    await made.open(other);
    expect(made.carriers('b:1')).toEqual([]);
    await made.close();
    expect(await records()).toHaveLength(1);
  });

  it('is written together where much is learnt one by one, the first of it at once', async () => {
    const { made, disk, records, clock } = await knowledge();
    await made.open(engine);
    const seen = async (n: number) => {
      made.see([named(imageId(n), `a:${n}`)]);
      await new Promise((resolve) => setImmediate(resolve));
    };
    for (let n = 0; n < 50; n++) await seen(n);
    expect(disk.asked).toBe(1);
    clock.advance(1_000);
    await expect.poll(() => disk.asked).toBe(50);
    await seen(50);
    await made.close();
    expect(await records()).toHaveLength(51);
  });

  it('is written, too, that is learnt while all is written at the end', async () => {
    const { made, disk, records } = await knowledge();
    await made.open(engine);
    made.see([named(a, 'a:1')]);
    await expect.poll(() => disk.asked).toBe(1);
    made.see([named(b, 'b:1')]);
    const closed = made.close();
    made.see([named(imageId(3), 'c:1')]);
    await closed;
    expect(await records()).toHaveLength(3);
  });

  it('is not tried again and again where it cannot be written', async () => {
    const { made, disk, clock } = await knowledge();
    await made.open(engine);
    disk.full = true;
    made.see([named(a, 'a:1')]);
    await expect.poll(() => disk.failures).toBe(1);
    for (let n = 0; n < 5; n++) {
      clock.advance(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(disk.asked).toBe(1);
    made.see([named(b, 'b:1')]);
    await expect.poll(() => disk.asked).toBe(3);
    await made.close();
  });

  it('takes from an event how an image came that was only seen to be there', async () => {
    const { made } = await knowledge();
    await made.open(engine);
    const origin = () => made.join(engine, listed({ images: [listedImage(a)] })).images[0]?.origin;
    made.see([{ kind: 'arrived', id: a, at: 5, how: 'seen' }]);
    expect(origin()).toBe('unknown');
    made.see([{ kind: 'arrived', id: a, at: 3, how: 'pulled' }]);
    made.see([{ kind: 'arrived', id: a, at: 4, how: 'loaded' }]);
    expect(origin()).toBe('pulled');
    const [one] = made.join(engine, listed({ images: [listedImage(a)] })).images;
    expect(one?.arrived).toEqual({ at: 5, source: 'seen' });
    await made.close();
  });

  it('is what an image without a name was called', async () => {
    const { made } = await knowledge();
    await made.open(engine);
    made.see([named(a, 'b:2'), named(a, 'a:1')]);
    expect(made.join(engine, listed({ images: [listedImage(a)] })).images[0]?.formerRefs).toEqual([
      'a:1',
      'b:2',
    ]);
    expect(
      made.join(engine, listed({ images: [listedImage(a, 'c:3')] })).images[0]?.formerRefs,
    ).toEqual([]);
    await made.close();
  });
});

const composed = {
  'com.docker.compose.project': 'acme',
  'com.docker.compose.service': 'web',
  'com.docker.compose.config-hash': 'f00',
  'com.docker.compose.project.working_dir': '/home/ada/acme',
  'com.docker.compose.project.config_files': '/home/ada/acme/compose.yaml',
};

describe('what containers tell', () => {
  const web = container(1, 1, {
    name: 'acme-web-1',
    labels: composed,
    networks: ['acme_default'],
    volumes: ['acme_data'],
  });
  const seen = (at: number) => ({
    kind: 'container' as const,
    container: web,
    networks: ['n1'],
    mountPoints: { acme_data: '/var/lib/data' },
    at,
  });
  const now = () =>
    listed({
      images: [listedImage(a, 'acme-web:1')],
      networks: [
        {
          id: 'n1',
          name: 'acme_default',
          driver: 'bridge',
          created: 1,
          labels: {},
          builtIn: false,
          usersListed: true,
        },
      ],
      volumes: [{ name: 'acme_data', driver: 'local', created: 1, labels: {}, anonymous: false }],
    });

  it('is remembered when they are gone, and after a restart', async () => {
    const { made } = await knowledge();
    await made.open(engine);
    let heard = 0;
    made.on('project', () => (heard += 1));
    made.seeList(now());
    made.see([seen(50)]);
    made.see([seen(60)]);
    expect(heard).toBe(1);
    await made.open(engine);
    const { images, networks, volumes } = made.join(engine, now());
    expect(images[0]?.projects).toEqual([
      {
        kind: 'compose',
        name: 'acme',
        folder: '/home/ada/acme',
        files: ['/home/ada/acme/compose.yaml'],
        lastUsed: 60,
        present: null,
        latestOf: ['web'],
      },
    ]);
    const lastUsed = { at: 60, by: 'acme-web-1' };
    expect(networks[0]).toMatchObject({ usedBy: [], lastUsed, project: 'acme' });
    expect(volumes[0]).toMatchObject({
      usedBy: [],
      lastUsed,
      project: 'acme',
      mountedAt: '/var/lib/data',
    });
    await made.close();
  });

  it('says whether their project stands, and forgets it never', async () => {
    const { made } = await knowledge();
    await made.open(engine);
    made.seeList(now());
    made.see([seen(50)]);
    const present = () => made.join(engine, now()).images[0]?.projects[0]?.present;
    let changes = 0;
    made.on('changed', () => (changes += 1));
    const key = 'compose|acme|/home/ada/acme';
    made.takePresence(new Map([[key, { present: true, mount: '/home' }]]));
    expect(present()).toBe(true);
    made.takePresence(new Map([[key, { present: true, mount: '/home' }]]));
    expect(changes).toBe(1);
    made.takePresence(new Map([[key, { present: false, mount: null }]]));
    expect(present()).toBe(false);
    expect(made.projects[0]?.stoodOn).toBe('/home');
    await made.close();
  });
});

describe('time that an engine was observed', () => {
  it('counts while it is connected, over restarts, and tells of a gap', async () => {
    const { made, clock } = await knowledge();
    const facts = () => {
      const { observedDays, observedOn, hoursSinceGap } = made.join(engine, listed());
      return { observedDays, observedOn, hoursSinceGap };
    };
    const session = async (hours: number) => {
      await made.open(engine);
      let alive = 0;
      made.beginObserving(() => (alive += 1));
      clock.advance(hours * 3_600_000);
      expect(alive).toBe(Math.floor(hours * 6));
      made.endObserving();
    };
    await session(0.6);
    expect(facts()).toEqual({ observedDays: 0, observedOn: [], hoursSinceGap: null });
    await session(0.6);
    expect(facts()).toEqual({ observedDays: 1, observedOn: ['2026-11-23'], hoursSinceGap: null });
    clock.set(clock.now() + 365 * 86_400_000);
    await session(2.1);
    expect(facts()).toMatchObject({ observedDays: 2, hoursSinceGap: 2 });
    await made.open(engine);
    made.beginObserving(() => undefined);
    clock.set(clock.now() + 21 * 86_400_000);
    expect(facts()).toMatchObject({ observedDays: 2, hoursSinceGap: 0 });
    await made.close();
  });
});
