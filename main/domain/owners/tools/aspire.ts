import { byRepository } from '../by-repository.js';
import { always, needsOfKind, reusable } from '../terms.js';
import type { OwnerTool } from '../tool.js';

const prefix = 'com.microsoft.developer.usvc-dev.';

/** .NET Aspire and its DCP (microsoft/dcp:controllers): it also removes what a dead process left. */
export const aspire: OwnerTool = {
  kind: 'ephemeral',
  tool: 'Aspire',
  container({ own }) {
    const proof = Object.keys(own).find((key) => key.startsWith(prefix));
    if (proof === undefined) return null;
    const isKept = own[`${prefix}persistent`]?.toLowerCase() === 'true';
    const unit = own[`${prefix}name`] ?? null;
    return { unit, command: null, proof, ...(isKept ? { term: reusable } : {}) };
  },
  images: byRepository(/^dcptun_developer_ms/),
  volume({ name }) {
    const unit = /^(.+)-[0-9a-f]{10}-.+-[^-]+$/.exec(name)?.[1];
    return unit === undefined ? null : { unit, proof: name, term: always };
  },
  network({ name }) {
    if (name.startsWith('aspire-persistent-network-'))
      return { unit: null, proof: name, term: reusable };
    return name.startsWith('aspire-session-network-') ? { unit: null, proof: name } : null;
  },
  needs: needsOfKind.ephemeral,
};
