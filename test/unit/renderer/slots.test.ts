import { describe, expect, it } from 'vitest';
import {
  inOrder,
  isWhole,
  type Pace,
  type Sight,
  type Slot,
  slotsFor,
} from '../../../renderer/app/common/slots.js';

/** Every ninth line is a group's. */
const kindAt = (index: number) =>
  index < 0 || index >= 5_000 ? null : index % 9 === 0 ? 'group' : 'image';
const pace: Pace = { around: 4, fresh: 6 };
type Asked = [sight: Sight, pace: Pace, kindOf: typeof kindAt, kept?: readonly number[]];
/** As a list gives them that asks again until it has all that is in sight. */
function settled(before: readonly Slot[], ...asked: Asked): Slot[] {
  const [inSight, , kindOf] = asked;
  let slots = slotsFor(before, ...asked);
  for (let frames = 0; !isWhole(slots, inSight, kindOf); frames++) {
    if (frames > 10) throw new Error('It asks for ever.');
    slots = slotsFor(slots, ...asked);
  }
  return slots;
}

const sight = (from: number) => ({ from, to: from + 19 });
const indexes = (slots: readonly Slot[]) => inOrder(slots).map(({ index }) => index);
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);

describe('slots of lines', () => {
  it('hold the lines in sight and those around them', () => {
    const first = settled([], sight(100), pace, kindAt);
    expect(indexes(settled(first, sight(100), pace, kindAt))).toEqual(range(96, 123));
  });

  it('end with the first and the last line', () => {
    expect(indexes(settled([], sight(0), pace, kindAt))).toEqual(range(0, 23));
    expect(indexes(settled([], sight(4_980), pace, kindAt))).toEqual(range(4_976, 4_999));
    expect(settled([], sight(0), pace, () => null)).toEqual([]);
  });

  it('are used again by lines of their kind, and change no place among each other', () => {
    const before = settled([], sight(0), pace, kindAt);
    const after = settled(before, sight(10), pace, kindAt);
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

  it('get so many other lines at once, those in sight from the top, and none is made meanwhile', () => {
    const few = { ...pace, changed: 7 };
    const before = settled([], sight(100), few, () => 'image');
    const first = slotsFor(before, sight(1_000), few, () => 'image');
    expect(indexes(first).filter((index) => index >= 1_000)).toEqual(range(1_000, 1_006));
    expect(isWhole(first, sight(1_000), () => 'image')).toBe(false);
    const second = slotsFor(first, sight(1_000), few, () => 'image');
    expect(indexes(second)).toEqual(expect.arrayContaining(range(1_000, 1_013)));
    const last = settled(second, sight(1_000), few, () => 'image');
    const named = (slots: readonly Slot[]) => slots.map(({ slot }) => slot);
    for (const slots of [first, second]) expect(named(slots)).toEqual(named(before));
    expect(named(last).slice(0, before.length)).toEqual(named(before));
  });

  it('whose own lines are gone get others at once, however many', () => {
    const none = { ...pace, changed: 0 };
    const before = settled([], sight(4_980), pace, kindAt);
    const shorter = (index: number) => (index < 1_000 ? 'image' : null);
    const after = slotsFor(before, sight(980), none, shorter);
    expect(after.every(({ index }) => index < 1_000)).toBe(true);
    expect(after.length).toBeGreaterThan(15);
  });

  it('show only what is in sight after a jump, and what is around it when that is asked again', () => {
    const before = settled([], sight(0), pace, kindAt);
    const jumped = settled(before, sight(1_000), pace, kindAt);
    expect(indexes(jumped).filter((index) => index > 900)).toEqual(range(1_000, 1_019));
    const rested = settled(jumped, sight(1_000), pace, kindAt);
    expect(indexes(rested)).toEqual(expect.arrayContaining(range(996, 1_023)));
  });

  it('stay few, however far one scrolls', () => {
    let slots: Slot[] = [];
    for (let from = 0; from < 4_900; from += 7 + (from % 61))
      slots = settled(slots, sight(from), pace, kindAt);
    expect(slots.length).toBeLessThanOrEqual(28 + 12);
    expect(new Set(slots.map(({ slot }) => slot)).size).toBe(slots.length);
    expect(new Set(indexes(slots)).size).toBe(slots.length);
  });

  it('are given up where their line is gone or is one of another kind', () => {
    const before = settled([], sight(0), pace, kindAt);
    const fewer = settled(before, { from: 0, to: 2 }, pace, (index) =>
      index < 3 ? 'image' : null,
    );
    expect(indexes(fewer)).toEqual([0, 1, 2]);
    expect(fewer.every(({ kind }) => kind === 'image')).toBe(true);
  });

  it('stay with a line that is kept, wherever one scrolls', () => {
    const before = settled([], sight(0), pace, kindAt);
    const slotOf = (slots: readonly Slot[]) => slots.find(({ index }) => index === 7)?.slot;
    const after = settled(before, sight(1_000), pace, kindAt, [7]);
    expect(slotOf(after)).toBe(slotOf(before));
    expect(slotOf(settled(after, sight(3_000), pace, kindAt))).not.toBe(slotOf(before));
    const asked = settled([], sight(1_000), pace, kindAt, [7, 1_003, 9_999]);
    expect(indexes(asked)).toEqual(expect.arrayContaining([7, ...range(1_000, 1_019)]));
    expect(indexes(asked)).not.toContain(9_999);
  });

  it('are those in sight alone where nothing else is asked for', () => {
    const before = settled([], sight(100), pace, kindAt);
    const alone = settled(before, sight(100), { ...pace, around: 0, spare: 0 }, kindAt);
    expect(indexes(alone)).toEqual(range(100, 119));
  });

  it('are made anew a few at a time: what is kept, what is in sight, what is around', () => {
    const frames = [slotsFor([], sight(1_000), pace, kindAt, [7])];
    while (frames.length < 5)
      frames.push(slotsFor(frames.at(-1) ?? [], sight(1_000), pace, kindAt, [7]));
    expect(frames.map(indexes)).toEqual([
      [7, ...range(1_000, 1_004)],
      [7, ...range(1_000, 1_010)],
      [7, ...range(1_000, 1_016)],
      [7, ...range(996, 998), ...range(1_000, 1_019)],
      [7, ...range(996, 1_023)],
    ]);
    const whole = frames.map((slots) => isWhole(slots, sight(1_000), kindAt));
    expect(whole).toEqual([false, false, false, true, true]);
  });
});
