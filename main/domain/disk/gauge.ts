import type { Bytes } from '../policy/types.js';
import type { EngineDisk, Gauge, Limit, Marks, Missing, Quality, Space, VmDisk } from './types.js';

/** A gauge of which nothing is known. */
export function unknownGauge(missing: Missing): Gauge {
  return {
    quality: 'unknown',
    used: null,
    available: null,
    qualityOf: { used: 'unknown', available: 'unknown' },
    of: missing.about,
    how: null,
    bound: null,
    allocated: null,
    limit: null,
    binds: null,
    returns: null,
    missing,
    oddity: null,
  };
}

/** The gauge before any engine was met. */
export const noEngine = unknownGauge({ why: 'no-engine', about: null });

/** The gauge of one file system. */
export function gaugeOfSpace(space: Space | Missing): Gauge {
  if (isMissing(space)) return unknownGauge(space);
  const { of, used, available } = space;
  return {
    ...unknownGauge({ why: 'no-engine', about: of }),
    ...figures({ used, available }, { used: 'measured', available: 'measured' }),
    how: 'file-system',
    missing: null,
  };
}

/**
 * The gauge of what holds an engine's images (HOSTS §2, Arithmetic).
 *
 * @param marks what the rule on a full disk goes by: of several file systems the one shows that it
 *   speaks of first
 */
export function gaugeOf(disk: EngineDisk, marks: Marks = 'share'): Gauge {
  if (disk.kind === 'unknown') return unknownGauge(disk.missing);
  if (disk.kind === 'vm') return gaugeOfVm(disk);
  const own = tightest(disk.spaces.map(gaugeOfSpace), marks);
  return disk.kind === 'wsl' ? onDrive(own, disk.drive) : own;
}

/** The host's own part of it: the file system that the engine's disk takes its room from. */
export function hostSpaceOf(disk: EngineDisk): Space | Missing | null {
  if (disk.kind === 'vm') return disk.host;
  return disk.kind === 'wsl' ? disk.drive : null;
}

/**
 * On a fresh engine images and containers may lie on two disks: the one warns that is nearer to the
 * mark. By share that is the fuller one, and of two as full the one with less to spare; by bytes the
 * one with less to spare, however large it is. One that is not known is nearer than none.
 */
function tightest(gauges: Gauge[], marks: Marks): Gauge {
  const used = (gauge: Gauge) => (marks === 'share' ? usedPart(gauge) : 0);
  const spare = ({ available }: Gauge) => available ?? Infinity;
  const [first = noEngine] = [...gauges].sort((a, b) => used(b) - used(a) || spare(a) - spare(b));
  return first;
}

/** The part of a disk that is used, from 0 to 1; less than any where it is not known. */
function usedPart({ used, available }: Gauge): number {
  if (used === null || available === null) return -1;
  return used + available === 0 ? 0 : used / (used + available);
}

/**
 * A distribution's file system tells of a terabyte whatever the drive below it has; which drive
 * that is cannot be seen from inside, so what is available is an estimate.
 */
function onDrive(own: Gauge, drive: Space | Missing): Gauge {
  if (own.used === null || own.available === null) return own;
  const gauge = { ...own, returns: 'no' } as const;
  if (isMissing(drive))
    return {
      ...gauge,
      ...figures({ used: own.used, available: null }, { used: 'measured', available: 'unknown' }),
      missing: drive,
    };
  const available = Math.min(own.available, drive.available);
  return {
    ...gauge,
    ...figures({ used: own.used, available }, { used: 'measured', available: 'estimated' }),
    binds: own.available <= drive.available ? 'limit' : 'host',
  };
}

function gaugeOfVm(disk: VmDisk): Gauge {
  const { file, allocated, inside, limit } = disk;
  const used = inside?.used ?? allocated;
  const set = limit === 'none' || isMissing(limit) ? null : limit;
  const room = roomInside(limit, inside?.total ?? null, used);
  const below = roomBelow(disk);
  const available = room === null || below === null ? null : Math.min(room, below);
  const known: Quality = inside ? 'measured' : 'estimated';
  return {
    ...figures(
      { used, available },
      {
        used: used === null ? 'unknown' : known,
        available: available === null ? 'unknown' : known,
      },
    ),
    of: file,
    how: inside ? 'engine' : 'disk-file',
    bound: inside ? null : disk.close ? 'close' : 'loose',
    allocated,
    limit: set ?? (inside && limit !== 'none' ? { bytes: inside.total, from: 'engine' } : null),
    binds: available === null ? null : available === room ? 'limit' : 'host',
    returns: disk.returns,
    missing: available === null ? whatIsMissing(disk) : null,
    oddity: disk.oddity,
  };
}

/** Bytes that the VM's own limit leaves; null where that is not known. */
function roomInside(
  limit: Limit | 'none' | Missing,
  total: Bytes | null,
  used: Bytes | null,
): Bytes | null {
  if (used === null) return null;
  if (limit === 'none') return total === null ? Infinity : Math.max(0, total - used);
  const bounds = [...(isMissing(limit) ? [] : [limit.bytes]), ...(total === null ? [] : [total])];
  return bounds.length === 0 ? null : Math.max(0, Math.min(...bounds) - used);
}

/**
 * Bytes that the host leaves. With `used` known exactly, blocks that the file already has count too;
 * but for a file that only ever grows: nothing says that it takes its free blocks first.
 */
function roomBelow({ host, inside, allocated, returns }: VmDisk): Bytes | null {
  if (isMissing(host)) return null;
  if (inside === null || allocated === null || returns === 'no') return host.available;
  return Math.max(0, allocated - inside.used) + host.available;
}

function whatIsMissing({ host, limit }: VmDisk): Missing {
  if (isMissing(host)) return host;
  return limit !== 'none' && isMissing(limit) ? limit : { why: 'no-limit', about: null };
}

function figures(
  { used, available }: { used: Bytes | null; available: Bytes | null },
  of: { used: Quality; available: Quality },
) {
  const both = [of.used, of.available];
  const quality: Quality = both.includes('unknown')
    ? 'unknown'
    : both.includes('estimated')
      ? 'estimated'
      : 'measured';
  return { quality, used, available, qualityOf: of };
}

/** Whether something could not be had, and why. */
export function isMissing(value: object): value is Missing {
  return 'why' in value;
}

/** Whether what was freed a moment ago may still count as used: a VM's file follows later, if ever. */
export function isLate({ bound }: Gauge): boolean {
  return bound !== null;
}

/**
 * Whether Careen may delete by itself on the strength of this gauge. Under a VM `used` is an upper
 * bound: the disk is at most as full as it says, so a reading above the mark may be a false alarm.
 * Where the file follows closely what is used, the alarm is true within seconds and freeing is seen at
 * once. Elsewhere the file keeps what was freed long ago: it would delete again and again what was
 * never in the way, so a person is asked.
 */
export function isCertainEnough({ used, available, qualityOf, bound }: Gauge): boolean {
  if (used === null || available === null) return false;
  return bound === 'close' || qualityOf.used === 'measured';
}
