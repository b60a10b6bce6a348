import type { AppendLog } from '../../main/adapters/store/log.js';
import type { JournalRecord } from '../../main/services/journal/records.js';

type Around = (log: AppendLog<JournalRecord>) => AppendLog<JournalRecord>;

/**
 * Lets something else happen in the middle of a run: calls `act` once, after the first item's
 * outcome is on the disk, and holds the run until it is done.
 */
export function afterFirstOutcome(
  act: (outcome: Extract<JournalRecord, { t: 'outcome' }>) => Promise<void>,
): Around {
  return onceAfter((record) => record.t === 'outcome', act);
}

/**
 * The same right after the intent of a step of an update is on the disk, before it is done.
 *
 * @param container whose step; left out: whoever comes to it first
 */
export function atStep(step: string, act: () => Promise<void>, container?: string): Around {
  return onceAfter(
    (record): record is Extract<JournalRecord, { t: 'step-intent' }> =>
      record.t === 'step-intent' &&
      record.step === step &&
      (container === undefined || record.container === container),
    act,
  );
}

function onceAfter<R extends JournalRecord>(
  is: (record: JournalRecord) => record is R,
  act: (record: R) => Promise<void>,
): Around {
  let waits = true;
  return (log) => ({
    read: () => log.read(),
    append: async (record) => {
      await log.append(record);
      if (!waits || !is(record)) return;
      waits = false;
      await act(record);
    },
  });
}
