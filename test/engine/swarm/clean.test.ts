import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import type { TestEngine } from '../../support/engine.js';
import { pullImage } from '../../support/images.js';
import { TestSwarm } from '../../support/swarm.js';
import { publishAs, service } from '../../support/updating.js';

/** A policy by which everything goes that nothing holds. */
const policy = `version: 1
grace: 0s
remove:
  - { id: untagged, untagged: true }
  - { id: all, match: "**" }
limits: { pause: 0s }
`;

/** A clean-up of one node with all that can be ticked. */
async function cleanAll(node: TestEngine) {
  const careen = await TestCareen.open({ socket: node.socket, policy });
  try {
    const { images } = await careen.call('inventory', {});
    const run = await careen.clean({ also: ['unrecoverable', 'estimates'] });
    expect(run.failed).toEqual([]);
    return { images, removed: run.removed.map(({ id }) => id) };
  } finally {
    await careen.close();
  }
}

describe.each([
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
  { version: '20.10', store: 'classic' },
] as const)('a clean-up on a manager, $version $store @store', (kind) => {
  let swarm: TestSwarm;
  beforeAll(async () => {
    swarm = await TestSwarm.start(kind);
  });
  afterAll(() => swarm.dispose());

  it("keeps each service's image and the one before, so that it can go back with no registry", async () => {
    const name = `${swarm.registry.host}/web`;
    const one = `${name}:1@${await publishAs(swarm.manager, `${name}:1`, service('v1'))}`;
    const two = `${name}:1@${await publishAs(swarm.manager, `${name}:1`, service('v2'))}`;
    const other = await publishAs(swarm.manager, `${name}:other`, service('v3'));
    await swarm.create('web', one);
    await swarm.runs('web', one);
    await swarm.setImage('web', two);
    await swarm.runs('web', two);
    await swarm.forgetEnded();
    await pullImage(swarm.manager, `${name}@${other}`);
    const { images, removed } = await cleanAll(swarm.manager);
    expect(images).toHaveLength(3);
    expect(removed).toHaveLength(1);
    await swarm.registry.stop();
    await swarm.rollback('web');
    await swarm.runs('web', one);
  });
});
