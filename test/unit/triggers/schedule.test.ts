import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dueAfter, nextRun } from '../../../main/domain/triggers/schedule.js';
import { now } from '../domain/arbitrary.js';
import { fresh, pulled, Stage, type StageOptions } from './stage.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const noon = '0 12 * * *';

const rules = (mode: string, schedule = noon) => `version: 1
mode: ${mode}
remove:
  - { id: stale, match: "**", origin: pulled, unusedFor: 60d }
triggers: { schedule: "${schedule}" }
`;

const open = async (options: Partial<StageOptions> = {}) => {
  const stage = new Stage({ policy: rules('auto'), ...options });
  await stage.quiet();
  return stage;
};
/** Something new that may go, so that a run removes something. */
const more = (stage: Stage, n: number) =>
  stage.images([pulled(n), pulled(n + 1)].concat([81, 82, 83, 84, 85, 86, 87, 88].map(fresh)));
const answered = (at: number, schedule = noon) => ({
  scheduled: { pattern: schedule, answered: at },
});

describe('what was missed', () => {
  it('in sleep is made up for once, after a rest, whatever it is', async () => {
    const stage = await open();
    const first = stage.triggers.next?.at ?? 0;
    await stage.sleep(first + 4 * day + hour - now);
    expect(stage.ran).toEqual([]);
    expect(stage.triggers.next?.at).toBe(stage.clock.now() + 30_000);
    await stage.pass(30_000);
    expect(stage.ran).toHaveLength(1);
    await more(stage, 4);
    await stage.pass(hour);
    expect(stage.ran).toHaveLength(1);
    expect(stage.triggers.next?.at).toBe(first + 5 * day);
  });

  it('while Careen did not run is made up for once, two minutes after its start', async () => {
    const stage = await open({ remembered: answered(now - 5 * day) });
    await stage.pass(2 * minute - 1);
    expect(stage.ran).toEqual([]);
    await stage.pass(1);
    expect(stage.ran).toHaveLength(1);
    const again = await open({ remembered: stage.remembered });
    await again.pass(10 * minute);
    expect(again.ran).toEqual([]);
  });

  it('needs no word that the machine slept', async () => {
    const stage = await open();
    stage.clock.set((stage.triggers.next?.at ?? 0) + 3 * day);
    await stage.pass(10 * minute);
    expect(stage.ran).toHaveLength(1);
  });

  it('is not what came before the first start, or before the schedule was another one', async () => {
    const stage = await open();
    await stage.pass(10 * minute);
    expect(stage.ran).toEqual([]);
    const other = await open({ remembered: answered(now - 5 * day, '0 11 * * *') });
    await other.pass(10 * minute);
    expect(other.ran).toEqual([]);
    await other.policy(rules('auto', '30 17 * * *'));
    await other.pass(10 * minute);
    expect(other.ran).toEqual([]);
  });

  it('waits for its engine', async () => {
    const stage = await open({ remembered: answered(now - 2 * day) });
    await stage.connect(false);
    await stage.pass(hour);
    expect([stage.ran, stage.triggers.next]).toEqual([[], null]);
    await stage.connect(true);
    expect(stage.ran).toHaveLength(1);
  });

  it('by a policy that cannot be read for a while is made up for', async () => {
    const stage = await open();
    const at = stage.triggers.next?.at ?? 0;
    await stage.policy('version: 9\n');
    await stage.pass(at + hour - now);
    expect(stage.ran).toEqual([]);
    await stage.policy(rules('auto'));
    expect(stage.ran).toHaveLength(1);
  });

  it('while the policy had no schedule is not made up for', async () => {
    const stage = await open();
    const at = stage.triggers.next?.at ?? 0;
    await stage.policy(rules('auto').replace(/^triggers.*\n/m, ''));
    await stage.pass(at + 3 * day + hour - now);
    await stage.policy(rules('auto'));
    await stage.pass(hour);
    expect(stage.ran).toEqual([]);
    expect(stage.triggers.next?.at).toBe(at + 4 * day);
  });

  it('in a pause is not made up for', async () => {
    const stage = await open();
    const at = stage.triggers.next?.at ?? 0;
    await stage.pause(at + hour);
    expect(stage.triggers.next?.at).toBe(at + day);
    await stage.pass(at + 2 * hour - now);
    expect(stage.ran).toEqual([]);
    await stage.pause(stage.clock.now() + 2 * day);
    await stage.pass(day);
    await stage.pause(null);
    await stage.pass(hour);
    expect(stage.ran).toEqual([]);
    await stage.pass(day);
    expect(stage.ran).toHaveLength(1);
  });
});

