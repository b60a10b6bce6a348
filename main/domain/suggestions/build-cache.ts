import { buildCacheId } from '../verdict/others/cache.js';
import type { Suggester } from './types.js';

/** Build cache that is more than is kept of it, and was not used for as long as it is kept. */
export const buildCache: Suggester = {
  id: 'build-cache',
  find({ inventory, policy }) {
    const own = inventory.cacheRecords?.filter(({ shared }) => !shared) ?? [];
    if (policy === null || own.length === 0) return [];
    const { unusedFor, keep } = policy.buildCache;
    const bytes = own.reduce((sum, { size }) => sum + size, 0);
    return [
      {
        subject: 'all',
        named: [buildCacheId],
        tell: () => ({ id: 'build-cache', bytes, unusedFor, keep }),
      },
    ];
  },
};
