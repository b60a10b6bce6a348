import { always, needsOfKind, whileThere } from '../terms.js';
import type { OwnerTool } from '../tool.js';

/**
 * Docker's MCP gateway (docker/mcp-gateway:pkg/gateway): it runs its servers with `--rm --pull
 * never`, so their images are all there is. As a part of Docker Desktop the gateway is hidden.
 */
export const mcp: OwnerTool = {
  kind: 'platform',
  tool: 'MCP',
  container({ own, repositories }) {
    if (own['docker-mcp'] === 'true')
      return { unit: own['docker-mcp-name'] ?? null, command: null, proof: 'docker-mcp' };
    return repositories.includes('docker/mcp-gateway')
      ? { unit: null, command: null, proof: 'docker/mcp-gateway' }
      : null;
  },
  images: {
    repository: /^mcp\//,
    of: ({ product }, sign) => ({
      unit: null,
      proof: sign ?? '',
      term: product === 'docker-desktop' ? always : whileThere(),
    }),
  },
  volume: ({ name }) =>
    /^docker-mcp-(?:npm|uv)-cache-/.test(name) ? { unit: null, proof: name } : null,
  needs: needsOfKind.platform,
};
