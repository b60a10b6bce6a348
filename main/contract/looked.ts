import { z } from 'zod';

/** A place where an engine was looked for, and what was found there. */
export const lookedAt = z.object({
  name: z.string(),
  kind: z.enum(['variable', 'context', 'socket', 'practice', 'chosen']),
  endpoint: z.string(),
  outcome: z.enum([
    'answers',
    'not-set',
    'no-socket',
    'refused',
    'no-permission',
    'silent',
    'not-an-engine',
    'remote',
    'missing',
  ]),
});
