import { TestCareen } from './careen.js';
import { killing } from './killing.js';

/**
 * A process that updates `web` or takes that back, or only takes up what was cut off, and ends itself
 * at a point of its journal: `entry-update SOCKET HOME ACT KIND N before|after`, with ACT one of
 * `update`, `rollback`, `update-with-data`, `rollback-with-data`, `recover`; a kind that there is none
 * of never comes.
 */
const [, , socket = '', home = '', act = '', kind = '', count = '', side = ''] = process.argv;

async function main(): Promise<void> {
  const journalLog = killing({ kind, n: Number(count), side });
  const careen = await TestCareen.open({ socket, home, journalLog });
  const [what, ...withData] = act.split('-');
  const copies = withData.length > 0;
  if (what === 'update') {
    const containers = [{ container: 'web', to: null }];
    await careen.call('update.run', { containers, copy: copies ? ['web'] : [] });
  } else if (what === 'rollback') {
    await careen.call('update.rollback', { container: 'web', copies });
  }
  await careen.until('history', ({ head }) => head.every(({ outcome }) => outcome !== null));
  await careen.close();
}

void main();
