import { day, hour } from '../policy/units.js';
import type { Suggester } from './types.js';

/** Where no clean-up is scheduled: how far ahead a full disk is told. */
const ahead = 14 * day;

/**
 * A disk that will be full before the next clean-up comes: the remedy is what can go now, else what
 * a person may tick, else only advice.
 */
export const fillsFirst: Suggester = {
  id: 'fills-first',
  find({ forecast, nextRun, now, plan }) {
    const by = nextRun ?? now + ahead;
    if (forecast === null || forecast.fullAt > by) return [];
    const { fullAt } = forecast;
    const evidence = { id: 'fills-first', fullAt, nextRun } as const;
    const ticked = plan.items.filter((item) => item.ticked);
    // A volume goes only when a person named it, never since room is wanted.
    const toTick = plan.items.filter(({ kind }) => kind !== 'volume');
    return [
      {
        subject: 'all',
        urgent: true,
        // Told again only when it would be full for twice as long before it is cleaned.
        weighs: { weight: by - fullAt, least: hour },
        named: (ticked.length > 0 ? ticked : toTick).map(({ id }) => id),
        tell: () => evidence,
        whateverBytes: true,
        otherwise: { evidence, action: { kind: 'advice', advice: 'make-room' } },
      },
    ];
  },
};
