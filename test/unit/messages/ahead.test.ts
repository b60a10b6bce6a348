import { describe, expect, it } from 'vitest';
import { messages } from '../../../main/messages/index.js';

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 24, 9);
const en = messages('en', { timeZone: 'UTC' }).ahead;
const zh = messages('zh-CN', { timeZone: 'UTC' }).ahead;
const after = (fullAt: number, earliest: number, latest: number) => ({
  fullAt: now + fullAt * day,
  earliest: now + earliest * day,
  latest: now + latest * day,
});

describe('a full disk', () => {
  it.each([
    [after(9.2, 5.7, 14.4), 'Full in about 9 days (6 to 14)', '约 9 天后写满（6 到 14 天）'],
    [after(9.2, 9.1, 9.3), 'Full in about 9 days', '约 9 天后写满'],
    [after(1.5, 1, 3), 'Full in about 36 hours (24 to 72)', '约 36 小时后写满（24 到 72 小时）'],
    [after(1 / 24, 0, 2 / 24), 'Full in about 1 hour (0 to 2)', '约 1 小时后写满（0 到 2 小时）'],
    [after(-1, -1, -1), 'Full in about 0 hours', '约 0 小时后写满'],
  ])('%#', (forecast, english, chinese) => {
    expect(en.full(forecast, now)).toBe(english);
    expect(zh.full(forecast, now)).toBe(chinese);
  });
});

describe('what is next', () => {
  it.each([
    [
      { cleanUp: now + 3 * hour, check: now + 3 * hour },
      'Next: clean up today 12:00, check for updates in 3 hours',
      '接下来：今天 12:00 清理，3 小时后检查更新',
    ],
    [
      { cleanUp: now + 27 * hour, check: null },
      'Next: clean up tomorrow 12:00',
      '接下来：明天 12:00 清理',
    ],
    [
      { cleanUp: now + 75 * hour, check: null },
      'Next: clean up on 27 November 12:00',
      '接下来：11 月 27 日 12:00 清理',
    ],
    [
      { cleanUp: null, check: now - 5 },
      'Next: check for updates within the hour',
      '接下来：一小时内检查更新',
    ],
    [
      { cleanUp: now - 5, check: now + 27 * hour },
      'Next: clean up today 09:00, check for updates tomorrow 12:00',
      '接下来：今天 09:00 清理，明天 12:00 检查更新',
    ],
    [{ cleanUp: null, check: null }, null, null],
  ])('%#', (plan, english, chinese) => {
    expect(en.next(plan, now)).toBe(english);
    expect(zh.next(plan, now)).toBe(chinese);
  });

  it('goes by the calendar of the zone, on days of 23 and 25 hours too', () => {
    const berlin = messages('en', { timeZone: 'Europe/Berlin' }).ahead;
    for (const [at, then] of [
      // Clocks go forward on 29 March 2026, and back on 25 October.
      ['2026-03-28T22:30:00Z', '2026-03-29T21:30:00Z'],
      ['2026-10-24T21:30:00Z', '2026-10-25T22:30:00Z'],
    ] as const)
      expect(berlin.next({ cleanUp: Date.parse(then), check: null }, Date.parse(at))).toBe(
        'Next: clean up tomorrow 23:30',
      );
  });
});
