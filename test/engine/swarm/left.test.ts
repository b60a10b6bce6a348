import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dockerCli } from '../../support/engine-cli.js';
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

  it('as a manager, and is a worker of it, has the same told', async () => {
    const three = await TestSwarm.start({ nodes: 3, managers: 3 });
    const there = await ServiceUpdates.open(three);
    try {
      const staged = await there.stage();
      const updating = there.run(staged.web).catch((e: unknown) => e);
      await there.underWay(staged);
      await there.close();
      await updating;
      const [manager, other] = three.nodes;
      if (!manager || !other) throw new Error('too few nodes');
      const { Swarm: swarm } = (await manager.docker.info()) as { Swarm: { NodeID: string } };
      await dockerCli(other, ['node', 'demote', swarm.NodeID]);
      await expect
        .poll(
          async () => {
            const { Swarm } = (await manager.docker.info()) as { Swarm: Record<string, unknown> };
            return [Swarm['LocalNodeState'], Swarm['ControlAvailable']];
          },
          { timeout: 60_000 },
        )
        .toEqual(['active', false]);
      await there.reopen();
      expect(await there.told(staged.web)).toMatchObject({
        result: { state: 'failed', error: { code: 'swarm-left' } },
      });
    } finally {
      await there.close();
      await three.dispose();
    }
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
