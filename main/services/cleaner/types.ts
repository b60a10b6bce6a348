import type { ContainerFacts, Millis } from '../../domain/facts.js';
import type { PlanItem } from '../../domain/plan/types.js';
import type { Outcome } from '../journal/records.js';

/** What became of an item when its turn came. */
export type Settled = Extract<Outcome['result'], { state: 'removed' | 'skipped' }>;

/** What an intent says of an item: enough to find out later what became of it. */
export type Intended = Pick<PlanItem, 'kind' | 'id' | 'refs'>;

/** What was known of the engine when the plan was made and when its run began. */
export interface Seen {
  plannedAt: Millis;
  containers: ReadonlyMap<string, ContainerFacts>;
}
