import { describe, expect, it } from 'vitest';
import { parseSchedule } from '../../../../main/domain/policy/schedule.js';
import { changedTo, cronOf, scheduleOf } from '../../../../main/domain/policy/clock.js';

describe('a schedule, as a person says it,', () => {
  it.each([
    [null, { kind: 'off' }],
    ['0 12 * * *', { kind: 'daily', at: '12:00' }],
    ['5 7 * * *', { kind: 'daily', at: '07:05' }],
    ['30 22 * * 0', { kind: 'weekly', at: '22:30', day: 0 }],
    ['30 22 * * 6', { kind: 'weekly', at: '22:30', day: 6 }],
    ['0 12 * * 1-5', { kind: 'own', cron: '0 12 * * 1-5' }],
    ['@daily', { kind: 'own', cron: '@daily' }],
    ['0 */6 * * *', { kind: 'own', cron: '0 */6 * * *' }],
    ['0 12 1 * *', { kind: 'own', cron: '0 12 1 * *' }],
    ['75 12 * * *', { kind: 'own', cron: '75 12 * * *' }],
    ['99 99 * * *', { kind: 'own', cron: '99 99 * * *' }],
  ] as const)('%s is read, and written the same', (cron, schedule) => {
    expect(scheduleOf(cron)).toEqual(schedule);
    expect(cronOf(schedule)).toBe(cron);
  });

  it('of Sunday is one, however cron counts it', () => {
    expect(scheduleOf('0 12 * * 7')).toEqual({ kind: 'weekly', at: '12:00', day: 0 });
  });

  it('without a time, or an expression, is none', () => {
    expect(cronOf({ kind: 'daily', at: '' })).toBeUndefined();
    expect(cronOf({ kind: 'weekly', at: '24:00', day: 1 })).toBeUndefined();
    expect(cronOf({ kind: 'own', cron: '  ' })).toBeUndefined();
  });

  it('keeps its time when its kind changes, and is always one that the policy takes', () => {
    const daily = { kind: 'daily', at: '08:30' } as const;
    expect(changedTo('weekly', daily)).toEqual({ kind: 'weekly', at: '08:30', day: 1 });
    expect(changedTo('own', daily)).toEqual({ kind: 'own', cron: '30 8 * * *' });
    for (const kind of ['daily', 'weekly', 'own'] as const)
      for (const before of [{ kind: 'off' } as const, daily]) {
        const cron = cronOf(changedTo(kind, before));
        expect(parseSchedule(cron ?? '')).toBe(cron);
      }
  });
});
