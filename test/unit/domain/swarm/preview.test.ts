import { describe, expect, it } from 'vitest';
import { previewService, type PreviewQuestion } from '../../../../main/domain/swarm/preview.js';
import type {
  PublishedPort,
  ServiceFacts,
  UpdateConfig,
} from '../../../../main/domain/swarm/types.js';
import { digest, nodes, service, three, web } from './support.js';

const config = (change: Partial<UpdateConfig> = {}): UpdateConfig => ({
  parallelism: 1,
  delay: 0,
  failureAction: null,
  monitor: null,
  order: null,
  ...change,
});
const startFirst = config({ order: 'start-first', failureAction: 'rollback' });
const hostPort: PublishedPort = { published: 8080, target: 80, protocol: 'tcp', mode: 'host' };

const preview = (change: Partial<ServiceFacts> = {}, more: Partial<PreviewQuestion> = {}) =>
  previewService({
    service: service(change),
    to: web(2),
    shows: digest(2),
    tasks: three(web(1)),
    nodes,
    others: { services: [], tasks: [] },
    settle: 30_000,
    ...more,
  });
const codes = (...args: Parameters<typeof preview>) =>
  preview(...args).warnings.map(({ code }) => code);

describe('the preview of an update', () => {
  it('of a service that leaves all to Swarm tells its defaults, and that rollback is added', () => {
    expect(preview()).toEqual({
      from: web(1),
      to: web(2),
      tasks: 3,
      nodes: ['fl1', 'fl2', 'fl3'],
      order: 'stop-first',
      parallelism: 1,
      delay: 0,
      monitor: 5_000,
      failureAction: 'rollback',
      rollbackFor: 'absent',
      atLeast: 35_000,
      stack: null,
      warnings: [],
    });
  });

  it('leaves a failure action that is not pause', () => {
    const own = preview({ update: config({ failureAction: 'rollback' }) });
    expect([own.failureAction, own.rollbackFor]).toEqual(['rollback', null]);
    expect(preview({ update: config({ failureAction: 'pause' }) }).rollbackFor).toBe('pause');
    const goesOn = preview({ update: config({ failureAction: 'continue' }) });
    expect([goesOn.failureAction, goesOn.rollbackFor]).toEqual(['continue', null]);
    expect(goesOn.warnings).toEqual([{ code: 'failures-ignored' }]);
  });

  it('takes at least its delays, the monitor and the proof', () => {
    const atLeast = (parallelism: number) =>
      preview({ update: config({ parallelism, delay: 60_000, monitor: 10_000 }) }).atLeast;
    expect(atLeast(1)).toBe(2 * 60_000 + 10_000 + 30_000);
    expect(atLeast(2)).toBe(60_000 + 10_000 + 30_000);
    expect(atLeast(0)).toBe(10_000 + 30_000);
  });

  it('warns of start-first with a port of the node, and knows when no node is free', () => {
    const ports = [hostPort, { ...hostPort, mode: 'ingress' as const }];
    const warned = (certain: boolean) => ({
      code: 'start-first-host-port',
      ports: [hostPort],
      certain,
    });
    expect(preview({ update: startFirst, ports }).warnings).toEqual([warned(true)]);
    const two = { update: startFirst, ports, mode: { kind: 'replicated' as const, replicas: 2 } };
    expect(preview(two).warnings).toEqual([warned(false)]);
    expect(preview({ ...two, mode: { kind: 'global' } }).warnings).toEqual([warned(true)]);
    const drained = nodes.map((one) => ({ ...one, availability: 'drain' as const }));
    expect(preview(two, { nodes: drained }).warnings).toEqual([warned(true)]);
    const where = { constraints: ['node.role == worker'] };
    expect(preview({ ...two, ...where }).warnings).toEqual([warned(true)]);
    expect(preview({ ...two, constraints: ['node.colour == red'] }).warnings).toEqual([
      warned(false),
    ]);
  });

  it('warns where each node has as many as it may have', () => {
    const most = { update: startFirst, maxPerNode: 1 };
    expect(preview(most).warnings).toEqual([{ code: 'start-first-limit', limit: 1 }]);
    expect(codes({ ...most, ports: [hostPort] })).toEqual(['start-first-host-port']);
    expect(codes({ ...most, maxPerNode: 2 })).toEqual([]);
    expect(codes({ maxPerNode: 1 })).toEqual([]);
  });

  it('warns where no node has so much left that no task has reserved', () => {
    const reserves = { nanoCpus: 0, memory: 5e9 };
    const wants = { update: startFirst, reserves };
    const warned = { code: 'start-first-reserved', reserves };
    expect(preview(wants).warnings).toEqual([warned]);
    const one = { ...wants, mode: { kind: 'replicated' as const, replicas: 1 } };
    expect(preview(one).warnings).toEqual([]);
    const tasks = ['node1', 'node2'].map((nodeId) => ({ serviceId: 'other', nodeId, reserves }));
    const others = { services: [{ id: 'other', ports: [] }], tasks };
    expect(preview(one, { others }).warnings).toEqual([warned]);
    expect(preview({ ...one, update: null }, { others }).warnings).toEqual([]);
    // What is the reason by itself is told alone.
    expect(codes({ ...wants, maxPerNode: 1 })).toEqual(['start-first-limit']);
    expect(codes({ ...wants, ports: [hostPort] })).toEqual(['start-first-host-port']);
    expect(preview({ ...one, ports: [hostPort] }, { others }).warnings).toEqual([
      { code: 'start-first-host-port', ports: [hostPort], certain: false },
      warned,
    ]);
  });

  it('does not where the old task stops first, or Swarm chooses the port', () => {
    expect(codes({ ports: [hostPort] })).toEqual([]);
    const chosen = { ...hostPort, published: null };
    expect(codes({ update: startFirst, ports: [chosen] })).toEqual([]);
  });

  it('warns of two writers at once', () => {
    const data = [{ kind: 'volume' as const, name: 'db', at: '/data', driver: 'local' }];
    expect(preview({ update: startFirst, data }).warnings).toEqual([
      { code: 'start-first-data', data },
    ]);
    expect(codes({ data })).toEqual([]);
  });

  it('tells beforehand what the next deploy of a stack takes back', () => {
    const labels = {
      'com.docker.stack.namespace': 'shop',
      'com.docker.stack.image': '10.210.0.254:5000/web:1',
    };
    const stack = { namespace: 'shop', image: '10.210.0.254:5000/web:1' };
    expect(preview({ labels })).toMatchObject({ stack, warnings: [] });
    expect(preview({ labels }, { to: web(2, '2') }).warnings).toEqual([
      { code: 'stack-takes-back', stack },
    ]);
  });

  it('tells what has no digest, no tasks, no end, and who does not answer', () => {
    expect(codes({ image: 'web:1' })).toEqual(['not-pinned']);
    const none = preview({ mode: { kind: 'replicated', replicas: 0 } });
    expect(none).toMatchObject({ tasks: 0, atLeast: 0, warnings: [{ code: 'no-tasks' }] });
    expect(codes({ mode: { kind: 'job' }, update: startFirst, ports: [hostPort] })).toEqual([
      'job',
    ]);
    const silent = nodes.map((one) =>
      one.id === 'node3' ? { ...one, state: 'down' as const } : one,
    );
    expect(preview({}, { nodes: silent }).warnings).toEqual([
      { code: 'silent-nodes', nodes: ['fl3'] },
    ]);
  });
});
