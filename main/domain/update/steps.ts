/** One step of an update; each has an undo (see `wayBack`). In the order of doing. */
export type StepKind =
  /** Keeps the version that runs: recorded, and its image under a tag of Careen's own. */
  | 'retain'
  | 'pull'
  /** Puts the reference onto the wanted image. */
  | 'tag'
  | 'hook-before'
  /** Creates the new container under a name that it has for the time being. */
  | 'create'
  | 'restart-policy-off'
  | 'stop'
  | 'copy-volumes'
  /** Gives volumes the content of their copies, of a rollback. */
  | 'restore'
  /** The old one aside, the new one in its place. */
  | 'rename'
  | 'start'
  | 'prove'
  | 'hook-after'
  /** Restarts it since what it depends on was replaced. */
  | 'dependants'
  /** Removes the old container; its volumes stay. */
  | 'retire'
  /** Gives up what the policy keeps no longer. */
  | 'clean-up'
  /** Swarm replaces a service's tasks. */
  | 'roll-out';

/** What an update of a service goes through: Swarm does its own part. */
export const serviceSteps: readonly StepKind[] = ['roll-out', 'prove'];

/** What decides which steps there are. */
export interface Course {
  /**
   * `update` and `rollback` lead to another image; `recreate` to the same one, since what the
   * container hangs on was made anew and it could not go on as it is; `restart` makes nothing.
   */
  kind: 'update' | 'rollback' | 'recreate' | 'restart';
  /** Whether it runs: what does not is made anew and left as it is. */
  running: boolean;
  /** `--rm`: the engine removes it when it stops, and takes no other restart policy of it. */
  autoRemove: boolean;
  /** Whether the wanted image has to be fetched. */
  pull: boolean;
  hooks: { before: boolean; after: boolean };
  /** Whether volumes are copied first, or get their copies back. */
  copies: boolean;
}

/**
 * The steps from what runs to what is wanted. The new container is created before the old one stops,
 * so that every error of it shows while the service still runs, and down time is a stop and a start
 * (UPDATING §5).
 */
export function stepsOf(course: Course): StepKind[] {
  const { kind, running, autoRemove, pull, hooks, copies } = course;
  if (kind === 'restart') return ['dependants'];
  const replaces = kind !== 'recreate';
  const steps: [StepKind, boolean][] = [
    ['retain', true],
    ['pull', pull],
    ['tag', replaces],
    ['hook-before', running && hooks.before],
    ['create', true],
    ['restart-policy-off', !autoRemove],
    ['stop', running],
    ['copy-volumes', copies && kind === 'update'],
    ['restore', copies && kind === 'rollback'],
    ['rename', true],
    ['start', running],
    ['prove', running && replaces],
    ['hook-after', running && hooks.after],
    ['retire', running],
    ['clean-up', replaces],
  ];
  return steps.flatMap(([step, is]) => (is ? [step] : []));
}

/** Whether the service is down from the beginning of this step to the end of `start`. */
export function isDown(step: StepKind): boolean {
  return ['stop', 'copy-volumes', 'restore', 'rename', 'start'].includes(step);
}

/** What names a step in its run. */
export function stepId(container: string, step: StepKind): string {
  return `${container}/${step}`;
}
