import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { nodesPolicy } from '../support/service-cases.js';
import { diesLater, ServiceUpdates, threeTasks } from '../support/service-updates.js';
import { TestSwarm } from '../support/swarm.js';
import { of, service } from '../support/updating.js';

describe('on three nodes', { timeout: 240_000 }, () => {
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

  const everywhere = {
    spec: {
      Mode: { Global: {} },
      RollbackConfig: { Parallelism: 0, Monitor: 500_000_000, Order: 'stop-first' as const },
    },
  };

  it('a global service is updated on each, and goes back', async () => {
    const { web, one, two } = await updates.stage(service('v2'), everywhere, 3);
    expect((await updates.preview(web)).service).toMatchObject({ tasks: 3 });
    expect(of(await updates.run(web), web).result).toEqual({ state: 'updated', proven: true });
    await swarm.runs(web, two, 3);
    expect(of(await updates.back(web), web).result).toEqual({ state: 'restored' });
    await swarm.runs(web, one, 3);
  });

  it('a port of the node that each task needs first is told of, and stuck where it is done', async () => {
    const ports = [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8199, PublishMode: 'host' }];
    const { web, one } = await updates.stage(service('v2'), {
      spec: {
        ...threeTasks.spec,
        EndpointSpec: { Ports: ports } as never,
        UpdateConfig: { Parallelism: 1, Monitor: 1_000_000_000, Order: 'start-first' },
      },
    });
    expect((await updates.preview(web)).service?.warnings).toMatchObject([
      { code: 'start-first-host-port', certain: true },
    ]);
    expect(of(await updates.run(web), web).result).toMatchObject({
      state: 'rolled-back',
      why: { code: 'stuck', by: 'host-port' },
    });
    await swarm.runs(web, one, 3);
  });

  it('a service that someone scales in the middle of its update is left to them', async () => {
    const staged = await updates.stage(service('v2'), threeTasks);
    const { web } = staged;
    const updating = updates.run(web);
    await updates.underWay(staged);
    await swarm.change(web, (spec) => {
      spec.Mode = { Replicated: { Replicas: 2 } };
    });
    expect(of(await updating, web).result).toMatchObject({ state: 'taken-over' });
    expect((await swarm.inspect(web)).Spec.Mode).toEqual({ Replicated: { Replicas: 2 } });
  });

  it('a global service that dies later is taken back', async () => {
    const all = {
      spec: {
        ...everywhere.spec,
        UpdateConfig: { Parallelism: 0, Monitor: 1_000_000_000, Order: 'stop-first' as const },
      },
    };
    const { web, one } = await updates.stage(diesLater, all, 3);
    expect(of(await updates.run(web), web).result).toMatchObject({
      state: 'rolled-back',
      why: { code: 'task-died' },
    });
    await swarm.runs(web, one, 3);
  });
});
