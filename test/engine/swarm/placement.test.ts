import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isForAll, isForPerson } from '../../../main/contract/pending.js';
import { servicePolicy, ServiceUpdates } from '../../support/service-updates.js';
import { type ServiceChange, TestSwarm } from '../../support/swarm.js';
import { of } from '../../support/updating.js';

const policy = servicePolicy
  .replace('settle', 'mode: auto, minAge: 1s, settle')
  .replace('proveWithin: 10s', 'proveWithin: 60s');
const ports = [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8197, PublishMode: 'host' }];
const startFirst: ServiceChange['spec'] = {
  UpdateConfig: { Parallelism: 1, Monitor: 1_000_000_000, Order: 'start-first' },
  RollbackConfig: { Parallelism: 0, Monitor: 500_000_000, Order: 'stop-first' },
};
const withPort: ServiceChange['spec'] = {
  ...startFirst,
  EndpointSpec: { Ports: ports } as never,
};

describe('a service on two nodes that starts its new task first', { timeout: 240_000 }, () => {
  let swarm: TestSwarm;
  let updates: ServiceUpdates;
  beforeAll(async () => {
    swarm = await TestSwarm.start({ nodes: 2 });
  });
  beforeEach(async () => {
    updates = await ServiceUpdates.open(swarm, { policy, by: 'app' });
  });
  afterEach(async () => {
    await updates.close();
    await swarm.clear();
  });
  afterAll(() => swarm.dispose());

  const second = () => {
    const [, worker] = swarm.nodes;
    if (!worker) throw new Error('there is no second node');
    return worker;
  };
  const rowOf = (web: string) => updates.row(web);

  it('is left to a person while the node that it could go to is drained, and goes by itself once that is back', async () => {
    await swarm.changeNode(second(), { Availability: 'drain' });
    const { web, one, two } = await updates.stage(undefined, { spec: withPort });
    const row = await rowOf(web);
    expect(row).toMatchObject({ mode: 'auto', heldBack: { code: 'never-starts' } });
    expect(row && [isForAll(row), isForPerson(row)]).toEqual([false, true]);
    expect(await updates.imageOf(web)).toBe(one);
    await swarm.changeNode(second(), { Availability: 'active' });
    await updates.careen.until('updates', ({ rows }) =>
      rows.some(
        ({ container, heldBack }) => container === web && heldBack?.code !== 'never-starts',
      ),
    );
    await swarm.runs(web, two);
    expect(updates.careen.reported).toEqual([]);
  });

  it('is left to a person where its constraint leaves it one node, on which Swarm waits for ever', async () => {
    await swarm.changeNode(swarm.manager, { Labels: { disk: 'SSD' } });
    const { web, one } = await updates.stage(undefined, {
      spec: withPort,
      task: { Placement: { Constraints: ['node.labels.disk==ssd'] } },
    });
    expect(await rowOf(web)).toMatchObject({ heldBack: { code: 'never-starts' } });
    expect((await updates.preview(web)).service?.warnings).toMatchObject([
      { code: 'start-first-host-port', certain: true },
    ]);
    expect(of(await updates.run(web), web).result).toMatchObject({
      state: 'rolled-back',
      why: { code: 'stuck', by: 'host-port' },
    });
    await swarm.runs(web, one);
  });

  it('goes by itself where its constraint suits both', async () => {
    const { web, two } = await updates.stage(undefined, {
      spec: withPort,
      task: { Placement: { Constraints: ['node.platform.os == LINUX', 'node.labels.gpu != yes'] } },
    });
    await swarm.runs(web, two);
  });

  it('is left to a person where each node has as many tasks as it may have, and Swarm waits for ever', async () => {
    const { web, one } = await updates.stage(undefined, {
      spec: { ...startFirst, Mode: { Replicated: { Replicas: 2 } } },
      task: { Placement: { MaxReplicas: 1 } },
    });
    expect(await rowOf(web)).toMatchObject({ heldBack: { code: 'never-starts' } });
    expect((await updates.preview(web)).service?.warnings).toMatchObject([
      { code: 'start-first-limit', limit: 1 },
    ]);
    expect(of(await updates.run(web), web).result).toMatchObject({
      state: 'rolled-back',
      why: { code: 'stuck', by: 'pending' },
    });
    await swarm.runs(web, one, 2);
  });

  it('is left to a person where a limit of one leaves no room on any node of a global one', async () => {
    const { web, one } = await updates.stage(
      undefined,
      { spec: { ...startFirst, Mode: { Global: {} } }, task: { Placement: { MaxReplicas: 1 } } },
      2,
    );
    expect(await rowOf(web)).toMatchObject({ heldBack: { code: 'never-starts' } });
    expect(of(await updates.run(web), web).result).toMatchObject({
      state: 'rolled-back',
      why: { code: 'stuck', by: 'pending' },
    });
    await swarm.runs(web, one, 2);
  });
});
