import type { AppendLog } from '../../main/adapters/store/log.js';
import type { JournalRecord } from '../../main/services/journal/records.js';

/** Where a process ends itself as a crash does: at the n-th record of a kind, or of `any`. */
export interface KillPoint {
  kind: string;
  n: number;
  side: string;
}

/**
 * A journal that ends the process (SIGKILL) right before or right after that record is on the disk,
 * and tells on stdout of the first intent.
 */
export function killing(point: KillPoint) {
  return (log: AppendLog<JournalRecord>): AppendLog<JournalRecord> => {
    let seen = 0;
    let told = false;
    return {
      read: () => log.read(),
      append: async (record) => {
        const isOfKind = point.kind === 'any' || record.t === point.kind;
        const due = isOfKind && ++seen === point.n;
        if (due && point.side === 'before') process.kill(process.pid, 'SIGKILL');
        await log.append(record);
        if (due) process.kill(process.pid, 'SIGKILL');
        if (record.t === 'intent' && !told) process.stdout.write('intent\n');
        told ||= record.t === 'intent';
      },
    };
  };
}
