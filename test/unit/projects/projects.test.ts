import { describe, expect, it } from 'vitest';
import type { FoundPath } from '../../../main/adapters/host/folders.js';
import type { EngineFacts } from '../../../main/domain/facts.js';
import { Knowledge } from '../../../main/services/knowledge/index.js';
import { presentBy, Projects } from '../../../main/services/projects.js';
import { TestClock } from '../../support/clock.js';
import { container, inventory } from '../domain/arbitrary.js';
import { listed, listedImage } from '../knowledge/support.js';

const local: EngineFacts = inventory([]).engine;
const there = (path: string): FoundPath => ({ there: true, nearest: path, mount: '/' });
const gone = (nearest: string, mount = '/'): FoundPath => ({ there: false, nearest, mount });
const minute = 60_000;

/** Knowledge in memory of one project, and a host whose paths a test says. */
async function projects(labels: Record<string, string> = {}, engine: EngineFacts = local) {
  const log = {
    append: () => Promise.resolve(),
    read: () => Promise.resolve({ records: [], damaged: 0 }),
    snapshot: () => Promise.resolve(),
    close: () => Promise.resolve(),
    wantsSnapshot: false,
  };
  const clock = new TestClock(0);
  const knowledge = new Knowledge(
    () => Promise.resolve(log),
    clock,
    () => [],
  );
  await knowledge.open(engine);
  const host = new Map<string, FoundPath | null>();
  const looked: string[] = [];
  const service = new Projects(
    knowledge,
    (file) => {
      looked.push(file);
      return Promise.resolve(host.get(file) ?? null);
    },
    clock,
  );
  const one = container(1, 1, {
    labels: {
      'com.docker.compose.project': 'acme',
      'com.docker.compose.config-hash': 'f00',
      'com.docker.compose.project.working_dir': '/home/ada/acme',
      'com.docker.compose.project.config_files': '/home/ada/acme/a.yaml,b.yaml',
      ...labels,
    },
  });
  const list = listed({ images: [listedImage(one.imageId, 'acme:1')] });
  knowledge.seeList(list);
  const learn = () =>
    knowledge.see([{ kind: 'container', container: one, networks: [], mountPoints: {}, at: 5 }]);
  const present = () => knowledge.join(engine, list).images[0]?.projects[0]?.present;
  return { knowledge, service, host, looked, clock, learn, present };
}

describe('whether a project still stands', () => {
  it('is looked at when it is learnt of, and before a plan', async () => {
    const { service, host, looked, clock, learn, present } = await projects();
    host.set('/home/ada/acme', there('/home/ada/acme'));
    host.set('/home/ada/acme/a.yaml', there('/home/ada/acme/a.yaml'));
    learn();
    expect(looked).toEqual([]);
    clock.advance(1_000);
    await service.look();
    expect(present()).toBe(true);
    host.set('/home/ada/acme', gone('/home/ada'));
    await service.look();
    expect(present()).toBe(false);
    host.set('/home/ada/acme', null);
    await service.look();
    expect(present()).toBeNull();
  });

  it('is not looked at here where the engine is elsewhere', async () => {
    const elsewhere = { ...local, endpoint: 'ssh://ada@build' };
    const { service, host, looked, clock, learn, present } = await projects({}, elsewhere);
    host.set('/home/ada/acme', gone('/home/ada'));
    learn();
    clock.advance(1_000);
    await service.look();
    expect(looked).toEqual([]);
    expect(present()).toBeNull();
  });

  it('needs one of its files, too; one that cannot be known leaves it open', async () => {
    const { service, host, learn, present } = await projects();
    learn();
    host.set('/home/ada/acme', there('/home/ada/acme'));
    host.set('/home/ada/acme/a.yaml', gone('/home/ada/acme'));
    await service.look();
    expect(present()).toBeNull();
    host.set('/home/ada/acme/b.yaml', gone('/home/ada/acme'));
    await service.look();
    expect(present()).toBe(false);
    host.set('/home/ada/acme/b.yaml', there('/home/ada/acme/b.yaml'));
    await service.look();
    expect(present()).toBe(true);
  });

  it.each(['-', ''])('is told by its folder where its file was %j', async (files) => {
    const label = { 'com.docker.compose.project.config_files': files };
    const { service, host, looked, learn, present } = await projects(label);
    learn();
    host.set('/home/ada/acme', there('/home/ada/acme'));
    await service.look();
    expect(present()).toBe(true);
    expect(looked).toEqual(['/home/ada/acme']);
  });

  it('is not known of files that Compose fetched', async () => {
    const label = { 'com.docker.compose.project.config_files': 'https://example.com/compose.git' };
    const { service, host, learn, present } = await projects(label);
    learn();
    host.set('/home/ada/acme', there('/home/ada/acme'));
    await service.look();
    expect(present()).toBeNull();
  });

  it('is looked at every ten minutes while a window watches, and never in idle', async () => {
    const { service, looked, clock, learn } = await projects();
    learn();
    clock.advance(1_000);
    await service.look();
    looked.length = 0;
    clock.advance(60 * minute);
    expect(looked).toEqual([]);
    service.watch(true);
    expect(looked).toHaveLength(1);
    await service.look();
    looked.length = 0;
    service.watch(false);
    service.watch(true);
    expect(looked).toEqual([]);
    clock.advance(10 * minute);
    expect(looked).toHaveLength(1);
    service.watch(false);
    await service.look();
    looked.length = 0;
    clock.advance(60 * minute);
    expect(looked).toEqual([]);
    service.close();
  });
});

describe('a path that is not there', () => {
  it.each([
    ['on the disk where it stood', gone('/home/ada'), '/', false],
    ['on a disk that is not mounted', gone('/home/ada'), '/home/ada/usb', null],
    ['on a disk that is', gone('/home/ada/usb', '/home/ada/usb'), '/home/ada/usb', false],
    ['and never was seen, near what is there', gone('/home/ada/work'), null, false],
    ['inside another machine, perhaps', gone('/'), null, null],
    ['nor anything but a top folder', gone('/data'), null, null],
    ['on an unplugged disk, perhaps', gone('/media/ada'), null, null],
    ['on a disk that is plugged in', gone('/media/ada/usb', '/media/ada/usb'), null, false],
    ['on a share that is not mounted', gone('/mnt/nas'), null, null],
    ['and nobody can say', null, '/', null],
    ['but is', there('/home/ada/acme'), '/elsewhere', true],
  ])('%s', (_, found, stoodOn, present) => {
    expect(presentBy(found, stoodOn)).toBe(present);
  });
});
