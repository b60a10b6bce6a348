import { CareenError, type ErrorDetails } from '../../../domain/errors.js';
import { clean } from '../text.js';

type Why = ErrorDetails['tls-failed']['why'];

/** Codes of Node's and OpenSSL's (FLEET, tcp with TLS); the first that fits counts. */
const byCode: readonly (readonly [RegExp, Why])[] = [
  [/^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_SIGNATURE_FAILURE|INVALID_CA)/, 'unknown-ca'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'other-name'],
  [/^CERT_HAS_EXPIRED$/, 'expired'],
  [/^CERT_NOT_YET_VALID$/, 'not-yet'],
  [/ALERT_UNKNOWN_CA$/, 'client-unknown'],
  [/ALERT_CERTIFICATE_EXPIRED$/, 'client-expired'],
  [/CERTIFICATE_REQUIRED$/, 'client-missing'],
  [/ALERT_(BAD|UNSUPPORTED)?_?CERTIFICATE(_REVOKED|_UNKNOWN)?$/, 'client-refused'],
  [/KEY_VALUES_MISMATCH$/, 'pair'],
  [/^ERR_OSSL_/, 'unreadable'],
  [/WRONG_VERSION_NUMBER$|PACKET_LENGTH_TOO_LONG$/, 'plain-there'],
];

/** What is wrong with a TLS connection, typed; null for what is no matter of TLS. */
export function tlsFailure(endpoint: string, e: unknown): CareenError | null {
  const { code, message } = Object(e) as { code?: unknown; message?: unknown };
  if (typeof code !== 'string') return null;
  const why =
    byCode.find(([pattern]) => pattern.test(code))?.[1] ??
    // Older OpenSSL hands some of them on in words alone, Electron's BoringSSL in its own spelling.
    (code === 'EPROTO' && /wrong[ _]version[ _]number/i.test(String(message))
      ? 'plain-there'
      : null) ??
    (/^(ERR_SSL_|ERR_TLS_|EPROTO$)/.test(code) ? 'other' : null);
  return why === null ? null : failed(endpoint, why, code, e);
}

/** What an engine that wants TLS says to one that speaks without: an answer 400 in words. */
export function tlsWanted(endpoint: string, e: unknown): CareenError | null {
  const { statusCode, message } = Object(e) as { statusCode?: unknown; message?: unknown };
  return statusCode === 400 && /HTTP request to an HTTPS server/.test(String(message))
    ? failed(endpoint, 'tls-there', '', e)
    : null;
}

function failed(endpoint: string, why: Why, said: string, cause: unknown): CareenError {
  return new CareenError('tls-failed', { endpoint, why, said: clean(said) }, { cause });
}
