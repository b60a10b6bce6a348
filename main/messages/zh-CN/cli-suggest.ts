import type { PolicyEdit } from '../../domain/suggestions/types.js';
import type { Reclaimable } from '../../domain/verdict/types.js';
import type { cliSuggest as english } from '../en/cli-suggest.js';
import { count } from '../count.js';
import type { format } from './format.js';

export function cliSuggest(f: ReturnType<typeof format>): ReturnType<typeof english> {
  return {
    none: '没有建议。',
    measure: '卷、容器写入的数据和日志还没有统计；用 "careen suggest --measure" 统计。',
    dismissed: (n: number) =>
      `有 ${count(n)} 条建议不再提示；用 "careen suggest --restore" 重新显示。`,
    edit: (e: PolicyEdit) =>
      e.edit === 'remove-rule'
        ? `策略：从 ${e.list} 中去掉规则 ${e.id}。`
        : `策略：在 ${e.list} 中加入 ${JSON.stringify(e.rule)}`,
    more: (n: number, bytes: Reclaimable) =>
      n === 0
        ? '目前不会因此多清理任何镜像。'
        : `之后还可以清理 ${count(n)} 个镜像，${f.reclaimable(bytes)}：`,
  };
}
