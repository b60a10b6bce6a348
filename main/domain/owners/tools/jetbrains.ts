import { lastPart } from '../command.js';
import { needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

const prefix = 'com.intellij.devcontainer.';
const labels = [`${prefix}id`, `${prefix}sources.path`, `${prefix}workspace.path`] as const;

/** Dev containers of JetBrains' editors, by labels that users showed (marcopag90/telaio#19). */
export const jetbrains: OwnerTool = {
  kind: 'editor',
  tool: 'JetBrains dev containers',
  container({ own }) {
    const proof = labels.find((key) => own[key] !== undefined);
    if (proof === undefined) return null;
    const sources = own[`${prefix}sources.path`];
    return { unit: sources === undefined ? null : lastPart(sources), command: null, proof };
  },
  volume({ facts: { mountedAt } }) {
    return mountedAt === '/.jbdevcontainer' ? { unit: null, proof: mountedAt } : null;
  },
  needs: needsOfKind.editor,
};
