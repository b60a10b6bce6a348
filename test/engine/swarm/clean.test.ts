import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pullImage } from '../../support/images.js';
import { cleanAll } from '../../support/swarm-clean.js';
import { TestSwarm } from '../../support/swarm.js';
import { publishAs, service } from '../../support/updating.js';

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
    // No task has used it: only the manager's word keeps it.
    const idle = `${name}@${await publishAs(swarm.manager, `${name}:idle`, service('v4'))}`;
    await pullImage(swarm.manager, idle);
    await swarm.create('idle', idle, { spec: { Mode: { Replicated: { Replicas: 0 } } } });
    const { images, removed } = await cleanAll(swarm.manager);
    expect(images).toHaveLength(4);
    expect(removed).toHaveLength(1);
    await swarm.manager.docker.getImage(idle).inspect();
    await swarm.registry.stop();
    await swarm.rollback('web');
    await swarm.runs('web', one);
  });
});
