import { expect, test } from 'vitest';
import { everything, isFiltered, paramsOf } from '../../../renderer/app/history/filter.js';

const now = new Date(2026, 10, 24, 15).getTime();

test('a filter that leaves nothing out asks for everything', () => {
  expect(isFiltered(everything)).toBe(false);
  expect(paramsOf(everything, now)).toEqual({
    since: null,
    until: null,
    kind: null,
    by: null,
    item: null,
    runId: null,
  });
  expect(isFiltered({ ...everything, text: '  ' })).toBe(false);
  expect(isFiltered({ ...everything, span: 'between' })).toBe(false);
});

test('kind, asker and text go as they are; the text without spaces around it', () => {
  const view = { ...everything, kind: 'undo', by: 'schedule', text: ' node ' } as const;
  expect(isFiltered(view)).toBe(true);
  expect(paramsOf(view, now)).toMatchObject({ kind: 'undo', by: 'schedule', item: 'node' });
});

test('today begins at midnight; a week and a month are counted back from now', () => {
  const midnight = new Date(2026, 10, 24).getTime();
  expect(paramsOf({ ...everything, span: 'today' }, now)).toMatchObject({ since: midnight });
  const week = paramsOf({ ...everything, span: 'week' }, now);
  expect(week.since).toBe(now - 7 * 86_400_000);
});

test('both days of a range are whole, and either may be left open', () => {
  const range = { ...everything, span: 'between', from: '2026-11-01', to: '2026-11-03' } as const;
  expect(paramsOf(range, now)).toMatchObject({
    since: new Date(2026, 10, 1).getTime(),
    until: new Date(2026, 10, 4).getTime() - 1,
  });
  expect(paramsOf({ ...range, from: '' }, now)).toMatchObject({ since: null });
  expect(paramsOf({ ...range, to: 'never' }, now)).toMatchObject({ until: null });
});
