import type { AppendLog } from '../../main/adapters/store/log.js';
import type { JournalRecord } from '../../main/services/journal/records.js';

/**
 * Lets something else happen in the middle of a run: calls `act` once, after the first item's
 * outcome is on the disk, and holds the run until it is done.
 */
export function afterFirstOutcome(
  act: (outcome: Extract<JournalRecord, { t: 'outcome' }>) => Promise<void>,
): (log: AppendLog<JournalRecord>) => AppendLog<JournalRecord> {
  let waits = true;
  return (log) => ({
    read: () => log.read(),
    append: async (record) => {
      await log.append(record);
      if (record.t !== 'outcome' || !waits) return;
      waits = false;
      await act(record);
    },
  });
}

/** The same right after the intent of a step of an update is on the disk, before it is done. */
export function atStep(
  step: string,
  act: () => Promise<void>,
): (log: AppendLog<JournalRecord>) => AppendLog<JournalRecord> {
  let waits = true;
  return (log) => ({
    read: () => log.read(),
    append: async (record) => {
      await log.append(record);
      if (record.t !== 'step-intent' || record.step !== step || !waits) return;
      waits = false;
      await act();
    },
  });
}
