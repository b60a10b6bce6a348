import { needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

const sign = 'created_by.minikube.sigs.k8s.io';

/**
 * minikube with its docker driver (kubernetes/minikube:pkg/drivers/kic). The volume named as the
 * node is the node's whole `/var`.
 */
export const minikube: OwnerTool = {
  kind: 'cluster',
  tool: 'minikube',
  container({ own }) {
    const found = labelled(own);
    return found === null ? null : { ...found, command: null };
  },
  images: {
    repository: /\/kicbase(?:-[\w-]+)?$/,
    of: ({ lastUser }, sign) => ({ unit: lastUser, proof: sign ?? '' }),
  },
  volume({ name, labels, facts, users }) {
    const found = labelled(labels);
    if (found !== null) return found;
    const isNodes = facts.mountedAt === '/var' && users.includes(name);
    return isNodes ? { unit: name, proof: name } : null;
  },
  network: ({ labels }) => labelled(labels),
  needs: needsOfKind.cluster,
};

function labelled(labels: Readonly<Record<string, string>>) {
  if (labels[sign] !== 'true') return null;
  return { unit: labels['name.minikube.sigs.k8s.io'] ?? null, proof: sign };
}
