import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../main/adapters/docker/client.js';
import { TestCareen } from '../../support/careen.js';
import { startProxy } from '../../support/engine-proxy.js';
import { type InspectedService, TestSwarm } from '../../support/swarm.js';
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

  it('asks for nodes and tasks only where an update may find no room', async () => {
    const proxy = await startProxy(swarm.manager.socket);
    try {
      const engine = await connect(`unix://${proxy.socket}`);
      const asked: string[] = [];
      proxy.fault = (_, path) => {
        asked.push(path.replace(/^\/v[\d.]+|\?.*$/g, ''));
        return null;
      };
      const toList = async (change: (spec: InspectedService['Spec']) => void) => {
        await swarm.change('web', change);
        asked.length = 0;
        const told = await engine.swarm();
        expect(told).toMatchObject({ services: [{ name: 'web' }] });
        return [...asked].sort();
      };
      expect(await toList(() => undefined)).toEqual(['/info', '/services']);
      const limited = await toList((spec) => {
        spec.UpdateConfig = { ...spec.UpdateConfig, Order: 'start-first' };
        spec.TaskTemplate.Placement = { MaxReplicas: 3 };
      });
      expect(limited).toEqual(['/info', '/nodes', '/services']);
      const reserving = await toList((spec) => {
        spec.TaskTemplate.Resources = { Reservations: { MemoryBytes: 8_000_000 } };
      });
      expect(reserving).toEqual(['/info', '/nodes', '/services', '/tasks']);
      const { Image: image } = (await swarm.inspect('web')).Spec.TaskTemplate.ContainerSpec;
      await swarm.runs('web', image);
      expect(await engine.swarm()).toMatchObject({
        nodes: [{ availability: 'active', state: 'ready' }],
        tasks: [{ reserves: { nanoCpus: 0, memory: 8_000_000 } }],
      });
    } finally {
      await proxy.close();
    }
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
