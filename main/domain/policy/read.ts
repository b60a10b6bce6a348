import { CareenError } from '../errors.js';
import { parsePolicy } from './parse.js';
import type { Policy } from './types.js';

/** Parses a policy text or fails with `policy-invalid`, naming the file. */
export function readPolicy(file: string, text: string): Policy {
  const read = parsePolicy(text);
  if ('policy' in read) return read.policy;
  throw new CareenError('policy-invalid', { file, problems: read.problems });
}
