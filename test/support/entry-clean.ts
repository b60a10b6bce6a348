import type { AppendLog } from '../../main/adapters/store/log.js';
import type { JournalRecord } from '../../main/services/journal/records.js';
import { TestCareen } from './careen.js';

/**
 * A process that cleans all it can and ends itself as a crash does (SIGKILL), right before or right
 * after the n-th record of a kind is on the disk: `entry-clean SOCKET HOME KIND N before|after`.
 */
const [, , socket = '', home = '', kind = '', count = '', side = ''] = process.argv;

function killing(log: AppendLog<JournalRecord>): AppendLog<JournalRecord> {
  let seen = 0;
  return {
    read: () => log.read(),
    append: async (record) => {
      const due = record.t === kind && ++seen === Number(count);
      if (due && side === 'before') process.kill(process.pid, 'SIGKILL');
      await log.append(record);
      if (due) process.kill(process.pid, 'SIGKILL');
    },
  };
}

async function main(): Promise<void> {
  const careen = await TestCareen.open({ socket, home, journalLog: killing });
  const run = await careen.clean({ also: ['unrecoverable', 'estimates'] });
  process.stdout.write(`${JSON.stringify(run)}\n`);
  await careen.close();
}

void main();
