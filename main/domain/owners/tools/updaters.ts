import { byRepository } from '../by-repository.js';
import { needsOfKind } from '../terms.js';
import type { ContainerSeen, OwnerTool } from '../tool.js';

/** Another program that changes what is on an engine, or tells of it (OWNERS §3). */
interface Updater {
  tool: string;
  repository: RegExp;
  label?: string;
  name?: RegExp;
  /** False for one that only tells. */
  changes: boolean;
}

const updaters: readonly Updater[] = [
  {
    tool: 'Watchtower',
    repository:
      /^(?:ghcr\.io\/)?(?:containrrr|nickfedor|nicholas-fedor|v2tec|beatkind)\/watchtower$/,
    label: 'com.centurylinklabs.watchtower',
    name: /^watchtower-old-/,
    changes: true,
  },
  {
    tool: "What's Up Docker",
    repository: /^(?:ghcr\.io\/)?(?:getwud\/wud|fmartinou\/whats-up-docker)$/,
    changes: true,
  },
  { tool: 'drydock', repository: /^(?:ghcr\.io\/)?codeswhat\/drydock$/, changes: true },
  { tool: 'Diun', repository: /^(?:ghcr\.io\/)?crazymax\/diun$/, changes: false },
  { tool: 'Shepherd', repository: /\/shepherd$/, changes: true },
  { tool: 'Ouroboros', repository: /^pyouroboros\/ouroboros$/, changes: true },
  { tool: 'docker-gc', repository: /\/docker-gc[\w.-]*$/, changes: true },
  { tool: 'docuum', repository: /^stephanmisc\/docuum$/, changes: true },
];

/** Each as an owner of its own container, whose image is held. */
export const updaterTools: readonly OwnerTool[] = updaters.map((updater) => ({
  kind: 'updater',
  tool: updater.tool,
  container(seen) {
    const proof = proofOf(updater, seen);
    return proof === null ? null : { unit: null, command: null, proof };
  },
  images: byRepository(updater.repository),
  needs: needsOfKind.updater,
}));

/** Which of them that change things a container is, else null. */
export function changingUpdater(seen: ContainerSeen): string | null {
  const found = updaters.find((updater) => updater.changes && proofOf(updater, seen) !== null);
  return found?.tool ?? null;
}

function proofOf({ repository, label, name }: Updater, seen: ContainerSeen): string | null {
  if (label !== undefined && seen.own[label] === 'true') return label;
  if (name?.test(seen.name)) return seen.name;
  return seen.repositories.find((one) => repository.test(one)) ?? null;
}
