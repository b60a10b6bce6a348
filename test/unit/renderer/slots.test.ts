import { describe, expect, it } from 'vitest';
import { inOrder, type Slot, slotsFor } from '../../../renderer/app/common/slots.js';

/** Every ninth line is a group's. */
const kindAt = (index: number) =>
  index < 0 || index >= 5_000 ? null : index % 9 === 0 ? 'group' : 'image';
const sight = (from: number) => ({ from, to: from + 19 });
const indexes = (slots: readonly Slot[]) => inOrder(slots).map(({ index }) => index);
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);

describe('slots of lines', () => {
  it('hold the lines in sight and those around them', () => {
    expect(indexes(slotsFor([], sight(100), 4, kindAt))).toEqual(range(96, 123));
  });

  it('end with the first and the last line', () => {
    expect(indexes(slotsFor([], sight(0), 4, kindAt))).toEqual(range(0, 23));
    expect(indexes(slotsFor([], sight(4_980), 4, kindAt))).toEqual(range(4_976, 4_999));
    expect(slotsFor([], sight(0), 4, () => null)).toEqual([]);
  });

  it('are used again by lines of their kind, and change no place among each other', () => {
    const before = slotsFor([], sight(0), 4, kindAt);
    const after = slotsFor(before, sight(10), 4, kindAt);
    const kindOf = new Map(before.map(({ slot, kind }) => [slot, kind]));
    expect(after.slice(0, before.length).map(({ slot }) => slot)).toEqual(
      before.map(({ slot }) => slot),
    );
    for (const { slot, kind, index } of after) {
      expect(kindOf.get(slot) ?? kind).toBe(kind);
      expect(kindAt(index)).toBe(kind);
    }
    expect(indexes(after)).toEqual(expect.arrayContaining(range(6, 33)));
  });

  it('show only what is in sight after a jump, and what is around it when that is asked again', () => {
    const before = slotsFor([], sight(0), 4, kindAt);
    const jumped = slotsFor(before, sight(1_000), 4, kindAt);
    expect(indexes(jumped).filter((index) => index > 900)).toEqual(range(1_000, 1_019));
    const rested = slotsFor(jumped, sight(1_000), 4, kindAt);
    expect(indexes(rested)).toEqual(expect.arrayContaining(range(996, 1_023)));
  });

  it('stay few, however far one scrolls', () => {
    let slots: Slot[] = [];
    for (let from = 0; from < 4_900; from += 7 + (from % 61))
      slots = slotsFor(slots, sight(from), 4, kindAt);
    expect(slots.length).toBeLessThanOrEqual(28 + 12);
    expect(new Set(slots.map(({ slot }) => slot)).size).toBe(slots.length);
    expect(new Set(indexes(slots)).size).toBe(slots.length);
  });

  it('are given up where their line is gone or is one of another kind', () => {
    const before = slotsFor([], sight(0), 4, kindAt);
    const fewer = slotsFor(before, { from: 0, to: 2 }, 4, (index) => (index < 3 ? 'image' : null));
    expect(indexes(fewer)).toEqual([0, 1, 2]);
    expect(fewer.every(({ kind }) => kind === 'image')).toBe(true);
  });

  it('stay with a line that is kept, wherever one scrolls', () => {
    const before = slotsFor([], sight(0), 4, kindAt);
    const slotOf = (slots: readonly Slot[]) => slots.find(({ index }) => index === 7)?.slot;
    const after = slotsFor(before, sight(1_000), 4, kindAt, [7]);
    expect(slotOf(after)).toBe(slotOf(before));
    expect(slotOf(slotsFor(after, sight(3_000), 4, kindAt))).not.toBe(slotOf(before));
    const asked = slotsFor([], sight(1_000), 4, kindAt, [7, 1_003, 9_999]);
    expect(indexes(asked)).toEqual([7, ...range(996, 1_023)]);
  });
});
