import { lastPart, shellWord } from '../command.js';
import { imageOfFolder } from '../folder.js';
import { always, needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

const folderLabels = ['devcontainer.local_folder', 'vsch.local.folder'] as const;
const otherLabels = ['devcontainer.config_file', 'vsch.local.repository', 'vsch.quality'] as const;

/**
 * Dev containers of VS Code and of the dev container CLI (devcontainers/cli:src/spec-node). All of
 * an editor's state is in the container's writable layer. `devcontainer.metadata` is no sign: every
 * dev image hands it on.
 */
export const devContainers: OwnerTool = {
  kind: 'editor',
  tool: 'Dev Containers',
  container({ own }) {
    const proof = [...folderLabels, ...otherLabels].find((key) => own[key] !== undefined);
    if (proof === undefined) return null;
    const folder = folderLabels.map((key) => own[key]).find((path) => path !== undefined);
    if (folder === undefined) return { unit: null, command: null, proof };
    return {
      unit: lastPart(folder),
      command: `devcontainer up --workspace-folder ${shellWord(folder)} --remove-existing-container`,
      proof,
    };
  },
  images: {
    repository: /^vsc-/,
    project: true,
    of({ facts }, sign) {
      if (sign === 'vsc-volume-bootstrap') return { unit: null, proof: sign, term: always };
      return imageOfFolder(facts, sign);
    },
  },
  volume({ name, facts }) {
    if (name === 'vscode') return { unit: null, proof: name };
    // A repository cloned into a volume: the source code itself.
    const at = facts.mountedAt;
    if (at !== '/workspaces' && !at?.startsWith('/workspaces/')) return null;
    return { unit: null, proof: at };
  },
  needs: needsOfKind.editor,
};
