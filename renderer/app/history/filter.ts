import type { Params } from '../../../main/contract/commands.js';
import type { AskedBy, HistoryRun } from '../../../main/contract/runs.js';
import { dayStart, nextDay } from '../common/days.js';

export type Span = 'any' | 'today' | 'week' | 'month' | 'day' | 'between';

/** What a person wants to see of the history. */
export interface HistoryView {
  text: string;
  kind: HistoryRun['kind'] | 'all';
  by: AskedBy | 'all';
  span: Span;
  /** Days as a date field writes them, `2026-11-24`; empty is open. For `between`, and `from` for `day`. */
  from: string;
  to: string;
}

/** Everyone who can ask for a run. */
export const askers: readonly AskedBy[] = [
  'window',
  'tray',
  'cli',
  'schedule',
  'after-update',
  'pressure',
  'image-budget',
  'check',
];

export const everything: HistoryView = {
  text: '',
  kind: 'all',
  by: 'all',
  span: 'any',
  from: '',
  to: '',
};

const DAY = 86_400_000;

function boundsOf({ span, from, to }: HistoryView, now: number) {
  const open = { since: null, until: null };
  switch (span) {
    case 'any':
      return open;
    case 'today':
      return { ...open, since: new Date(now).setHours(0, 0, 0, 0) };
    case 'week':
      return { ...open, since: now - 7 * DAY };
    case 'month':
      return { ...open, since: now - 30 * DAY };
    case 'day': {
      const start = dayStart(from);
      return start === null ? open : { since: start, until: nextDay(start) - 1 };
    }
    case 'between': {
      const end = dayStart(to);
      return { since: dayStart(from), until: end === null ? null : nextDay(end) - 1 };
    }
  }
}

/** The same as `history` asks for it. */
export function paramsOf(view: HistoryView, now: number): Params<'history'> {
  const text = view.text.trim();
  return {
    ...boundsOf(view, now),
    kind: view.kind === 'all' ? null : view.kind,
    by: view.by === 'all' ? null : view.by,
    item: text === '' ? null : text,
    runId: null,
  };
}

/** Whether anything is left out. */
export function isFiltered(view: HistoryView): boolean {
  const { since, until, kind, by, item } = paramsOf(view, 0);
  return [since, until, kind, by, item].some((one) => one != null);
}
