import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginProof,
  type Judgement,
  judgeProof,
  type Look,
  type ProofRules,
} from '../../../../main/domain/update/prove.js';

const rules: ProofRules = { settle: 30, proveWithin: 300, restarts: 3, probed: false };

const look = (at: number, change: Partial<Look> = {}): Look => ({
  at,
  status: 'running',
  health: 'none',
  startedAt: 0,
  restartCount: 0,
  exitCode: null,
  ...change,
});

/** What the last of these looks shows, the first of them beginning the proof. */
function shown(looks: Look[], by: Partial<ProofRules> = {}, takenUp = false): Judgement {
  const [first] = looks;
  if (!first) throw new Error('nobody looked');
  let proof = beginProof(first, takenUp);
  let last: Judgement | null = null;
  for (const one of looks) {
    const { proof: next, judgement } = judgeProof(proof, one, { ...rules, ...by });
    proof = next;
    last = judgement;
  }
  if (!last) throw new Error('nobody looked');
  return last;
}

describe('a container without a health check', () => {
  it('is well once it has run for the settling time without a restart', () => {
    expect(shown([look(0)])).toEqual({ state: 'wait', until: 30 });
    expect(shown([look(0), look(29)])).toEqual({ state: 'wait', until: 30 });
    expect(shown([look(0), look(30)])).toEqual({ state: 'healthy' });
  });

  it('begins anew with each restart, whichever sign tells of it', () => {
    const counted = look(25, { restartCount: 1, startedAt: 20 });
    expect(shown([look(0), counted, look(40, counted && { ...counted, at: 40 })])).toEqual({
      state: 'wait',
      until: 55,
    });
    const byHand = look(25, { startedAt: 20 });
    expect(shown([look(0), byHand, { ...byHand, at: 40 }])).toEqual({ state: 'wait', until: 55 });
  });

  it('that reads running between its tries restarts for ever', () => {
    const looks = [0, 1, 2, 3].map((n) => look(n * 5, { restartCount: n, startedAt: n * 5 }));
    expect(shown(looks)).toEqual({ state: 'failed', why: { code: 'restarting', restarts: 3 } });
  });

  it('may have restarted before anyone looked', () => {
    const waits = (at: number, n: number) => look(at, { status: 'restarting', restartCount: n });
    expect(shown([waits(0, 2), waits(100, 3)])).toMatchObject({ state: 'failed' });
    expect(shown([waits(0, 2), waits(300, 2)])).toMatchObject({
      state: 'failed',
      why: { code: 'restarting', restarts: 2 },
    });
  });

  it('that the engine is about to start again does not run', () => {
    const waits = look(50, { status: 'restarting', restartCount: 1 });
    expect(shown([look(0), waits])).toEqual({ state: 'wait', until: 300 });
  });

  it('that waits for its next start when the time is over restarts for ever', () => {
    const waits = (at: number) => look(at, { status: 'restarting', restartCount: 12 });
    expect(shown([waits(0), waits(300)], {}, true)).toEqual({
      state: 'failed',
      why: { code: 'restarting', restarts: 1 },
    });
  });

  it('that ended failed, with its exit code', () => {
    expect(shown([look(0), look(1, { status: 'exited', exitCode: 3 })])).toEqual({
      state: 'failed',
      why: { code: 'exited', exitCode: 3 },
    });
  });

  it('that did not settle in time failed where it restarted, and is unproven where it did not', () => {
    const restarted = look(290, { restartCount: 1, startedAt: 290 });
    expect(shown([look(0), restarted, { ...restarted, at: 300 }])).toMatchObject({
      state: 'failed',
      why: { code: 'restarting', restarts: 1 },
    });
    expect(shown([look(0), look(10)], { settle: 60, proveWithin: 10 })).toEqual({
      state: 'unproven',
    });
  });

  it('whose proof was cut off has run since the engine started it', () => {
    const later = look(100, { startedAt: 60 });
    expect(shown([later], {}, true)).toEqual({ state: 'healthy' });
    expect(shown([later], {}, false)).toEqual({ state: 'wait', until: 130 });
    // How long it has run since a restart of the engine's own is not known to be all.
    const restarted = { ...later, restartCount: 9 };
    expect(shown([restarted], {}, true)).toEqual({ state: 'wait', until: 130 });
    expect(shown([restarted, { ...restarted, at: 130 }], {}, true)).toEqual({ state: 'healthy' });
  });
});

