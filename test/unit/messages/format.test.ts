import { describe, expect, it } from 'vitest';
import { messages, resolveLanguage } from '../../../main/messages/index.js';

const en = messages('en', { timeZone: 'UTC' }).format;
const zh = messages('zh-CN', { timeZone: 'UTC' }).format;
const now = Date.UTC(2026, 10, 24, 12);
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [1, '1 B'],
    [999, '999 B'],
    [1_000, '1 kB'],
    [999_499, '999 kB'],
    [999_500, '1 MB'],
    [54_000_000, '54 MB'],
    [999_499_999, '999 MB'],
    [999_500_000, '1.0 GB'],
    [14_249_000_000, '14.2 GB'],
    [999_940_000_000, '999.9 GB'],
    [999_950_000_000, '1.0 TB'],
    [3_200_000_000_000, '3.2 TB'],
    [-2_000, '-2 kB'],
  ])('%i is %s', (n, text) => {
    expect(en.bytes(n)).toBe(text);
    expect(zh.bytes(n)).toBe(text);
    const { value, unit } = en.bytesParts(n);
    expect(`${value} ${unit}`).toBe(text);
  });

  it('say how sure a figure is', () => {
    const r = { min: 10_000_000_000, max: 10_200_000_000 };
    const all = ['exact', 'range', 'at-least', 'at-most'] as const;
    expect(all.map((certainty) => en.reclaimable({ ...r, certainty }))).toEqual([
      '10.0 GB',
      'about 10.1 GB',
      'at least 10.0 GB',
      'at most 10.2 GB',
    ]);
    expect(all.map((certainty) => zh.reclaimable({ ...r, certainty }))).toEqual([
      '10.0 GB',
      '约 10.1 GB',
      '至少 10.0 GB',
      '至多 10.2 GB',
    ]);
  });
});

describe('times', () => {
  it.each([
    [now, 'just now', '刚刚'],
    [now - 5 * minute, '5 minutes ago', '5 分钟前'],
    [now - hour, '1 hour ago', '1 小时前'],
    [now - 23 * hour, '23 hours ago', '23 小时前'],
    [now + 2 * hour, 'in 2 hours', '2 小时后'],
    [now - day, '23 November', '11 月 23 日'],
    [now + 68 * day, '31 January 2027', '2027 年 1 月 31 日'],
  ])('%i', (ms, english, chinese) => {
    expect(en.when(ms, now)).toBe(english);
    expect(zh.when(ms, now)).toBe(chinese);
  });

  it('are cut and not rounded as an age', () => {
    expect(en.age(now - 90 * day + 1, now)).toBe('89 days');
    expect(en.age(now - 90 * day, now)).toBe('90 days');
    expect(zh.age(now - hour, now)).toBe('1 小时');
    expect(en.age(now + hour, now)).toBe('0 seconds');
  });

  it.each([
    [24 * hour, '24 hours'],
    [90 * day, '90 days'],
    [90 * minute, '90 minutes'],
    [10_000, '10 seconds'],
    [0, '0 seconds'],
  ])('%i ms is a span of %s', (ms, text) => expect(en.duration(ms)).toBe(text));

  it.each([
    [hour, 'every hour', '每小时'],
    [day, 'every day', '每天'],
    [6 * hour, 'every 6 hours', '每 6 小时'],
    [90 * minute, 'every 90 minutes', '每 90 分钟'],
  ])('what is done each %i ms is done %s', (ms, english, chinese) => {
    expect([en.every(ms), zh.every(ms)]).toEqual([english, chinese]);
  });
});

describe('the language', () => {
  it.each([
    ['system', ['zh-Hans-CN', 'en'], 'zh-CN'],
    ['system', ['zh_CN.UTF-8'], 'zh-CN'],
    ['system', ['zh-TW', 'en-US'], 'en'],
    ['system', ['de-DE', 'zh-CN'], 'zh-CN'],
    ['system', ['C.UTF-8', 'zh-CN'], 'en'],
    ['system', [], 'en'],
    ['zh-CN', ['en-GB'], 'zh-CN'],
    ['en', ['zh-CN'], 'en'],
  ] as const)('%s with %j is %s', (setting, locales, language) =>
    expect(resolveLanguage(setting, locales)).toBe(language),
  );
});

describe('a moment that stays as it is told', () => {
  it.each([
    [now - 3 * minute, '11:57', '11:57'],
    [now - day, '23 November, 12:00', '11 月 23 日 12:00'],
    [Date.UTC(2025, 0, 2, 3, 4), '2 January 2025, 03:04', '2025 年 1 月 2 日 03:04'],
  ])('%d', (at, english, chinese) => {
    for (const later of [now, now + 5 * minute]) {
      expect(en.clock(at, later)).toBe(english);
      expect(zh.clock(at, later)).toBe(chinese);
    }
  });
});
