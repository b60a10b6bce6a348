import { byRepository } from '../by-repository.js';
import { needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

const proxy = 'landoproxyhyperion5000gandalfedition';

/**
 * Lando (lando/core:utils/to-lando-container.js). Volumes of its apps are Compose's by their labels;
 * only what Lando labels itself is told as Lando's.
 */
export const lando: OwnerTool = {
  kind: 'devstack',
  tool: 'Lando',
  container({ own, labels, name }) {
    if (own['io.lando.container'] === 'TRUE')
      return {
        unit: labels['com.docker.compose.project'] ?? null,
        command: 'lando rebuild -y',
        proof: 'io.lando.container',
      };
    return name.startsWith(proxy) ? { unit: null, command: null, proof: proxy } : null;
  },
  images: byRepository(/^devwithlando\//),
  volume({ name, labels }) {
    if (labels['dev.lando.storage-volume'] === 'TRUE')
      return {
        unit: labels['com.docker.compose.project'] ?? null,
        proof: 'dev.lando.storage-volume',
      };
    return name.startsWith(proxy) ? { unit: null, proof: name } : null;
  },
  network({ name }) {
    const isOwn = name === 'lando_bridge_network' || name.startsWith(proxy);
    return isOwn ? { unit: null, proof: name } : null;
  },
  needs: needsOfKind.devstack,
};
