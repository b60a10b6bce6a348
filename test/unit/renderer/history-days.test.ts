import { expect, test } from 'vitest';
import type { HistoryRun } from '../../../main/contract/runs.js';
import { messages } from '../../../main/messages/index.js';
import { byDay, freedBy } from '../../../renderer/app/history/by-day.js';
import { everything, paramsOf } from '../../../renderer/app/history/filter.js';

const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();
const clean = (startedAt: number, measured: number | null, min = 0) =>
  ({
    kind: 'clean',
    runId: String(startedAt),
    startedAt,
    measured,
    estimated: { min, max: min, certainty: 'exact' },
  }) as HistoryRun;

test('runs stand under the day on which they began, with what came free on it', () => {
  const days = byDay([clean(at(24, 9), 5e9), clean(at(22, 23), null, 2e9), clean(at(22, 1), 1e9)]);
  expect(days.map(({ key, runs, freed }) => [key, runs.length, freed])).toEqual([
    ['2026-11-24', 1, 5e9],
    ['2026-11-22', 2, 3e9],
  ]);
  expect(freedBy(clean(at(1, 1), -4))).toBe(0);
});

test('one day is whole, and none at all is every day', () => {
  const view = { ...everything, span: 'day', from: '2026-11-22' } as const;
  expect(paramsOf(view, at(24, 9))).toMatchObject({ since: at(22, 0), until: at(23, 0) - 1 });
  expect(paramsOf({ ...view, from: '' }, at(24, 9))).toMatchObject({ since: null, until: null });
});

test('a day is named as people do', () => {
  const now = at(24, 15);
  const english = messages('en').format;
  const chinese = messages('zh-CN').format;
  expect(english.dayHead(at(24, 0), now)).toBe('Today');
  expect(english.dayHead(at(23, 23), now)).toBe('Yesterday');
  expect(english.dayHead(at(22, 9), now)).toBe('Sunday 22 November');
  expect(chinese.dayHead(at(24, 0), now)).toBe('今天');
  expect(chinese.dayHead(at(22, 9), now)).toBe('11 月 22 日星期日');
});
