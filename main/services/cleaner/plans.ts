import type { Plan } from '../../domain/plan/types.js';
import type { PolicyOverride } from '../policies.js';

/** A plan as it stands in the data home, with the policy that it was made by. */
export interface StoredPlan {
  plan: Plan;
  policy: PolicyOverride;
}

/** Plans on the disk, so that what one process showed another can run. The store's, handed in. */
export interface PlanStore {
  save(stored: StoredPlan): Promise<void>;
  /** Null when there is none of that ID, or it cannot be read. */
  load(planId: string): Promise<StoredPlan | null>;
}

/** The one that is shown, the next that is being made, and a few that a step back leads to. */
const MOST_LOOKED_AT = 4;

/**
 * Plans that can be run. One that a person only looks at, as at each step of the amount to free, is
 * held in memory and pushes out none but its like: of those in the store, one may stand behind an
 * open notification, or be what a terminal was told.
 */
export class Plans {
  /** The latest last. */
  readonly #lookedAt = new Map<string, StoredPlan>();

  constructor(private readonly store: PlanStore) {}

  /** Holds it for as long as this process shows no others. */
  lookAt(stored: StoredPlan): void {
    const { planId } = stored.plan;
    this.#lookedAt.delete(planId);
    this.#lookedAt.set(planId, stored);
    for (const oldest of this.#lookedAt.keys()) {
      if (this.#lookedAt.size <= MOST_LOOKED_AT) break;
      this.#lookedAt.delete(oldest);
    }
  }

  /** It outlasts this process. Throws `home-unwritable`. */
  async save(stored: StoredPlan): Promise<void> {
    await this.store.save(stored);
    this.#lookedAt.delete(stored.plan.planId);
  }

  /** One that is started is no longer only looked at: it is saved. */
  async started(stored: StoredPlan): Promise<void> {
    if (this.#lookedAt.has(stored.plan.planId)) await this.save(stored);
  }

  /** As it was shown last; null when there is none of that ID. */
  async load(planId: string): Promise<StoredPlan | null> {
    return this.#lookedAt.get(planId) ?? (await this.store.load(planId));
  }
}
