import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import {
  cleanedNodesGoBack,
  deathOnNodes,
  goodOnEveryNode,
  nodesPolicy,
  unhealthyOnNodes,
} from '../support/service-cases.js';
import { ServiceUpdates } from '../support/service-updates.js';
import { TestSwarm } from '../support/swarm.js';

const old = '20.10';
const young = '26.1';

/** What `test/engine/swarm/nodes.test.ts` shows of 26.1, of other engines and of several kinds at once. */
describe.each([
  { name: '20.10', options: { version: old } },
  { name: '26.1 containerd', options: { version: young, store: 'containerd' } },
  { name: '20.10 leads 26.1', options: { version: [old, young, old] } },
  { name: '26.1 leads 20.10', options: { version: [young, old, young] } },
] as const)('a service on three nodes, $name', { timeout: 240_000 }, ({ options }) => {
  let swarm: TestSwarm;
  let updates: ServiceUpdates;
  beforeAll(async () => {
    swarm = await TestSwarm.start({ nodes: 3, ...options });
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
