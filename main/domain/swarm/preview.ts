import type { DataMount } from '../update/data.js';
import { rollbackFor, type RollbackFor } from './change.js';
import { inForce } from './config.js';
import { digestMeant } from './image.js';
import { isTakenBack, stackOf, type Stack } from './stack.js';
import { hostPorts, reservesAny } from './room.js';
import { byAll, isFull, startsFirst } from './start-first.js';
import { tasksOf, wantedTasks } from './tasks.js';
import type {
  FailureAction,
  NodeFacts,
  PublishedPort,
  Resources,
  ServiceFacts,
  Surroundings,
  TaskFacts,
  UpdateOrder,
} from './types.js';

/** What a person should know before a service is updated. */
export type ServiceWarning =
  /**
   * A new task finds no node while an old one has the port. `certain`: on no node that could take it is
   * the port free, of tasks of other services too; it was seen to wait with no failure and no rollback
   * (FLEET, Swarm).
   */
  | { code: 'start-first-host-port'; ports: PublishedPort[]; certain: boolean }
  /** A new task finds no node: each that could take it has as many as the service lets a node have. */
  | { code: 'start-first-limit'; limit: number }
  /** A new task finds no node: none that could take it has so much left that nobody has reserved. */
  | { code: 'start-first-reserved'; reserves: Resources }
  /** For a while the old and the new task write to the same data. */
  | { code: 'start-first-data'; data: DataMount[] }
  /** The next `stack deploy` takes it back, unless the file's line is changed (FLEET, Stacks). */
  | { code: 'stack-takes-back'; stack: Stack }
  /** Tasks that fail do not stop it, and Swarm does not go back by itself. */
  | { code: 'failures-ignored' }
  /** What it runs now is named by no digest: PreviousSpec will lead to what the tag shows then. */
  | { code: 'not-pinned' }
  /** It has no tasks, so nothing would be proved. */
  | { code: 'no-tasks' }
  /** Nodes that do not answer, by name: nobody sees what they run. */
  | { code: 'silent-nodes'; nodes: string[] }
  /** A job runs once more. */
  | { code: 'job' };

/** What an update of a service would do; durations in ms. */
export interface ServicePreview {
  from: string;
  to: string;
  /** How many are replaced. */
  tasks: number;
  /** Names of the nodes on which they run now, sorted. */
  nodes: string[];
  order: UpdateOrder;
  /** Tasks at a time; 0: all at once. */
  parallelism: number;
  delay: number;
  monitor: number;
  /** What Swarm does on a failure in this update. */
  failureAction: FailureAction;
  /** Why that is Careen's and not the service's own; null: it is its own. */
  rollbackFor: RollbackFor | null;
  /** Of Swarm's waits and Careen's proof; pulls, stops and starts come on top. */
  atLeast: number;
  stack: Stack | null;
  warnings: ServiceWarning[];
}

export interface PreviewQuestion {
  service: ServiceFacts;
  /** As it will be written, `repo:tag@digest`. */
  to: string;
  /** What its tag shows in the registry; null: not known. */
  shows: string | null;
  tasks: readonly TaskFacts[];
  nodes: readonly NodeFacts[];
  /** What other services take of the nodes. */
  others: Pick<Surroundings, 'services' | 'tasks'>;
  /** How long Careen's own proof takes at least. */
  settle: number;
}

/** What an update would do (FLEET, "What Careen does with it" 2). */
export function previewService(question: PreviewQuestion): ServicePreview {
  const { service, to, nodes, settle } = question;
  const { order, parallelism, delay, monitor, failureAction } = inForce(service.update);
  const added = rollbackFor(service.update?.failureAction ?? null);
  const tasks = wantedTasks(service, question.tasks);
  const rounds = parallelism === 0 ? Math.min(tasks, 1) : Math.ceil(tasks / parallelism);
  const running = tasksOf(service, question.tasks).filter(
    ({ state, desired }) => state === 'running' && desired === 'running',
  );
  const placed = new Set(running.map(({ nodeId }) => nodeId));
  return {
    from: service.image,
    to,
    tasks,
    nodes: nodes.flatMap(({ id, name }) => (placed.has(id) ? [name] : [])).sort(),
    order,
    parallelism,
    delay,
    monitor,
    failureAction: added === null ? failureAction : 'rollback',
    rollbackFor: added,
    atLeast: tasks === 0 ? 0 : (rounds - 1) * delay + monitor + settle,
    stack: stackOf(service),
    warnings: warningsOf(question, tasks),
  };
}

function warningsOf(
  { service, to, shows, nodes, others }: PreviewQuestion,
  tasks: number,
): ServiceWarning[] {
  const warnings: [ServiceWarning, boolean][] = [];
  const first = startsFirst(service);
  const ports = hostPorts(service.ports);
  const swarm = { nodes, ...others };
  const certain = isFull(service, tasks, swarm, ({ port }) => port);
  const { maxPerNode: limit } = service;
  const stack = stackOf(service);
  const silent = nodes.flatMap(({ state, name }) => (state === 'ready' ? [] : [name])).sort();
  warnings.push(
    [{ code: 'job' }, service.mode.kind === 'job'],
    [{ code: 'start-first-host-port', ports, certain }, first && ports.length > 0],
    [{ code: 'start-first-data', data: service.data }, first && service.data.length > 0],
  );
  const isAtLimit = isFull(service, tasks, swarm, (room) => room.limit);
  if (limit !== null && ports.length === 0)
    warnings.push([{ code: 'start-first-limit', limit }, first && isAtLimit]);
  if (reservesAny(service) && !isAtLimit && !(ports.length > 0 && certain))
    warnings.push([
      { code: 'start-first-reserved', reserves: service.reserves },
      first && isFull(service, tasks, swarm, byAll),
    ]);
  if (stack !== null)
    warnings.push([{ code: 'stack-takes-back', stack }, isTakenBack(service, to, shows)]);
  warnings.push(
    [{ code: 'failures-ignored' }, service.update?.failureAction === 'continue'],
    [{ code: 'not-pinned' }, digestMeant(service.image) === null],
    [{ code: 'no-tasks' }, tasks === 0 && service.mode.kind !== 'job'],
    [{ code: 'silent-nodes', nodes: silent }, silent.length > 0],
  );
  return warnings.flatMap(([warning, is]) => (is ? [warning] : []));
}
