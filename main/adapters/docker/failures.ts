import type { z } from 'zod';
import { CareenError } from '../../domain/errors.js';
import { repositoryOfName, splitReference } from '../../domain/reference.js';
import { clean } from './text.js';

/** Whether an engine has answered at this endpoint before: what is refused then was lost. */
export type Phase = 'connecting' | 'connected';

const gone = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ECONNRESET',
  'EPIPE',
  'ERR_STREAM_PREMATURE_CLOSE',
  'ENOTDIR',
  'ABORT_ERR',
]);

/**
 * What went wrong between here and the engine, as a typed failure: the engine's own refusals are
 * `engine-error` with their status, all else says how it could not be reached (HOSTS, faults).
 */
export function engineFailure(e: unknown, endpoint: string, phase: Phase): CareenError {
  if (e instanceof CareenError) return e as CareenError;
  const { statusCode, json, code, message } = Object(e) as {
    statusCode?: number;
    json?: unknown;
    code?: string;
    message?: string;
  };
  if (typeof statusCode === 'number') {
    const told = said(json) ?? message?.replace(/^\(HTTP code \d+\) .*? - /, '') ?? '';
    return new CareenError(
      'engine-error',
      { status: statusCode, message: clean(told.trim()) },
      { cause: e },
    );
  }
  if (code === 'EACCES' || code === 'EPERM')
    return new CareenError('engine-permission', { endpoint }, { cause: e });
  if (code !== undefined && gone.has(code))
    return new CareenError(
      phase === 'connected' ? 'engine-lost' : 'engine-refused',
      { endpoint },
      { cause: e },
    );
  return new CareenError(
    'engine-unsupported',
    { endpoint, found: clean(message ?? String(e)) },
    { cause: e },
  );
}

function said(json: unknown): string | null {
  const { message } = Object(json) as { message?: unknown };
  return typeof message === 'string' ? message : null;
}

/**
 * An answer parsed loosely: unknown fields are fine, a missing essential one is not.
 *
 * @throws CareenError `engine-unsupported` with the call and the place in its answer
 */
export function parseAnswer<S extends z.ZodType>(
  schema: S,
  answer: unknown,
  endpoint: string,
  call: string,
): z.output<S> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const found = clean(`${call}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
  throw new CareenError('engine-unsupported', { endpoint, found }, { cause: parsed.error });
}

/** By way of the engine nothing came from a reference's registry for so many milliseconds. */
export function registrySilence(reference: string, ms: number): CareenError<'registry-silent'> {
  const [registry = ''] = repositoryOfName(splitReference(reference).name).split('/');
  return new CareenError('registry-silent', { registry, seconds: ms / 1000 });
}
