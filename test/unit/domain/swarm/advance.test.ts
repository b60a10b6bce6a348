import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Advance, furthest } from '../../../../main/domain/swarm/advance.js';

describe('how far tasks have come', () => {
  const begun = furthest(null, { running: 0, others: 3 }, 5);

  it('is where they are at the first look', () => {
    expect(begun).toEqual({ running: 0, others: 3, at: 5 });
  });

  it('moves with each that runs, and each of another image that is gone', () => {
    const gone = furthest(begun, { running: 0, others: 2 }, 10);
    expect(gone).toEqual({ running: 0, others: 2, at: 10 });
    expect(furthest(gone, { running: 1, others: 2 }, 20)).toEqual({
      running: 1,
      others: 2,
      at: 20,
    });
  });

  it('does not move with what stands still, falls back, or comes again', () => {
    const one = furthest(begun, { running: 1, others: 2 }, 10);
    for (const standing of [
      { running: 1, others: 2 },
      { running: 0, others: 3 },
    ])
      expect(furthest(one, standing, 20)).toBe(one);
  });

  it('moves at most once for each task, however they come and go', () => {
    const counts = fc.record({ running: fc.nat(5), others: fc.nat(5) });
    fc.assert(
      fc.property(fc.array(counts, { minLength: 1 }), (looks) => {
        const moves = new Set<number>();
        let now: Advance | null = null;
        for (const [at, look] of looks.entries()) {
          now = furthest(now, look, at);
          moves.add(now.at);
        }
        expect(moves.size).toBeLessThanOrEqual(1 + 5 + 5);
      }),
    );
  });
});
