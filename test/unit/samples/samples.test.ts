import { EventEmitter } from 'node:events';
import { beforeEach, expect, it } from 'vitest';
import { gaugeOf, gaugeOfSpace, unknownGauge } from '../../../main/domain/disk/gauge.js';
import type { Gauge, VmDisk } from '../../../main/domain/disk/types.js';
import type { EngineFacts } from '../../../main/domain/facts.js';
import { Samples } from '../../../main/services/samples/index.js';
import { storedSamples, type StoredSamples } from '../../../main/services/samples/stored.js';
import { TestClock } from '../../support/clock.js';
import { inventory } from '../domain/arbitrary.js';

const GB = 1e9;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const size = 200 * GB;
const start = Date.UTC(2026, 2, 1, 0, 30);
const { engine: docker } = inventory([], {});
const podman: EngineFacts = { ...docker, endpoint: 'unix:///run/podman.sock' };

let clock: TestClock;
let home: Map<string, StoredSamples>;
let gauges: EventEmitter & { met: { facts: EngineFacts } | null; value: { engine: Gauge } };
let execution: EventEmitter;
let failures: unknown[];
let writes: number;
let full: Error | null;
let used: number;
let samples: Samples;

function open(): Samples {
  gauges = Object.assign(new EventEmitter(), {
    met: { facts: docker },
    value: { engine: unknownGauge({ why: 'silent', about: null }) },
  });
  execution = new EventEmitter();
  const opened = new Samples(
    { gauges, execution },
    {
      load: (engine) => Promise.resolve(home.get(engine.endpoint) ?? null),
      save: (engine, stored) => {
        writes += 1;
        if (full) return Promise.reject(full);
        home.set(engine.endpoint, storedSamples.parse(JSON.parse(JSON.stringify(stored))));
        return Promise.resolve();
      },
    },
    clock,
  );
  opened.on('failed', (e) => failures.push(e));
  return opened;
}

beforeEach(() => {
  clock = new TestClock(start);
  home = new Map();
  failures = [];
  writes = 0;
  full = null;
  used = 40 * GB;
  samples = open();
});

/** A machine whose engine tells what it uses, and the same with its engine asleep. */
const machine: VmDisk = {
  kind: 'vm',
  file: '/vm/disk.raw',
  allocated: null,
  limit: { bytes: size, from: 'settings' },
  host: { of: '/vm', used: 0, available: 900 * GB },
  inside: null,
  returns: null,
  close: false,
  oddity: null,
};
const awake = () => show(gaugeOf({ ...machine, inside: { used, total: size } }));
const asleep = () => show(gaugeOf({ ...machine, allocated: used + 30 * GB }));

async function show(engine: Gauge): Promise<void> {
  gauges.value = { engine };
  gauges.emit('read');
  await samples.settled();
}

async function read(of = '/var/lib/docker'): Promise<void> {
  await show(gaugeOfSpace({ of, used, available: size - used }));
}

/** The gauge's readings of so long a time, two an hour. */
async function pass(ms: number, gbADay = 4): Promise<void> {
  for (let passed = 0; passed < ms; passed += hour / 2) {
    clock.advance(hour / 2);
    used += (gbADay * GB) / 48;
    await read();
  }
}

async function clean(freed: number): Promise<void> {
  used -= freed;
  const removed = [{ kind: 'image', id: 'sha256:1' }];
  const run = { removed, measured: freed, endedAt: clock.now() };
  execution.emit('ended', run);
  await samples.settled();
}

it('takes one sample an hour of the readings that there are', async () => {
  for (let n = 0; n < 180; n++) {
    await read();
    clock.advance(minute);
  }
  expect(samples.recent().samples.map(({ at }) => at - start)).toEqual(
    [0, 30, 90, 150].map((n) => n * minute),
  );
  expect(writes).toBe(4);
});

it('foresees when the disk is full, and again after a start', async () => {
  await pass(6 * day);
  expect(samples.forecast).toBeNull();
  await pass(4 * day);
  const wanted = clock.now() + ((size - used) / (4 * GB)) * day;
  expect(Math.abs((samples.forecast?.fullAt ?? 0) - wanted)).toBeLessThan(hour * 6);
  const before = samples.forecast;
  samples = open();
  await read();
  expect(Math.abs((samples.forecast?.fullAt ?? 0) - (before?.fullAt ?? 0))).toBeLessThan(hour);
  expect(failures).toEqual([]);
});

it('gives every hour of a month, and of a year what it keeps of the days before', async () => {
  for (let n = 0; n < 400 * 4; n++) {
    clock.advance(6 * hour);
    await read();
  }
  const month = samples.recent().samples;
  const { samples: year } = samples.recent('year');
  expect(month).toHaveLength(30 * 4);
  expect(year.slice(-month.length)).toEqual(month);
  const days = year.map(({ at }) => Math.floor((clock.now() - at) / day));
  expect([new Set(days).size, days[0]]).toEqual([366, 365]);
  const before = year.slice(0, -month.length - 8);
  expect(before.every(({ at }, n) => n === 0 || at - (before[n - 1]?.at ?? 0) === day)).toBe(true);
});

