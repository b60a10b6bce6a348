import type { Millis } from '../facts.js';
import { digestMeant, isSameImage } from './image.js';
import {
  beginServiceProof,
  judgeServiceProof,
  type ServiceDisproof,
  type ServiceProof,
  type ServiceProofRules,
} from './prove.js';
import { firstWait, type StuckBy } from './stuck.js';
import { allRun, deadTasks, standingOf, tasksOf, type Standing } from './tasks.js';
import type { NodeFacts, ServiceFacts, TaskFacts, UpdateState } from './types.js';

/** What a service ran before, as Careen recorded it. */
export interface Recorded {
  /** As its Spec had it. */
  image: string;
  /** The Spec's own, else what its tasks were seen to run; null: not known. */
  digest: string | null;
}

/** What Careen recorded before it asked Swarm for an update. */
export interface Intent {
  /** What it wrote, `repo:tag@digest`. */
  image: string;
  before: Recorded;
  /** The version index that it named. */
  version: number;
  askedAt: Millis;
  /** Whether it has asked the engine for `rollback=previous` since; another update is an intent of its own. */
  backAsked: boolean;
}

/**
 * What Careen did not do. `image`: the service has one that is neither the old nor the new one, or the
 * old one again. `written`: something was, so that PreviousSpec is not what ran before. `rolled-back`:
 * by an asking that was not Careen's.
 */
export const foreignActs = ['image', 'written', 'rolled-back'] as const;
export type ForeignAct = (typeof foreignActs)[number];

/** Swarm's own; its tasks run the old image again, or not: `standing` is theirs. */
interface SwarmFailure {
  by: 'swarm';
  state: 'rollback_started' | 'rollback_completed' | 'rollback_paused' | 'paused';
  message: string;
  /** Tasks of ours that died, the latest first. */
  tasks: TaskFacts[];
}

export type Failure =
  | SwarmFailure
  /** Careen's own proof. */
  | { by: 'proof'; why: ServiceDisproof };

export type Progress =
  /** Swarm was not asked yet: the service is as Careen read it. */
  | { state: 'not-begun' }
  /** `stuckAt`: from when on it counts as stuck if nothing changes; null: nothing holds it up. */
  | { state: 'updating'; standing: Standing; stuckAt: Millis | null }
  | { state: 'stuck'; standing: Standing; by: StuckBy }
  /** Completed, and every task runs ours; the proof begins. */
  | { state: 'done'; standing: Standing }
  /** Completed; not all need run yet. */
  | { state: 'proving'; standing: Standing; until: Millis }
  | { state: 'proven'; standing: Standing }
  | { state: 'unproven'; standing: Standing }
  | { state: 'failed'; standing: Standing; why: Failure }
  /**
   * Every task runs what the Spec had before. Not `pinned`: it had no digest, so that may be what the
   * tag shows now, and the way back is not done (`serviceWayBack`).
   */
  | { state: 'rolled-back'; standing: Standing; why: SwarmFailure; pinned: boolean }
  | { state: 'someone-else-acted'; act: ForeignAct };

export interface ProgressQuestion {
  intent: Intent;
  service: ServiceFacts;
  tasks: readonly TaskFacts[];
  nodes: readonly NodeFacts[];
  /** Null until `completed` was seen. */
  proof: ServiceProof | null;
  /** By the engine's clock, as far as that is known. */
  now: Millis;
  /** Since when a manager answers without a break: what stood still before is nobody's fault. */
  heardSince: Millis;
  /** How long a task may find no node, in ms; and the proof's. */
  rules: ServiceProofRules & { stuckAfter: number };
}

/**
 * How far an update is, from what Swarm shows now and what Careen recorded: so it can be taken up
 * again at any time (FLEET, "What Careen does with it" 4). The proof that comes back is handed in at
 * the next look.
 */
export function progressOf(question: ProgressQuestion): {
  progress: Progress;
  proof: ServiceProof | null;
} {
  const { intent, service, proof } = question;
  const only = (progress: Progress) => ({ progress, proof });
  if (!isSameImage(service.image, intent.image)) return only(withoutOurs(question));
  const { previousImage, status } = service;
  // Any write replaces PreviousSpec: only after ours is it what ran before.
  if (previousImage === null || !isSameImage(previousImage, intent.before.image))
    return only({ state: 'someone-else-acted', act: 'written' });
  switch (status?.state) {
    case undefined:
      return only(notBegun(question));
    case 'updating':
      return only(updating(question));
    case 'completed':
      return completed(question);
    case 'paused':
      return only(failedBySwarm(question, 'paused', intent.image));
    case 'rollback_started':
    case 'rollback_completed':
    case 'rollback_paused':
      // Swapped twice, and so back at ours.
      return only({ state: 'someone-else-acted', act: 'rolled-back' });
  }
}

