import { TestCareen } from './careen.js';
import { atStep } from './in-the-middle.js';

/**
 * A process that updates several containers in one run, and ends itself as a crash does once a step
 * of one of them is announced: `entry-together SOCKET HOME STEP CONTAINER ALL…`
 */
const [, , socket = '', home = '', step = '', container = '', ...all] = process.argv;

async function main(): Promise<void> {
  const kill = () => {
    process.kill(process.pid, 'SIGKILL');
    return Promise.resolve();
  };
  const careen = await TestCareen.open({ socket, home, journalLog: atStep(step, kill, container) });
  await careen.call('update.run', {
    containers: all.map((name) => ({ container: name, to: null })),
  });
  await careen.close();
}

void main();
