import { describe, expect, it } from 'vitest';
import { isTask, notUpdated, taskOf } from '../../../../main/domain/swarm/subjects.js';
import { service } from './support.js';

describe('a container', () => {
  const labels = {
    'com.docker.swarm.node.id': 'node1',
    'com.docker.swarm.service.id': 'svc',
    'com.docker.swarm.service.name': 'web',
    'com.docker.swarm.task': '',
    'com.docker.swarm.task.id': 't1',
    'com.docker.swarm.task.name': 'web.1.t1',
  };

  it('is a task by the key of a label whose value is empty', () => {
    expect(isTask(labels)).toBe(true);
    expect(taskOf(labels)).toEqual({
      serviceId: 'svc',
      serviceName: 'web',
      taskId: 't1',
      nodeId: 'node1',
    });
    expect(taskOf({ 'com.docker.swarm.task': '' })?.serviceId).toBeNull();
  });

  it("is none by a stack's label, or by a label of a like name", () => {
    expect(isTask({ 'com.docker.stack.namespace': 'shop' })).toBe(false);
    expect(taskOf({ 'com.docker.swarm.task.id': 't1' })).toBeNull();
  });
});

describe('a service', () => {
  it('that is a job, or under way, is not updated', () => {
    expect(notUpdated(service({ mode: { kind: 'job' } }))).toBe('job');
    for (const state of ['updating', 'rollback_started'] as const)
      expect(notUpdated(service({ status: { state, message: '' } }))).toBe('busy');
  });

  it('that is at rest is, a paused one too', () => {
    expect(notUpdated(service())).toBeNull();
    for (const state of ['completed', 'paused', 'rollback_completed'] as const)
      expect(notUpdated(service({ status: { state, message: '' } }))).toBeNull();
  });
});
