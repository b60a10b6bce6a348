import { z } from 'zod';
import {
  bytes,
  imageId,
  isoTime,
  reasonDocument,
  reasonKind,
  reclaimable,
  untickDocument,
} from './common.js';
import { judgedOther } from '../verdict.js';
import { imageFactsDocument } from './inventory.js';
import { planDocument } from './plan.js';

const changesWhen = z.array(
  z.union([
    z.object({ at: isoTime }),
    z.object({ on: z.enum(['newerVersion', 'containerGone', 'ruleChange', 'fact']) }),
  ]),
);

/** One image with its verdict (DESIGN §5). */
const judgedDocument = z.object({
  id: imageId,
  refs: z.array(z.string()),
  size: bytes,
  /** What removing this image alone would free. */
  reclaimable,
  verdict: z.enum(['remove', 'keep']),
  decidedBy: reasonDocument,
  untick: untickDocument,
  /** Each name with what decided it; `type` is the kind of name. */
  references: z.array(
    z.object({
      ref: z.string(),
      type: z.enum(['tag', 'digest', 'untagged']),
      kind: reasonKind,
      rule: z.string().nullable(),
      text: z.string(),
    }),
  ),
  alsoMatched: z.array(reasonDocument),
  /** True where the decision rests on an estimated fact. */
  estimate: z.boolean(),
  baseOf: z.array(z.string()),
  changesWhen,
  facts: imageFactsDocument,
});
export type JudgedDocument = z.input<typeof judgedDocument>;

/** One container, network or volume, or the build cache, with its verdict. */
const judgedOtherDocument = z.object({
  kind: judgedOther.shape.kind,
  id: z.string(),
  name: z.string(),
  reclaimable,
  verdict: z.enum(['remove', 'keep']),
  /** Whether it may be named all the same, with `--also`: volumes that no container mounts. */
  nameable: z.boolean(),
  decidedBy: reasonDocument,
  untick: untickDocument,
  lastUsed: z.object({ at: isoTime, by: z.string() }).nullable(),
  project: z.string().nullable(),
  changesWhen,
});
export type JudgedOtherDocument = z.input<typeof judgedOtherDocument>;

/** What `careen judge --json` prints. */
export const judgeDocument = z.object({
  judged: z.array(judgedDocument),
  others: z.array(judgedOtherDocument),
  plan: planDocument,
});
