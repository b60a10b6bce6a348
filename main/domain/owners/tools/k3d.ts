import { needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

/** k3d (k3d-io/k3d:pkg/types). */
export const k3d: OwnerTool = {
  kind: 'cluster',
  tool: 'k3d',
  container({ own }) {
    const found = labelled(own);
    return found === null ? null : { ...found, command: null };
  },
  images: {
    repository: /^(?:rancher\/k3s|ghcr\.io\/k3d-io\/k3d-(?:proxy|tools))$/,
    of({ lastUser }, sign) {
      const unit = /^k3d-(.+)-(?:server|agent|serverlb|tools)(?:-\d+)?$/.exec(lastUser ?? '')?.[1];
      return { unit: unit ?? null, proof: sign ?? '' };
    },
  },
  volume({ name, labels }) {
    const unit = /^k3d-(.+)-images$/.exec(name)?.[1];
    return unit === undefined ? labelled(labels) : { unit, proof: name };
  },
  network({ name, labels }) {
    const unit = /^k3d-(.+)$/.exec(name)?.[1];
    return unit === undefined ? labelled(labels) : { unit, proof: name };
  },
  needs: needsOfKind.cluster,
};

function labelled(labels: Readonly<Record<string, string>>) {
  if (labels['app'] !== 'k3d') return null;
  return { unit: labels['k3d.cluster'] ?? null, proof: 'app' };
}
