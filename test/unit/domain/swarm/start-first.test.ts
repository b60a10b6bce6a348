import { describe, expect, it } from 'vitest';
import { neverStarts } from '../../../../main/domain/swarm/start-first.js';
import type {
  NodeFacts,
  PlacedTask,
  PublishedPort,
  Resources,
  ServiceFacts,
  Surroundings,
  UpdateConfig,
} from '../../../../main/domain/swarm/types.js';
import { nodes, service } from './support.js';

const port = (change: Partial<PublishedPort> = {}): PublishedPort => ({
  published: 8080,
  target: 80,
  protocol: 'tcp',
  mode: 'host',
  ...change,
});
const startFirst: UpdateConfig = {
  parallelism: 1,
  delay: 0,
  failureAction: null,
  monitor: null,
  order: 'start-first',
};
const ssd = { labels: { disk: 'ssd' } };
const pause = { availability: 'pause' } as const;
const replicas = (n: number): ServiceFacts['mode'] => ({ kind: 'replicated', replicas: n });

const global = { kind: 'global' } as const;
const ofLabel = { constraints: ['node.labels.disk == ssd'] };
const all = (n: number, change: Partial<NodeFacts> = {}) =>
  nodes.slice(0, n).map((node) => ({ ...node, ...change }));
/** Three nodes of which the last is as said. */
const last = (change: Partial<NodeFacts>) => [...all(2), { ...nodes[2], ...change } as NodeFacts];

it.each<[string, Partial<ServiceFacts>, NodeFacts[] | null, boolean]>([
  ['as many tasks as nodes', { mode: replicas(3) }, all(3), true],
  ['a node to spare', { mode: replicas(2) }, all(3), false],
  ['one task, nodes not known', { mode: replicas(1) }, null, false],
  ['no tasks', { mode: replicas(0) }, all(1), false],
  ['no tasks and no node', { mode: replicas(0) }, [], false],
  ['a task on every node', { mode: global }, null, true],
  ['a task on every node that suits', { mode: global, ...ofLabel }, last(ssd), true],
  ['a global service that no node suits', { mode: global, ...ofLabel }, all(3), false],
  ['a job', { mode: { kind: 'job' } }, all(1), false],
  ['stop-first', { update: { ...startFirst, order: 'stop-first' } }, all(1), false],
  ['no order, which is stop-first', { update: null }, all(1), false],
  ['a port of the whole swarm', { ports: [port({ mode: 'ingress' })] }, all(1), false],
  ['a port that Swarm chooses', { ports: [port({ published: null })] }, all(1), false],
  ['no port', { ports: [] }, all(1), false],
  ['a node that is drained', { mode: replicas(2) }, last({ availability: 'drain' }), true],
  ['a node that is down', { mode: replicas(2) }, last({ state: 'down' }), true],
  [
    'a paused node that may have one',
    { mode: replicas(2) },
    last({ availability: 'pause' }),
    false,
  ],
  ['more tasks than that', { mode: replicas(3) }, last({ availability: 'pause' }), true],
  ['only paused nodes', { mode: replicas(1) }, all(3, { availability: 'pause' }), true],
  ['a silent node that may have one', { mode: replicas(2) }, last({ state: 'unknown' }), false],
  ['only one node that suits', ofLabel, last(ssd), true],
  ['two that suit', ofLabel, all(2, ssd), false],
  ['a constraint that nobody knows', { constraints: ['node.colour == red'] }, all(1), false],
  ['no room for a second', { ports: [], maxPerNode: 1, mode: replicas(3) }, all(3), true],
  ['room for one more', { ports: [], maxPerNode: 2, mode: replicas(5) }, all(3), false],
  ['as many as nodes may have', { ports: [], maxPerNode: 2, mode: replicas(6) }, all(3), true],
  [
    'as many but for a paused one',
    { ports: [], maxPerNode: 2, mode: replicas(5) },
    last(pause),
    false,
  ],
  ['a port before a limit', { maxPerNode: 2, mode: replicas(3) }, all(3), true],
  ['one each by a limit', { ports: [], maxPerNode: 1, mode: global }, all(3), true],
  ['two each by a limit', { ports: [], maxPerNode: 2, mode: global }, all(3), false],
])('an update with %s', (_, change, told, expected) => {
  const update = { mode: replicas(1), update: startFirst, ports: [port()] };
  const swarm = { nodes: told, services: [], tasks: null };
  expect(neverStarts(service({ ...update, ...change }), swarm)).toBe(expected);
});

