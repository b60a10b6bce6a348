import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestCareen } from '../support/careen.js';
import { loadImages } from '../support/images.js';
import {
  servicePatience,
  servicePolicy,
  type Staged,
  ServiceUpdates,
  threeTasks,
} from '../support/service-updates.js';
import { cleanAll } from '../support/swarm-clean.js';
import { TestSwarm } from '../support/swarm.js';
import { of, service } from '../support/updating.js';

/** Tasks move while a manager is away, and a node is given its time before it counts as gone. */
const policy = servicePolicy
  .replace('proveWithin: 10s', 'proveWithin: 90s')
  .replace('stuckAfter: 10s', 'stuckAfter: 30s');

const updated = { state: 'updated', proven: true };

describe('three managers', { timeout: 300_000 }, () => {
  let swarm: TestSwarm;
  let updates: ServiceUpdates;
  beforeAll(async () => {
    swarm = await TestSwarm.start({ nodes: 3, managers: 3 });
  });
  beforeEach(async () => {
    const { others } = await swarm.managers();
    const [follower] = others;
    if (follower) swarm.ask(follower);
    updates = await ServiceUpdates.open(swarm, { policy });
  });
  afterEach(async () => {
    for (const node of swarm.nodes) node.thaw();
    for (const node of swarm.nodes) await node.start();
    await updates.close();
    await swarm.whole();
    await swarm.clear();
  });
  afterAll(() => swarm.dispose());

  /** Every other manager than the one that Careen is at. */
  const others = () => swarm.nodes.filter((node) => node !== swarm.manager);
  const loseQuorum = () => {
    for (const node of others()) node.freeze();
  };
  const regainQuorum = async () => {
    for (const node of others()) node.thaw();
    await swarm.whole();
  };
  /** An update in the middle of which something happens. */
  async function inTheMiddle(staged: Staged, act: () => void | Promise<void>) {
    const updating = updates.run(staged.web);
    await updates.underWay(staged);
    await act();
    return updating;
  }

  it('whose leader is frozen in the middle of an update finish it by another', async () => {
    const staged = await updates.stage(service('v2'), threeTasks);
    const { leader } = await swarm.managers();
    const run = await inTheMiddle(staged, async () => {
      leader.freeze();
      // Another is chosen, which takes up what the first one did.
      await expect
        .poll(() => swarm.managers().then((now) => now.leader !== leader), { timeout: 60_000 })
        .toBe(true);
      leader.thaw();
    });
    expect(of(run, staged.web).result).toEqual(updated);
    await swarm.runs(staged.web, staged.two, 3);
  });

  it('of which the one that Careen is at is frozen go on, and Careen once it is back', async () => {
    const node = swarm.manager;
    const { careen } = updates;
    const { Swarm: own } = (await node.docker.info()) as { Swarm: { NodeID: string } };
    // Swarm counts tasks on a node that falls silent as failed, and would rightly go back.
    const task = { Placement: { Constraints: [`node.id!=${own.NodeID}`] } };
    const staged = await updates.stage(service('v2'), { ...threeTasks, task });
    const run = await inTheMiddle(staged, async () => {
      node.freeze();
      await careen.until('engine', ({ status }) => status === 'lost');
      node.thaw();
    });
    expect(of(run, staged.web).result).toEqual(updated);
    await swarm.runs(staged.web, staged.two, 3);
  });

  it('without a quorum let nothing go that a service may need', async () => {
    const staged = await updates.stage(service('v2'), threeTasks);
    expect(of(await updates.run(staged.web), staged.web).result).toEqual(updated);
    await swarm.forgetEnded();
    await loadImages(swarm.manager, [{ refs: ['local/tool:1'] }]);
    loseQuorum();
    const { images, removed, swarmTold } = await cleanAll(swarm.manager);
    expect(swarmTold).toBe('silent');
    // Both versions stay, on the word of none; only what cannot be a service's goes.
    const ofService = images.filter(({ digests }) => digests.some((one) => one.includes('/web')));
    expect(ofService).toHaveLength(2);
    expect(removed.filter((id) => ofService.some((one) => one.id === id))).toEqual([]);
    expect(removed).toHaveLength(1);
    await regainQuorum();
    await swarm.registry.stop();
    try {
      expect(of(await updates.back(staged.web), staged.web).result).toEqual({ state: 'restored' });
      await swarm.runs(staged.web, staged.one, 3);
    } finally {
      await swarm.registry.start();
    }
  });

  it('without a quorum are told so by whoever asks for an update', async () => {
    const staged = await updates.stage(service('v2'), threeTasks);
    const { web } = staged;
    loseQuorum();
    const silent = { code: 'swarm-silent' };
    await expect(updates.run(web)).rejects.toMatchObject(silent);
    await updates.close();
    await updates.reopen();
    expect(updates.careen.slice('updates').swarm).toBe('silent');
    await expect(updates.run(web)).rejects.toMatchObject(silent);
    await expect(updates.preview(web)).rejects.toMatchObject(silent);
    await expect(updates.back(web)).rejects.toMatchObject(silent);
    await regainQuorum();
    await updates.close();
    await updates.reopen();
    expect(of(await updates.run(web), web).result).toEqual(updated);
  });

  it('that lose their quorum in the middle of an update finish it once they have it', async () => {
    const staged = await updates.stage(service('v2'), threeTasks);
    const run = await inTheMiddle(staged, async () => {
      loseQuorum();
      await expect(swarm.inspect(staged.web)).rejects.toThrow(/leader|deadline/);
      await regainQuorum();
    });
    expect(of(run, staged.web).result).toEqual(updated);
    await swarm.runs(staged.web, staged.two, 3);
  });

  it('that are killed for longer than Careen waits are taken up as soon as they are back', async () => {
    await updates.close();
    const hasty = { ...servicePatience, back: 2_000 };
    updates = await ServiceUpdates.open(swarm, { policy, updatePatience: hasty });
    const staged = await updates.stage(service('v2'), threeTasks);
    const run = await inTheMiddle(staged, async () => {
      for (const node of others()) await node.kill();
    });
    // Nothing is known of it yet, and that is written down.
    expect(of(run, staged.web).result).toBeNull();
    for (const node of others()) await node.start();
    expect(await updates.told(staged.web)).toMatchObject({
      result: updated,
      recovered: 'finished',
    });
    await swarm.runs(staged.web, staged.two, 3);
  });

  it('that are away when Careen starts again finish what it left open', async () => {
    const staged = await updates.stage(service('v2'), threeTasks);
    const updating = updates.run(staged.web).catch((e: unknown) => e);
    await updates.underWay(staged);
    loseQuorum();
    await updates.close();
    await updating;
    await updates.reopen();
    expect((await updates.careen.call('history', { since: null })).runs[0]?.outcome).toBeNull();
    // Other runs on that engine do not wait until it is: recovery tries, and lets them by.
    for (let n = 0; n < 8; n++) {
      const asked = Date.now();
      expect((await updates.careen.clean()).outcome).toBe('done');
      expect(Date.now() - asked).toBeLessThan(60_000);
      await delay(2_000);
    }
    await regainQuorum();
    expect(await updates.told(staged.web)).toMatchObject({
      result: updated,
      recovered: 'finished',
    });
  });

  it('are known to a Careen that meets them without a quorum once they have it again', async () => {
    const staged = await updates.stage(service('v2'), threeTasks);
    loseQuorum();
    const fresh = await TestCareen.open({ socket: swarm.manager.socket, policy });
    try {
      expect(fresh.slice('updates').swarm).toBe('silent');
      await regainQuorum();
      await swarm.change(staged.web, (spec) => {
        spec.Labels = { written: 'again' };
      });
      await fresh.until('updates', ({ rows }) =>
        rows.some(({ container }) => container === staged.web),
      );
    } finally {
      await fresh.close();
    }
  });
});
