import type { Clock } from '../../adapters/clock.js';
import type { CareenError, ErrorCode } from '../../domain/errors.js';
import type { Inventory } from '../../domain/facts.js';
import { waitsAfterGap } from '../../domain/plan/limits.js';
import type { PlanDraft } from '../../domain/plan/make.js';
import type { Policy } from '../../domain/policy/types.js';
import { planByItself, supposingRecoverable } from '../../domain/triggers/plans.js';
import type { Cause, Scope } from '../../domain/triggers/types.js';
import type { Senses } from './types.js';

/** The plan of a clean-up by itself, with what became of the rest. */
export interface Findings {
  inventory: Inventory;
  /** Holds nothing but what is recoverable or a by-product. */
  plan: PlanDraft;
  candidates: number;
  /** Candidates whose registry could not be reached. */
  unreached: number;
  afterGap: boolean;
}

/** Rounds of asking registries: each is about what takes the place of what they do not have. */
const mostRounds = 8;

/**
 * Makes the plan of a clean-up by itself: what could go is first asked about at its registries, and
 * what they turn out not to have makes room for the next (JUDGING §5, "What `auto` may take").
 */
export async function findByItself(
  senses: Senses,
  policy: Policy,
  cause: Cause,
  scope: Scope,
  clock: Clock,
): Promise<Findings> {
  const asked = new Set<string>();
  const all = new Set<string>();
  for (let round = 0; ; round++) {
    const inventory = await senses.inventory();
    const now = clock.now();
    const supposed = supposingRecoverable(inventory, asked, now);
    const hoped = planByItself(supposed, policy, cause, scope, now);
    for (const { id } of hoped.items) all.add(id);
    const states = new Map(inventory.images.map((i) => [i.id, i.recoverable.state]));
    const open = hoped.items
      .filter(
        ({ id, recoverable }) => recoverable.state === 'verified' && states.get(id) !== 'verified',
      )
      .map(({ id }) => id);
    const afterGap = waitsAfterGap(inventory);
    if (open.length === 0 || afterGap || round === mostRounds) {
      const unreached = [...asked].filter((id) => isOffline(senses.unverified(id))).length;
      const plan = planByItself(inventory, policy, cause, scope, now);
      return { inventory, plan, candidates: all.size, unreached, afterGap };
    }
    await senses.verify(open);
    for (const id of open) asked.add(id);
  }
}

/** Failures to reach a registry that pass; one that turns Careen away has answered. */
const passing: readonly ErrorCode[] = [
  'registry-unreachable',
  'registry-silent',
  'registry-limited',
  'registry-error',
];

const isOffline = (why: CareenError | null) => why !== null && passing.includes(why.code);
