import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gauge as schema } from '../../../../main/contract/gauges.js';
import { gaugeOf, isCertainEnough } from '../../../../main/domain/disk/gauge.js';
import type {
  EngineDisk,
  Marks,
  Missing,
  Space,
  VmDisk,
} from '../../../../main/domain/disk/types.js';
import { lookAtPressure, marksOf } from '../../../../main/domain/triggers/pressure.js';
import { armedLatch } from '../../../../main/domain/triggers/types.js';

const GB = 1e9;
const vm = (facts: Partial<VmDisk> = {}): VmDisk => ({
  kind: 'vm',
  file: '/vm/disk.raw',
  allocated: 40 * GB,
  limit: { bytes: 64 * GB, from: 'settings' },
  host: { of: '/vm', used: 300 * GB, available: 100 * GB },
  inside: null,
  returns: 'shortly',
  close: true,
  oddity: null,
  ...facts,
});
const host = (available: number) => ({ of: '/vm', used: 300 * GB, available });

const bytes = fc.integer({ min: 0, max: 1e13 });
const missing = fc
  .constantFrom('refused', 'silent', 'no-file')
  .map((why) => ({ why, about: '/x' }) as const);
const space = fc.record({ of: fc.constant('/x'), used: bytes, available: bytes });
const anyVm: fc.Arbitrary<VmDisk> = fc.record({
  kind: fc.constant('vm' as const),
  file: fc.constantFrom('/x', null),
  allocated: fc.option(bytes),
  limit: fc.oneof(
    bytes.map((bytes) => ({ bytes, from: 'settings' as const })),
    fc.constant('none' as const),
    missing,
  ),
  host: fc.oneof(space, missing),
  inside: fc.option(fc.record({ used: bytes, total: bytes })),
  returns: fc.constantFrom('shortly', 'restart', 'no', null),
  close: fc.boolean(),
  oddity: fc.constant(null),
});
const anyDisk: fc.Arbitrary<EngineDisk> = fc.oneof(
  anyVm,
  fc.record({ kind: fc.constant('folders' as const), spaces: fc.array(fc.oneof(space, missing)) }),
  fc.record({
    kind: fc.constant('wsl' as const),
    spaces: fc.array(fc.oneof(space, missing), { minLength: 1 }),
    drive: fc.oneof(space, missing),
  }),
  fc.record({ kind: fc.constant('unknown' as const), missing }),
);

describe('the engine’s gauge under a VM', () => {
  it('is bound by the VM’s limit', () => {
    expect(gaugeOf(vm())).toMatchObject({
      quality: 'estimated',
      used: 40 * GB,
      available: 24 * GB,
      binds: 'limit',
      bound: 'close',
      how: 'disk-file',
    });
  });

  it('is bound by the host’s disk, which is fuller', () => {
    expect(gaugeOf(vm({ host: host(5 * GB) }))).toMatchObject({ available: 5 * GB, binds: 'host' });
  });

  it('without a limit has what the host has', () => {
    const gauge = gaugeOf(vm({ limit: 'none' }));
    expect(gauge).toMatchObject({ available: 100 * GB, binds: 'host', limit: null });
  });

  it('with what is used known exactly counts the blocks that the file has already', () => {
    const inside = { used: 10 * GB, total: 60 * GB };
    expect(gaugeOf(vm({ inside, host: host(5 * GB) }))).toMatchObject({
      quality: 'measured',
      used: 10 * GB,
      available: 35 * GB,
      binds: 'host',
      bound: null,
    });
    expect(gaugeOf(vm({ inside }))).toMatchObject({ available: 50 * GB, binds: 'limit' });
  });

  it('of a file that only grows counts on none of them', () => {
    const inside = { used: 10 * GB, total: 60 * GB };
    const gauge = gaugeOf(vm({ inside, host: host(5 * GB), returns: 'no' }));
    expect(gauge.available).toBe(5 * GB);
  });
});

