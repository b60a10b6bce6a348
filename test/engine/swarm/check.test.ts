import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { TestSwarm } from '../../support/swarm.js';
import { publishAs, service, updatePolicy } from '../../support/updating.js';

describe('a check on a manager', () => {
  let swarm: TestSwarm;
  let careen: TestCareen;
  let name: string;
  beforeAll(async () => {
    swarm = await TestSwarm.start();
    careen = await TestCareen.open({ socket: swarm.manager.socket, policy: updatePolicy });
    name = `${swarm.registry.host}/web:1`;
    const one = `${name}@${await publishAs(swarm.manager, name, service('v1'))}`;
    await swarm.create('web', one);
    await swarm.runs('web', one);
    await careen.until('updates', ({ rows }) => rows.some(({ kind }) => kind === 'service'));
  });
  afterAll(async () => {
    await careen.close();
    await swarm.dispose();
  });

  it("tells of a service's new version as of a container's", async () => {
    const web = async () => {
      const { rows, swarm: told } = await careen.call('update.check', { containers: ['web'] });
      expect(told).toBe('answers');
      return rows.find(({ container }) => container === 'web');
    };
    expect(await web()).toMatchObject({ kind: 'service', verdict: { state: 'current' } });
    const digest = await publishAs(swarm.manager, name, service('v2'));
    expect(await web()).toMatchObject({
      kind: 'service',
      reference: name,
      mode: 'notify',
      verdict: { state: 'available', to: { tag: '1', digest }, source: 'registry' },
      owner: { kind: 'swarm', command: `docker service update --image ${name} web` },
    });
  });

  it('never offers to update a task, nor to remove what it left', async () => {
    const { rows } = await careen.call('update.list', {});
    const task = rows.find(({ container }) => container.startsWith('web.1.'));
    expect(task).toMatchObject({ kind: 'container', mode: 'tell', owner: { kind: 'swarm' } });
    await swarm.change('web', (spec) => {
      spec.TaskTemplate.ContainerSpec.Env = ['again=1'];
    });
    await swarm.runs('web', (await swarm.inspect('web')).Spec.TaskTemplate.ContainerSpec.Image);
    const plan = await careen.call('plan.make', { policy: null });
    expect(plan.items.filter(({ kind }) => kind === 'container')).toEqual([]);
  });
});
