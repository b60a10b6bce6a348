import { expect } from 'vitest';
import { TestCareen } from './careen.js';
import type { TestEngine } from './engine.js';

/** A policy by which everything goes that nothing holds. */
export const takesAll = `version: 1
grace: 0s
remove:
  - { id: untagged, untagged: true }
  - { id: all, match: "**" }
limits: { pause: 0s }
`;

/** A clean-up of one node with all that can be ticked. */
export async function cleanAll(node: TestEngine) {
  const careen = await TestCareen.open({ socket: node.socket, policy: takesAll });
  try {
    const { images } = await careen.call('inventory', {});
    const run = await careen.clean({ also: ['unrecoverable', 'estimates'] });
    expect(run.failed).toEqual([]);
    const { swarm: swarmTold } = await careen.call('update.list', {});
    return { images, removed: run.removed.map(({ id }) => id), swarmTold };
  } finally {
    await careen.close();
  }
}
