import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { pullImage } from '../../support/images.js';
import { takesAll } from '../../support/swarm-clean.js';
import { TestSwarm } from '../../support/swarm.js';
import { publishAs, service } from '../../support/updating.js';

describe('a clean-up on a worker', () => {
  let swarm: TestSwarm;
  let careen: TestCareen;
  beforeAll(async () => {
    swarm = await TestSwarm.start({ nodes: 2 });
  });
  afterAll(async () => {
    await careen.close();
    await swarm.dispose();
  });

  it('takes nothing that a service may need, until a manager in the list tells what that is', async () => {
    const { manager } = swarm;
    const [, worker] = swarm.nodes;
    if (!worker) throw new Error('there is no worker');
    const needed = `${swarm.registry.host}/web:1`;
    const unused = `${swarm.registry.host}/unused:1`;
    const one = `${needed}@${await publishAs(manager, needed, service('v1'))}`;
    await publishAs(manager, unused, service('v2'));
    // No task of it was ever on the worker: it has the image by its tag alone.
    await swarm.create('web', one, {
      task: { Placement: { Constraints: ['node.role == manager'] } },
    });
    await swarm.runs('web', one);
    await pullImage(worker, needed);
    await pullImage(worker, unused);

    careen = await TestCareen.open({ socket: worker.socket, policy: takesAll });
    const clean = async () => {
      const { removed } = await careen.clean({ also: ['unrecoverable', 'estimates'] });
      return removed.flatMap(({ refs }) => refs);
    };
    expect(await clean()).toEqual([]);
    const { engine } = await careen.call('engines.add', { endpoint: manager.url, name: 'manager' });
    // It has been read, once it answers this.
    await careen.call('inventory', {}, engine);
    expect(await clean()).toEqual([unused]);
    await worker.docker.getImage(needed).inspect();
  });
});
