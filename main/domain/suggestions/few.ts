import type { ImageFacts } from '../facts.js';
import type { PlanDraft } from '../plan/make.js';
import type { ItemKind } from '../plan/types.js';

/** How many names evidence carries. */
const few = 3;

/** The first few; what is told by name stays short. */
export const first = <T>(all: readonly T[]): T[] => all.slice(0, few);

/** How many items of a kind a plan holds. */
export function count({ items }: PlanDraft, kind: ItemKind): number {
  return items.filter((item) => item.kind === kind).length;
}

/** Names of the first few items of a kind; an image without one is told by its ID. */
export function namesIn({ items }: PlanDraft, kind: ItemKind): string[] {
  return first(items.filter((item) => item.kind === kind).map(({ id, refs }) => refs[0] ?? id));
}

/** The name that a person knows an image by, else its ID. */
export const nameOfImage = ({ refs, id }: ImageFacts): string => refs[0] ?? id;
