import { needsOfKind, nothing } from '../terms.js';
import type { OwnerTool } from '../tool.js';

/** The registry that ctlptl runs (tilt-dev/ctlptl): its volume holds the images pushed to it. */
export const ctlptl: OwnerTool = {
  kind: 'devstack',
  tool: 'ctlptl',
  container({ own, name }) {
    const role = 'dev.tilt.ctlptl.role';
    return own[role] === 'registry' ? { unit: name, command: 'ctlptl apply', proof: role } : null;
  },
  volume({ facts, users }) {
    const proof = users.find((user) => user.startsWith('ctlptl-registry'));
    if (proof === undefined || facts.mountedAt !== '/var/lib/registry') return null;
    return { unit: proof, proof };
  },
  needs: { ...needsOfKind.devstack, image: nothing },
};
