import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isForAll, isForPerson } from '../../../main/contract/pending.js';
import { servicePolicy, ServiceUpdates } from '../../support/service-updates.js';
import { type ServiceChange, TestSwarm } from '../../support/swarm.js';
import { of, publishAs, service } from '../../support/updating.js';

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
  /** So much that a node has room for one such task: each is told to have all of the machine's. */
  async function mostOfTheMemory() {
    const { MemTotal: all } = (await swarm.manager.docker.info()) as { MemTotal: number };
    return { Resources: { Reservations: { MemoryBytes: Math.floor(all * 0.6) } } };
  }
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
      task: {
        LogDriver: { Name: 'json-file' },
        Placement: {
          Constraints: [
            'node.platform.os == LINUX',
            'node.labels.gpu != yes',
            'node.ip != 203.0.113.0/24',
          ],
        },
      },
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

  it('is left to a person where no node has free what it reserves, and Swarm waits for ever', async () => {
    const { web, one } = await updates.stage(undefined, {
      spec: { ...startFirst, Mode: { Replicated: { Replicas: 2 } } },
      task: await mostOfTheMemory(),
    });
    expect(await rowOf(web)).toMatchObject({ heldBack: { code: 'never-starts' } });
    expect((await updates.preview(web)).service?.warnings).toMatchObject([
      { code: 'start-first-reserved', reserves: { nanoCpus: 0 } },
    ]);
    const updating = updates.run(web);
    await expect
      .poll(async () => (await swarm.tasks(web)).map(({ Status: { Err } }) => Err ?? ''))
      .toContainEqual(expect.stringContaining('insufficient resources on 2 nodes'));
    expect(of(await updating, web).result).toMatchObject({
      state: 'rolled-back',
      why: { code: 'stuck', by: 'pending' },
    });
    await swarm.runs(web, one, 2);
  });

  it.each([
    [
      'has reserved what it needs',
      async () => ({ spec: startFirst, task: await mostOfTheMemory() }),
    ],
    ['has its port', () => Promise.resolve({ spec: withPort })],
  ])(
    'is left to a person while another on the other node %s, and goes by itself once that is gone',
    async (_, change) => {
      const asked = await change();
      const name = `${swarm.registry.host}/other:1`;
      const image = `${name}@${await publishAs(swarm.manager, name, service('v1'), swarm.ca)}`;
      await swarm.create('other', image, asked);
      await swarm.runs('other', image);
      const { web, one, two } = await updates.stage(undefined, asked);
      expect(await rowOf(web)).toMatchObject({ heldBack: { code: 'never-starts' } });
      expect(await updates.imageOf(web)).toBe(one);
      await swarm.manager.docker.getService('other').remove();
      await swarm.runs(web, two);
      expect(updates.careen.reported).toEqual([]);
    },
  );

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
