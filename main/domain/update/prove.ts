import type { Millis } from '../facts.js';

/** A container as it was at one look, and the moment of it. */
export interface Look {
  at: Millis;
  status:
    'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead' | 'unknown';
  health: 'none' | 'starting' | 'healthy' | 'unhealthy';
  /** By the engine's clock. */
  startedAt: Millis | null;
  restartCount: number;
  exitCode: number | null;
}

/** What is to be shown, from when on; durations in ms. */
export interface ProofRules {
  settle: number;
  proveWithin: number;
  /** Restarts at which it counts as one that restarts for ever. */
  restarts: number;
  /** Whether an address must answer, too. */
  probed: boolean;
}

/** How far a proof is: what earlier looks have shown. */
export interface Proof {
  begunAt: Millis;
  /** Restarts that are none of this proof's. */
  restartsBefore: number;
  /** Since when it has run without a restart, and by which start; null: it does not. */
  steady: { since: Millis; startedAt: Millis | null; restartCount: number } | null;
  /** Restarts seen by another StartedAt alone: someone restarted it by hand. */
  restartsSeen: number;
  /** When it was looked at last, and when at the latest the next look was due. */
  lookedAt: Millis;
  due: Millis;
}

/** Milliseconds by which a look may be late on a machine that has much to do. */
const lateness = 10_000;

/** Why a container did not prove itself. */
export type Disproof =
  | { code: 'unhealthy' }
  | { code: 'exited'; exitCode: number | null }
  | { code: 'restarting'; restarts: number }
  | { code: 'not-healthy-in-time'; ms: number };

export type Judgement =
  /** Nothing is known before `until`, unless an event tells. */
  | { state: 'wait'; until: Millis }
  /** All but the probe is shown: it decides, and is asked again until `until`. */
  | { state: 'probe'; until: Millis }
  | { state: 'healthy' }
  /** The time is over, and neither is shown. */
  | { state: 'unproven' }
  | { state: 'failed'; why: Disproof };

/**
 * The beginning of a proof. One that was cut off is taken up where the engine says that the
 * container has run without a restart since: `startedAt`.
 */
export function beginProof(look: Look, takenUp: boolean): Proof {
  const { startedAt, restartCount, at } = look;
  const since = takenUp && restartCount === 0 ? Math.min(startedAt ?? at, at) : at;
  return {
    begunAt: at,
    // Of a new container all count: it may have restarted before the first look.
    restartsBefore: takenUp ? restartCount : 0,
    steady: look.status === 'running' ? { since, startedAt, restartCount } : null,
    restartsSeen: 0,
    lookedAt: at,
    due: at,
  };
}

/**
 * What one more look shows. Health decides where there is a health check; else that it runs without
 * a restart for `settle`, by RestartCount and StartedAt over that time: a crash loop reads `running`
 * between its tries (RECREATE, Health).
 */
export function judgeProof(
  before: Proof,
  look: Look,
  rules: ProofRules,
): { proof: Proof; judgement: Judgement } {
  const proof = takeIn(withoutSleep(before, look), look);
  const judgement = judgementOf(proof, look, rules);
  const due = 'until' in judgement ? judgement.until : look.at;
  return { proof: { ...proof, lookedAt: look.at, due }, judgement };
}

/** A machine that slept since the last look gave the container no time to show anything. */
function withoutSleep(proof: Proof, { at }: Look): Proof {
  const { begunAt, steady, lookedAt, due } = proof;
  if (at <= due + lateness) return proof;
  // Some of it counts, so that a proof by an engine that is always late comes to its end, too.
  const slept = at - lookedAt - Math.min(due - lookedAt, lateness);
  return {
    ...proof,
    begunAt: begunAt + slept,
    steady: steady && { ...steady, since: steady.since + slept },
  };
}

function takeIn(proof: Proof, look: Look): Proof {
  const { steady } = proof;
  const { at, startedAt, restartCount } = look;
  if (look.status !== 'running') return { ...proof, steady: null };
  if (steady && steady.startedAt === startedAt && steady.restartCount === restartCount)
    return proof;
  const byHand = steady !== null && steady.restartCount === restartCount;
  return {
    ...proof,
    steady: { since: at, startedAt, restartCount },
    restartsSeen: proof.restartsSeen + (byHand ? 1 : 0),
  };
}

function judgementOf(proof: Proof, look: Look, rules: ProofRules): Judgement {
  const { begunAt, steady } = proof;
  const end = begunAt + rules.proveWithin;
  const isOver = look.at >= end;
  const restarts = look.restartCount - proof.restartsBefore + proof.restartsSeen;
  const { status, health, exitCode } = look;
  if (status === 'exited' || status === 'dead' || status === 'removing')
    return { state: 'failed', why: { code: 'exited', exitCode } };
  if (restarts >= rules.restarts) return { state: 'failed', why: { code: 'restarting', restarts } };
  if (health === 'unhealthy') return { state: 'failed', why: { code: 'unhealthy' } };
  const shown =
    health === 'none'
      ? steady !== null && look.at - steady.since >= rules.settle
      : health === 'healthy' && status === 'running';
  if (shown) return rules.probed ? { state: 'probe', until: end } : { state: 'healthy' };
  if (isOver) return late(look, restarts, rules);
  const settled = health === 'none' && steady ? steady.since + rules.settle : end;
  return { state: 'wait', until: Math.min(settled, end) };
}

/** A health check had its time; what has none, runs and did not settle yet may still be well. */
function late({ health, status }: Look, restarts: number, rules: ProofRules): Judgement {
  if (health === 'starting')
    return { state: 'failed', why: { code: 'not-healthy-in-time', ms: rules.proveWithin } };
  return restarts > 0 || status === 'restarting'
    ? { state: 'failed', why: { code: 'restarting', restarts: Math.max(1, restarts) } }
    : { state: 'unproven' };
}