describe('a container with a health check', () => {
  it('is what its health says', () => {
    expect(shown([look(0, { health: 'starting' })])).toEqual({ state: 'wait', until: 300 });
    expect(shown([look(0, { health: 'healthy' })])).toEqual({ state: 'healthy' });
    expect(shown([look(0, { health: 'unhealthy' })])).toEqual({
      state: 'failed',
      why: { code: 'unhealthy' },
    });
  });

  it('that is still starting when its time is over failed', () => {
    expect(shown([look(0, { health: 'starting' }), look(300, { health: 'starting' })])).toEqual({
      state: 'failed',
      why: { code: 'not-healthy-in-time', ms: 300 },
    });
  });
});

describe('a machine that sleeps in the middle of a proof', () => {
  const minutes = (n: number) => n * 60_000;
  const by = { settle: 30_000, proveWithin: minutes(5) };
  const starting = (at: number) => look(at, { health: 'starting' });

  const hours = minutes(8 * 60);

  it('takes next to no time from a container that is still starting', () => {
    const slept = [starting(0), starting(minutes(2)), starting(minutes(2) + hours)];
    const until = minutes(2) + hours + minutes(3) - 10_000;
    expect(shown(slept, by)).toEqual({ state: 'wait', until });
    expect(shown([...slept, starting(until)], by)).toMatchObject({ state: 'failed' });
  });

  it('shows of none that it settled', () => {
    expect(shown([look(0), look(5_000), look(5_000 + hours)], by)).toEqual({
      state: 'wait',
      until: 5_000 + hours + 15_000,
    });
  });

  it('is told from an engine that is always late: its proofs come to their end', () => {
    const late = Array.from({ length: 40 }, (_, n) => starting(n * minutes(6)));
    expect(shown(late, by)).toMatchObject({ state: 'failed' });
  });

  it('is not one that looks a little late', () => {
    expect(shown([starting(0), starting(minutes(5) + 9_000)], by)).toMatchObject({
      state: 'failed',
    });
  });
});

it('an address that is to answer has the last word, also of one that is healthy', () => {
  expect(shown([look(0), look(30)], { probed: true })).toEqual({ state: 'probe', until: 300 });
  expect(shown([look(0, { health: 'healthy' })], { probed: true })).toMatchObject({
    state: 'probe',
  });
});

it('nothing is well that restarted within its settling time, and every proof comes to an end', () => {
  const anyLook = fc.record({
    gap: fc.integer({ min: 0, max: 40 }),
    restart: fc.boolean(),
    status: fc.constantFrom('running', 'restarting', 'exited', 'paused'),
    health: fc.constantFrom('none', 'starting', 'healthy', 'unhealthy'),
  });
  fc.assert(
    fc.property(fc.array(anyLook, { minLength: 1, maxLength: 30 }), (all) => {
      let at = 0;
      let startedAt = 0;
      let restartCount = 0;
      const looks = all.map(({ gap, restart, status, health }) => {
        at += gap;
        if (restart) {
          restartCount += 1;
          startedAt = at;
        }
        return look(at, { status, health, startedAt, restartCount });
      });
      const last = looks.at(-1);
      const judgement = shown(looks);
      if (judgement.state === 'healthy' && last?.health === 'none')
        expect(last.at - (last.startedAt ?? 0)).toBeGreaterThanOrEqual(rules.settle);
      if (last && last.at >= rules.proveWithin) expect(judgement.state).not.toBe('wait');
      if (judgement.state === 'wait') expect(judgement.until).toBeGreaterThan(last?.at ?? 0);
    }),
  );
});
