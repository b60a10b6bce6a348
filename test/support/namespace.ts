import { openRun } from '../../scripts/lib/runs.mjs';
import { must } from '../../scripts/lib/process.mjs';

interface Run {
  /** Holds everything the run makes; its path is short, since Unix sockets lie below it. */
  folder: string;
  /** The named network namespace of its engines and registries. */
  namespace: string;
}

/**
 * Whether this process is where its engines and registries are, as `npm test` starts it: only then it
 * reaches what they publish.
 */
export const isInside = process.env['CAREEN_NETNS'] !== undefined;

let own: Promise<Run> | undefined;

/**
 * The run that this test process belongs to. `npm test` names it, and this process is then in its
 * namespace; otherwise the process makes one for itself and reaches engines by their sockets, but no
 * published port. The next run clears that away.
 */
export function testRun(): Promise<Run> {
  const { CAREEN_RUN_DIR: folder, CAREEN_NETNS: namespace } = process.env;
  own ??= folder && namespace ? Promise.resolve({ folder, namespace }) : openRun();
  return own;
}

let counter = 0;

/** A name that no other test process of this run uses. */
export function uniqueName(prefix: string): string {
  counter += 1;
  return `${prefix}${process.pid}-${counter}`;
}

export interface Bridge {
  bridge: string;
  /** For user networks, so that engines side by side never choose the same addresses. */
  pool: string;
}

/** Makes a bridge with addresses of its own. The kernel settles who gets which number. */
export async function addBridge(namespace: string): Promise<Bridge> {
  for (let number = 1; number < 200; number++) {
    const bridge = `cbr${number}`;
    try {
      await must('ip', ['-n', namespace, 'link', 'add', bridge, 'type', 'bridge']);
    } catch (error) {
      if (/File exists/.test(String(error))) continue;
      throw error;
    }
    const address = `10.200.${number}.1/24`;
    await must('ip', ['-n', namespace, 'address', 'add', address, 'dev', bridge]);
    await must('ip', ['-n', namespace, 'link', 'set', bridge, 'up']);
    return { bridge, pool: `10.${number}.0.0/16` };
  }
  throw new Error(`The namespace ${namespace} has no room for another engine's bridge.`);
}

/** Takes a bridge away; one that is gone already is no error. */
export async function removeBridge(namespace: string, bridge: string): Promise<void> {
  await must('ip', ['-n', namespace, 'link', 'delete', bridge]).catch(() => undefined);
}
