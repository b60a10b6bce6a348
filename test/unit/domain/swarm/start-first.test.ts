import { expect, it } from 'vitest';
import { neverStarts } from '../../../../main/domain/swarm/start-first.js';
import type {
  PublishedPort,
  ServiceFacts,
  UpdateConfig,
} from '../../../../main/domain/swarm/types.js';

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
const replicas = (n: number): ServiceFacts['mode'] => ({ kind: 'replicated', replicas: n });

it.each<[string, Partial<ServiceFacts>, number | null, boolean]>([
  ['as many tasks as nodes', { mode: replicas(3) }, 3, true],
  ['a node to spare', { mode: replicas(2) }, 3, false],
  ['one task, nodes not known', { mode: replicas(1) }, null, false],
  ['no tasks', { mode: replicas(0) }, 1, false],
  ['a task on every node', { mode: { kind: 'global' } }, null, true],
  ['a job', { mode: { kind: 'job' } }, 1, false],
  ['stop-first', { update: { ...startFirst, order: 'stop-first' } }, 1, false],
  ['no order, which is stop-first', { update: null }, 1, false],
  ['a port of the whole swarm', { ports: [port({ mode: 'ingress' })] }, 1, false],
  ['a port that Swarm chooses', { ports: [port({ published: null })] }, 1, false],
  ['no port', { ports: [] }, 1, false],
])('an update with %s', (_, change, nodes, expected) => {
  const service = { mode: replicas(1), update: startFirst, ports: [port()], ...change };
  expect(neverStarts(service, nodes)).toBe(expected);
});
