import { needsOfKind, nothing } from '../terms.js';
import type { OwnerTool } from '../tool.js';
import { isComposed, isInPortainer } from './compose.js';

/**
 * Stacks that Portainer runs: Compose's labels whose folder lies inside Portainer, so that the host
 * has no file to run them by (portainer/portainer:api). Portainer itself is a container like others.
 */
export const portainer: OwnerTool = {
  kind: 'compose',
  tool: 'Portainer',
  container(seen) {
    const folder = 'com.docker.compose.project.working_dir';
    if (!isComposed(seen) || !isInPortainer(seen.labels[folder])) return null;
    return {
      unit: seen.labels['com.docker.compose.project'] ?? null,
      command: null,
      proof: folder,
    };
  },
  volume: ({ name }) => (name === 'portainer_data' ? { unit: null, proof: name } : null),
  needs: { ...needsOfKind.service, image: nothing },
};
