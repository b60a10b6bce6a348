import { unsafe } from '../../domain/unsafe-text.js';
import { CareenError } from '../../domain/errors.js';

/** Codes of a certificate that does not hold, and of a handshake that failed. */
const untrusted =
  /^(CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|ERR_TLS_|ERR_SSL_|EPROTO$|HOSTNAME_MISMATCH|INVALID_|PATH_LENGTH_)/;

/** Codes of a handshake with something that speaks no TLS. */
const plain = /^(EPROTO$|ERR_SSL_WRONG_VERSION_NUMBER$|ERR_SSL_PACKET_LENGTH_TOO_LONG$)/;

const late = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'ETIMEDOUT']);

/**
 * What went wrong on the way to a registry as a typed failure. Only the code is taken of what was
 * thrown, nor is it the cause: a message may hold a proxy's password.
 *
 * @param deadline milliseconds that the registry had
 */
export function wayFailure(e: unknown, registry: string, deadline: number): CareenError {
  if (e instanceof CareenError) return e as CareenError;
  const code = codeOf(e);
  if (late.has(code) || isTimeout(e))
    return new CareenError('registry-silent', { registry, seconds: Math.round(deadline / 1000) });
  if (untrusted.test(code)) return new CareenError('registry-tls', { registry, why: code });
  return new CareenError('registry-unreachable', { registry, why: code });
}

/** Whether there may be a registry without TLS: nobody listens here, or what does speaks no TLS. */
export function speaksNoTls(e: unknown): boolean {
  const code = codeOf(e);
  return plain.test(code) || code === 'ECONNREFUSED' || code === 'ECONNRESET';
}

/** Whether a deadline of ours ran out. */
export const isTimeout = (e: unknown) => e instanceof Error && e.name === 'TimeoutError';

function codeOf(e: unknown): string {
  const { code, cause, name } = Object(e) as { code?: unknown; cause?: unknown; name?: unknown };
  if (code === 'UND_ERR_SOCKET' && cause) return codeOf(cause);
  // What undici says of a proxy that refuses to lead on.
  if (code === 'UND_ERR_ABORTED') return 'proxy';
  if (typeof code === 'string') return cleaned(code);
  return typeof name === 'string' ? cleaned(name) : 'unknown';
}

/** A foreign text made safe to be shown: no control or bidi characters, and not without end. */
export function cleaned(text: string): string {
  return text.slice(0, 200).replace(unsafe, '\ufffd');
}
