import { isLocal } from '../../../domain/identity.js';
import type { DiskAdapter } from './adapter.js';

/** An engine on another machine: whatever product it is of, no file here is its own. */
export const elsewhere: DiskAdapter = {
  id: 'elsewhere',
  applies: ({ facts }) => !isLocal(facts),
  read: () => Promise.resolve({ kind: 'unknown', missing: { why: 'elsewhere', about: null } }),
};
