import type { FailureAction, ServiceFacts, UpdateOrder } from './types.js';

/** How a service is updated; durations in ms. */
interface InForce {
  /** Tasks at a time; 0: all at once. */
  parallelism: number;
  delay: number;
  order: UpdateOrder;
  /** How long Swarm watches a new task. */
  monitor: number;
  failureAction: FailureAction;
}

/** Swarm's own: one at a time, stop-first, 5 s of monitor, pause (FLEET, Swarm). */
export const swarmDefaults: InForce = {
  parallelism: 1,
  delay: 0,
  order: 'stop-first',
  monitor: 5_000,
  failureAction: 'pause',
};

/** What holds for a service, with Swarm's defaults for what it leaves out. */
export function inForce(update: ServiceFacts['update']): InForce {
  if (update === null) return swarmDefaults;
  return {
    parallelism: update.parallelism,
    delay: update.delay,
    order: update.order ?? swarmDefaults.order,
    monitor: update.monitor ?? swarmDefaults.monitor,
    failureAction: update.failureAction ?? swarmDefaults.failureAction,
  };
}
