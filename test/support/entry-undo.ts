import { TestCareen } from './careen.js';
import { killing } from './killing.js';

/**
 * A process that undoes a clean-up and ends itself at a point of its journal:
 * `entry-undo SOCKET HOME RUN KIND N before|after`.
 */
const [, , socket = '', home = '', runId = '', kind = '', count = '', side = ''] = process.argv;

async function main(): Promise<void> {
  const journalLog = killing({ kind, n: Number(count), side });
  const careen = await TestCareen.open({ socket, home, journalLog });
  await careen.call('undo.run', { runId });
  await careen.close();
}

void main();