describe('three weeks away', () => {
  const away = { remembered: answered(now - 21 * day) };

  it('empty nothing until 24 hours are observed again, and then run once', async () => {
    const stage = await open({ ...away, engine: { hoursSinceGap: 0 } });
    for (let hours = 0; hours < 24; hours++) {
      await stage.pass(hour);
      expect([stage.ran, stage.triggers.question]).toEqual([[], null]);
      stage.taken = { ...stage.taken, hoursSinceGap: hours + 1 };
    }
    expect(stage.triggers.status().waiting).toMatchObject({ cause: 'schedule', for: 'gap' });
    await stage.pass(hour);
    expect(stage.ran).toHaveLength(1);
    expect(stage.triggers.status().waiting).toBeNull();
  });

  it('are made up for after another start, should Careen end while it waits', async () => {
    const stage = await open({ ...away, engine: { hoursSinceGap: 0 } });
    await stage.pass(3 * hour);
    stage.triggers.close();
    expect(stage.remembered.scheduled?.answered).toBe(now - 21 * day);
    const again = await open({ remembered: stage.remembered, engine: { hoursSinceGap: 24 } });
    await again.pass(2 * minute);
    expect(again.ran).toHaveLength(1);
  });
});

describe('on battery', () => {
  it('nothing is begun by a schedule, until the mains are back', async () => {
    const stage = await open();
    stage.onBattery = true;
    const at = stage.triggers.next?.at ?? 0;
    await stage.pass(at - now);
    for (let quarters = 0; quarters < 12; quarters++) await stage.pass(15 * minute);
    expect([stage.ran, stage.asked]).toEqual([[], []]);
    expect(stage.triggers.status().waiting).toEqual({
      cause: 'schedule',
      for: 'battery',
      since: at,
    });
    stage.onBattery = false;
    await stage.pass(15 * minute);
    expect(stage.ran).toHaveLength(1);
    expect(stage.remembered.scheduled?.answered).toBe(at);
  });

  /** Waits for the mains, and is tried again when its engine does not answer. */
  const retried = async (act: (stage: Stage) => Promise<void>) => {
    const stage = await open({ policy: updates });
    stage.onBattery = true;
    const at = stage.triggers.next?.at ?? 0;
    await stage.pass(at - now);
    await stage.triggers.afterUpdate('docker.io/library/app');
    await act(stage);
    expect(stage.triggers.status().waiting).toMatchObject({ cause: 'schedule', since: at });
    expect(stage.remembered.scheduled?.answered).toBeLessThan(at);
    stage.onBattery = false;
    await more(stage, 4);
    await stage.triggers.fire({ cause: 'schedule', repository: null });
    await more(stage, 6);
    await stage.pass(15 * minute);
    expect(stage.triggers.status().waiting).toBeNull();
    return stage.ran.map(({ by }) => by);
  };
  const updates = rules('auto').replace('triggers: {', 'triggers: { afterUpdate: true,');

  it('what waits for the mains goes on waiting while its engine is away', async () => {
    const ran = await retried(async (stage) => {
      await stage.connect(false);
      await stage.pass(20 * minute);
      await stage.connect(true);
      expect(stage.failures).toEqual([]);
    });
    expect(ran).toEqual(['schedule', 'after-update']);
  });

  it('what waits for the mains goes on waiting where answering it fails', async () => {
    const ran = await retried(async (stage) => {
      const { images } = stage.taken;
      stage.onBattery = false;
      stage.taken = { ...stage.taken, images: null as never };
      await stage.pass(15 * minute);
      expect(stage.failures).toHaveLength(2);
      stage.taken = { ...stage.taken, images };
    });
    expect(ran).toEqual(['schedule', 'after-update']);
  });

  it('what is asked first is asked', async () => {
    const stage = await open({ policy: rules('confirm') });
    stage.onBattery = true;
    await stage.fire('schedule');
    expect(stage.triggers.question).toMatchObject({ by: 'schedule', items: 3 });
  });

  it('is not presumed where nobody can tell', async () => {
    const stage = await open();
    stage.onBattery = null;
    await stage.fire('schedule');
    expect(stage.ran).toHaveLength(1);
  });

  it('a disk that fills does not wait', async () => {
    const pressure = rules('auto').replace(/schedule.*\n/, 'pressure: { high: 85%, low: 75% } }\n');
    const stage = await open({ policy: pressure });
    stage.onBattery = true;
    await stage.read(90e9, 10e9);
    expect(stage.ran).toHaveLength(1);
  });
});

