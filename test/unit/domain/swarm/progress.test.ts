import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  progressOf,
  type Intent,
  type Progress,
  type ProgressQuestion,
} from '../../../../main/domain/swarm/progress.js';
import type { ServiceFacts, TaskFacts, UpdateState } from '../../../../main/domain/swarm/types.js';
import { anyTasks, dead, digest, nodes, service, task, three, web } from './support.js';

const intent: Intent = {
  image: web(2),
  before: { image: web(1), digest: digest(1) },
  version: 10,
  askedAt: 0,
  backAsked: false,
};
const rules = { stuckAfter: 60, settle: 30, proveWithin: 300 };

/** The service after Careen's write, in a state of Swarm's. */
const ours = (state: UpdateState | null, change: Partial<ServiceFacts> = {}) =>
  service({
    version: 12,
    image: web(2),
    previousImage: web(1),
    status: state === null ? null : { state, message: `in ${state}` },
    ...change,
  });

/** The service back at what ran before; Swarm's own rollback leaves no PreviousSpec. */
const back = (state: UpdateState | null, change: Partial<ServiceFacts> = {}) =>
  ours(state, { image: web(1), previousImage: null, ...change });

const ask = (of: ServiceFacts, tasks: TaskFacts[], more: Partial<ProgressQuestion> = {}) =>
  progressOf({
    intent,
    service: of,
    tasks,
    nodes,
    proof: null,
    now: 10,
    heardSince: 0,
    rules,
    ...more,
  });
const at = (...args: Parameters<typeof ask>): Progress => ask(...args).progress;

describe('an update that goes on', () => {
  it('is updating while Swarm says so', () => {
    const tasks = [task('a', 1, { image: web(2) }), task('b', 2), task('c', 3)];
    expect(at(ours('updating'), tasks)).toEqual({
      state: 'updating',
      standing: { wanted: 3, running: 1, others: 2, unseen: 0 },
      stuckAt: null,
    });
  });

  it('counts a task only once it is healthy', () => {
    const tasks = three(web(2), { state: 'starting' });
    expect(at(ours('updating'), tasks)).toMatchObject({ standing: { wanted: 3, running: 0 } });
  });

  it('is not begun where the service is as it was read, whatever an earlier update left', () => {
    expect(at(service(), three(web(1)))).toEqual({ state: 'not-begun' });
    const earlier = back('rollback_completed', { version: 10 });
    expect(at(earlier, three(web(1)))).toEqual({ state: 'not-begun' });
  });

  it('is updating for a while before Swarm takes it up, and stuck if it never does', () => {
    expect(at(ours(null), three(web(1)))).toMatchObject({ state: 'updating', stuckAt: 60 });
    expect(at(ours(null), three(web(1)), { now: 60 })).toMatchObject({
      state: 'stuck',
      by: { code: 'not-begun' },
    });
  });

  it('of a service without tasks ends unproven, for Swarm never marks it', () => {
    const none = { mode: { kind: 'replicated' as const, replicas: 0 } };
    for (const state of [null, 'completed'] as const)
      expect(at(ours(state, none), [])).toMatchObject({ state: 'unproven' });
  });
});

