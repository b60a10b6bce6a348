import { TestCareen } from './careen.js';
import { killing } from './killing.js';

/**
 * A process that updates `web` or takes that back, or only takes up what was cut off, and ends itself
 * at a point of its journal: `entry-update SOCKET HOME update|rollback|recover KIND N before|after`; a
 * kind that there is none of never comes.
 */
const [, , socket = '', home = '', act = '', kind = '', count = '', side = ''] = process.argv;

async function main(): Promise<void> {
  const journalLog = killing({ kind, n: Number(count), side });
  const careen = await TestCareen.open({ socket, home, journalLog });
  if (act === 'update')
    await careen.call('update.run', { containers: [{ container: 'web', to: null }] });
  else if (act === 'rollback') await careen.call('update.rollback', { container: 'web' });
  await careen.until('history', ({ head }) => head.every(({ outcome }) => outcome !== null));
  await careen.close();
}

void main();
