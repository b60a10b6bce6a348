import type { ServiceFacts } from '../../../../main/domain/swarm/types.js';

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
