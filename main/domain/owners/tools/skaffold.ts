import { always, needsOfKind, nothing } from '../terms.js';
import type { OwnerTool } from '../tool.js';

/** Skaffold (GoogleContainerTools/skaffold:pkg/skaffold/deploy): it deletes what it deployed. */
export const skaffold: OwnerTool = {
  kind: 'ephemeral',
  tool: 'Skaffold',
  container({ own }) {
    const proof = ['skaffold.dev/run-id', 'skaffold.dev/debug'].find(
      (key) => own[key] !== undefined,
    );
    return proof === undefined ? null : { unit: null, command: null, proof };
  },
  volume: ({ name }) =>
    name === 'debugging-support-files' ? { unit: null, proof: name, term: always } : null,
  network: ({ name }) =>
    name.startsWith('skaffold-network-') ? { unit: null, proof: name } : null,
  needs: { ...needsOfKind.ephemeral, image: nothing },
};
