import { needsOfKind, nothing } from '../terms.js';
import type { OwnerTool } from '../tool.js';

/**
 * GitHub's self-hosted runner (actions/runner:src/Runner.Worker/Container): a label of six hex
 * digits without a value. Its images are never used again: they may go.
 */
export const githubRunner: OwnerTool = {
  kind: 'ephemeral',
  tool: 'GitHub Actions runner',
  container({ own }) {
    const proof = Object.keys(own).find((key) => /^[0-9a-f]{6}$/.test(key) && own[key] === '');
    return proof === undefined ? null : { unit: null, command: null, proof };
  },
  network: ({ name }) =>
    /^github_network_[0-9a-f]{32}$/.test(name) ? { unit: null, proof: name } : null,
  needs: { ...needsOfKind.ephemeral, image: nothing, volume: nothing },
};
