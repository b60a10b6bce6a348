import type { Millis } from '../facts.js';
import type { JudgedImage } from '../verdict/types.js';

/** The last sign of an image's use; 0 where none is known. */
export function lastSign({ facts }: JudgedImage): Millis {
  return Math.max(facts.used?.at ?? 0, facts.arrived?.at ?? 0, facts.lastTagged ?? 0, 0);
}

export const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Images that a judgement removes, by ID. */
export const goingIn = (judged: readonly JudgedImage[]): Map<string, JudgedImage> =>
  new Map(judged.flatMap((one) => (one.verdict === 'remove' ? [[one.id, one]] : [])));

/** Longest unused first, but never a base before what is built on it. */
export function leafFirst(going: ReadonlyMap<string, JudgedImage>): JudgedImage[] {
  const oldest = [...going.values()]
    .map((one) => ({ one, at: lastSign(one) }))
    .sort((a, b) => a.at - b.at || compare(a.one.id, b.one.id));
  const ordered = new Set<JudgedImage>();
  const entered = new Set<JudgedImage>();
  for (const { one } of oldest) {
    const open = [one];
    for (let at = open.at(-1); at !== undefined; at = open.at(-1)) {
      if (!entered.has(at)) {
        entered.add(at);
        for (const id of at.baseOf) {
          const other = going.get(id);
          if (other !== undefined && !entered.has(other)) open.push(other);
        }
        if (open.at(-1) !== at) continue;
      }
      ordered.add(at);
      open.pop();
    }
  }
  return [...ordered];
}