describe('about to sleep', () => {
  it('nothing is begun, and what came due is begun after a rest', async () => {
    const stage = await open();
    const at = stage.triggers.next?.at ?? 0;
    await stage.pass(at - now - 1000);
    stage.triggers.suspending();
    await stage.pass(30_000);
    void stage.triggers.fire({ cause: 'after-update', repository: null });
    await stage.quiet();
    expect(stage.ran).toEqual([]);
    stage.clock.set(stage.clock.now() + 8 * hour);
    stage.triggers.woke();
    await stage.pass(30_000 - 1);
    expect(stage.ran).toEqual([]);
    await stage.pass(1);
    expect(stage.ran).toMatchObject([{ by: 'after-update' }]);
  });

  it('and awake after all, it goes on', async () => {
    const stage = await open();
    stage.triggers.suspending();
    void stage.triggers.fire({ cause: 'after-update', repository: null });
    await stage.pass(minute);
    expect(stage.ran).toHaveLength(1);
  });
});

describe('chance', () => {
  it('puts a moment off by five minutes at most, and by a tenth of the time to the next', () => {
    const at = nextRun(noon, now) ?? 0;
    expect(dueAfter(noon, now, 0)).toEqual({ at, begins: at });
    expect(dueAfter(noon, now, 1)).toEqual({ at, begins: at + 5 * minute });
    const often = dueAfter('*/10 * * * *', now, 1);
    expect((often?.begins ?? 0) - (often?.at ?? 0)).toBe(minute);
  });

  it('is not told of', async () => {
    const stage = await open();
    const at = stage.triggers.next?.at ?? 0;
    stage.chance = 1;
    await stage.policy(rules('auto'));
    await stage.pass(at - now);
    await more(stage, 4);
    expect(stage.ran).toHaveLength(1);
    expect(stage.triggers.next?.at).toBe(at + day);
    await stage.pass(day);
    expect(stage.ran).toHaveLength(1);
    await stage.pass(5 * minute);
    expect(stage.ran).toHaveLength(2);
  });
});

describe('clocks', () => {
  it('set back over a moment that was answered bring it no second time', async () => {
    const stage = await open();
    const at = stage.triggers.next?.at ?? 0;
    await stage.pass(at - now);
    expect(stage.ran).toHaveLength(1);
    await more(stage, 4);
    stage.clock.set(at - 2 * hour);
    await stage.pass(3 * hour);
    expect(stage.ran).toHaveLength(1);
    expect(stage.triggers.next?.at).toBe(at + day);
  });

  it('set back by a year hold nothing off', async () => {
    const stage = await open();
    const first = stage.triggers.next?.at ?? 0;
    stage.clock.set(now - 365 * day);
    await stage.pass(10 * minute);
    expect(stage.triggers.next?.at).toBe(first - 365 * day);
    await stage.pass(day);
    expect(stage.remembered.scheduled?.answered).toBe(first - 365 * day);
    expect(stage.triggers.next?.at).toBe(first - 364 * day);
  });
});

describe('summer time and time zones', () => {
  const zone = process.env.TZ;
  beforeEach(() => {
    process.env.TZ = 'Europe/Berlin';
  });
  afterEach(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });
  const runsFrom = (schedule: string, from: string, most: number) => {
    const times: string[] = [];
    for (let at = Date.parse(from); times.length < most;) {
      at = nextRun(schedule, at) ?? Infinity;
      times.push(new Date(at).toISOString().slice(0, 16));
    }
    return times;
  };

  it('five days missed on the way to another time zone run once, and it goes by that one', async () => {
    const stage = await open();
    const first = stage.triggers.next?.at ?? 0;
    process.env.TZ = 'America/New_York';
    await stage.sleep(5 * day);
    await stage.pass(minute);
    expect(stage.ran).toHaveLength(1);
    await more(stage, 4);
    await stage.pass(30 * minute);
    expect(stage.ran).toHaveLength(1);
    // Noon there is six hours later.
    expect(((stage.triggers.next?.at ?? 0) - first) % day).toBe(6 * hour);
  });

  it('noon is noon, 23 and 25 hours apart', () => {
    expect(runsFrom(noon, '2026-03-28T00:00Z', 3)).toEqual([
      '2026-03-28T11:00',
      '2026-03-29T10:00',
      '2026-03-30T10:00',
    ]);
    expect(runsFrom(noon, '2026-10-24T00:00Z', 3)).toEqual([
      '2026-10-24T10:00',
      '2026-10-25T11:00',
      '2026-10-26T11:00',
    ]);
  });

  it('an hour that is not there, or there twice, has one run', () => {
    expect(runsFrom('30 2 * * *', '2026-03-28T12:00Z', 2)).toEqual([
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
    expect(runsFrom('30 2 * * *', '2026-10-24T12:00Z', 2)).toEqual([
      '2026-10-25T00:30',
      '2026-10-26T01:30',
    ]);
  });
});
