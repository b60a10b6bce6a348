import { always, needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

const types = ['container', 'podsandbox'];
const images = /^(?:registry\.k8s\.io\/|k8s\.gcr\.io\/)|\/pause$/;
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
  image({ repositories, product, mayHide }) {
    const ofDesktop = repositories.find((name) => name.startsWith('docker/desktop-'));
    if (ofDesktop !== undefined) return { unit: null, proof: ofDesktop, term: always };
    const proof = repositories.find((name) => images.test(name));
    const isDesktop = product === 'docker-desktop';
    if (proof !== undefined)
      return isDesktop ? { unit: null, proof, term: always } : { unit: null, proof };
    if (!isDesktop || !mayHide) return null;
    const hidden = repositories.find((name) => inKindMode.includes(name));
    return hidden === undefined ? null : { unit: null, proof: hidden, term: always };
  },
  needs: needsOfKind.cluster,
};