describe('an update that is stuck', () => {
  const error = 'no suitable node (host-mode port already in use on 1 node)';
  const waits = task('n', 1, {
    image: web(2),
    nodeId: null,
    state: 'pending',
    error,
    createdAt: 5,
  });
  const tasks = [...three(web(1)), waits];

  it('by start-first and a port of the node says so, after a limit', () => {
    expect(at(ours('updating'), tasks, { now: 64 })).toMatchObject({
      state: 'updating',
      stuckAt: 65,
    });
    expect(at(ours('updating'), tasks, { now: 65 })).toMatchObject({
      state: 'stuck',
      by: { code: 'host-port', message: error, task: { id: 'n' } },
    });
  });

  it('is given its time anew once a manager answers again', () => {
    const heard = { now: 65, heardSince: 30 };
    expect(at(ours('updating'), tasks, heard)).toMatchObject({ state: 'updating', stuckAt: 90 });
    expect(at(ours(null), three(web(1)), heard)).toMatchObject({ state: 'updating', stuckAt: 90 });
  });

  it("by anything else has the task's own words", () => {
    const other = { ...waits, error: 'no suitable node (insufficient resources on 3 nodes)' };
    expect(at(ours('updating'), [...three(web(1)), other], { now: 99 })).toMatchObject({
      by: { code: 'pending', message: other.error },
    });
    const mute = { ...waits, error: null, message: 'pending task scheduling', createdAt: null };
    expect(at(ours('updating'), [mute], { now: 60 })).toMatchObject({
      by: { code: 'pending', message: mute.message },
    });
  });

  it('by a task that has its node and stands still, after an hour by its last change', () => {
    const hour = 3_600_000;
    for (const state of ['assigned', 'accepted', 'preparing', 'ready', 'starting'] as const) {
      const stands = task('n', 1, { image: web(2), state, createdAt: 5, updatedAt: 100 });
      const tasksNow = [...three(web(1)), stands];
      expect(at(ours('updating'), tasksNow, { now: hour + 99 })).toMatchObject({
        state: 'updating',
        stuckAt: hour + 100,
      });
      expect(at(ours('updating'), tasksNow, { now: hour + 100 })).toMatchObject({
        state: 'stuck',
        by: { code: 'standstill', state, message: '', task: { id: 'n' } },
      });
      const heard = { now: hour + 100, heardSince: 200 };
      expect(at(ours('updating'), tasksNow, heard)).toMatchObject({ stuckAt: hour + 200 });
      const given = [...three(web(1)), { ...stands, desired: 'shutdown' as const }];
      expect(at(ours('updating'), given, { now: 2 * hour })).toMatchObject({ stuckAt: null });
    }
  });

  it('is not by what Swarm waits for between two tasks, or by one that runs', () => {
    const tasksNow = [task('a', 1, { image: web(2), updatedAt: 0 }), task('b', 2), task('c', 3)];
    expect(at(ours('updating'), tasksNow, { now: 9_000_000 })).toMatchObject({
      state: 'updating',
      stuckAt: null,
    });
  });

  it('is so by tasks of ours only, and by those that Swarm still wants', () => {
    const theirs = { ...waits, image: web(1) };
    const given = { ...waits, desired: 'shutdown' as const };
    const elsewhere = { ...waits, serviceId: 'other' };
    for (const one of [theirs, given, elsewhere])
      expect(at(ours('updating'), [one], { now: 999 }).state).toBe('updating');
  });
});

describe('an update that Swarm calls completed', () => {
  it('is done where every task runs ours, then proved, then proven', () => {
    const first = ask(ours('completed'), three(web(2)));
    expect(first.progress.state).toBe('done');
    const second = ask(ours('completed'), three(web(2)), { now: 20, proof: first.proof });
    expect(second.progress).toMatchObject({ state: 'proving', until: 40 });
    const third = ask(ours('completed'), three(web(2)), { now: 40, proof: second.proof });
    expect(third.progress.state).toBe('proven');
  });

  it('fails where a task dies after the monitor window, which Swarm does not roll back', () => {
    const { proof } = ask(ours('completed'), three(web(2)));
    const [, ...rest] = three(web(2));
    const tasks = [
      ...rest,
      dead('x', 1, web(2)),
      task('y', 1, { image: web(2), state: 'starting' }),
    ];
    expect(at(ours('completed'), tasks, { now: 18, proof })).toMatchObject({
      state: 'failed',
      why: { by: 'proof', why: { code: 'task-died', task: { id: 'x' } } },
    });
  });

  it('is not done while a task is missing or runs another digest', () => {
    const [one, two] = three(web(2));
    if (!one || !two) throw new Error('no tasks');
    expect(at(ours('completed'), [one, two]).state).toBe('proving');
    expect(at(ours('completed'), [one, two, task('c', 3)]).state).toBe('proving');
    const stops = task('old', 3, { desired: 'shutdown' });
    const comes = task('old', 3, { state: 'preparing' });
    for (const other of [stops, comes])
      expect(at(ours('completed'), [...three(web(2)), other]).state).toBe('proving');
    const history = task('old', 3, { desired: 'shutdown', state: 'shutdown' });
    expect(at(ours('completed'), [...three(web(2)), history]).state).toBe('done');
  });

  it('does not wait for a node that is down, and tells that nobody sees it', () => {
    const stops = task('old', 3, { desired: 'shutdown' });
    const down = nodes.map((one) =>
      one.id === 'node3' ? { ...one, state: 'down' as const } : one,
    );
    expect(at(ours('completed'), [...three(web(2)), stops], { nodes: down })).toMatchObject({
      state: 'done',
      standing: { others: 0, unseen: 1 },
    });
  });

  it('counts a global service by the nodes that Swarm made tasks for', () => {
    const global = { mode: { kind: 'global' as const } };
    const tasks = three(web(2)).map((one) => ({ ...one, slot: null }));
    expect(at(ours('completed', global), tasks)).toMatchObject({
      state: 'done',
      standing: { wanted: 3, running: 3 },
    });
    const [first, ...rest] = tasks;
    if (!first) throw new Error('no tasks');
    expect(
      at(ours('completed', global), [{ ...first, state: 'preparing' }, ...rest]),
    ).toMatchObject({
      state: 'proving',
      standing: { wanted: 3, running: 2 },
    });
  });

  it('is never called done or proven while a task runs another digest', () => {
    const states = fc.constantFrom<UpdateState | null>(null, 'updating', 'completed', 'paused');
    const said = new Set<string>();
    fc.assert(
      fc.property(states, anyTasks, anyTasks, (state, before, now) => {
        let proof = null;
        for (const [n, tasks] of [before, now, now].entries()) {
          const one = ask(ours(state), tasks, { now: 10 + n * 30, proof });
          proof = one.proof;
          said.add(one.progress.state);
          if (one.progress.state !== 'done' && one.progress.state !== 'proven') continue;
          expect(state).toBe('completed');
          const others = tasks.filter((t) => t.state === 'running' && t.image !== web(2));
          expect(others).toEqual([]);
          const slots = tasks.filter((t) => t.state === 'running').map(({ slot }) => slot);
          expect(new Set(slots).size).toBe(3);
        }
      }),
      { numRuns: 500 },
    );
    expect([...said]).toEqual(expect.arrayContaining(['done', 'proven', 'proving', 'updating']));
  });
});

