import { always, needsOfKind, nothing } from '../terms.js';
import type { OwnerTool } from '../tool.js';

/** Telepresence in its containerised form (telepresenceio/telepresence:pkg/client/docker). */
export const telepresence: OwnerTool = {
  kind: 'ephemeral',
  tool: 'Telepresence',
  container({ name }) {
    const unit = /^tp-(.+)-cn$/.exec(name)?.[1];
    return unit === undefined ? null : { unit, command: null, proof: name };
  },
  volume: ({ facts: { driver } }) =>
    /\/telemount\b/.test(driver) ? { unit: null, proof: driver } : null,
  network: ({ name }) =>
    name === 'telepresence' ? { unit: null, proof: name, term: always } : null,
  needs: { ...needsOfKind.ephemeral, image: nothing },
};
