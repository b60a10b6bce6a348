import { TestCareen } from './careen.js';
import { killing } from './killing.js';

/**
 * A process that cleans all it can and ends itself at a point of its journal:
 * `entry-clean SOCKET HOME KIND N before|after`; a kind that there is none of never comes.
 */
const [, , socket = '', home = '', kind = '', count = '', side = ''] = process.argv;

async function main(): Promise<void> {
  const journalLog = killing({ kind, n: Number(count), side });
  const careen = await TestCareen.open({ socket, home, journalLog });
  const run = await careen.clean({ also: ['unrecoverable', 'estimates'] });
  process.stdout.write(`${JSON.stringify(run)}\n`);
  await careen.close();
}

void main();
