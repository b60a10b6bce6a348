import { inOrder, isWhole, type Pace, type Slot, slotsFor } from './slots.js';

/** What a virtual list tells of itself. */
interface List {
  getVirtualItems(): readonly { index: number }[];
  isScrolling: boolean;
}

/** Of a list whose lines move, or some of which are kept. */
interface More {
  /** Lines that have theirs wherever they stand: one with the keys, one that is open. */
  kept?: () => readonly number[];
  /** Where the lines that the slots have shown stand now. */
  moved?: (before: Slot[]) => Slot[];
  /** What the lines stand in. In another one each line is another, and those out of sight are not drawn yet. */
  order?: () => unknown;
}

/** Nothing out of sight; what is in sight shows other lines anyway. */
const bare = { around: 0, spare: 0, changed: Infinity };

/**
 * The slots of a virtual list without overscan, as `slotsFor` gives them, in the frames in which they
 * are made; in order while the list rests. To be called as a component is made.
 *
 * @param kindAt a line's kind as it is now; null where there is none. What these functions read is
 *   followed: slots are given anew when it changes.
 */
export function slotsIn(
  list: () => List,
  pace: Pace,
  kindAt: (index: number) => string | null,
  { kept = () => [], moved = (before) => before, order = () => null }: More = {},
): { readonly all: Slot[] } {
  let before: Slot[] = [];
  let stood: unknown = null;
  let frame = $state(0);
  /** The frame in which the lines last began to stand otherwise: the list hears of them within it. */
  let begun = 0;
  const drawn = $derived.by(() => {
    void frame;
    const now = list();
    const items = now.getVirtualItems();
    const [first, last] = [items[0], items.at(-1)];
    if (!first || !last) {
      before = [];
      return { slots: before, whole: true };
    }
    const sight = { from: first.index, to: last.index };
    if (order() !== stood) begun = frame;
    stood = order();
    const isBare = stood !== null && begun === frame;
    const slots = slotsFor(
      moved(before),
      sight,
      isBare ? { ...pace, ...bare } : pace,
      kindAt,
      kept(),
    );
    before = now.isScrolling ? slots : inOrder(slots);
    return { slots: before, whole: !isBare && isWhole(before, sight, kindAt) };
  });
  $effect(() => {
    if (drawn.whole) return;
    let soon: ReturnType<typeof setTimeout> | undefined;
    // After the frame that is being made: what a scroll brings about comes before that frame's callbacks,
    // and all that is made of it would be laid out in one task.
    const next = requestAnimationFrame(() => (soon = setTimeout(() => (frame += 1))));
    return () => {
      cancelAnimationFrame(next);
      clearTimeout(soon);
    };
  });
  return {
    get all() {
      return drawn.slots;
    },
  };
}