it('marks clean-ups, and sees at the next reading what they left free', async () => {
  await pass(10 * day);
  const before = samples.forecast?.fullAt ?? 0;
  await clean(30 * GB);
  clock.advance(minute);
  await read();
  const after = samples.forecast?.fullAt ?? 0;
  expect(Math.abs(after - before - 7.5 * day)).toBeLessThan(day / 2);
  expect(samples.recent().cleanUps).toMatchObject([{ freed: 30 * GB }]);
});

it('a run that removed nothing is no clean-up', async () => {
  await read();
  execution.emit('ended', { removed: [], measured: 0, endedAt: 1 });
  await samples.settled();
  expect(samples.recent().cleanUps).toEqual([]);
});

it('mixes no two engines, and takes up each where it was', async () => {
  await pass(10 * day);
  const told = samples.forecast;
  gauges.met = { facts: podman };
  await read('/var/lib/containers');
  expect(samples.recent().samples).toHaveLength(1);
  expect(samples.forecast).toBeNull();
  gauges.met = { facts: docker };
  await read();
  expect(samples.recent().samples.length).toBeGreaterThan(200);
  // Kept to a megabyte.
  expect(Math.abs((samples.forecast?.fullAt ?? 0) - (told?.fullAt ?? 0))).toBeLessThan(minute);
});

it('begins anew on another disk of the same engine, and goes on where the first one shows again', async () => {
  await pass(10 * day);
  const told = samples.forecast;
  const { length } = samples.recent().samples;
  for (const again of [0, 1, 2]) {
    clock.advance(minute);
    await read('/mnt/big');
    expect(samples.recent().samples).toHaveLength(1);
    expect(samples.forecast).toBeNull();
    if (again === 1) samples = open();
    clock.advance(minute);
    await read();
    expect(samples.recent().samples).toHaveLength(length);
    expect(samples.forecast?.fullAt).toBeCloseTo(told?.fullAt ?? NaN, -5);
  }
});

it('loses nothing while the engine of a VM sleeps, and measures on when it wakes', async () => {
  for (let n = 0; n < 10 * 24; n++) {
    clock.advance(hour);
    used += (4 * GB) / 24;
    // At night it sleeps: all that can be seen is how large the VM's file is, which holds more.
    await (n % 24 < 8 ? asleep() : awake());
    if (n % 24 === 7) samples = open();
  }
  expect(samples.recent().samples).toHaveLength(10 * 16);
  expect(samples.recent().samples.every((one) => one.used <= used)).toBe(true);
  const wanted = clock.now() + ((size - used) / (4 * GB)) * day;
  expect(Math.abs((samples.forecast?.fullAt ?? 0) - wanted)).toBeLessThan(day);
  await asleep();
  expect(samples.forecast).not.toBeNull();
});

it('an engine that told nothing for a week is not waited for', async () => {
  await awake();
  for (const days of [3, 3, 2]) {
    clock.advance(days * day);
    await asleep();
  }
  expect(samples.recent().samples.map((one) => one.used)).toEqual([used + 30 * GB]);
  await awake();
  expect(samples.recent().samples.map((one) => one.used)).toEqual([used, used]);
});

it('what is unknown is no sample, and after a day without one nothing is foreseen', async () => {
  await pass(10 * day);
  const { length } = samples.recent().samples;
  for (const hours of [2, 30]) {
    clock.advance(hours * hour);
    gauges.value = { engine: unknownGauge({ why: 'silent', about: null }) };
    gauges.emit('read');
    await samples.settled();
    expect(samples.forecast === null).toBe(hours === 30);
  }
  expect(samples.recent().samples.length).toBeLessThanOrEqual(length);
});

it('follows a clock that is set back', async () => {
  await pass(10 * day);
  const { length } = samples.recent().samples;
  clock.set(clock.now() - 3 * hour);
  await read();
  const { samples: left } = samples.recent();
  expect(length - left.length).toBe(3);
  expect(left.at(-1)?.at).toBeLessThanOrEqual(clock.now());
  await pass(5 * hour);
  expect(samples.recent().samples).toHaveLength(length + 2);
});

it('tells when it could not be kept, and holds it all the same', async () => {
  full = new Error('no room');
  await read();
  expect(failures).toEqual([full]);
  expect(samples.recent().samples).toHaveLength(1);
});

it('before any engine is met there is nothing', async () => {
  gauges.met = null;
  await read();
  expect(samples.recent()).toEqual({ samples: [], cleanUps: [] });
});

it('keeps at its end what was told before, and nothing after', async () => {
  gauges.value = { engine: gaugeOfSpace({ of: '/var/lib/docker', used, available: size - used }) };
  gauges.emit('read');
  await samples.close();
  expect(writes).toBe(1);
  clock.advance(hour);
  await read();
  await clean(GB);
  expect(writes).toBe(1);
});
