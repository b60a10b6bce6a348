import { byRepository } from '../by-repository.js';
import { always, needsOfKind } from '../terms.js';
import type { OwnerTool } from '../tool.js';

/** act (nektos/act:pkg/runner): no labels, so names alone tell. */
export const act: OwnerTool = {
  kind: 'ephemeral',
  tool: 'act',
  container({ name }) {
    const unit = /^act-(.+)-[0-9a-f]{64}$/.exec(name)?.[1];
    return unit === undefined ? null : { unit, command: null, proof: name };
  },
  images: byRepository(/^act-.+-dockeraction$|^(?:ghcr\.io\/)?catthehacker\/ubuntu$/),
  volume: ({ name }) =>
    name === 'act-toolcache' ? { unit: null, proof: name, term: always } : null,
  network: ({ name }) => (/^act-.+-network$/.test(name) ? { unit: null, proof: name } : null),
  needs: needsOfKind.ephemeral,
};