describe('beside other services', () => {
  const gigabytes = (n: number): Resources => ({ nanoCpus: 0, memory: n * 1e9 });
  const cpus = (n: number): Resources => ({ nanoCpus: n * 1e9, memory: 0 });
  const other = { id: 'other', ports: [port()] };
  const on = (n: number, reserves = gigabytes(0), serviceId = 'other'): PlacedTask => {
    return { serviceId, nodeId: `node${n}`, reserves };
  };
  const starts = (change: Partial<ServiceFacts>, swarm: Partial<Surroundings>) => {
    const update = { mode: replicas(1), update: startFirst };
    const third = { id: 'third', ports: [] };
    const around = { nodes: all(3), services: [other, third], tasks: [], ...swarm };
    return !neverStarts(service({ ...update, ...change }), around);
  };
  const ofPort = { ports: [port()] };
  const reserves = { reserves: gigabytes(5) };

  // Each node has 8 GB and 4 CPUs.
  it.each<[string, Partial<ServiceFacts>, Partial<Surroundings>, boolean]>([
    ['a node for the second', reserves, {}, true],
    ['each node taken by its own', { ...reserves, mode: replicas(3) }, {}, false],
    ['room for two on a node', { reserves: gigabytes(4), mode: replicas(3) }, {}, true],
    [
      'all but one taken by others',
      reserves,
      { tasks: [on(1, gigabytes(4)), on(2, gigabytes(4))] },
      false,
    ],
    ['less taken than that', reserves, { tasks: [on(1, gigabytes(3)), on(2, gigabytes(4))] }, true],
    [
      'its own tasks, which take no more',
      reserves,
      { tasks: [on(1, gigabytes(5), 'svc'), on(2, gigabytes(5), 'svc')] },
      true,
    ],
    ['too little memory in the whole', { reserves: gigabytes(9) }, { tasks: null }, false],
    ['CPUs taken', { reserves: cpus(2) }, { nodes: all(1), tasks: [on(1, cpus(0.5))] }, false],
    ['just enough CPUs', { reserves: cpus(2) }, { nodes: all(1) }, true],
    [
      'a node that told nothing',
      { ...reserves, mode: replicas(3) },
      { nodes: last({ resources: null }) },
      true,
    ],
    ['nodes not known', { ...reserves, mode: replicas(3) }, { nodes: null }, true],
    ['tasks not known', { reserves: gigabytes(4) }, { nodes: all(1), tasks: null }, true],
    [
      'a task that has no node',
      { reserves: gigabytes(4) },
      { nodes: all(1), tasks: [{ ...on(1, gigabytes(8)), nodeId: null }] },
      true,
    ],
    [
      'a full node in a global one',
      { reserves: gigabytes(3), mode: global },
      { tasks: [on(2, gigabytes(3))] },
      false,
    ],
    ['room on each for a global one', { reserves: gigabytes(3), mode: global }, {}, true],
    [
      'room on each as far as is known',
      { reserves: gigabytes(5), mode: global },
      { nodes: null },
      true,
    ],
    ['the port taken on all others', ofPort, { tasks: [on(1), on(2)] }, false],
    ['the port free on one', ofPort, { tasks: [on(1)] }, true],
    ['another port taken', { ports: [port({ published: 81 })] }, { tasks: [on(1), on(2)] }, true],
    [
      'the same of another protocol',
      { ports: [port({ protocol: 'udp' })] },
      { tasks: [on(1), on(2)] },
      true,
    ],
    [
      'the port published by the swarm',
      ofPort,
      { services: [{ id: 'other', ports: [port({ mode: 'ingress' })] }], tasks: [on(1), on(2)] },
      true,
    ],
    ['a service that is not known', ofPort, { services: [], tasks: [on(1), on(2)] }, true],
    [
      'a service that is gone',
      { reserves: gigabytes(4) },
      { nodes: all(1), services: [], tasks: [on(1, gigabytes(8))] },
      true,
    ],
    [
      'a port here and memory there',
      { ...ofPort, ...reserves },
      { tasks: [on(1), { ...on(2, gigabytes(4)), serviceId: 'third' }] },
      false,
    ],
    ['stop-first', { ...reserves, mode: replicas(3), update: null }, {}, true],
  ])('with %s: %#', (_, change, swarm, expected) => {
    expect(starts(change, swarm)).toBe(expected);
  });
});