describe('an update that failed', () => {
  it('and goes back by itself, has come back only when every task runs what ran before', () => {
    const ended = dead('x', 1, web(2));
    const half = [task('a', 1, { state: 'starting' }), task('b', 2), task('c', 3), ended];
    for (const state of ['rollback_started', 'rollback_completed'] as const)
      expect(at(back(state), half)).toEqual({
        state: 'failed',
        standing: { wanted: 3, running: 2, others: 0, unseen: 0 },
        why: { by: 'swarm', state, message: `in ${state}`, tasks: [ended] },
      });
    expect(at(back('rollback_completed'), [...three(web(1)), ended])).toMatchObject({
      state: 'rolled-back',
      why: { tasks: [ended] },
      pinned: true,
    });
  });

  it('and is paused, or whose rollback is, says which', () => {
    expect(at(ours('paused'), three(web(2)))).toMatchObject({
      state: 'failed',
      why: { state: 'paused', message: 'in paused' },
    });
    expect(at(back('rollback_paused'), three(web(1)))).toMatchObject({
      state: 'failed',
      why: { state: 'rollback_paused' },
    });
  });

  it('has come back at a tag without a digest only in name', () => {
    const loose = { ...intent, before: { image: 'web:1', digest: digest(1) } };
    const image = 'web:1';
    expect(
      at(back('rollback_completed', { image }), three(image), { intent: loose }),
    ).toMatchObject({ state: 'rolled-back', pinned: false });
  });

  it('and was asked back by Careen is so by it', () => {
    const asked = { ...intent, backAsked: true };
    const swapped = { previousImage: web(2) };
    expect(at(back('rollback_completed', swapped), three(web(1)), { intent: asked })).toMatchObject(
      { state: 'rolled-back' },
    );
    expect(at(back('rollback_paused', swapped), [], { intent: asked })).toMatchObject({
      state: 'failed',
      why: { by: 'swarm', state: 'rollback_paused' },
    });
  });
});

describe('what someone else did', () => {
  const acted = (act: string) => ({ state: 'someone-else-acted', act });

  it('shows by an image that is neither', () => {
    expect(at(ours('updating', { image: web(3) }), [])).toEqual(acted('image'));
  });

  it('shows by the old image without a rollback', () => {
    expect(at(back('updating', { previousImage: web(2) }), [])).toEqual(acted('image'));
    expect(at(back(null, { previousImage: web(1) }), [])).toEqual(acted('image'));
  });

  it('shows by PreviousSpec after a scale, a label or a deploy with nothing new', () => {
    for (const state of [null, 'updating', 'completed'] as const)
      expect(at(ours(state, { previousImage: web(2) }), three(web(2)))).toEqual(acted('written'));
    expect(at(ours('completed', { previousImage: null }), three(web(2)))).toEqual(acted('written'));
  });

  it('shows by a rollback that was asked for, once or twice', () => {
    expect(at(back('rollback_started', { previousImage: web(2) }), [])).toEqual(
      acted('rolled-back'),
    );
    expect(at(ours('rollback_completed'), three(web(2)))).toEqual(acted('rolled-back'));
  });

  it("is not shown by the version index, which Swarm's own notes move", () => {
    expect(at(ours('updating', { version: 99 }), []).state).toBe('updating');
  });
});
