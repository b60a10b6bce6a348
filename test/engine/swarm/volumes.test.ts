import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownerNeeds } from '../../../main/domain/owners/needs.js';
import { TestCareen } from '../../support/careen.js';
import { TestSwarm } from '../../support/swarm.js';
import { publishAs, service } from '../../support/updating.js';

describe('volumes on a node of a swarm', () => {
  let swarm: TestSwarm;
  beforeAll(async () => {
    swarm = await TestSwarm.start();
  });
  afterAll(() => swarm.dispose());

  it("are named as a service's where its Spec mounts them, though no task of it is there", async () => {
    const name = `${swarm.registry.host}/db`;
    const image = `${name}:1@${await publishAs(swarm.manager, `${name}:1`, service('v1'))}`;
    const { docker } = swarm.manager;
    const mount = (Source: string) => ({ Type: 'volume' as const, Source, Target: `/${Source}` });
    await swarm.create('db', image, { container: { Mounts: [mount('pgdata')] } });
    await swarm.create('cache', image, {
      container: { Mounts: [{ ...mount('cache-{{.Task.Slot}}'), Target: '/cache' }] },
    });
    await swarm.runs('db', image);
    await swarm.runs('cache', image);
    for (const one of ['db', 'cache']) {
      await swarm.change(one, (spec) => {
        spec.Mode = { Replicated: { Replicas: 0 } };
      });
      await swarm.runs(one, image, 0);
    }
    await swarm.forgetEnded();
    await docker.createVolume({ Name: 'someones' });
    const careen = await TestCareen.open({ socket: swarm.manager.socket });
    try {
      const inventory = await careen.call('inventory', {});
      const { volumes } = ownerNeeds(inventory, inventory.takenAt);
      const held = inventory.volumes.map(({ name: one }) => [one, volumes.get(one)?.unit ?? null]);
      expect(Object.fromEntries(held)).toEqual({
        pgdata: 'db',
        'cache-1': 'cache',
        someones: null,
      });
    } finally {
      await careen.close();
    }
  });
});
