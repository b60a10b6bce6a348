import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadImages, pullImage } from '../../support/images.js';
import { cleanAll } from '../../support/swarm-clean.js';
import { TestSwarm } from '../../support/swarm.js';
import { publishAs, service } from '../../support/updating.js';

describe('a clean-up on each of three nodes', () => {
  let swarm: TestSwarm;
  beforeAll(async () => {
    swarm = await TestSwarm.start({ nodes: 3 });
  });
  afterAll(() => swarm.dispose());

  it('leaves a service all that it needs to go back with no registry', async () => {
    const name = `${swarm.registry.host}/web`;
    const one = `${name}:1@${await publishAs(swarm.manager, `${name}:1`, service('v1'))}`;
    const two = `${name}:1@${await publishAs(swarm.manager, `${name}:1`, service('v2'))}`;
    const unused = `${name}@${await publishAs(swarm.manager, `${name}:3`, service('v3'))}`;
    await swarm.create('web', one, {
      task: { Placement: { MaxReplicas: 1 } },
      spec: {
        Mode: { Replicated: { Replicas: 3 } },
        UpdateConfig: { Parallelism: 0, Monitor: 500_000_000, Order: 'stop-first' },
        RollbackConfig: { Parallelism: 0, Monitor: 500_000_000, Order: 'stop-first' },
      },
    });
    await swarm.runs('web', one, 3);
    await swarm.setImage('web', two);
    await swarm.runs('web', two, 3);
    await swarm.forgetEnded();
    for (const [n, node] of swarm.nodes.entries()) {
      await pullImage(node, unused);
      await loadImages(node, [{ refs: ['local/tool:1'] }]);
      const { images, removed, swarmTold } = await cleanAll(node);
      expect(images).toHaveLength(4);
      expect(swarmTold).toBe(n === 0 ? 'answers' : 'silent');
      // A worker is not told which services there are: what may be one's stays.
      expect(removed).toHaveLength(n === 0 ? 2 : 1);
    }
    await swarm.registry.stop();
    await swarm.rollback('web');
    await swarm.runs('web', one, 3);
  });
});
