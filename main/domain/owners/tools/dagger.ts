import { byRepository } from '../by-repository.js';
import { needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

const engine = 'registry.dagger.io/engine';

/** Dagger (dagger/dagger:engine/client/drivers): all of its cache lies in an anonymous volume. */
export const dagger: OwnerTool = {
  kind: 'builder',
  tool: 'Dagger',
  container({ name, repositories }) {
    const isEngine = /^dagger-engine-/.test(name) || repositories.includes(engine);
    return isEngine ? { unit: null, command: null, proof: name } : null;
  },
  images: byRepository(/^registry\.dagger\.io\/engine$/),
  volume({ facts: { mountedAt } }) {
    return mountedAt === '/var/lib/dagger' ? { unit: null, proof: mountedAt } : null;
  },
  needs: needsOfKind.builder,
};
