import type { EngineRow } from '../../contract/fleet.js';

/** What an engine is at, where one line has room for it. */
export const runs: Record<NonNullable<EngineRow['run']>['kind'], string> = {
  clean: 'cleaning up',
  undo: 'pulling back',
  update: 'updating',
  rollback: 'rolling back',
  release: 'releasing',
};
