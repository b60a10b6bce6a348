import { needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

const images = ['rancher/k3s', 'ghcr.io/k3d-io/k3d-proxy', 'ghcr.io/k3d-io/k3d-tools'];

/** k3d (k3d-io/k3d:pkg/types). */
export const k3d: OwnerTool = {
  kind: 'cluster',
  tool: 'k3d',
  container({ own }) {
    const found = labelled(own);
    return found === null ? null : { ...found, command: null };
  },
  image({ repositories, lastUser }) {
    const proof = repositories.find((name) => images.includes(name));
    if (proof === undefined) return null;
    const unit = /^k3d-(.+)-(?:server|agent|serverlb|tools)(?:-\d+)?$/.exec(lastUser ?? '')?.[1];
    return { unit: unit ?? null, proof };
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
