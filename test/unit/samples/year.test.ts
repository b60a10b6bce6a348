import { EventEmitter } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { gaugeOfSpace } from '../../../main/domain/disk/gauge.js';
import { Samples } from '../../../main/services/samples/index.js';
import type { StoredSamples } from '../../../main/services/samples/stored.js';
import { TestClock } from '../../support/clock.js';
import { day, GB, hour, randomFrom } from '../domain/forecast/year.js';
import { inventory } from '../domain/arbitrary.js';

const size = 120 * GB;
const start = Date.UTC(2026, 0, 5, 0, 10);
/** Bytes that come on a day, over a week. */
const pace = 2 * GB;

const zone = process.env.TZ;
const live = (tz: string | undefined) => {
  if (tz === undefined) delete process.env.TZ;
  else process.env.TZ = tz;
};
beforeAll(() => live('Europe/Berlin'));
afterAll(() => live(zone));

/** A machine's disk over a year, sampled by what Careen has it read, and what Careen foresees. */
class Year {
  readonly clock = new TestClock(start);
  used = 50 * GB;
  grows = true;
  readonly failures: unknown[] = [];
  readonly #gauges = Object.assign(new EventEmitter(), {
    met: { facts: inventory([], {}).engine },
    value: { engine: gaugeOfSpace({ of: '/data', used: 0, available: size }) },
  });
  readonly #execution = new EventEmitter();
  readonly #random = randomFrom(11);
  #kept: StoredSamples | null = null;
  #hours = 0;
  #samples: Samples;

  constructor() {
    this.#samples = this.restart();
  }

  get told() {
    const { forecast } = this.#samples;
    const inDays = (at: number) => (at - this.clock.now()) / day;
    return (
      forecast && {
        full: inDays(forecast.fullAt),
        earliest: inDays(forecast.earliest),
        latest: inDays(forecast.latest),
      }
    );
  }

  get sampled() {
    return this.#samples.recent('year').samples;
  }

  /** Days until it is full if it goes on so. */
  get wanted(): number {
    return (size - this.used) / pace;
  }

  restart(): Samples {
    this.#gauges.removeAllListeners();
    this.#execution.removeAllListeners();
    this.#samples = new Samples(
      { gauges: this.#gauges, execution: this.#execution },
      {
        load: () => Promise.resolve(this.#kept),
        save: (_engine, kept) => {
          this.#kept = kept;
          return Promise.resolve();
        },
      },
      this.clock,
    );
    this.#samples.on('failed', (e) => this.failures.push(e));
    return this.#samples;
  }

  /** So many days, with a clean-up each Sunday noon of what a week brings, and a start at their end. */
  async pass(days: number, evening: () => void = () => undefined): Promise<void> {
    for (let n = 0; n < days; n++) {
      for (let h = 0; h < 24; h++) await this.#hour();
      evening();
    }
    this.restart();
    await this.#read();
  }

  async #hour(): Promise<void> {
    this.clock.advance(hour);
    const [ofDay, ofWeek] = [this.#hours % 24, Math.floor(this.#hours / 24) % 7];
    this.#hours += 1;
    if (this.grows && ofDay >= 9 && ofDay < 17 && ofWeek < 5)
      this.used += ((7 / 5) * pace * (0.5 + this.#random())) / 8;
    if (this.grows && ofDay === 12 && ofWeek === 6) {
      this.used -= 7 * pace;
      const removed = [{ kind: 'image', id: 'sha256:1' }];
      this.#execution.emit('ended', { removed, measured: 7 * pace, endedAt: this.clock.now() });
    }
    await this.#read();
  }

  async #read(): Promise<void> {
    const { used } = this;
    this.#gauges.value = { engine: gaugeOfSpace({ of: '/data', used, available: size - used }) };
    this.#gauges.emit('read');
    await this.#samples.settled();
  }
}

describe('a year of a disk with weekly saw-teeth, as Careen samples it', () => {
  const year = new Year();
  /** Evenings on which something was told, of those that were checked. */
  let told: boolean[] = [];
  beforeEach(() => (told = []));

  /** What is told holds what comes. */
  const holds = () => {
    const { wanted, told: now } = year;
    told.push(now !== null);
    if (now === null) return;
    expect(Math.abs(now.full - wanted)).toBeLessThan(0.15 * wanted + 2);
    expect(wanted).toBeGreaterThan(now.earliest - 0.5);
    expect(wanted).toBeLessThan(now.latest + 0.5);
  };
  const share = () => told.filter(Boolean).length / told.length;

  it('is foreseen from its second week on, over the beginning of summer time', async () => {
    await year.pass(14, holds);
    expect(told.slice(0, 6)).toEqual([false, false, false, false, false, false]);
    told = [];
    await year.pass(86, holds);
    expect(share()).toBe(1);
  });

  it('says nothing for three days after a step, and then goes by what comes each day', async () => {
    year.used += 25 * GB;
    await year.pass(40, holds);
    expect(told.slice(0, 3)).toEqual([false, false, false]);
    expect(told.slice(3).every(Boolean)).toBe(true);
  });

  it('says nothing on a flat line, once a week was flat', async () => {
    year.grows = false;
    await year.pass(7);
    await year.pass(23, () => expect(year.told).toBeNull());
  });

  it('says nothing after a sleep of three weeks until a week tells how it goes on', async () => {
    year.clock.set(year.clock.now() + 21 * day);
    year.grows = true;
    await year.pass(45, holds);
    expect(told.slice(0, 7)).toEqual([false, false, false, false, false, false, false]);
    expect(told.slice(14).every(Boolean)).toBe(true);
  });

  it('goes on in another time zone, by a clock that stands nine hours lower there', async () => {
    live('America/Los_Angeles');
    year.clock.set(year.clock.now() - 9 * hour);
    await year.pass(30, holds);
    expect(share()).toBe(1);
  });

  it('follows a clock that was set back by three days', async () => {
    year.clock.set(year.clock.now() - 3 * day);
    await year.pass(30, holds);
    expect(share()).toBeGreaterThan(0.8);
  });

  it('is foreseen over the end of summer time, and has kept its year', async () => {
    await year.pass(82, holds);
    expect(share()).toBe(1);
    const { sampled } = year;
    const now = year.clock.now();
    expect(sampled.filter(({ at }) => now - at < 30 * day)).toHaveLength(30 * 24);
    expect(sampled.length).toBeLessThan(31 * 24 + 336);
    expect(now - (sampled[0]?.at ?? 0)).toBeGreaterThan(360 * day);
    expect(year.failures).toEqual([]);
  });
});
