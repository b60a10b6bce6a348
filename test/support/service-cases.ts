import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { loadImages, pullImage } from './images.js';
import { diesLater, HealthCheck, ServiceUpdates, threeTasks } from './service-updates.js';
import { stackOfOtherTag, stackOfSameTag, stackPolicy } from './stack-cases.js';
import { cleanAll } from './swarm-clean.js';
import { type ServiceChange, type SwarmOptions, TestSwarm } from './swarm.js';
import { of, publishAs, service } from './updating.js';

/** One task a node, all replaced at once. */
const oneEach = {
  task: { Placement: { MaxReplicas: 1 } },
  spec: {
    Mode: { Replicated: { Replicas: 3 } },
    UpdateConfig: { Parallelism: 0, Monitor: 1_000_000_000, Order: 'stop-first' },
    RollbackConfig: { Parallelism: 0, Monitor: 500_000_000, Order: 'stop-first' },
  },
} satisfies ServiceChange;

/** A policy for nodes that share few processors. */
export const nodesPolicy = stackPolicy
  .replace('proveWithin: 10s', 'proveWithin: 60s')
  .replace('stuckAfter: 10s', 'stuckAfter: 30s');

/** Three nodes for the tests of one `describe`, each of which leaves nothing behind; gives what is there. */
export function onThreeNodes(options: SwarmOptions = {}): () => ServiceUpdates {
  let swarm: TestSwarm;
  let updates: ServiceUpdates;
  beforeAll(async () => {
    swarm = await TestSwarm.start({ ...options, nodes: 3 });
    updates = await ServiceUpdates.open(swarm, { policy: nodesPolicy });
  });
  afterEach(() => swarm.clear());
  afterAll(async () => {
    await updates.close();
    await swarm.dispose();
  });
  return () => updates;
}

/** What holds on nodes of every version and store, as tests of one `describe`. */
export function holdsOnNodes(options: SwarmOptions = {}): void {
  holds(onThreeNodes(options));
}

/** As `holdsOnNodes`, with what takes minutes. */
export function wholeOnNodes(options: SwarmOptions): void {
  const updates = onThreeNodes(options);
  holds(updates);
  it('of a stack whose file names the same tag keeps the new version, and goes back', () =>
    stackOfSameTag(updates(), 3));
  it('of a stack whose file names another tag is taken back by it', () =>
    stackOfOtherTag(updates(), 3));
}

function holds(updates: () => ServiceUpdates): void {
  it('is updated on each, by an image that none had', () => goodOnEveryNode(updates()));
  it('that is not healthy is rolled back by Swarm', () => unhealthyOnNodes(updates()));
  it('that dies later is taken back by Careen', () => deathOnNodes(updates()));
  it('that was scaled since goes back to what Careen recorded, and keeps its number', () =>
    scaledSince(updates(), threeTasks, 2));
  it('goes back with no registry once each was cleaned', () => cleanedNodesGoBack(updates()));
}

