import { byRepository } from '../by-repository.js';
import { needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

/**
 * Builders of buildx's docker-container driver (docker/buildx:driver/docker-container): no labels.
 * A missing container is made anew at the next build, and finds its cache in the state volume.
 */
export const buildx: OwnerTool = {
  kind: 'builder',
  tool: 'buildx',
  container({ name }) {
    const unit = /^buildx_buildkit_(.+)$/.exec(name)?.[1];
    return unit === undefined ? null : { unit, command: null, proof: name };
  },
  images: byRepository(/^moby\/buildkit$/),
  volume({ name }) {
    const unit = /^buildx_buildkit_(.+)_state$/.exec(name)?.[1];
    return unit === undefined ? null : { unit, proof: name };
  },
  needs: needsOfKind.builder,
};
