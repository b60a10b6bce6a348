import { needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

/** The cluster of a node by its container's name. */
function clusterOf(name: string): string | null {
  return /^(.+)-(?:control-plane|worker|external-load-balancer)\d*$/.exec(name)?.[1] ?? null;
}

/**
 * kind (kubernetes-sigs/kind:pkg/cluster/internal/providers/docker). A whole cluster lies in the
 * anonymous volume that its node mounts at `/var` (OWNERS §1.5).
 */
export const kind: OwnerTool = {
  kind: 'cluster',
  tool: 'kind',
  container({ own }) {
    const unit = own['io.x-k8s.kind.cluster'];
    return unit === undefined ? null : { unit, command: null, proof: 'io.x-k8s.kind.cluster' };
  },
  images: {
    repository: /^kindest\/node$/,
    of: ({ lastUser }) => ({
      unit: lastUser === null ? null : clusterOf(lastUser),
      proof: 'kindest/node',
    }),
  },
  volume({ facts, users }) {
    if (!facts.anonymous || facts.mountedAt !== '/var') return null;
    for (const user of users) {
      const unit = clusterOf(user);
      if (unit !== null) return { unit, proof: user };
    }
    return null;
  },
  network: ({ name }) => (name === 'kind' ? { unit: null, proof: name } : null),
  needs: needsOfKind.cluster,
};
