import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gaugeOfSpace, noEngine, unknownGauge } from '../../../../main/domain/disk/gauge.js';
import type { Gauge } from '../../../../main/domain/disk/types.js';
import { absentParts } from '../../../../main/domain/policy/parts.js';
import { lookAtHost } from '../../../../main/domain/triggers/host.js';
import { armedLatch, type Latch } from '../../../../main/domain/triggers/types.js';

const hour = 3_600_000;
const disk = (percent: number) =>
  gaugeOfSpace({ of: '/', used: percent * 1e9, available: (100 - percent) * 1e9 });
const rules = (hostNotice: number | null, pressure = false) => ({
  mode: 'confirm' as const,
  triggers: {
    ...absentParts.triggers,
    hostNotice,
    pressure: pressure ? { high: 85, low: 75, cooldown: hour } : null,
  },
});
const disks = (percent: number, same = false) => ({
  engine: disk(10),
  host: disk(percent),
  same,
});

describe('the host’s disk', () => {
  it('is told once over its mark, not again until it was 5 % below, nor within 6 hours', () => {
    const seen: [at: number, percent: number][] = [
      [0, 89],
      [1, 90],
      [2, 95],
      [3, 86],
      [9, 91],
      [10, 84],
      [11, 90],
      [12, 84],
      [13, 92],
      [17, 92],
    ];
    let latch: Latch = armedLatch;
    const told = seen.flatMap(([at, percent]) => {
      const look = lookAtHost(latch, disks(percent), rules(90), at * hour);
      latch = look?.latch ?? latch;
      return look?.free === null ? [] : [at];
    });
    expect(told).toEqual([1, 11, 17]);
  });

  it('is not looked at without a mark, a figure, an engine, or where pressure speaks of the same disk', () => {
    expect(lookAtHost(armedLatch, disks(99), rules(null), 0)).toBeNull();
    const { host } = disks(99);
    const unknown = unknownGauge({ why: 'silent', about: '/' });
    const look = (engine: Gauge, of: Gauge) =>
      lookAtHost(armedLatch, { engine, host: of, same: false }, rules(90), 0);
    expect(look(disk(10), unknown)).toBeNull();
    expect(look(noEngine, host)).toBeNull();
    expect(look(unknown, host)?.free).not.toBeNull();
    expect(lookAtHost(armedLatch, disks(99, true), rules(90, true), 0)).toBeNull();
    expect(lookAtHost(armedLatch, disks(99, true), rules(90), 0)?.free).not.toBeNull();
    const suggesting = { ...rules(90, true), mode: 'suggest' as const };
    expect(lookAtHost(armedLatch, disks(99, true), suggesting, 0)?.free).not.toBeNull();
  });

  it('is never told below its mark', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 0, max: 99 }),
        (mark, percent) => {
          const look = lookAtHost(armedLatch, disks(percent), rules(mark), 0);
          expect(look?.free !== null).toBe(percent >= mark);
        },
      ),
    );
  });
});
