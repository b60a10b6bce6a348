import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CareenError } from '../../domain/errors.js';
import { cleaned } from './failures.js';
import { contentTypeOf } from './headers.js';
import type { Answer } from './transport.js';

/** What a registry says of a failure of its own (OCI distribution spec, error codes). */
const failure = z.looseObject({
  errors: z.array(z.looseObject({ code: z.string(), message: z.string().nullish() })),
});

/** An answer that is neither yes nor no, as a failure. */
export function errorOf({ status, body }: Answer, registry: string): CareenError {
  const { data } = failure.safeParse(jsonOf(body));
  const said = data?.errors[0];
  const message = said ? cleaned([said.code, said.message ?? ''].join(' ').trim()) : '';
  return new CareenError('registry-error', { registry, status, message });
}

/** Reads a text as JSON; null for what is none, and for what is none in UTF-8. */
export function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

/**
 * Reads a body of a form.
 *
 * @throws CareenError `registry-unsupported` for a page of the web, else `registry-invalid`
 */
export function read<T>(schema: z.ZodType<T>, { headers, body }: Answer, registry: string): T {
  const parsed = schema.safeParse(jsonOf(body));
  if (parsed.success) return parsed.data;
  const type = contentTypeOf(headers);
  if (type === 'text/html')
    throw new CareenError('registry-unsupported', { registry, found: type });
  throw new CareenError('registry-invalid', { registry, why: 'unreadable' });
}

const digest = /^(sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;

/** Whether a text is a digest of a kind that is computed here. */
export function isDigest(text: string): boolean {
  return digest.test(text);
}

/** The digest of a body, of the same kind as another one. */
export function digestLike(other: string, body: Buffer): string {
  const kind = other.slice(0, other.indexOf(':'));
  return `${kind}:${createHash(kind).update(body).digest('hex')}`;
}
