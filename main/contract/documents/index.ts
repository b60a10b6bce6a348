import { z } from 'zod';
import { protectResult } from '../image-commands.js';
import { policyLint } from '../policy.js';
import { cleanDocument, historyDocument, undoDocument } from './clean.js';
import { failure } from './common.js';
import { enginesDocument } from './engines.js';
import { inventoryDocument } from './inventory.js';
import { judgeDocument } from './judged.js';
import { planDocument } from './plan.js';
import { spaceDocument } from './space.js';
import { suggestDocument, suggestionOpenedDocument } from './suggest.js';
import { statusDocument } from './status.js';
import {
  checkDocument,
  moveOverDocument,
  previewDocument,
  updateDocument,
  updateRowDocument,
  updateRunDocument,
} from './updates.js';

/** What every command prints instead of its own document when it fails. */
export const errorDocument = z.object({ error: failure });
export type ErrorDocument = z.input<typeof errorDocument>;

/** What `careen policy check --json` prints of a policy that is valid. */
export const policyCheckDocument = z.object({
  file: z.string(),
  valid: z.literal(true),
  /** Keys that the file leaves out, with what stands in, as the file would write it. */
  stoodIn: z.array(z.object({ key: z.string(), value: z.string() })),
  /** What the file says that is no error and hardly meant. */
  lints: z.array(policyLint.extend({ text: z.string() })),
});

/** What `careen policy init --json` prints. */
export const policyInitDocument = z.object({ file: z.string() });

/** The one document that each command puts on stdout with `--json` (docs/cli.md). */
export const documents = {
  status: statusDocument,
  inventory: inventoryDocument,
  judge: judgeDocument,
  plan: planDocument,
  clean: cleanDocument,
  protect: protectResult,
  unprotect: protectResult,
  history: historyDocument,
  undo: undoDocument,
  check: checkDocument,
  preview: previewDocument,
  update: updateDocument,
  rollback: updateRunDocument,
  release: updateRunDocument,
  snooze: updateRowDocument,
  skip: updateRowDocument,
  mode: updateRowDocument,
  'move-over': moveOverDocument,
  suggest: suggestDocument,
  suggestion: suggestionOpenedDocument,
  space: spaceDocument,
  engines: enginesDocument,
  'policy check': policyCheckDocument,
  'policy init': policyInitDocument,
  error: errorDocument,
} as const;

export type DocumentName = keyof typeof documents;
