import { z } from 'zod';
import { bytes, imageId, isoTime, reasonDocument, reasonKind, reclaimable } from './common.js';
import { imageFactsDocument } from './inventory.js';
import { planDocument } from './plan.js';

/** One image with its verdict (DESIGN §5). */
const judgedDocument = z.object({
  id: imageId,
  refs: z.array(z.string()),
  size: bytes,
  /** What removing this image alone would free. */
  reclaimable,
  verdict: z.enum(['remove', 'keep']),
  decidedBy: reasonDocument,
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
  changesWhen: z.array(
    z.union([
      z.object({ at: isoTime }),
      z.object({ on: z.enum(['newerVersion', 'containerGone', 'ruleChange', 'fact']) }),
    ]),
  ),
  facts: imageFactsDocument,
});
export type JudgedDocument = z.input<typeof judgedDocument>;

/** What `careen judge --json` prints. */
export const judgeDocument = z.object({ judged: z.array(judgedDocument), plan: planDocument });
