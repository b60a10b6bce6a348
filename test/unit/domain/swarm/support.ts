import fc from 'fast-check';
import type {
  NodeFacts,
  ServiceFacts,
  TaskFacts,
  TaskState,
} from '../../../../main/domain/swarm/types.js';

export const digest = (n: number) => `sha256:${n.toString(16).padStart(64, '0')}`;
/** A service's image as the CLI writes it. */
export const web = (n: number, tag = '1') => `10.210.0.254:5000/web:${tag}@${digest(n)}`;

export function service(change: Partial<ServiceFacts> = {}): ServiceFacts {
  return {
    id: 'svc',
    name: 'web',
    version: 10,
    image: web(1),
    previousImage: null,
    labels: {},
    mode: { kind: 'replicated', replicas: 3 },
    update: null,
    status: null,
    ports: [],
    platforms: [],
    constraints: [],
    maxPerNode: null,
    reserves: { nanoCpus: 0, memory: 0 },
    plugins: [],
    data: [],
    volumes: [],
    ...change,
  };
}

export function task(id: string, slot: number, change: Partial<TaskFacts> = {}): TaskFacts {
  return {
    id,
    serviceId: 'svc',
    slot,
    nodeId: `node${slot}`,
    desired: 'running',
    state: 'running',
    message: 'started',
    error: null,
    exitCode: null,
    image: web(1),
    reserves: { nanoCpus: 0, memory: 0 },
    createdAt: 0,
    updatedAt: 0,
    ...change,
  };
}

/** Three tasks, one a slot, that run an image. */
export const three = (image: string, change: Partial<TaskFacts> = {}) =>
  [1, 2, 3].map((slot) => task(`${image.slice(-2)}-${slot}`, slot, { image, ...change }));

/** A task that ended by itself, as the history keeps it. */
export const dead = (id: string, slot: number, image: string) =>
  task(id, slot, {
    image,
    desired: 'shutdown',
    state: 'failed',
    error: 'non-zero exit (137): dockerexec: unhealthy container',
    exitCode: 137,
  });

export const nodes: NodeFacts[] = [1, 2, 3].map((n) => ({
  id: `node${n}`,
  name: `fl${n}`,
  role: n === 1 ? 'manager' : 'worker',
  availability: 'active',
  state: 'ready',
  address: `10.210.0.${n}`,
  hostname: `fl${n}`,
  platform: { os: 'linux', architecture: 'x86_64' },
  engineLabels: {},
  resources: { nanoCpus: 4e9, memory: 8e9 },
  plugins: [{ type: 'Log', name: 'json-file' }],
  labels: {},
}));

const states: TaskState[] = [
  'new',
  'pending',
  'preparing',
  'starting',
  'running',
  'complete',
  'shutdown',
  'failed',
  'rejected',
  'orphaned',
];

/** Tasks of a service in any mixture of states and of two images; often with all of one that run. */
export const anyTasks = fc
  .tuple(
    fc.constantFrom(three(web(2)), three(web(2)), three(web(1)), []),
    fc.array(
      fc.record({
        slot: fc.integer({ min: 1, max: 3 }),
        image: fc.constantFrom(web(1), web(2)),
        state: fc.constantFrom(...states),
        desired: fc.constantFrom<TaskState>('ready', 'running', 'shutdown', 'remove'),
      }),
      { maxLength: 4 },
    ),
  )
  .map(([base, more]) => [...base, ...more.map((one, n) => task(`t${n}`, one.slot, one))]);
