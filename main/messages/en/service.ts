import type { ServicePreview, ServiceWarning } from '../../domain/swarm/preview.js';
import type { Resources } from '../../domain/swarm/types.js';
import { list, plural, type format } from './format.js';

/** What Swarm would do to update a service, a sentence each. */
export function serviceLines(f: ReturnType<typeof format>) {
  const onFailure: Record<ServicePreview['failureAction'], string> = {
    pause: 'stops there when a task fails',
    continue: 'goes on when a task fails',
    rollback: 'goes back when a task fails',
  };

  const reserved = ({ memory, nanoCpus }: Resources) =>
    list([
      ...(memory > 0 ? [`${f.bytes(memory)} of memory`] : []),
      ...(nanoCpus > 0 ? [plural(nanoCpus / 1e9, 'CPU')] : []),
    ]);

  const warning = (w: ServiceWarning): string => {
    switch (w.code) {
      case 'start-first-host-port': {
        const ports = list(w.ports.map(({ published }) => `${published}`));
        return w.certain
          ? `The new task would wait for ever: it starts first, and on every node that could take it a task has port ${ports}.`
          : `The new task starts first and needs port ${ports} of a node where no task has it.`;
      }
      case 'start-first-limit':
        return `The new task would wait for ever: it starts first, and every node that could take it has as many as it may have (${w.limit}).`;
      case 'start-first-reserved':
        return `The new task would wait for ever: it starts first, and no node that could take it has ${reserved(w.reserves)} left that no task has reserved.`;
      case 'start-first-data':
        return `For a while the old and the new task write to the same data: ${list(w.data.map(({ name }) => name))}.`;
      case 'stack-takes-back':
        return `The next deploy of the stack ${w.stack.namespace} takes it back, unless its file says so too${w.stack.image === null ? '' : `: the line is image: ${w.stack.image}`}.`;
      case 'failures-ignored':
        return 'Tasks that fail do not stop it, and Swarm does not go back by itself.';
      case 'not-pinned':
        return 'What it runs now is named by no digest, so going back leads to what the tag shows then.';
      case 'no-tasks':
        return 'It has no tasks, so nothing would show whether the new version runs.';
      case 'silent-nodes':
        return `These nodes do not answer, and nobody sees what they run: ${list(w.nodes)}.`;
      case 'job':
        return 'It is a job: an update runs it once more.';
    }
  };

  return ({
    tasks,
    nodes,
    order,
    parallelism,
    delay,
    failureAction,
    rollbackFor,
    atLeast,
    warnings,
  }: ServicePreview): string[] => [
    `Swarm replaces ${plural(tasks, 'task')}${nodes.length === 0 ? '' : ` (on ${list(nodes, 8)})`}, ${parallelism === 0 ? 'all at once' : `${parallelism} at a time`}${delay === 0 ? '' : `, ${f.duration(delay)} apart`}, ${order === 'start-first' ? 'starts each new one first' : 'stops each old one first'}, and ${onFailure[failureAction]}.`,
    ...(rollbackFor === null
      ? []
      : [
          'By its own settings a task that fails would keep crashing until someone acts; with this update Careen has Swarm go back, and the service keeps that setting.',
        ]),
    `It takes at least ${f.duration(atLeast)}, Careen's own proof afterwards included.`,
    ...warnings.map(warning),
  ];
}
