import type { Millis } from '../facts.js';
import { allRun, deadTasks, runningTasks, tasksOf, type Standing } from './tasks.js';
import type { ServiceFacts, TaskFacts } from './types.js';

/** What is to be shown after `completed`; durations in ms. */
export interface ServiceProofRules {
  /** How long every task runs without one that died. */
  settle: number;
  proveWithin: number;
}

/** How far a proof is. By IDs of tasks, since clocks of nodes differ. */
export interface ServiceProof {
  begunAt: Millis;
  /** Tasks that were dead when it began: an update may bear some. */
  deadBefore: string[];
  /** Since when all have run, and which; null: they do not. */
  steady: { since: Millis; tasks: string[] } | null;
  /** How often one that ran was gone at the next look. */
  replaced: number;
}

/** Why a service did not prove itself. */
export type ServiceDisproof =
  | { code: 'task-died'; task: TaskFacts }
  /** Tasks come and go, and no history says why: a swarm may keep none. */
  | { code: 'replaced'; times: number }
  | { code: 'not-running'; running: number; wanted: number };

export type ServiceJudgement =
  | { state: 'wait'; until: Millis }
  | { state: 'healthy' }
  /** The time is over and neither is shown, or it has no tasks at all. */
  | { state: 'unproven' }
  | { state: 'failed'; why: ServiceDisproof };

/** One look at a service: what runs of the image that is to prove itself. */
export interface ServiceLook {
  at: Millis;
  service: Pick<ServiceFacts, 'id' | 'mode'>;
  tasks: readonly TaskFacts[];
  image: string;
  standing: Standing;
}

/** The proof at its first look, once Swarm has completed: what was dead by then is not held against it. */
export function beginServiceProof(look: ServiceLook): ServiceProof {
  const dead = deadTasks(tasksOf(look.service, look.tasks), look.image);
  return {
    begunAt: look.at,
    deadBefore: dead.map(({ id }) => id),
    steady: steadyFrom(look),
    replaced: 0,
  };
}

/**
 * What one more look shows. Swarm's `completed` is no proof: a task that dies after the monitor window
 * crash-loops, and nothing rolls back (FLEET, Swarm). So for `settle` every task runs, the same ones,
 * and none has died. A task reads `running` only once it is healthy.
 */
export function judgeServiceProof(
  before: ServiceProof,
  look: ServiceLook,
  rules: ServiceProofRules,
): { proof: ServiceProof; judgement: ServiceJudgement } {
  const proof = takeIn(before, look);
  return { proof, judgement: judgementOf(proof, look, rules) };
}

const idsOf = ({ service, tasks, image }: ServiceLook) =>
  runningTasks(tasksOf(service, tasks), image)
    .map(({ id }) => id)
    .sort();

function steadyFrom(look: ServiceLook): ServiceProof['steady'] {
  return allRun(look.standing) ? { since: look.at, tasks: idsOf(look) } : null;
}

function takeIn(proof: ServiceProof, look: ServiceLook): ServiceProof {
  const { steady } = proof;
  if (steady === null) return { ...proof, steady: steadyFrom(look) };
  const now = new Set(idsOf(look));
  const gone = steady.tasks.filter((id) => !now.has(id)).length;
  if (gone === 0 && now.size === steady.tasks.length && allRun(look.standing)) return proof;
  return { ...proof, steady: steadyFrom(look), replaced: proof.replaced + gone };
}

function judgementOf(
  proof: ServiceProof,
  look: ServiceLook,
  { settle, proveWithin }: ServiceProofRules,
): ServiceJudgement {
  const { steady, begunAt, deadBefore, replaced } = proof;
  const { wanted, running } = look.standing;
  const died = deadTasks(tasksOf(look.service, look.tasks), look.image).find(
    ({ id }) => !deadBefore.includes(id),
  );
  if (died) return { state: 'failed', why: { code: 'task-died', task: died } };
  if (wanted === 0) return { state: 'unproven' };
  if (steady !== null && look.at - steady.since >= settle) return { state: 'healthy' };
  const end = begunAt + proveWithin;
  if (look.at < end)
    return { state: 'wait', until: steady ? Math.min(steady.since + settle, end) : end };
  if (running < wanted) return { state: 'failed', why: { code: 'not-running', running, wanted } };
  // A node that was drained meanwhile moves tasks, too: once for each is no loop.
  if (replaced > wanted) return { state: 'failed', why: { code: 'replaced', times: replaced } };
  return { state: 'unproven' };
}
