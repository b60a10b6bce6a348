import type { EngineRow } from '../../contract/fleet.js';

export const runs: Record<NonNullable<EngineRow['run']>['kind'], string> = {
  clean: '正在清理',
  undo: '正在重新拉取',
  update: '正在更新',
  rollback: '正在回滚',
  release: '正在放弃保留的版本',
};
