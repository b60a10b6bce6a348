import type { Millis } from '../facts.js';
import type { Standing } from './tasks.js';

/** The furthest that a service's tasks have come on their way to an image. */
export interface Advance {
  running: number;
  others: number;
  /** When they got there. */
  at: Millis;
}

/**
 * The same after one more look: Swarm goes on task by task, and as long as it does nobody gives up.
 * Only what is further than ever counts, for tasks that crash-loop come and go without an end.
 *
 * @param before null: it is the first look
 */
export function furthest(
  before: Advance | null,
  { running, others }: Pick<Standing, 'running' | 'others'>,
  now: Millis,
): Advance {
  if (before === null) return { running, others, at: now };
  if (running <= before.running && others >= before.others) return before;
  return {
    running: Math.max(running, before.running),
    others: Math.min(others, before.others),
    at: now,
  };
}
