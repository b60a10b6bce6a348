import { isSameImage } from './image.js';
import type { NodeFacts, ServiceFacts, TaskFacts, TaskState } from './types.js';

/** How many of a service's tasks run an image. */
export interface Standing {
  /** Tasks that should run. */
  wanted: number;
  /** Of those, the ones that do, with this image. */
  running: number;
  /** Tasks that run another image, or are meant to. */
  others: number;
  /** Tasks of another image on nodes that do not answer: nobody knows whether they run. */
  unseen: number;
}

const over: readonly TaskState[] = [
  'complete',
  'shutdown',
  'failed',
  'rejected',
  'remove',
  'orphaned',
];
/** Of a task that has its node and does not run yet. */
export const onItsWay = ['assigned', 'accepted', 'preparing', 'ready', 'starting'] as const;
export type OnItsWay = (typeof onItsWay)[number];

const unplaced: readonly TaskState[] = ['new', 'allocated', 'pending'];

const isWanted = ({ desired }: TaskFacts) => desired === 'running' || desired === 'ready';

/** A task's place: its slot, or of a global service its node. */
const place = ({ slot, nodeId }: TaskFacts) => (slot === null ? (nodeId ?? '') : slot);

/** A service's own among all tasks, whatever they run and whether they are over. */
export function tasksOf({ id }: Pick<ServiceFacts, 'id'>, tasks: readonly TaskFacts[]) {
  return tasks.filter(({ serviceId }) => serviceId === id);
}

/** How many tasks a service should run; of a global one: as many as Swarm has made. */
export function wantedTasks(
  service: Pick<ServiceFacts, 'id' | 'mode'>,
  tasks: readonly TaskFacts[],
): number {
  if (service.mode.kind === 'replicated') return service.mode.replicas;
  return new Set(tasksOf(service, tasks).filter(isWanted).map(place)).size;
}

/** The tasks that run an image and are meant to go on. */
export function runningTasks(tasks: readonly TaskFacts[], image: string): TaskFacts[] {
  return tasks.filter(
    (task) =>
      task.state === 'running' && task.desired === 'running' && isSameImage(task.image, image),
  );
}

/** What a service's tasks run, by the image that they were made of: Swarm pins it by digest. */
export function standingOf(
  service: Pick<ServiceFacts, 'id' | 'mode'>,
  tasks: readonly TaskFacts[],
  image: string,
  nodes: readonly NodeFacts[],
): Standing {
  const own = tasksOf(service, tasks);
  const silent = new Set(nodes.flatMap(({ id, state }) => (state === 'ready' ? [] : [id])));
  const others = own.filter(
    (task) =>
      !isSameImage(task.image, image) &&
      !over.includes(task.state) &&
      (isWanted(task) || task.state === 'running'),
  );
  // On a node that is down, a task that was to end reads as running for ever.
  const unseen = others.filter(
    (task) => !isWanted(task) && task.nodeId !== null && silent.has(task.nodeId),
  );
  return {
    wanted: wantedTasks(service, own),
    running: new Set(runningTasks(own, image).map(place)).size,
    others: others.length - unseen.length,
    unseen: unseen.length,
  };
}

/** Whether every task that should run does, with this image, and none with another. */
export function allRun({ wanted, running, others }: Standing): boolean {
  return running >= wanted && others === 0;
}

/** Tasks of an image for which Swarm finds no node. */
export function unplacedTasks(tasks: readonly TaskFacts[], image: string): TaskFacts[] {
  return tasks.filter(
    (task) => unplaced.includes(task.state) && isWanted(task) && isSameImage(task.image, image),
  );
}

/** Tasks of an image that are to run, and on their way to it on a node. */
export function tasksOnTheirWay(
  tasks: readonly TaskFacts[],
  image: string,
): { task: TaskFacts; state: OnItsWay }[] {
  return tasks.flatMap((task) => {
    const state = onItsWay.find((one) => one === task.state);
    if (state === undefined || !isWanted(task) || !isSameImage(task.image, image)) return [];
    return [{ task, state }];
  });
}

/** Nodes by ID on which a task of an image has run, so that they have it unless they lost it since. */
export function nodesThatRan(tasks: readonly TaskFacts[], image: string): ReadonlySet<string> {
  const ran: readonly TaskState[] = ['running', 'complete', 'shutdown', 'failed'];
  return new Set(
    tasks.flatMap((task) =>
      task.nodeId !== null && ran.includes(task.state) && isSameImage(task.image, image)
        ? [task.nodeId]
        : [],
    ),
  );
}

/** Tasks of an image that ended by themselves: that Swarm stops one is no fault of it. */
export function deadTasks(tasks: readonly TaskFacts[], image: string): TaskFacts[] {
  return tasks.filter(
    ({ state, image: theirs }) =>
      (state === 'failed' || state === 'rejected' || state === 'complete') &&
      isSameImage(theirs, image),
  );
}
