import { describe, expect, it } from 'vitest';
import type { OpenUpdate } from '../../../main/services/journal/update-history.js';
import { Settling } from '../../../main/services/updater/settling.js';
import type { Shift } from '../../../main/services/updater/shift.js';
import type { Worker } from '../../../main/services/updater/worker.js';

/** What becomes of one service whose turn was cut off after these intents. */
async function settled(kind: 'update' | 'rollback', intents: string[]): Promise<string[]> {
  const done: string[] = [];
  const worker = {
    settled: (_: Shift, container: string, result: object) => {
      done.push(`${container} ${JSON.stringify(result)}`);
      return Promise.resolve({ result, stopped: false });
    },
    resumeService: () => {
      done.push('resumed');
      return Promise.resolve({ result: { state: 'restored' } });
    },
  } as unknown as Worker;
  const service = { container: 'web', kind };
  const told = { service, intents: new Map(intents.map((step) => [step, 1])) };
  const begun = { runId: 'run', containers: [], dependants: [] };
  const run = { begun, containers: [], services: [told], untried: [] } as unknown as OpenUpdate;
  const journal = { containersOf: () => new Map() } as never;
  expect(await new Settling(worker, journal).settle({} as Shift, run, 'whole')).toBe(true);
  return done;
}

describe('the turn of a service that was cut off', () => {
  it('is over where Swarm was never asked: nobody expects that update any more', async () => {
    const skipped = { state: 'skipped', why: { code: 'interrupted' } };
    expect(await settled('update', [])).toEqual([`web ${JSON.stringify(skipped)}`]);
  });

  it('is taken up where Swarm may have been asked, and of a rollback by what is on record', async () => {
    expect(await settled('update', ['roll-out'])).toEqual(['resumed']);
    expect(await settled('rollback', [])).toEqual(['resumed']);
  });
});
