import { z } from 'zod';
import type { Gauge } from '../domain/disk/types.js';
import { bytes, millis } from './model.js';

const quality = z.enum(['measured', 'estimated', 'unknown']);

/** How full a disk is, and how that is known (`domain/disk/types.ts` says what each field means). */
export const gauge = z.object({
  quality,
  used: bytes.nullable(),
  available: bytes.nullable(),
  qualityOf: z.object({ used: quality, available: quality }),
  of: z.string().nullable(),
  how: z.enum(['file-system', 'disk-file', 'engine']).nullable(),
  bound: z.enum(['close', 'loose']).nullable(),
  allocated: bytes.nullable(),
  limit: z.object({ bytes, from: z.enum(['settings', 'file', 'engine', 'assumed']) }).nullable(),
  binds: z.enum(['limit', 'host']).nullable(),
  returns: z.enum(['shortly', 'restart', 'no']).nullable(),
  missing: z
    .object({
      why: z.enum([
        'no-engine',
        'some-vm',
        'outside-wsl',
        'not-agreed',
        'refused',
        'no-file',
        'no-volume',
        'silent',
        'unreadable',
        'damaged',
        'elsewhere',
        'ambiguous',
        'no-limit',
      ]),
      about: z.string().nullable(),
    })
    .nullable(),
  oddity: z.object({ kind: z.enum(['bytes-as-mib']), file: z.string() }).nullable(),
}) satisfies z.ZodType<Gauge>;

/** When a disk is full at the pace that it fills, with nothing cleaned up meanwhile. */
export const forecast = z.object({ fullAt: millis, earliest: millis, latest: millis });

/** Both disks as they were read. */
const disks = z.object({
  engine: gauge,
  host: gauge,
  /** True where both are one file system (Linux without a VM). */
  same: z.boolean(),
  at: millis.nullable(),
});
export type DisksRead = z.infer<typeof disks>;

export const gaugesSlice = disks.extend({
  /** Of the engine's disk; null where samples do not tell. */
  forecast: forecast.nullable().default(null),
});
export type GaugesSlice = z.infer<typeof gaugesSlice>;
