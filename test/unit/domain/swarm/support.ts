import type { NodeFacts, ServiceFacts, TaskFacts } from '../../../../main/domain/swarm/types.js';

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
    data: [],
    ...change,
  };
}

function task(id: string, slot: number, change: Partial<TaskFacts> = {}): TaskFacts {
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
    createdAt: 0,
    updatedAt: 0,
    ...change,
  };
}

/** Three tasks, one a slot, that run an image. */
export const three = (image: string, change: Partial<TaskFacts> = {}) =>
  [1, 2, 3].map((slot) => task(`${image.slice(-2)}-${slot}`, slot, { image, ...change }));

export const nodes: NodeFacts[] = [1, 2, 3].map((n) => ({
  id: `node${n}`,
  name: `fl${n}`,
  role: n === 1 ? 'manager' : 'worker',
  availability: 'active',
  state: 'ready',
}));
