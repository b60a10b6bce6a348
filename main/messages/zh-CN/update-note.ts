import type { UpdatedContainer } from '../../contract/update-steps.js';
import { isNotBack } from '../../contract/update-outcome.js';
import type { updateNote as english } from '../en/update-note.js';
import { count } from '../count.js';
import { list } from './format.js';
import type { update } from './update.js';

function titleOf({ container, result }: UpdatedContainer): string {
  switch (result?.state) {
    case 'rolled-back':
      return `${container} 已回滚`;
    case 'updated':
      return `${container} 已更新`;
    case 'restored':
      return `${container} 已换回保留的版本`;
    case 'taken-over':
      return `${container} 被其他程序改动`;
    default:
      return isNotBack(result) ? `${container} 没能换回原来的版本` : `${container} 没有更新`;
  }
}

export function updateNote(words: ReturnType<typeof update>): ReturnType<typeof english> {
  const names = (containers: readonly { container: string }[]) =>
    list(containers.map(({ container }) => container));
  return {
    found: (rows) => {
      const [first] = rows;
      if (first && rows.length === 1 && first.verdict.state === 'available')
        return {
          title: `${first.container} 有更新`,
          body: `${words.fromTo({ from: first.now, to: first.verdict.to })}。尚未作任何改动。`,
        };
      return { title: `${count(rows.length)} 个更新`, body: `${names(rows)}。尚未作任何改动。` };
    },
    ended: ({ endedAt, startedAt }, told, others) => ({
      title: titleOf(told),
      body: [
        words.result(told, endedAt ?? startedAt),
        ...(told.recovered === null ? [] : [words.recovered[told.recovered]]),
        ...(others.length === 0 ? [] : [`此外：${words.summary(others)}。`]),
      ].join(''),
    }),
    headline: (all) => {
      const [only, other] = all;
      return only && !other ? titleOf(only) : words.summary(all);
    },
    endedWell: (all) => ({ title: words.summary(all), body: `${names(all)}。` }),
    notBegun: (why) => ({ title: '没有进行任何更新', body: why }),
  };
}
