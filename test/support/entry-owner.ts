import { createInterface } from 'node:readline';
import { controlPlace } from '../../main/adapters/control/place.js';
import { openHome } from '../../main/adapters/store/home.js';
import { toCareenError } from '../../main/domain/errors.js';
import { claim } from '../../main/services/owner/claim.js';
import { Owner } from '../../main/services/owner/owner.js';

/**
 * A process that claims a data home on the line `claim`, tells its part, and answers `still-mine`
 * and `close`. It says one JSON document a line.
 */
const say = (document: object) => process.stdout.write(`${JSON.stringify(document)}\n`);
const path = process.argv[2] ?? '';
let part: Awaited<ReturnType<typeof claim>> | null = null;

async function obey(line: string): Promise<void> {
  if (line === 'claim') {
    const home = await openHome(path);
    const self = { home, version: '0.0.0-test', by: 'cli' } as const;
    const serve = (name: string, params: unknown) =>
      Promise.resolve({ pid: process.pid, name, params });
    part = await claim({ place: controlPlace(home), self, serve });
    if (part instanceof Owner) say({ role: part.role });
    else say({ role: part.role, answer: await part.call('status', { from: process.pid }) });
  } else if (line === 'still-mine') {
    say({ stillMine: part instanceof Owner && (await part.stillMine()) });
  } else if (line === 'close') {
    if (part instanceof Owner) await part.close();
    else part?.close();
    say({ closed: true });
  }
}

const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  obey(line).catch((e: unknown) => say({ failed: toCareenError(e) }));
});
lines.on('close', () => process.exit(0));
say({ ready: process.pid });
