import type { JudgedImage } from '../verdict/types.js';
import { first, nameOfImage } from './few.js';
import type { Suggester } from './types.js';

/**
 * Images of the same layers under several names: on a classic store they free next to nothing and
 * only stand in the list, on a containerd store each may keep blobs of its own.
 */
export const sameContent: Suggester = {
  id: 'same-content',
  find({ judged }) {
    const byContent = new Map<string, JudgedImage[]>();
    for (const one of judged) {
      const { layers, refs } = one.facts;
      const top = layers?.at(-1)?.chainId;
      if (top === undefined || refs.length === 0) continue;
      byContent.set(top, [...(byContent.get(top) ?? []), one]);
    }
    return [...byContent].flatMap(([top, same]) => {
      if (same.length < 2) return [];
      const stays = same.find(isKept) ?? newestOf(same);
      const rest = same.filter((one) => one !== stays && !isKept(one));
      return [
        {
          subject: top,
          named: rest.map(({ id }) => id),
          tell: ({ items }) => ({
            id: 'same-content',
            images: items.length + 1,
            names: first([nameOfImage(stays.facts), ...items.map(({ refs, id }) => refs[0] ?? id)]),
          }),
          whateverBytes: true,
        },
      ];
    });
  },
};

/** Whether it stays whatever a person names. */
function isKept({ verdict, decidedBy: { kind, code } }: JudgedImage): boolean {
  return verdict === 'keep' && kind !== 'default' && code !== 'base-of';
}

function newestOf(same: readonly JudgedImage[]): JudgedImage {
  return same.reduce((a, b) => ((b.facts.created ?? 0) > (a.facts.created ?? 0) ? b : a));
}
