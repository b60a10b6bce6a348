import { EventEmitter } from 'node:events';
import { beforeEach, expect, it } from 'vitest';
import type { DockerEngine } from '../../../main/adapters/docker/types.js';
import type { EngineDisk, Marks } from '../../../main/domain/disk/types.js';
import type { Connection } from '../../../main/services/connection.js';
import { Gauges } from '../../../main/services/gauges.js';
import { TestClock } from '../../support/clock.js';

let clock: TestClock;
const raw: EngineDisk = {
  kind: 'vm',
  file: '/Volumes/Big/Docker.raw',
  allocated: 40,
  limit: { bytes: 100, from: 'settings' },
  host: { of: '/Volumes/Big', used: 5, available: 50 },
  inside: null,
  returns: 'shortly',
  close: true,
  oddity: null,
};

const engineAt = (endpoint: string) => ({ facts: { endpoint } });

let disk: EngineDisk | Error;
/** What a reading waits for before the disk answers. */
let answer: Promise<void>;
let marks: Marks;
let readers: number;
let reads: number;
let failures: unknown[];
let connection: EventEmitter & { engine: object | null; status: string };
let gauges: Gauges;

beforeEach(() => {
  clock = new TestClock(0);
  disk = raw;
  answer = Promise.resolve();
  marks = 'share';
  readers = reads = 0;
  failures = [];
  connection = Object.assign(new EventEmitter(), {
    engine: engineAt('unix:///s'),
    status: 'connected',
  });
  gauges = new Gauges(
    connection as unknown as Connection,
    {
      readerOf: (engine: DockerEngine) => {
        expect(engine).toBe(connection.engine);
        readers += 1;
        return () => {
          reads += 1;
          return answer.then(() => {
            if (disk instanceof Error) throw disk;
            return disk;
          });
        };
      },
      host: () => Promise.resolve({ of: '/home', used: 1, available: 2 }),
    },
    clock,
    (e) => failures.push(e),
    () => marks,
  );
});

it('the host’s gauge is that of the volume which holds the engine’s disk', async () => {
  await gauges.read();
  expect(gauges.value).toMatchObject({
    engine: { used: 40, available: 50, binds: 'host' },
    host: { of: '/Volumes/Big', available: 50, quality: 'measured' },
    same: false,
  });
  expect(gauges.reading).toEqual({ used: 40, available: 50, certain: true, late: true });
});

it('is that of the home where the engine’s disk is unknown', async () => {
  disk = { kind: 'unknown', missing: { why: 'not-agreed', about: '/x' } };
  await gauges.read();
  expect(gauges.value.host).toMatchObject({ of: '/home', available: 2 });
  expect(gauges.value.engine.missing).toEqual({ why: 'not-agreed', about: '/x' });
  expect(gauges.reading).toBeNull();
});

it('both are one on Linux', async () => {
  disk = { kind: 'folders', spaces: [{ of: '/var/lib/docker', used: 3, available: 4 }] };
  await gauges.read();
  expect(gauges.value.same).toBe(true);
  expect(gauges.value.host).toEqual(gauges.value.engine);
});

it('both stay one while it does not answer for once', async () => {
  const root = '/var/lib/docker';
  for (const space of [
    { of: root, used: 95, available: 5 },
    { why: 'silent', about: root } as const,
  ]) {
    disk = { kind: 'folders', spaces: [space] };
    await gauges.read();
    expect(gauges.value.same).toBe(true);
    expect(gauges.value.host).toEqual(gauges.value.engine);
  }
  expect(gauges.value.host.quality).toBe('unknown');
});

it('shows of two file systems the one that the rule in force speaks of first', async () => {
  disk = {
    kind: 'folders',
    spaces: [
      { of: '/var/lib/containerd', used: 950, available: 50 },
      { of: '/var/lib/docker', used: 10, available: 30 },
    ],
  };
  await gauges.read();
  expect(gauges.value.engine.of).toBe('/var/lib/containerd');
  marks = 'bytes';
  await gauges.read();
  expect(gauges.value.engine.of).toBe('/var/lib/docker');
});

it('reads once a minute, by one reader an engine', async () => {
  await gauges.read();
  for (let minute = 0; minute < 5; minute++) {
    clock.advance(60_000);
    await gauges.read();
  }
  expect([readers, reads]).toEqual([1, 6]);
  connection.engine = engineAt('unix:///t');
  await gauges.read();
  expect(readers).toBe(2);
});

it('reads a VM’s files on while its engine is away, and not when another is looked for', async () => {
  await gauges.read();
  connection.engine = null;
  connection.status = 'lost';
  await gauges.read();
  expect(gauges.value.engine.used).toBe(40);
  connection.status = 'looking';
  await gauges.read();
  expect(gauges.value.engine).toMatchObject({ used: null, missing: { why: 'no-engine' } });
});

it('tells of no engine whose disk is still being read', async () => {
  const first = connection.engine;
  await gauges.read();
  connection.engine = engineAt('unix:///t');
  const reading = gauges.read();
  expect(gauges.met).toBe(first);
  await reading;
  expect(gauges.met).toBe(connection.engine);
});

it('begins anew when asked to', async () => {
  await gauges.read();
  await gauges.readAfresh();
  expect(readers).toBe(2);
});

it('tells of what fails without anybody waiting for it', async () => {
  disk = new Error('a mistake');
  connection.emit('connected');
  await expect(gauges.read()).rejects.toThrow('a mistake');
  expect(failures).toEqual([disk]);
});

it.each([null, new Error('gone')])(
  'once closed lets go of what a reading brings',
  async (failure) => {
    await gauges.read();
    const before = gauges.value;
    let answered = () => undefined as void;
    answer = new Promise((resolve) => (answered = resolve));
    disk = failure ?? { ...raw, allocated: 60 };
    const told: string[] = [];
    gauges.on('read', () => told.push('read'));
    gauges.on('changed', () => told.push('changed'));
    connection.emit('lost');
    const asked = gauges.read();
    const reading = failure ? expect(asked).rejects.toBe(failure) : asked;
    gauges.close();
    answered();
    await reading;
    await gauges.read();
    connection.emit('connected');
    expect([told, gauges.value, reads, failures]).toEqual([[], before, 2, []]);
  },
);

it('takes no disk of this machine for that of an engine elsewhere', async () => {
  connection.engine = engineAt('ssh://ada@build');
  disk = { kind: 'unknown', missing: { why: 'elsewhere', about: null } };
  await gauges.read();
  expect(gauges.value).toMatchObject({
    engine: { used: null, missing: { why: 'elsewhere' } },
    host: { used: null, missing: { why: 'elsewhere' } },
    same: false,
  });
});