/** The service has another image than ours. */
function withoutOurs(question: ProgressQuestion): Progress {
  const { intent, service } = question;
  const { previousImage, status, version } = service;
  const { image } = intent.before;
  if (!isSameImage(service.image, image)) return { state: 'someone-else-acted', act: 'image' };
  // First of all: an earlier update's end may still be written there.
  if (version === intent.version) return { state: 'not-begun' };
  const state = status?.state;
  if (!isRollback(state)) return { state: 'someone-else-acted', act: 'image' };
  // Swarm's own removes PreviousSpec, one that was asked for swaps the two.
  if (previousImage !== null && !intent.backAsked)
    return { state: 'someone-else-acted', act: 'rolled-back' };
  const standing = standingFor(question, image);
  // `rollback_completed` is no proof either.
  if (state !== 'rollback_completed' || !allRun(standing))
    return failedBySwarm(question, state, image);
  const why = swarmFailure(question, state);
  return { state: 'rolled-back', standing, why, pinned: digestMeant(image) !== null };
}

type RollbackState = Extract<UpdateState, `rollback_${string}`>;

const isRollback = (state: UpdateState | undefined): state is RollbackState =>
  state?.startsWith('rollback_') === true;

/** Whether the last that Swarm did with a service, or is at, is a way back: its own or one asked for. */
export const isGoingBack = ({ status }: Pick<ServiceFacts, 'status'>): boolean =>
  isRollback(status?.state);

const standingFor = ({ service, tasks, nodes }: ProgressQuestion, image: string) =>
  standingOf(service, tasks, image, nodes);

function failedBySwarm(
  question: ProgressQuestion,
  state: RollbackState | 'paused',
  shouldRun: string,
): Progress {
  const standing = standingFor(question, shouldRun);
  return { state: 'failed', standing, why: swarmFailure(question, state) };
}

function swarmFailure(
  { intent, service, tasks }: ProgressQuestion,
  state: SwarmFailure['state'],
): SwarmFailure {
  const dead = deadTasks(tasksOf(service, tasks), intent.image);
  dead.sort((a, b) => (b.updatedAt ?? 0) - (a.updatedAt ?? 0));
  return { by: 'swarm', state, message: service.status?.message ?? '', tasks: dead };
}

/** Swarm marks an update as soon as it takes a task; where no task is to be replaced it never does. */
function notBegun(question: ProgressQuestion): Progress {
  const { intent, now, heardSince, rules } = question;
  const standing = standingFor(question, intent.image);
  if (standing.wanted === 0 && standing.others === 0) return { state: 'unproven', standing };
  const stuckAt = Math.max(intent.askedAt, heardSince) + rules.stuckAfter;
  return now < stuckAt
    ? { state: 'updating', standing, stuckAt }
    : { state: 'stuck', standing, by: { code: 'not-begun' } };
}

function updating(question: ProgressQuestion): Progress {
  const { intent, service, tasks, now, rules } = question;
  const { image, askedAt } = intent;
  const standing = standingFor(question, image);
  const since = { askedAt, heardSince: question.heardSince };
  const first = firstWait(tasksOf(service, tasks), image, since, rules.stuckAfter);
  if (first === null || now < first.stuckAt)
    return { state: 'updating', standing, stuckAt: first?.stuckAt ?? null };
  return { state: 'stuck', standing, by: first.by };
}

function completed(question: ProgressQuestion): {
  progress: Progress;
  proof: ServiceProof | null;
} {
  const { intent, service, tasks, now, rules } = question;
  const standing = standingFor(question, intent.image);
  const look = { at: now, service, tasks, image: intent.image, standing };
  const begins = question.proof === null;
  const { proof, judgement } = judgeServiceProof(
    question.proof ?? beginServiceProof(look),
    look,
    rules,
  );
  const say = (progress: Progress) => ({ progress, proof });
  if (begins && judgement.state !== 'unproven' && allRun(standing))
    return say({ state: 'done', standing });
  switch (judgement.state) {
    case 'wait':
      return say({ state: 'proving', standing, until: judgement.until });
    case 'healthy':
      return say({ state: 'proven', standing });
    case 'unproven':
      return say({ state: 'unproven', standing });
    case 'failed':
      return say({ state: 'failed', standing, why: { by: 'proof', why: judgement.why } });
  }
}
