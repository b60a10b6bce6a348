import { afterAll, afterEach, beforeAll, describe, it } from 'vitest';
import { ServiceUpdates } from '../../support/service-updates.js';
import { stackOfOtherTag, stackOfSameTag, stackPolicy } from '../../support/stack-cases.js';
import { TestSwarm } from '../../support/swarm.js';

describe("a stack's service that Careen has updated", () => {
  let swarm: TestSwarm;
  let updates: ServiceUpdates;
  beforeAll(async () => {
    swarm = await TestSwarm.start();
    updates = await ServiceUpdates.open(swarm, { policy: stackPolicy });
  });
  afterEach(() => swarm.clear());
  afterAll(async () => {
    await updates.close();
    await swarm.dispose();
  });

  it('keeps the new version where its file names the same tag, and can go back', () =>
    stackOfSameTag(updates, 1));

  it('is taken back where its file names another tag, which is told before and after', () =>
    stackOfOtherTag(updates, 1));
});