describe('of two file systems', () => {
  const containerd = { of: '/var/lib/containerd', used: 950 * GB, available: 50 * GB };
  const docker = { of: '/var/lib/docker', used: 10 * GB, available: 30 * GB };
  const shown = (spaces: (Space | Missing)[], marks?: Marks) => [
    gaugeOf({ kind: 'folders', spaces }, marks).of,
    gaugeOf({ kind: 'folders', spaces: [...spaces].reverse() }, marks).of,
  ];

  it('the fuller one shows, although it has more to spare', () => {
    expect(shown([containerd, docker])).toEqual([containerd.of, containerd.of]);
  });

  it('the one with less to spare shows where marks are in bytes, and of two as full', () => {
    expect(shown([containerd, docker], 'bytes')).toEqual([docker.of, docker.of]);
    const half = { of: '/half', used: 475 * GB, available: 25 * GB };
    expect(shown([containerd, half])).toEqual([half.of, half.of]);
  });

  it.each(['share', 'bytes'] as const)('one that answers shows, by %s', (marks) => {
    const silent = { why: 'silent', about: '/dead' } as const;
    const empty = { of: '/empty', used: 0, available: 0 };
    expect(shown([silent, docker], marks)).toEqual([docker.of, docker.of]);
    expect(shown([silent, empty], marks)).toEqual([empty.of, empty.of]);
  });

  it.each([
    ['share', { high: 85, low: 75, cooldown: 0 }],
    ['bytes', { free: 40 * GB, to: 60 * GB, cooldown: 0 }],
  ] as const)(
    'a rule by %s that any of them breaks is broken by the one that shows',
    (by, rule) => {
      expect(marksOf(rule)).toBe(by);
      const over = (disk: Parameters<typeof lookAtPressure>[1]) =>
        lookAtPressure(armedLatch, disk, rule, 0).free !== null;
      fc.assert(
        fc.property(fc.array(space, { minLength: 1 }), (spaces) => {
          const { used, available } = gaugeOf({ kind: 'folders', spaces }, by);
          expect(over({ used: used ?? NaN, available: available ?? NaN })).toBe(spaces.some(over));
        }),
      );
    },
  );
});

describe('any gauge', () => {
  it('is what the contract says, and has no figure without a quality', () => {
    fc.assert(
      fc.property(anyDisk, (disk) => {
        const gauge = gaugeOf(disk);
        expect(schema.parse(gauge)).toEqual(gauge);
        for (const figure of ['used', 'available'] as const)
          expect(gauge.qualityOf[figure] === 'unknown').toBe(gauge[figure] === null);
        expect(gauge.quality === 'unknown').toBe(gauge.used === null || gauge.available === null);
        expect(gauge.missing !== null).toBe(gauge.quality === 'unknown');
      }),
    );
  });

  it('of a VM promises no more than either the limit or the host leaves', () => {
    fc.assert(
      fc.property(anyVm, bytes, (disk, less) => {
        const { available } = gaugeOf(disk);
        if (available === null || !('available' in disk.host)) return;
        const limit = disk.limit !== 'none' && 'bytes' in disk.limit ? disk.limit.bytes : Infinity;
        const used = disk.inside?.used ?? disk.allocated ?? 0;
        expect(available).toBeLessThanOrEqual(Math.max(0, limit - used));
        const fuller = { ...disk.host, available: Math.max(0, disk.host.available - less) };
        expect(gaugeOf({ ...disk, host: fuller }).available).toBeLessThanOrEqual(available);
      }),
    );
  });
});

describe('deleting by itself', () => {
  const cases: [string, EngineDisk, boolean][] = [
    ['a file system', { kind: 'folders', spaces: [host(GB)] }, true],
    ['a file that follows what is used', vm(), true],
    ['a file that keeps what was freed', vm({ close: false }), false],
    ['a file, the engine having told', vm({ close: false, inside: { used: 1, total: 2 } }), true],
    ['an unknown limit', vm({ limit: { why: 'no-limit', about: null } }), false],
    ['nothing', { kind: 'unknown', missing: { why: 'silent', about: null } }, false],
  ];
  it.each(cases)('may follow from %s: %#', (_what, disk, may) => {
    expect(isCertainEnough(gaugeOf(disk))).toBe(may);
  });
});
