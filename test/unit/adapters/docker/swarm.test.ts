import { describe, expect, it } from 'vitest';
import { nodeOf, nodeSchema } from '../../../../main/adapters/docker/swarm/node.js';
import { serviceFactsOf, serviceSchema } from '../../../../main/adapters/docker/swarm/service.js';

const read = (spec: object, more: object = {}) =>
  serviceFactsOf(
    serviceSchema.parse({
      ID: 'svc',
      Version: { Index: 7 },
      Spec: { Name: 'web', ...spec },
      ...more,
    }),
  );
const template = (image: string) => ({ TaskTemplate: { ContainerSpec: { Image: image } } });

describe('a service as a manager tells of it', () => {
  it('has durations in ms, ports, platforms, and where it may write', () => {
    expect(
      read(
        {
          Labels: { a: 'b' },
          Mode: { Replicated: { Replicas: 3 } },
          TaskTemplate: {
            ContainerSpec: {
              Image: 'web:1',
              Mounts: [{ Type: 'volume', Source: 'data', Target: '/data' }],
            },
            Placement: {
              Platforms: [{ Architecture: 'amd64', OS: 'linux' }],
              Constraints: ['node.role == worker'],
              MaxReplicas: 2,
            },
            Resources: { Reservations: { MemoryBytes: 64_000_000 } },
            LogDriver: { Name: 'loki' },
          },
          UpdateConfig: { Parallelism: 2, Delay: 1_500_000_000, Monitor: 0, Order: 'start-first' },
          EndpointSpec: { Ports: [{ TargetPort: 80, PublishedPort: 8080, PublishMode: 'host' }] },
        },
        {
          PreviousSpec: template('web:0'),
          UpdateStatus: { State: 'completed', Message: 'update completed' },
        },
      ),
    ).toEqual({
      id: 'svc',
      name: 'web',
      version: 7,
      image: 'web:1',
      previousImage: 'web:0',
      labels: { a: 'b' },
      mode: { kind: 'replicated', replicas: 3 },
      update: {
        parallelism: 2,
        delay: 1_500,
        failureAction: null,
        monitor: null,
        order: 'start-first',
      },
      status: { state: 'completed', message: 'update completed' },
      ports: [{ published: 8080, target: 80, protocol: 'tcp', mode: 'host' }],
      platforms: [{ os: 'linux', architecture: 'amd64' }],
      constraints: ['node.role == worker'],
      maxPerNode: 2,
      reserves: { nanoCpus: 0, memory: 64_000_000 },
      plugins: [{ type: 'Log', name: 'loki' }],
      data: [{ kind: 'volume', name: 'data', at: '/data', driver: 'local' }],
      volumes: ['data'],
    });
  });

  it('leaves out what it does not say', () => {
    expect(read({ Mode: { Global: {} }, ...template('web:1') })).toMatchObject({
      previousImage: null,
      mode: { kind: 'global' },
      update: null,
      status: null,
      ports: [],
      platforms: [],
      constraints: [],
      maxPerNode: null,
      reserves: { nanoCpus: 0, memory: 0 },
      plugins: [],
    });
    expect(read({ Mode: { GlobalJob: {} }, ...template('web:1') })?.mode).toEqual({ kind: 'job' });
  });

  it('is none of Careen where it runs no containers', () => {
    expect(read({ TaskTemplate: { PluginSpec: { Name: 'p' } } })).toBeNull();
  });
});

describe('a node as a manager tells of it', () => {
  const told = (more: object) => nodeOf(nodeSchema.parse({ ID: 'n1', ...more }));

  it('has its own labels, and what its engine told', () => {
    expect(
      told({
        Spec: { Role: 'worker', Availability: 'pause', Labels: { disk: 'ssd' } },
        Description: {
          Hostname: 'fl1',
          Platform: { Architecture: 'x86_64', OS: 'linux' },
          Engine: {
            EngineVersion: '26.1.5',
            Labels: { room: 'attic' },
            Plugins: [{ Type: 'Volume', Name: 'local' }],
          },
          Resources: { NanoCPUs: 2_000_000_000, MemoryBytes: 8_000_000_000 },
        },
        Status: { State: 'ready', Addr: '10.0.0.1' },
      }),
    ).toEqual({
      id: 'n1',
      name: 'fl1',
      role: 'worker',
      availability: 'pause',
      state: 'ready',
      address: '10.0.0.1',
      hostname: 'fl1',
      platform: { os: 'linux', architecture: 'x86_64' },
      engineLabels: { room: 'attic' },
      resources: { nanoCpus: 2_000_000_000, memory: 8_000_000_000 },
      plugins: [{ type: 'Volume', name: 'local' }],
      labels: { disk: 'ssd' },
    });
  });

  it('that has never told is not taken to have no labels', () => {
    expect(
      told({
        Spec: { Role: 'worker', Availability: 'active' },
        Description: { Platform: {}, Engine: {} },
        Status: { State: 'unknown' },
      }),
    ).toEqual({
      id: 'n1',
      name: 'n1',
      role: 'worker',
      availability: 'active',
      state: 'unknown',
      address: null,
      hostname: null,
      platform: null,
      engineLabels: null,
      resources: null,
      plugins: null,
      labels: {},
    });
  });
});
