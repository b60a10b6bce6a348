import { needsOfKind, nothing } from '../terms.js';
import type { OwnerTool } from '../tool.js';

/** `docker compose run`, and hooks of a service, whose logs are kept when they fail. */
export const composeOneOff: OwnerTool = {
  kind: 'ephemeral',
  tool: 'Compose run',
  container({ own, labels }) {
    const unit = labels['com.docker.compose.project'] ?? null;
    if (own['com.docker.compose.oneoff']?.toLowerCase() === 'true')
      return { unit, command: null, proof: 'com.docker.compose.oneoff' };
    const isHook = own['com.docker.compose.hook'] !== undefined;
    if (!isHook || own['com.docker.compose.config-hash'] !== undefined) return null;
    return { unit, command: null, proof: 'com.docker.compose.hook' };
  },
  needs: { ...needsOfKind.ephemeral, image: nothing, volume: nothing, network: nothing },
};