/** A host port that start-first cannot have twice: told beforehand, and stuck where it is done. */
export async function stuckOnPort(updates: ServiceUpdates, tasks: ServiceChange): Promise<void> {
  const ports = [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8199, PublishMode: 'host' }];
  const { web, one } = await updates.stage(service('v2'), {
    spec: {
      ...tasks.spec,
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
  await updates.swarm.runs(web, one, tasks.spec?.Mode?.Replicated?.Replicas ?? 1);
}

/** Swarm's own way back leads to the new version once somebody has scaled a service. */
export async function scaledSince(
  updates: ServiceUpdates,
  change: ServiceChange,
  tasks: number,
): Promise<void> {
  const { swarm } = updates;
  const { web, one, two } = await updates.stage(service('v2'), change);
  expect(of(await updates.run(web), web).result).toEqual({ state: 'updated', proven: true });
  await swarm.change(web, (spec) => {
    spec.Mode = { Replicated: { Replicas: tasks } };
  });
  await swarm.runs(web, two, tasks);
  expect((await swarm.inspect(web)).PreviousSpec?.TaskTemplate.ContainerSpec.Image).toBe(two);
  expect(of(await updates.back(web), web).result).toEqual({ state: 'restored' });
  await swarm.runs(web, one, tasks);
}

/** A good update reaches every node, by a digest that none of them had, and can be taken back. */
async function goodOnEveryNode(updates: ServiceUpdates): Promise<void> {
  const { swarm } = updates;
  const { web, one, two } = await updates.stage(service('v2'), oneEach);
  const { service: told } = await updates.preview(web);
  expect(told).toMatchObject({ tasks: 3, from: one, to: two });
  expect(of(await updates.run(web), web).result).toEqual({ state: 'updated', proven: true });
  await swarm.runs(web, two, 3);
  const tasks = await swarm.tasks(web);
  const running = tasks.filter(({ Status: status }) => status.State === 'running');
  expect(new Set(running.map(({ NodeID: node }) => node)).size).toBe(3);
  expect(of(await updates.back(web), web).result).toEqual({ state: 'restored' });
  await swarm.runs(web, one, 3);
}

/** One that is not healthy is rolled back by Swarm; its other tasks ran throughout. */
async function unhealthyOnNodes(updates: ServiceUpdates): Promise<void> {
  const { swarm } = updates;
  const change = { ...threeTasks, container: { HealthCheck } };
  const { web, one } = await updates.stage(service('v2'), change);
  expect(of(await updates.run(web), web).result).toMatchObject({
    state: 'rolled-back',
    why: { code: 'swarm', message: expect.stringContaining('unhealthy') as string },
  });
  await swarm.runs(web, one, 3);
  expect((await updates.row(web))?.heldBack).toMatchObject({ code: 'rolled-back' });
}

/**
 * One that dies after Swarm's watch is caught by Careen's own proof, and taken back. Swarm watches from
 * when it hears that a task runs, which takes a while where many share few processors: the task dies
 * seconds after that, and long before it would be proven.
 */
export async function deathIsCaught(
  swarm: TestSwarm,
  policy: string,
  change: ServiceChange,
  tasks: number,
): Promise<string> {
  const updates = await ServiceUpdates.open(swarm, {
    policy: policy.replace('settle: 3s', 'settle: 7s'),
  });
  try {
    const { web, one } = await updates.stage(diesLater, change, tasks);
    expect(of(await updates.run(web), web).result).toMatchObject({
      state: 'rolled-back',
      why: { code: 'task-died', message: expect.stringContaining('7') as string },
    });
    expect(await updates.imageOf(web)).toBe(one);
    await swarm.runs(web, one, tasks);
    return web;
  } finally {
    await updates.close();
  }
}

async function deathOnNodes({ swarm }: ServiceUpdates): Promise<void> {
  // With a limit of one task a node, Swarm takes a minute for its way back.
  await deathIsCaught(swarm, nodesPolicy, { spec: oneEach.spec }, 3);
}

/**
 * A clean-up of each node with all that can be ticked, after which a service that Careen updated and
 * one that a person did go back with no registry.
 */
async function cleanedNodesGoBack(updates: ServiceUpdates): Promise<void> {
  const { swarm } = updates;
  const { registry, nodes, manager } = swarm;
  const mine = await updates.stage(service('v2'), oneEach);
  expect(of(await updates.run(mine.web), mine.web).result).toMatchObject({ state: 'updated' });
  const theirs = await byHand(swarm);
  await swarm.forgetEnded();
  const unused = `${registry.host}/web-unused:1`;
  const name = `${registry.host}/web-unused@${await publishAs(manager, unused, service('v3'))}`;
  for (const node of nodes) {
    await pullImage(node, name);
    await loadImages(node, [{ refs: ['local/tool:1'] }]);
    const { removed, swarmTold } = await cleanAll(node);
    expect(swarmTold).toBe(node === manager ? 'answers' : 'silent');
    // A worker is not told which services there are: what may be one's stays. On a containerd store
    // what was loaded bears a digest too.
    const local = node.store === 'containerd' ? 0 : 1;
    expect(removed.length).toBeGreaterThanOrEqual(node === manager ? 2 : local);
  }
  await registry.stop();
  try {
    expect(of(await updates.back(mine.web), mine.web).result).toEqual({ state: 'restored' });
    await swarm.runs(mine.web, mine.one, 3);
    await swarm.rollback(theirs.web);
    await swarm.runs(theirs.web, theirs.one, 3);
  } finally {
    await registry.start();
  }
}

/** A service that a person has updated at a terminal. */
async function byHand(swarm: TestSwarm) {
  const web = 'by-hand';
  const name = `${swarm.registry.host}/${web}:1`;
  const one = `${name}@${await publishAs(swarm.manager, name, service('v1'))}`;
  const two = `${name}@${await publishAs(swarm.manager, name, service('v2'))}`;
  await swarm.create(web, one, oneEach);
  await swarm.runs(web, one, 3);
  await swarm.setImage(web, two);
  await swarm.runs(web, two, 3);
  return { web, one };
}
