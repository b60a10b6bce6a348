import { isWithin } from './address.js';
import type { NodeFacts, Platform, Plugin, ServiceFacts } from './types.js';

/** What a service wants of the nodes that its tasks run on. */
export type Placed = Pick<ServiceFacts, 'platforms' | 'constraints' | 'plugins'>;

/** Nodes where a service's tasks may be. */
export interface NodesFor {
  /** Those that could take a new task now, were none of the service there. */
  take: NodeFacts[];
  /** Those that take none now, and keep what runs there: paused ones, and ones that are silent for now. */
  keep: NodeFacts[];
}

/**
 * The nodes that suit a service, as Swarm's scheduler chooses them (swarmkit, manager/scheduler/filter.go):
 * by availability, state, constraints, platforms and plugins; whether there is room on them says `room.ts`.
 * Drivers of networks, reserved devices and volumes of a cluster are not looked at. A node that is drained
 * or down is in neither list: Swarm runs its tasks elsewhere (manager/orchestrator, `InvalidNode`).
 *
 * @returns null where that is not known: a constraint that this Careen does not understand, or a fact
 *   that a node has not told
 */
export function nodesFor(service: Placed, nodes: readonly NodeFacts[]): NodesFor | null {
  const there = nodes.filter(
    ({ availability, state }) => availability !== 'drain' && state !== 'down',
  );
  const suiting: NodeFacts[] = [];
  for (const node of there) {
    const suits = isSuited(service, node);
    if (suits === null) return null;
    if (suits) suiting.push(node);
  }
  const takes = ({ availability, state }: NodeFacts) =>
    availability === 'active' && state === 'ready';
  return { take: suiting.filter(takes), keep: suiting.filter((node) => !takes(node)) };
}

/** One that surely does not is not asked for what else is not known of it. */
function isSuited({ constraints, platforms, plugins }: Placed, node: NodeFacts): boolean | null {
  const answers = [
    ...constraints.map((one) => meets(one, node)),
    runsOneOf(platforms, node),
    ...plugins.map((one) => hasPlugin(one, node)),
  ];
  if (answers.includes(false)) return false;
  return answers.includes(null) ? null : true;
}

/** As swarmkit splits and checks one (manager/constraint/constraint.go): what it refuses stands in no Spec. */
const expression = /^\s*([a-z_][\w.-]+)\s*(==|!=)\s*([a-z0-9:\-_\s.*()?+[\]\\^$|/]+?)\s*$/i;

/** Whether a node meets a constraint; null: not known. */
function meets(constraint: string, node: NodeFacts): boolean | null {
  const [, key = '', operator, value = ''] = expression.exec(constraint) ?? [];
  if (operator === undefined) return null;
  const holds = isFor(key, value, node);
  return holds === null ? null : holds === (operator === '==');
}

/** Whether a node is what `key == value` says; null: not known. */
function isFor(key: string, value: string, node: NodeFacts): boolean | null {
  if (key.toLowerCase() === 'node.ip')
    return node.address === null ? null : isWithin(node.address, value);
  const is = factOf(key, node);
  return is === null ? null : is.toLowerCase() === value.toLowerCase();
}

/** Keys in any case; what comes after `labels.` as it is written, and a label that is not there is empty. */
const labelKey = /^(node|engine)\.labels\.(.+)$/i;

/** What a constraint's key stands for, of a node; null: not known. */
function factOf(key: string, node: NodeFacts): string | null {
  const [, of, label] = labelKey.exec(key) ?? [];
  if (of !== undefined && label !== undefined) {
    const labels = of.toLowerCase() === 'node' ? node.labels : node.engineLabels;
    return labels && (Object.hasOwn(labels, label) ? (labels[label] ?? '') : '');
  }
  switch (key.toLowerCase()) {
    case 'node.id':
      return node.id;
    case 'node.hostname':
      return node.hostname;
    case 'node.role':
      return node.role;
    case 'node.platform.os':
      return node.platform?.os || null;
    case 'node.platform.arch':
      return node.platform?.architecture || null;
    default:
      return null;
  }
}

/** Whether a node runs one of these platforms; none is any. Null: not known. */
function runsOneOf(platforms: readonly Platform[], { platform }: NodeFacts): boolean | null {
  if (platforms.length === 0) return true;
  if (platform === null) return null;
  return platforms.some(
    ({ os, architecture }) =>
      (os === '' || os === platform.os) &&
      (architecture === '' || machine(architecture) === machine(platform.architecture)),
  );
}

/** Two names that engines tell, as images have them; no more, as in swarmkit's own `PlatformFilter`. */
const machine = (architecture: string) =>
  architecture === 'x86_64' ? 'amd64' : architecture === 'aarch64' ? 'arm64' : architecture;

/** Whether a node's engine has a plugin, as swarmkit's `PluginFilter` looks for it; null: not known. */
function hasPlugin({ type, name }: Plugin, { plugins }: NodeFacts): boolean | null {
  if (plugins === null) return null;
  const ofType = plugins.filter((one) => one.type === type);
  if (ofType.some((one) => one.name === name || one.name === `${name}:latest`)) return true;
  // An engine that names none at all is one that tells none of this type.
  return type === 'Log' && ofType.length === 0;
}
