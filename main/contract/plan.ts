import { z } from 'zod';
import type { LostImages } from '../domain/plan/lost.js';
import type { Plan, Untick } from '../domain/plan/types.js';
import { bytes, engineIdentity, millis, reclaimable, recoverable } from './model.js';
import { reason } from './verdict.js';

export const itemKind = z.enum(['image', 'container', 'network', 'volume', 'buildCache']);

export const untick = z.union([
  z.object({ code: z.literal('estimate') }),
  z.object({ code: z.literal('owner'), tool: z.string(), unit: z.string().nullable() }),
  z.object({ code: z.literal('use-incomplete') }),
  z.object({ code: z.enum(['last-version', 'newest-build']), repositories: z.array(z.string()) }),
  z.object({ code: z.enum(['untagged-base', 'waits']), images: z.array(z.string()) }),
  z.object({ code: z.enum(['no-registry', 'registry-lost', 'not-confirmed']) }),
  z.object({ code: z.enum(['writable-layer', 'by-name']) }),
]) satisfies z.ZodType<Untick>;

export const lostImages = z.object({
  images: z.number().int(),
  lost: z.number().int(),
  sure: z.boolean(),
}) satisfies z.ZodType<LostImages>;

export const plan = z.object({
  planId: z.string(),
  takenAt: millis,
  engine: engineIdentity,
  items: z.array(
    z.object({
      kind: itemKind,
      id: z.string(),
      refs: z.array(z.string()),
      reclaimable,
      reason,
      recoverable,
      ticked: z.boolean(),
      untick: untick.nullable().default(null),
      group: z.enum(['unrecoverable', 'estimates']).nullable(),
      after: z.array(z.string()),
      belongsTo: z.string().nullable().default(null),
    }),
  ),
  kept: z.array(
    z.object({
      kind: z.enum(['hold', 'protect', 'grace', 'keep', 'remove', 'default']),
      images: z.number(),
    }),
  ),
  reclaimable,
  reclaimableAll: reclaimable,
  free: z.object({ wanted: bytes, shortfall: bytes }).nullable().default(null),
  named: z.array(z.string()).default([]),
}) satisfies z.ZodType<Plan>;
