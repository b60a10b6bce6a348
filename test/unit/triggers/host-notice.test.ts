import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EngineDisk, Missing, Space } from '../../../main/domain/disk/types.js';
import { CareenError } from '../../../main/domain/errors.js';
import { readPolicy } from '../../../main/domain/policy/read.js';
import type { Latch } from '../../../main/domain/triggers/types.js';
import type { Connection } from '../../../main/services/connection.js';
import { Gauges } from '../../../main/services/gauges.js';
import { HostNotice, neverNoticed, storedNotice } from '../../../main/services/host-notice.js';
import type { Judging } from '../../../main/services/judging.js';
import type { Preferences } from '../../../main/services/preferences.js';
import { TestClock } from '../../support/clock.js';

const GB = 1e9;
const minute = 60_000;
const hour = 60 * minute;

const rules = (triggers: string, mode = 'confirm') =>
  `version: 1\nmode: ${mode}\ntriggers: { ${triggers} }\n`;
const notice = 'hostNotice: 90%';
const both = `${notice}, pressure: { high: 85%, low: 75% }`;

const space = (percent: number): Space => ({
  of: '/home',
  used: percent * GB,
  available: (100 - percent) * GB,
});
const silent: Missing = { why: 'silent', about: '/home' };
/** An engine in a VM, whose disk file lies on this volume. */
const vmOn = (host: Space | Missing): EngineDisk => ({
  kind: 'vm',
  file: '/home/disk.raw',
  allocated: 20 * GB,
  limit: { bytes: 60 * GB, from: 'settings' },
  host,
  inside: null,
  returns: 'shortly',
  close: true,
  oddity: null,
});

/** The notice over gauges that read what a test sets, as one process has it. */
class Stage {
  readonly failures: unknown[] = [];
  readonly notice: HostNotice;
  told = 0;
  disk: EngineDisk = vmOn(space(50));
  home: Space | Missing = space(50);
  readonly #connection: EventEmitter & { engine: object | null; status: string } = Object.assign(
    new EventEmitter(),
    { engine: { facts: { endpoint: 'unix:///s' } }, status: 'connected' },
  );
  readonly #gauges: Gauges;
  readonly #judging = Object.assign(new EventEmitter(), { policy: null as Judging['policy'] });
  readonly #preferences = Object.assign(new EventEmitter(), {
    value: { pausedUntil: null as number | null },
  });

  constructor(text: string | null) {
    this.#gauges = new Gauges(
      this.#connection as unknown as Connection,
      {
        readerOf: () => () => Promise.resolve(this.disk),
        host: () => Promise.resolve(this.home),
      },
      // Stands still: it reads when a test says so, and not each minute.
      new TestClock(0),
      (e) => this.failures.push(e),
    );
    const doc = {
      value: storedNotice.parse(JSON.parse(written)),
      set: (value: Latch) => {
        doc.value = value;
        if (refused) return Promise.reject(refused);
        written = JSON.stringify(value);
        return Promise.resolve();
      },
    };
    this.notice = new HostNotice(
      {
        gauges: this.#gauges,
        judging: this.#judging as unknown as Judging,
        preferences: this.#preferences as unknown as Preferences,
      },
      doc,
      clock,
    );
    this.notice.on('full', () => (this.told += 1));
    this.notice.on('failed', (e) => this.failures.push(e));
    this.notice.begin();
    if (text !== null) this.policy(text);
  }

  policy(text: string): void {
    const policy = readPolicy('policy.yaml', text);
    this.#judging.policy = { source: 'file', file: 'policy.yaml', text, policy, modeLowered: null };
    this.#judging.emit('changed');
  }

  damage(): void {
    this.#judging.policy = new CareenError('internal', { message: 'a policy that cannot be read' });
    this.#judging.emit('changed');
  }

  pause(until: number | null): void {
    this.#preferences.value = { pausedUntil: until };
    this.#preferences.emit('changed');
  }

  /** Takes a reading of the volume that holds the engine's disk; gives how often it was told by now. */
  async read(host: number | Missing): Promise<number> {
    this.disk = vmOn(typeof host === 'number' ? space(host) : host);
    return this.again();
  }

  /** Takes a reading while the engine is there, was there, or is looked for still. */
  async readWith(status: 'connected' | 'lost' | 'looking'): Promise<number> {
    Object.assign(this.#connection, { status, engine: status === 'connected' ? {} : null });
    return this.again();
  }

  async again(): Promise<number> {
    await this.#gauges.read();
    return this.told;
  }
}

let clock: TestClock;
/** The document in the data home. */
let written: string;
let refused: Error | null;

beforeEach(() => {
  clock = new TestClock(Date.UTC(2026, 10, 24, 12));
  written = JSON.stringify(neverNoticed);
  refused = null;
});

