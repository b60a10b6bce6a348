/** A place in which a line is drawn. */
export interface Slot {
  /** Stays the same while its line changes: what is drawn is changed, not made anew. */
  slot: number;
  /** The line that stands in it. */
  index: number;
  kind: string;
}

/** The lines in sight, both ends included. */
export interface Sight {
  from: number;
  to: number;
}

/** Slots that stay where they were, out of sight, until a line comes into sight. */
const SPARE = 12;

/**
 * Gives every line in sight a slot, and so many `around` it, unless none of those in sight was drawn
 * before: who jumps that far sees what is in sight first. Making a line costs ten times what changing
 * one of its kind does, so that slots are used again by lines of their kind; none changes its place
 * among the others, which costs as much as its layout (see `inOrder`).
 *
 * @param kindAt a line's kind; null where there is none
 * @param kept lines that have theirs wherever they stand: one with the keys, one that is open
 */
export function slotsFor(
  before: readonly Slot[],
  sight: Sight,
  around: number,
  kindAt: (index: number) => string | null,
  kept: readonly number[] = [],
): Slot[] {
  const stands = ({ index, kind }: Slot) => kindAt(index) === kind;
  const isNear = before.some(
    (one) => one.index >= sight.from && one.index <= sight.to && stands(one),
  );
  const margin = isNear || before.length === 0 ? around : 0;
  const wanted = new Set(kept);
  const to = sight.to + margin;
  for (let index = Math.max(0, sight.from - margin); index <= to && kindAt(index) !== null; index++)
    wanted.add(index);
  return slotsOf(before, wanted, kindAt);
}

/** Gives each of these lines a slot, as `slotsFor` does. */
export function slotsOf(
  before: readonly Slot[],
  wanted: ReadonlySet<number>,
  kindAt: (index: number) => string | null,
): Slot[] {
  const stands = ({ index, kind }: Slot) => kindAt(index) === kind;
  const isWanted = (one: Slot) => wanted.has(one.index) && stands(one);
  const drawn = new Set(before.filter(isWanted).map(({ index }) => index));
  const missing = new Map<string, number[]>();
  for (const index of wanted) {
    const kind = kindAt(index);
    if (kind !== null && !drawn.has(index))
      missing.set(kind, [...(missing.get(kind) ?? []), index]);
  }
  const slots: Slot[] = [];
  let spare = SPARE;
  for (const one of before) {
    if (isWanted(one)) slots.push(one);
    else {
      const index = missing.get(one.kind)?.shift();
      if (index !== undefined) slots.push({ ...one, index });
      else if (stands(one) && spare-- > 0) slots.push(one);
    }
  }
  let next = Math.max(-1, ...before.map(({ slot }) => slot)) + 1;
  for (const [kind, indexes] of missing)
    for (const index of indexes) slots.push({ slot: next++, index, kind });
  return slots;
}

/** What a virtual list tells of itself. */
interface List {
  getVirtualItems(): readonly { index: number }[];
  isScrolling: boolean;
}

/** The slots of a virtual list without overscan, as `slotsFor` gives them; in order while it rests. */
export function slotsIn(
  list: List,
  before: readonly Slot[],
  around: number,
  kindAt: (index: number) => string | null,
  kept: readonly number[] = [],
): Slot[] {
  const items = list.getVirtualItems();
  const [first, last] = [items[0], items.at(-1)];
  if (!first || !last) return [];
  const sight = { from: first.index, to: last.index };
  const slots = slotsFor(before, sight, around, kindAt, kept);
  return list.isScrolling ? slots : inOrder(slots);
}

/** The same, the topmost line first: as they are read aloud. */
export const inOrder = (slots: readonly Slot[]): Slot[] =>
  slots.toSorted((a, b) => a.index - b.index);
