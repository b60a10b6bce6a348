import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paceAfter, type Signs, widthOf } from '../../../main/services/cleaner/pace.js';

const calm: Signs = { pause: 250, base: 10, latest: 12, onBattery: false };

describe('the pause between two items', () => {
  it("is the policy's while the engine answers as before", () => {
    expect(paceAfter(1, calm)).toEqual({ stretch: 1, wait: 250, slowed: null });
  });

  it('doubles while the engine answers slowly, up to a bound, and comes down again', () => {
    const busy = { ...calm, latest: 31 };
    let pace = paceAfter(1, busy);
    expect(pace).toEqual({ stretch: 2, wait: 500, slowed: 'engine-busy' });
    const waits = [pace.wait];
    for (let n = 0; n < 6; n++) {
      pace = paceAfter(pace.stretch, busy);
      waits.push(pace.wait);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 4000, 4000, 4000]);
    for (let n = 0; n < 4; n++) pace = paceAfter(pace.stretch, calm);
    expect(pace).toEqual({ stretch: 1, wait: 250, slowed: null });
  });

  it('takes no answer of a few milliseconds for a slow one', () => {
    expect(paceAfter(1, { ...calm, base: 0, latest: 15 }).slowed).toBeNull();
    expect(paceAfter(1, { ...calm, base: 0, latest: 16 }).slowed).toBe('engine-busy');
  });

  it('is longer on battery, and says so unless the engine is the reason', () => {
    expect(paceAfter(1, { ...calm, onBattery: true })).toMatchObject({
      wait: 1000,
      slowed: 'battery',
    });
    expect(paceAfter(1, { ...calm, onBattery: true, latest: 99 }).slowed).toBe('engine-busy');
    expect(paceAfter(1, { ...calm, onBattery: null })).toMatchObject({ wait: 250, slowed: null });
  });

  it('is never one where the policy wants none, and never shorter than the policy says', () => {
    const ms = fc.integer({ min: 0, max: 60_000 });
    fc.assert(
      fc.property(
        fc.constantFrom(1, 2, 4, 8, 16),
        fc.record({
          pause: ms,
          base: ms,
          latest: ms,
          onBattery: fc.constantFrom(true, false, null),
        }),
        (stretch, signs) => {
          const { wait } = paceAfter(stretch, signs);
          if (signs.pause === 0) expect(wait).toBe(0);
          expect(wait).toBeGreaterThanOrEqual(signs.pause);
          expect(wait).toBeLessThanOrEqual(Math.max(10_000, signs.pause));
        },
      ),
    );
  });
});

describe('how many items go at once', () => {
  it.each([
    [0, '26.1.5+dfsg1', 4],
    [0, '28.5.2', 4],
    [0, '20.10.24', 1],
    [0, '4.3.1', 1],
    [0, 'dev', 1],
    [1, '26.1.5', 1],
  ])('pause %d on %s: %d', (pause, version, width) => {
    expect(widthOf(pause, version)).toBe(width);
  });
});
