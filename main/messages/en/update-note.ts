import type { UpdateRun } from '../../contract/runs.js';
import type { UpdateRow } from '../../contract/updates.js';
import type { UpdatedContainer } from '../../contract/update-steps.js';
import { isNotBack } from '../../contract/update-outcome.js';
import type { Note } from '../types.js';
import { list, plural } from './format.js';
import type { update } from './update.js';

function titleOf({ container, result }: UpdatedContainer): string {
  switch (result?.state) {
    case 'rolled-back':
      return `${container} was rolled back`;
    case 'updated':
      return `${container} was updated`;
    case 'restored':
      return `${container} is back on a kept version`;
    case 'taken-over':
      return `${container} was changed by something else`;
    default:
      return isNotBack(result) ? `${container} did not get back` : `${container} was not updated`;
  }
}

/** What notifications say of updates. */
export function updateNote(words: ReturnType<typeof update>) {
  const names = (containers: readonly { container: string }[]) =>
    list(containers.map(({ container }) => container));
  return {
    /** Versions that became available. */
    found: (rows: readonly UpdateRow[]): Note => {
      const [first] = rows;
      if (first && rows.length === 1 && first.verdict.state === 'available')
        return {
          title: `Update for ${first.container}`,
          body: `${words.fromTo({ from: first.now, to: first.verdict.to })}. Nothing has been changed.`,
        };
      return {
        title: plural(rows.length, 'update'),
        body: `For ${names(rows)}. Nothing has been changed.`,
      };
    },
    /** What became of one container, and in short of the others. */
    ended: (
      { endedAt, startedAt }: UpdateRun,
      told: UpdatedContainer,
      others: readonly UpdatedContainer[],
    ): Note => ({
      title: titleOf(told),
      body: [
        words.result(told, endedAt ?? startedAt),
        ...(told.recovered === null ? [] : [words.recovered[told.recovered]]),
        ...(others.length === 0 ? [] : [`Besides: ${words.summary(others)}.`]),
      ].join(' '),
    }),
    /** What became of the containers of a run in a few words, however it went. */
    headline: (all: readonly UpdatedContainer[]): string => {
      const [only, other] = all;
      return only && !other ? titleOf(only) : words.summary(all);
    },
    /** What became of several that went well. */
    endedWell: (all: readonly UpdatedContainer[]): Note => ({
      title: words.summary(all),
      body: `${names(all)}.`,
    }),
    /** A run from the tray that did not come about. */
    notBegun: (why: string): Note => ({ title: 'Nothing was updated', body: why }),
  };
}
