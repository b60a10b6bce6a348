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

/** How much of a list is made. */
export interface Pace {
  /** Lines above and below those in sight. */
  around: number;
  /** Lines made anew at once: what a slow core makes well within 50 ms (issue 13). */
  fresh: number;
  /** Slots that get another line at once, for the same reason; all unless told. */
  changed?: number;
  /** Slots that stay where they were, out of sight, until a line comes into sight; 12 unless told. */
  spare?: number;
}

const SPARE = 12;

/**
 * Gives every line in sight a slot, and those around it, unless none of those in sight was drawn
 * before: who jumps that far sees what is in sight first. Making a line costs ten times what changing
 * one of its kind does, so that slots are used again by lines of their kind, and that no more than a
 * few are made anew at a time, nor changed (see `isWhole`): those kept first, then those in sight. None
 * changes its place among the others, which costs as much as its layout (see `inOrder`).
 *
 * @param kindAt a line's kind; null where there is none
 * @param kept lines that have theirs wherever they stand: one with the keys, one that is open
 */
export function slotsFor(
  before: readonly Slot[],
  sight: Sight,
  { around, ...amounts }: Pace,
  kindAt: (index: number) => string | null,
  kept: readonly number[] = [],
): Slot[] {
  const stands = ({ index, kind }: Slot) => kindAt(index) === kind;
  const isNear = before.some(
    (one) => one.index >= sight.from && one.index <= sight.to && stands(one),
  );
  const margin = isNear || before.length === 0 ? around : 0;
  const wanted = new Set(kept);
  const add = (from: number, to: number) => {
    for (let index = Math.max(0, from); index <= to && kindAt(index) !== null; index++)
      wanted.add(index);
  };
  add(sight.from, sight.to);
  add(sight.from - margin, sight.to + margin);
  return slotsOf(before, wanted, kindAt, amounts);
}

/** Whether each line in sight has its slot; if not, ask again in the next frame. */
export function isWhole(
  slots: readonly Slot[],
  sight: Sight,
  kindAt: (index: number) => string | null,
): boolean {
  const drawn = new Set(slots.map(({ index }) => index));
  for (let index = sight.from; index <= sight.to; index++)
    if (kindAt(index) !== null && !drawn.has(index)) return false;
  return true;
}

/** Gives each of these lines a slot, as `slotsFor` does: so many are changed, and so many made anew. */
export function slotsOf(
  before: readonly Slot[],
  wanted: ReadonlySet<number>,
  kindAt: (index: number) => string | null,
  { fresh = Infinity, changed = Infinity, spare = SPARE }: Partial<Pace> = {},
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
  let left = spare;
  let changes = changed;
  let someWait = false;
  for (const one of before) {
    if (isWanted(one)) slots.push(one);
    else {
      const index = missing.get(one.kind)?.shift();
      if (index !== undefined) {
        // One whose own line is gone has nothing to show meanwhile.
        const waits = stands(one) && changes-- <= 0;
        someWait ||= waits;
        slots.push(waits ? one : { ...one, index });
      } else if (stands(one) && left-- > 0) slots.push(one);
    }
  }
  const next = Math.max(-1, ...before.map(({ slot }) => slot)) + 1;
  const without = new Set([...missing.values()].flat());
  // None is made beside so many that change.
  const most = someWait ? 0 : fresh;
  const anew = [...wanted].filter((index) => without.has(index)).slice(0, most);
  const made = anew.flatMap((index, n) => {
    const kind = kindAt(index);
    return kind === null ? [] : [{ slot: next + n, index, kind }];
  });
  return [...slots, ...made];
}

/** The topmost line first: as they are read aloud. */
export const inOrder = (slots: readonly Slot[]): Slot[] =>
  slots.toSorted((a, b) => a.index - b.index);
