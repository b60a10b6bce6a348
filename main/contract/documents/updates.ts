import { z } from 'zod';
import { askedBy, runOutcome } from '../runs.js';
import { stepTold, updatedContainer, updateResult, version } from '../updates.js';
import { bytes, failure, isoTime } from './common.js';

export const versionDocument = version.extend({ created: isoTime.nullable() });

const state = <S extends z.infer<typeof updateResult>['state']>(value: S) =>
  z.object({ state: z.literal(value), text: z.string() });

/** What became of one container: `text` is the sentence of it whole, `why` and `error` of their part. */
const resultDocument = z.discriminatedUnion('state', [
  state('updated').extend({ proven: z.boolean() }),
  state('rolled-back').extend({ why: failure, log: z.array(z.string()) }),
  state('restored'),
  state('released').extend({ freed: bytes.nullable() }),
  state('restarted'),
  state('skipped').extend({ why: failure }),
  state('taken-over').extend({ by: z.string() }),
  state('failed').extend({ error: failure }),
]);

/**
 * What `careen update`, `rollback` and `release --json` print, and one entry of the history. Where
 * there was nothing to do, no run was made: `runId`, `engine`, `startedAt` and `endedAt` are null.
 */
export const updateRunDocument = z.object({
  runId: z.string().nullable(),
  kind: z.enum(['update', 'rollback', 'release']),
  by: askedBy,
  /** The engine's name. */
  engine: z.string().nullable(),
  startedAt: isoTime.nullable(),
  endedAt: isoTime.nullable(),
  /** Null while it is still under way. */
  outcome: runOutcome.nullable(),
  containers: z.array(
    updatedContainer.extend({
      from: versionDocument,
      to: versionDocument,
      result: resultDocument.nullable(),
      steps: z.array(stepTold.pick({ step: true, state: true, took: true, bytes: true })),
    }),
  ),
});
export type UpdateRunDocument = z.input<typeof updateRunDocument>;
