import type { Policy } from './types.js';
import { day } from './units.js';

/** Registries count what they are asked, and more often than this helps nobody; in ms. */
export const shortestUsualCheck = day / 96;

/** What stands in for the parts of a policy that it leaves out (JUDGING §3, "Absent"). */
export const absentParts = {
  rollback: { versions: 1, for: 7 * day },
  containers: { enabled: false, exitedFor: 14 * day },
  networks: { enabled: false, unusedFor: 14 * day },
  buildCache: { enabled: false, unusedFor: 7 * day, keep: 5e9 },
  triggers: { schedule: null, afterUpdate: false, pressure: null, hostNotice: null, images: null },
  limits: { maxItems: 50, maxBytes: 20e9, pause: 250 },
  update: {
    check: { every: day / 4 },
    default: {
      mode: 'notify',
      tags: { level: 'same' },
      minAge: 0,
      settle: 30_000,
      proveWithin: 300_000,
      stuckAfter: 60_000,
      hooks: false,
      askAbove: 2e9,
      copyUpTo: 1e9,
      probe: null,
    },
    containers: [],
  },
} satisfies Partial<Policy>;
