import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ImageRow } from '../../../main/contract/slices.js';
import { Lines } from '../../../renderer/app/images/lines.svelte.js';
import type { TableView } from '../../../renderer/app/images/table.js';
import { smallStore } from '../../looks/synthetic.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const view: TableView = {
  text: '',
  chip: 'all',
  by: 'repository',
  key: 'name',
  down: false,
  closed: new Set(),
};

/** Lines of a table, and what happens to its rows. */
function stage() {
  let rows: ReadonlyMap<string, ImageRow> = new Map(smallStore().map((row) => [row.id, row]));
  const lines = new Lines(() => ({ rows, view }));
  lines.arrange();
  return {
    lines,
    removeFirst: () => {
      rows = new Map([...rows].slice(1));
      lines.arrangeAtRest();
    },
  };
}

it('lines keep their places for as long as somebody is at work on them', () => {
  const { lines, removeFirst } = stage();
  const before = lines.entries.length;
  lines.rest.pointed();
  removeFirst();
  for (let n = 0; n < 5; n++) {
    vi.advanceTimersByTime(1_000);
    lines.rest.pointed();
  }
  expect(lines.entries).toHaveLength(before);
  vi.advanceTimersByTime(1_500);
  vi.runOnlyPendingTimers();
  expect(lines.entries).toHaveLength(before - 1);
});

it('lines are put in order once, after what was pressed is over', () => {
  const { lines, removeFirst } = stage();
  const before = lines.entries;
  lines.arrangeSoon();
  removeFirst();
  lines.arrangeSoon();
  expect(lines.entries).toBe(before);
  vi.runOnlyPendingTimers();
  expect(lines.entries).toHaveLength(before.length - 1);
  expect(vi.getTimerCount()).toBe(0);
});

it('lines go to their places as who was at work on them leaves', () => {
  const { lines, removeFirst } = stage();
  const before = lines.entries.length;
  lines.rest.pointed();
  removeFirst();
  expect(lines.entries).toHaveLength(before);
  lines.rest.gone();
  vi.runOnlyPendingTimers();
  expect(lines.entries).toHaveLength(before - 1);
});
