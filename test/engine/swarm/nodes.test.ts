import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import {
  cleanedNodesGoBack,
  deathOnNodes,
  goodOnEveryNode,
  nodesPolicy,
  unhealthyOnNodes,
} from '../../support/service-cases.js';
import { ServiceUpdates } from '../../support/service-updates.js';
import { TestSwarm } from '../../support/swarm.js';

describe('a service on three nodes', () => {
  let swarm: TestSwarm;
  let updates: ServiceUpdates;
  beforeAll(async () => {
    swarm = await TestSwarm.start({ nodes: 3 });
    updates = await ServiceUpdates.open(swarm, { policy: nodesPolicy });
  });
  afterEach(() => swarm.clear());
  afterAll(async () => {
    await updates.close();
    await swarm.dispose();
  });

  it('is updated on each, by an image that none had', () => goodOnEveryNode(updates));
  it('that is not healthy is rolled back by Swarm', () => unhealthyOnNodes(updates));
  it('that dies later is taken back by Careen', () => deathOnNodes(updates));
  it('goes back with no registry once each was cleaned', () => cleanedNodesGoBack(updates));
});
