import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ServiceUpdates } from '../../support/service-updates.js';
import { TestSwarm } from '../../support/swarm.js';
import { of } from '../../support/updating.js';

describe('an engine that leaves its swarm', () => {
  let swarm: TestSwarm;
  let updates: ServiceUpdates;
  beforeAll(async () => {
    swarm = await TestSwarm.start();
    updates = await ServiceUpdates.open(swarm);
  });
  afterAll(async () => {
    await updates.close();
    await swarm.dispose();
  });

  it('in the middle of an update has that told as failed at the next start, and closed', async () => {
    const staged = await updates.stage();
    const updating = updates.run(staged.web).catch((e: unknown) => e);
    await updates.underWay(staged);
    await updates.close();
    await updating;
    await swarm.manager.docker.swarmLeave({ force: true });
    await updates.reopen();
    await updates.careen.until('history', ({ head }) => head[0]?.outcome === 'done');
    const { runs } = await updates.careen.call('history', { since: null });
    const [run] = runs;
    if (run?.kind !== 'update') throw new Error('the update is not in the history');
    expect(of(run, staged.web).result).toMatchObject({
      state: 'failed',
      error: { code: 'swarm-left', details: { service: staged.web } },
    });
    await updates.close();
    await updates.reopen();
    expect(updates.careen.reported).toEqual([]);
    const told = await updates.careen.call('history', { since: null });
    expect(told.runs.map(({ outcome }) => outcome)).toEqual(['done']);
  });
});
