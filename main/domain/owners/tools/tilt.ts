import { needsOfKind, nothing } from '../terms.js';
import type { OwnerTool } from '../tool.js';

const built = 'dev.tilt.built';

/**
 * Tilt (tilt-dev/tilt:internal/engine/dockerprune): it keeps the last two images of a name itself,
 * and nothing on the engine tells whether their project is still worked on.
 */
export const tilt: OwnerTool = {
  kind: 'devstack',
  tool: 'Tilt',
  container({ own }) {
    return own[built] === 'true' ? { unit: null, command: null, proof: built } : null;
  },
  images: {
    label: built,
    of: ({ labels }) =>
      labels[built] === 'true' ? { unit: null, proof: built, strength: 'untick' } : null,
  },
  needs: {
    ...needsOfKind.devstack,
    container: nothing,
    image: { for: 'latest', count: 2, while: 'always' },
  },
};
