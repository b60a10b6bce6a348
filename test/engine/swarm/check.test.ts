import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { TestSwarm } from '../../support/swarm.js';
import { of, publishAs, service, updatePolicy } from '../../support/updating.js';

describe('a check on a manager', () => {
  let swarm: TestSwarm;
  let careen: TestCareen;
  beforeAll(async () => {
    swarm = await TestSwarm.start();
    careen = await TestCareen.open({ socket: swarm.manager.socket, policy: updatePolicy });
  });
  afterAll(async () => {
    await careen.close();
    await swarm.dispose();
  });

  it("tells of a service's new version, and leaves the update to Swarm", async () => {
    const name = `${swarm.registry.host}/web:1`;
    const one = `${name}@${await publishAs(swarm.manager, name, service('v1'))}`;
    await swarm.create('web', one);
    await swarm.runs('web', one);
    await careen.until('updates', ({ rows }) => rows.some(({ kind }) => kind === 'service'));
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
      mode: 'tell',
      verdict: { state: 'available', to: { tag: '1', digest }, source: 'registry' },
      owner: { kind: 'swarm', command: `docker service update --image ${name} web` },
    });
    const run = await careen.call('update.run', {
      containers: [{ container: 'web', to: null, shown: null }],
      copy: [],
      token: null,
    });
    expect(of(run, 'web').result).toMatchObject({ state: 'skipped', why: { code: 'owned' } });
    expect((await swarm.inspect('web')).Spec.TaskTemplate.ContainerSpec.Image).toBe(one);
    const preview = await careen.call('update.preview', { container: 'web', to: null });
    expect(preview).toMatchObject({ refused: { code: 'owned' }, to: { digest } });
    expect(preview.service).toMatchObject({
      from: one,
      to: `${name}@${digest}`,
      tasks: 1,
      order: 'stop-first',
      failureAction: 'pause',
      warnings: [{ code: 'failures-pause' }],
    });
    expect(preview.service?.nodes).toHaveLength(1);
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
