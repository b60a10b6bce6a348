import { day, hour } from '../policy/units.js';
import type { Suggester } from './types.js';

/** Where no clean-up is scheduled: how far ahead a full disk is told. */
const ahead = 14 * day;

/** A disk that will be full before the next clean-up comes; what can go now is the remedy. */
export const fillsFirst: Suggester = {
  id: 'fills-first',
  find({ forecast, nextRun, now, plan }) {
    const by = nextRun ?? now + ahead;
    if (forecast === null || forecast.fullAt > by) return [];
    const { fullAt } = forecast;
    return [
      {
        subject: 'all',
        urgent: true,
        // Told again only when it would be full for twice as long before it is cleaned.
        weighs: { weight: by - fullAt, least: hour },
        named: plan.items.filter(({ ticked }) => ticked).map(({ id }) => id),
        tell: () => ({ id: 'fills-first', fullAt, nextRun }),
        whateverBytes: true,
      },
    ];
  },
};
