import { shellWord } from '../command.js';
import { imageOfFolder } from '../folder.js';
import { needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

/** DevPod (loft-sh/devpod:pkg/devcontainer/config). */
export const devpod: OwnerTool = {
  kind: 'editor',
  tool: 'DevPod',
  container({ own }) {
    const unit = own['dev.containers.id'];
    if (unit !== undefined)
      return {
        unit,
        command: `devpod up ${shellWord(unit)} --recreate`,
        proof: 'dev.containers.id',
      };
    if (own['devpod.user'] === undefined) return null;
    return { unit: null, command: null, proof: 'devpod.user' };
  },
  images: {
    tag: /^devpod-[0-9a-f]{32}$/,
    of: ({ facts }, sign) => imageOfFolder(facts, sign),
  },
  needs: needsOfKind.editor,
};
