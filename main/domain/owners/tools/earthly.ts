import { byRepository } from '../by-repository.js';
import { needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

/** Earthly, which is no longer maintained (earthly/earthly:buildkitd). */
export const earthly: OwnerTool = {
  kind: 'builder',
  tool: 'Earthly',
  container({ name, own }) {
    const settings = 'dev.earthly.settingshash';
    if (own[settings] !== undefined) return { unit: null, command: null, proof: settings };
    return name === 'earthly-buildkitd' ? { unit: null, command: null, proof: name } : null;
  },
  images: byRepository(/^earthly\/buildkitd$/),
  volume: ({ name }) => (name === 'earthly-cache' ? { unit: null, proof: name } : null),
  needs: needsOfKind.builder,
};
