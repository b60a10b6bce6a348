import { count } from '../../count.js';
import { capital, list, plural } from '../format.js';

/** What the history says, and the way back out of it. */
export const historyScreen = {
  history: {
    /** Of the last so many runs; null: of all there are. */
    title: (amount: string, updated: number, last: number | null) => {
      const of = last === null ? 'so far' : `in the last ${plural(last, 'run')}`;
      return updated === 0
        ? `${amount} freed ${of}.`
        : `${amount} freed and ${plural(updated, 'update')} taken ${of}.`;
    },
    titleNone: 'Nothing was changed yet.',
    reading: 'The history has not been read yet.',
    found: (n: number) => (n === 0 ? 'Nothing matches.' : `${plural(n, 'run')} found.`),
    lead: 'Every change Careen made, and the way back where there is one.',
    empty: 'What Careen removes and updates is listed here, with the way back.',
    noMatch: 'No run matches the filter.',
    showAll: 'Show all of it',
    freedOn: (amount: string) => `${amount} freed`,
    whole: 'The whole run',
    run: {
      all: 'All runs',
      looking: 'Looking for that run.',
      gone: 'That run is no longer kept.',
      unread: 'That run could not be read.',
      items: 'What it did',
      facts: 'The run',
      id: 'ID',
      began: 'Began',
      took: 'Took',
      asked: 'Asked',
      outcome: 'Ended',
      undid: 'Brought back',
    },
    filter: 'Filter the history',
    search: 'Name or ID',
    kinds: 'What was done',
    kind: {
      all: 'All',
      clean: 'Clean-ups',
      undo: 'Undone',
      update: 'Updates',
      rollback: 'Rollbacks',
      release: 'Released',
    },
    who: 'Who asked',
    anyone: 'asked by anyone',
    when: 'When',
    span: {
      any: 'at any time',
      today: 'today',
      week: 'in the last 7 days',
      month: 'in the last 30 days',
      day: 'on one day',
      between: 'between two days',
    },
    day: 'On this day',
    from: 'From this day on',
    to: 'Up to this day',
    by: {
      window: 'from the window',
      tray: 'from the tray',
      cli: 'from the command line',
      schedule: 'by schedule',
      'after-update': 'after an update',
      pressure: 'as the disk was full',
      'image-budget': 'by the budget for images',
      check: 'by itself, after a check',
    },
    did: {
      clean: (things: string) => `${capital(things)} removed`,
      undo: (things: string) => `${capital(things)} brought back`,
    },
    /** One container of a run of updates, by what became of it. */
    updated: {
      updated: (name: string, from: string, to: string) => `${name} updated, ${from} to ${to}`,
      'rolled-back': (name: string, from: string, to: string) =>
        `${name} failed on ${to} and was rolled back to ${from}`,
      restored: (name: string, from: string, to: string) =>
        `${name} rolled back from ${from} to ${to}`,
      released: (name: string) => `${name}: what was kept is released`,
      restarted: (name: string) => `${name} restarted`,
      skipped: (name: string) => `${name} left alone`,
      'taken-over': (name: string) => `${name} was changed by something else`,
      failed: (name: string) => `${name} could not be changed`,
      running: (name: string) => `${name} is under way`,
      cancelled: (name: string, from: string, to: string) =>
        `${name} is back on ${from}: its update to ${to} was cancelled`,
    },
    stepsOf: (container: string) => `Steps of ${container}`,
    containers: (summary: string, names: readonly string[]) => `${summary}: ${list(names)}`,
    skipped: (n: number) => `${count(n)} skipped`,
    failed: (n: number) => `${count(n)} failed`,
    outcome: {
      done: 'done',
      cancelled: 'stopped by you',
      'engine-lost': 'Docker went away',
      interrupted: 'interrupted',
      failed: 'failed',
      unhealthy: 'Docker was not well',
      running: 'under way',
    },
    figures: (said: string, measured: string) => `said ${said}, measured ${measured}`,
    canPull: (n: number) => `${count(n)} can be pulled again`,
    older: 'Show older ones',
    undone: 'It brought back what a clean-up had removed.',
    showUndone: 'Show that clean-up',
    undoHint: 'Lists first what can be pulled again and what cannot.',
    export: 'Export…',
    format: { csv: 'CSV, one line an item', json: 'JSON' },
    saved: (file: string) => `The history was written to ${file}.`,
  },
  undo: {
    asking: 'Looking at what can be brought back.',
    title: 'Bring back what was removed?',
    nothing: 'Nothing of it can be brought back.',
    lead: 'Images are pulled from where they came, by their digest, and get their names again.',
    lists: 'What undoing would do',
    back: 'Can be pulled again',
    madeAgain: 'Made again when needed',
    lost: 'Cannot be brought back',
    tick: (name: string) => `Bring back ${name}`,
    act: (n: number) => `Pull ${plural(n, 'image')}`,
  },
};
