import type { Suggester } from './types.js';

/** How many times what is worth telling a writable layer has to be: some writing is ordinary. */
const much = 5;

/** Containers that run and write much into themselves instead of a volume. */
export const writesMuch: Suggester = {
  id: 'writes-much',
  find: ({ inventory, thresholds }) =>
    inventory.containers.flatMap(({ name, state, sizeRw }) => {
      const runs = state === 'running' || state === 'paused' || state === 'restarting';
      if (!runs || sizeRw === null || sizeRw <= much * thresholds.bytes) return [];
      return [
        {
          subject: name,
          evidence: { id: 'writes-much', container: name, state },
          // Made anew it begins empty; what it needs of it stays, in a volume.
          bytes: { min: 0, max: sizeRw, certainty: 'at-most' },
          action: { kind: 'advice', advice: 'use-volume' },
        },
      ];
    }),
};
