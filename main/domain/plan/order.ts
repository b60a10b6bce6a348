import type { Millis } from '../facts.js';
import type { JudgedImage, Removed } from '../verdict/types.js';

/** The last sign of an image's use; 0 where none is known. */
function lastSign({ facts }: Removed): Millis {
  return Math.max(facts.used?.at ?? 0, facts.arrived?.at ?? 0, facts.lastTagged ?? 0, 0);
}

export const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Images that a judgement removes, by ID. */
export function goingIn(judged: readonly JudgedImage[]): Map<string, JudgedImage> {
  const going = new Map<string, JudgedImage>();
  for (const one of judged) if (one.verdict === 'remove') going.set(one.id, one);
  return going;
}

/** Longest unused first, but never a base before what is built on it. */
export function leafFirst<One extends Removed>(going: ReadonlyMap<string, One>): One[] {
  const oldest = [...going.values()]
    .map((one) => ({ one, at: lastSign(one) }))
    .sort((a, b) => a.at - b.at || compare(a.one.id, b.one.id));
  const ordered = new Set<One>();
  const entered = new Set<One>();
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
