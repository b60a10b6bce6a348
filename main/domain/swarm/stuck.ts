import type { Millis } from '../facts.js';
import { type OnItsWay, tasksOnTheirWay, unplacedTasks } from './tasks.js';
import type { TaskFacts } from './types.js';

/**
 * How long a task that has its node may stand still on its way to running, in ms. Swarm itself waits
 * for ever, for a pull that hangs as for a health check without an answer, and a task's state does not
 * change while its image comes: an hour is 5 GB by a line of 11 Mbit/s, and longer than any start that
 * a person would wait for.
 */
export const standstill = 3_600_000;

/** What holds an update up. */
export type StuckBy =
  /** start-first with a port of the node's own, one task a node (FLEET, Swarm). */
  | { code: 'host-port'; message: string; task: TaskFacts }
  | { code: 'pending'; message: string; task: TaskFacts }
  /** A task has its node, and gets no further. `message`: empty where Swarm has none. */
  | { code: 'standstill'; state: OnItsWay; message: string; task: TaskFacts }
  /** Swarm has not begun: its managers may have no leader. */
  | { code: 'not-begun' };

/** What may come to hold an update up, and from when on it does if nothing changes. */
export interface Wait {
  stuckAt: Millis;
  by: StuckBy;
}

/**
 * The first of an image's tasks to be stuck; null: none waits. A task that Swarm has not made yet, since
 * it pauses between two, is none.
 *
 * @param since no task waits for longer: when it was asked for, and since when a manager answers
 * @param stuckAfter how long a task may find no node, in ms
 */
export function firstWait(
  tasks: readonly TaskFacts[],
  image: string,
  { askedAt, heardSince }: { askedAt: Millis; heardSince: Millis },
  stuckAfter: number,
): Wait | null {
  const from = (at: Millis | null) => Math.max(at ?? askedAt, heardSince);
  const unplaced = unplacedTasks(tasks, image).map((task): Wait => {
    return { stuckAt: from(task.createdAt) + stuckAfter, by: noPlace(task) };
  });
  const standing = tasksOnTheirWay(tasks, image).map(({ task, state }): Wait => {
    const by = { code: 'standstill', state, message: task.error ?? '', task } as const;
    return { stuckAt: from(task.updatedAt ?? task.createdAt) + standstill, by };
  });
  const [first] = [...unplaced, ...standing].sort((a, b) => a.stuckAt - b.stuckAt);
  return first ?? null;
}

function noPlace(task: TaskFacts): StuckBy {
  const message = task.error ?? task.message;
  const isPort = `${task.message} ${message}`.includes('host-mode port already in use');
  return { code: isPort ? 'host-port' : 'pending', message, task };
}
