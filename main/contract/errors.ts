import { z } from 'zod';
import type { ErrorCode, ErrorDetails } from '../domain/errors.js';
import { lookedAt } from './slices.js';

const policyProblem = z.object({
  line: z.number().int().positive(),
  column: z.number().int().positive(),
  code: z.enum([
    'syntax',
    'unknown-key',
    'wrong-type',
    'bad-value',
    'missing',
    'not-yet',
    'duplicate-key',
    'too-large',
    'too-many-aliases',
  ]),
  path: z.string(),
  found: z.string(),
  expected: z.string(),
  suggestion: z.string().nullable(),
});

const text = z.string();
const endpoint = z.object({ endpoint: text });
const none = z.object({});

/** The values of each failure, so that one read from a socket or a log is whole before its sentence is made. */
export const errorDetails = {
  'engine-not-found': z.object({ looked: z.array(lookedAt) }),
  'engine-permission': endpoint,
  'engine-silent': z.object({ endpoint: text, seconds: z.number() }),
  'engine-refused': endpoint,
  'engine-lost': endpoint,
  'engine-unsupported': z.object({ endpoint: text, found: text }),
  'engine-error': z.object({ status: z.number(), message: text }),
  'engine-changed': endpoint,
  'engine-other': z.object({ wanted: text, current: text }),
  'context-missing': z.object({ name: text }),
  'context-unreadable': z.object({ file: text }),
  'endpoint-remote': endpoint,
  'endpoint-invalid': endpoint,
  'image-in-use': z.object({ id: text, message: text }),
  'image-gone': z.object({ id: text }),
  'image-unknown': z.object({ reference: text }),
  'protected-by-rule': z.object({ id: text, file: text }),
  'reference-invalid': z.object({ text, problem: text }),
  'registry-unreachable': z.object({ registry: text, why: text }),
  'registry-silent': z.object({ registry: text, seconds: z.number() }),
  'registry-tls': z.object({ registry: text, why: text }),
  'registry-auth': z.object({
    registry: text,
    repository: text,
    why: z.enum(['not-signed-in', 'refused', 'unsafe']),
  }),
  'registry-limited': z.object({ registry: text, retryAfter: z.number().nullable() }),
  'registry-error': z.object({ registry: text, status: z.number(), message: text }),
  'registry-unsupported': z.object({ registry: text, found: text }),
  'helper-missing': z.object({ helper: text, looked: z.array(text) }),
  'helper-failed': z.object({
    helper: text,
    why: z.enum(['silent', 'failed', 'unreadable', 'bad-name']),
  }),
  'credentials-unreadable': z.object({ file: text, why: text }),
  'policy-invalid': z.object({ file: text, problems: z.array(policyProblem) }),
  'policy-exists': z.object({ file: text }),
  'policy-unreadable': z.object({ file: text, why: text }),
  'file-missing': z.object({ file: text }),
  'file-invalid': z.object({ file: text, where: text, expected: text }),
  'plan-unknown': z.object({ planId: text }),
  'plan-expired': z.object({ planId: text }),
  'plan-other-engine': z.object({ planId: text }),
  'run-cancelled': none,
  'run-under-way': none,
  'update-unwell': z.object({ containers: z.array(text) }),
  'run-unknown': z.object({ runId: text }),
  'pull-failed': z.object({ reference: text, message: text }),
  'pulled-other': z.object({ reference: text }),
  'home-foreign': z.object({ home: text }),
  'home-unwritable': z.object({ home: text, why: text }),
  'home-lost': z.object({ home: text }),
  'owner-ended': z.object({ home: text }),
  'log-unwritable': z.object({ file: text }),
  'log-cut-off': z.object({
    file: text,
    removed: z.array(z.object({ id: text, refs: z.array(text) })),
  }),
  'log-damaged': z.object({ file: text, lines: z.number(), bytes: z.number() }),
  'not-confirmed': z.object({ act: text }),
  'input-invalid': z.object({ what: text, found: text, expected: text }),
  'owner-other-version': z.object({ found: text, own: text }),
  internal: z.object({ message: text }),
} satisfies { [C in ErrorCode]: z.ZodType<ErrorDetails[C]> };
