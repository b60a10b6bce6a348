import { always, needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

const types = ['container', 'podsandbox'];
/** What Docker Desktop runs besides its own where its cluster is one of kind. */
const inKindMode = ['kindest/node', 'envoyproxy/envoy'];

/**
 * Kubernetes on the engine (Mirantis/cri-dockerd:core/naming.go; docker/docs: manuals/desktop/
 * use-desktop/kubernetes.md). Docker Desktop hides its containers, so there its images are known by
 * name and no container is waited for (OWNERS §1.4).
 */
export const kubernetes: OwnerTool = {
  kind: 'cluster',
  tool: 'Kubernetes',
  container({ own, name }) {
    const type = 'io.kubernetes.docker.type';
    if (types.includes(own[type] ?? '')) return { unit: null, command: null, proof: type };
    const isPods = /^k8s_[^_]+_[^_]+_[^_]+_[^_]+_\d+$/.test(name);
    return isPods ? { unit: null, command: null, proof: name } : null;
  },
  images: {
    repository:
      /^(?:registry\.k8s\.io\/|k8s\.gcr\.io\/|docker\/desktop-)|\/pause$|^kindest\/node$|^envoyproxy\/envoy$/,
    of({ product, mayHide }, sign) {
      const proof = sign ?? '';
      const isDesktop = product === 'docker-desktop';
      if (inKindMode.includes(proof) && !(isDesktop && mayHide)) return null;
      const isHidden = isDesktop || proof.startsWith('docker/desktop-');
      return { unit: null, proof, ...(isHidden ? { term: always } : {}) };
    },
  },
  needs: needsOfKind.cluster,
};