describe('the host’s disk', () => {
  it('is told once at its crossing, and not again until it was 5 % below', async () => {
    const stage = new Stage(rules(notice));
    expect(await stage.read(89)).toBe(0);
    expect(await stage.read(90)).toBe(1);
    expect(await stage.read(97)).toBe(1);
    clock.advance(7 * hour);
    expect(await stage.read(86)).toBe(1);
    expect(await stage.read(92)).toBe(1);
    expect(await stage.read(84)).toBe(1);
    expect(await stage.read(92)).toBe(2);
    expect(stage.failures).toEqual([]);
  });

  it('is told again no sooner than six hours later, and then without another reading', async () => {
    const stage = new Stage(rules(notice));
    await stage.read(91);
    await stage.read(80);
    clock.advance(hour);
    await stage.read(91);
    expect(stage.told).toBe(1);
    clock.advance(5 * hour - 1);
    expect(stage.told).toBe(1);
    clock.advance(1);
    expect(stage.told).toBe(2);
  });

  it('is told no second time after a start', async () => {
    const first = new Stage(rules(notice));
    expect(await first.read(95)).toBe(1);
    first.notice.close();
    const second = new Stage(rules(notice));
    clock.advance(7 * hour);
    expect(await second.read(95)).toBe(0);
    expect(await second.read(80)).toBe(0);
    second.notice.close();
    const third = new Stage(rules(notice));
    expect(await third.read(95)).toBe(1);
  });

  it('is looked at as soon as the policy is read, though the disk was read before, and once', async () => {
    const stage = new Stage(null);
    expect(await stage.read(95)).toBe(0);
    stage.policy(rules('afterUpdate: true'));
    expect(stage.told).toBe(0);
    stage.policy(rules(notice));
    expect(stage.told).toBe(1);
    stage.policy(rules('hostNotice: 85%'));
    expect(await stage.again()).toBe(1);
  });

  it('is not looked at while the policy cannot be read', async () => {
    const stage = new Stage(rules(notice));
    stage.damage();
    expect(await stage.read(95)).toBe(0);
    stage.policy(rules(notice));
    expect(stage.told).toBe(1);
  });

  it('is that of the data home where the engine’s disk tells of none', async () => {
    const stage = new Stage(rules(notice));
    stage.home = space(95);
    expect(await stage.read(silent)).toBe(1);
  });

  it('of which nothing is known is neither full nor empty', async () => {
    const stage = new Stage(rules(notice));
    stage.home = silent;
    expect(await stage.read(silent)).toBe(0);
    expect(await stage.read(95)).toBe(1);
    clock.advance(7 * hour);
    expect(await stage.read(silent)).toBe(1);
    expect(await stage.read(95)).toBe(1);
  });

  it('whose notice could not be remembered is told of once all the same', async () => {
    refused = new Error('no room');
    const stage = new Stage(rules(notice));
    await stage.read(95);
    expect(await stage.again()).toBe(1);
    expect(stage.failures).toEqual([refused]);
  });
});

describe('one file system for both', () => {
  const read = async (text: string) => {
    const stage = new Stage(text);
    stage.disk = { kind: 'folders', spaces: [space(95)] };
    return { stage, told: await stage.again() };
  };

  it('is left to pressure, and to this where pressure tells nothing', async () => {
    expect((await read(rules(both))).told).toBe(0);
    expect((await read(rules(both, 'auto'))).told).toBe(0);
    expect((await read(rules(notice))).told).toBe(1);
  });

  it('is told by one of them when the rule of the other goes', async () => {
    const { stage } = await read(rules(both));
    stage.policy(rules(notice));
    expect(stage.told).toBe(1);
    stage.policy(rules(both));
    expect(await stage.again()).toBe(1);
  });

  it('is told by pressure alone though this disk is read before an engine is met', async () => {
    const stage = new Stage(rules(both));
    stage.home = space(95);
    stage.disk = { kind: 'folders', spaces: [space(95)] };
    for (const status of ['looking', 'connected', 'lost', 'connected'] as const)
      expect(await stage.readWith(status)).toBe(0);
  });

  it('is not what it is under a VM', async () => {
    const stage = new Stage(rules(both));
    expect(await stage.read(95)).toBe(1);
  });
});

describe('in a pause', () => {
  it('nothing is told, and once it ended what is so then', async () => {
    const stage = new Stage(rules(notice));
    stage.pause(clock.now() + hour);
    expect(await stage.read(95)).toBe(0);
    clock.advance(hour);
    expect(await stage.again()).toBe(1);
  });

  it('that a person ends, it is told at once', async () => {
    const stage = new Stage(rules(notice));
    stage.pause(clock.now() + hour);
    await stage.read(95);
    stage.pause(null);
    expect(stage.told).toBe(1);
  });

  it('the end of the six hours brings nothing', async () => {
    const stage = new Stage(rules(notice));
    await stage.read(95);
    await stage.read(80);
    await stage.read(95);
    stage.pause(clock.now() + 24 * hour);
    clock.advance(7 * hour);
    expect(stage.told).toBe(1);
  });
});

it('after its end nothing is told, whatever is read or comes due', async () => {
  const stage = new Stage(rules(notice));
  await stage.read(95);
  await stage.read(80);
  await stage.read(95);
  stage.notice.close();
  clock.advance(7 * hour);
  expect(await stage.again()).toBe(1);
  stage.policy(rules('hostNotice: 50%'));
  stage.pause(null);
  expect(stage.told).toBe(1);
});
