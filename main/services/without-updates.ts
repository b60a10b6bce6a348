import { CareenError } from '../domain/errors.js';
import type { UpdateServices } from './commands/update-types.js';
import type { Sources } from './state/index.js';

const none = () => Promise.reject(new CareenError('internal', { message: 'no updates yet' }));

/** Stands where no service of updates is put together: there is nothing to update. */
export const withoutUpdates: UpdateServices & Pick<Sources, 'checker' | 'updater'> = {
  checker: {
    check: none,
    settled: () => Promise.resolve(),
    rows: () => [],
    limits: () => [],
    ceiling: () => 'ignore',
    snooze: none,
    skip: none,
    status: { checking: false, checkedAt: null, nextAt: null },
    on: () => undefined,
  },
  updater: { update: none, rollback: none, release: none, on: () => undefined },
  previews: { preview: none },
  movingOver: { propose: none },
};
