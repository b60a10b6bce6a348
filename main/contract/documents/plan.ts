import { z } from 'zod';
import { itemKind } from '../plan.js';
import {
  bytes,
  engineIdentity,
  isoTime,
  itemGroup,
  reasonDocument,
  reasonKind,
  reclaimable,
  recoverableDocument,
  untickDocument,
} from './common.js';

/** One thing that a plan would remove. */
const planItemDocument = z.object({
  kind: itemKind,
  id: z.string(),
  refs: z.array(z.string()),
  /** What this item frees once those before it are gone. */
  reclaimable,
  reason: reasonDocument,
  recoverable: recoverableDocument,
  ticked: z.boolean(),
  untick: untickDocument,
  group: itemGroup.nullable(),
  /** Items that go before this one, since they are built on it. */
  after: z.array(z.string()),
  /** The project or tool that a person should know of before it goes. */
  belongsTo: z.string().nullable(),
});

/** What `careen plan --json` prints. */
export const planDocument = z.object({
  planId: z.string(),
  takenAt: isoTime,
  engine: engineIdentity,
  /** In the order of running. */
  items: z.array(planItemDocument),
  /** How many images each kind of reason keeps. */
  kept: z.array(z.object({ kind: reasonKind, images: z.number().int(), text: z.string() })),
  /** What the ticked items free together. */
  reclaimable,
  /** What all items free together. */
  reclaimableAll: reclaimable,
  /** With `--free`: what was wanted, and what is missing of it. */
  free: z.object({ wanted: bytes, shortfall: bytes }).nullable(),
});
export type PlanDocument = z.input<typeof planDocument>;
