import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginServiceProof,
  judgeServiceProof,
  type ServiceJudgement,
  type ServiceLook,
} from '../../../../main/domain/swarm/prove.js';
import { allRun, standingOf } from '../../../../main/domain/swarm/tasks.js';
import type { ServiceFacts, TaskFacts } from '../../../../main/domain/swarm/types.js';
import { anyTasks, dead, nodes, service, task, three, web } from './support.js';

const rules = { settle: 30, proveWithin: 100 };
const runs = three(web(2));
const [one, two, last] = runs as [TaskFacts, TaskFacts, TaskFacts];

function look(at: number, tasks: TaskFacts[], of: ServiceFacts = service()): ServiceLook {
  const standing = standingOf(of, tasks, web(2), nodes);
  return { at, service: of, tasks, image: web(2), standing };
}

/** What the last of these looks shows, the first of them beginning the proof. */
function shown(...looks: ServiceLook[]): ServiceJudgement {
  const [first] = looks;
  if (!first) throw new Error('nobody looked');
  let proof = beginServiceProof(first);
  let judged: ServiceJudgement | null = null;
  for (const at of looks) {
    const { proof: next, judgement } = judgeServiceProof(proof, at, rules);
    proof = next;
    judged = judgement;
  }
  if (!judged) throw new Error('nobody looked');
  return judged;
}

describe('the proof of a service', () => {
  it('is that all its tasks run for the time, and the same ones', () => {
    expect(shown(look(0, runs))).toEqual({ state: 'wait', until: 30 });
    expect(shown(look(0, runs), look(29, runs))).toEqual({ state: 'wait', until: 30 });
    expect(shown(look(0, runs), look(30, runs))).toEqual({ state: 'healthy' });
  });

  it('fails by a task that died since, and not by one that had died before', () => {
    const x = dead('x', 1, web(2));
    expect(shown(look(0, runs), look(8, [...runs, x]))).toEqual({
      state: 'failed',
      why: { code: 'task-died', task: x },
    });
    expect(shown(look(0, [...runs, x]), look(30, [...runs, x]))).toEqual({ state: 'healthy' });
    const theirs = dead('x', 1, web(1));
    expect(shown(look(0, runs), look(30, [...runs, theirs]))).toEqual({ state: 'healthy' });
  });

  it('fails by a task that was refused or came to its end', () => {
    for (const state of ['rejected', 'complete'] as const)
      expect(
        shown(look(0, runs), look(8, [...runs, { ...dead('x', 1, web(2)), state }])).state,
      ).toBe('failed');
  });

  it('begins anew where Swarm moved a task, as it does when a node is drained', () => {
    const stopped = { ...last, desired: 'shutdown' as const, state: 'shutdown' as const };
    const moved = [one, two, stopped, task('new', 3, { image: web(2), nodeId: 'node1' })];
    expect(shown(look(0, runs), look(20, moved))).toEqual({ state: 'wait', until: 50 });
    expect(shown(look(0, runs), look(20, moved), look(50, moved))).toEqual({ state: 'healthy' });
    expect(shown(look(0, runs), look(90, moved), look(100, moved))).toEqual({ state: 'unproven' });
  });

  it('begins anew with a task that came later, for it has not run as long', () => {
    const more = [...runs, task('new', 3, { image: web(2) })];
    expect(shown(look(0, runs), look(20, more))).toEqual({ state: 'wait', until: 50 });
  });

  it('fails in the end by tasks that come and go where no history is kept', () => {
    const of = service({ mode: { kind: 'replicated', replicas: 1 } });
    const looks = [0, 20, 40, 60, 100].map((at, n) =>
      look(at, [task(`t${n}`, 1, { image: web(2) })], of),
    );
    expect(shown(...looks)).toEqual({ state: 'failed', why: { code: 'replaced', times: 4 } });
  });

  it('fails in the end where not all run', () => {
    expect(shown(look(0, [one, two]), look(99, [one, two]))).toEqual({ state: 'wait', until: 100 });
    expect(shown(look(0, [one, two]), look(100, [one, two]))).toEqual({
      state: 'failed',
      why: { code: 'not-running', running: 2, wanted: 3 },
    });
  });

  it('does not count a task that Swarm is about to stop', () => {
    const leaving = { ...last, desired: 'shutdown' as const };
    expect(allRun(look(0, [one, two, leaving]).standing)).toBe(false);
  });

  it('shows nothing of a service without tasks', () => {
    const of = service({ mode: { kind: 'replicated', replicas: 0 } });
    expect(shown(look(0, [], of), look(99, [], of))).toEqual({ state: 'unproven' });
  });

  it('never says healthy before the time, nor where a look found less than all', () => {
    const tasks = fc.oneof(fc.constant(runs), anyTasks);
    const looks = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), tasks), { minLength: 1 });
    let proven = 0;
    fc.assert(
      fc.property(looks, (raw) => {
        let at = 0;
        const all = raw.map(([later, tasks]) => look((at += later), tasks));
        const end = all.at(-1);
        const [first] = all;
        if (!end || !first || shown(...all).state !== 'healthy') return;
        proven += 1;
        expect(end.at - first.at).toBeGreaterThanOrEqual(30);
        const recent = all.filter((each) => each.at >= end.at - 30);
        expect(recent.every(({ standing }) => allRun(standing))).toBe(true);
      }),
      { numRuns: 500 },
    );
    expect(proven).toBeGreaterThan(0);
  });
});
