import { createPrivateKey, X509Certificate } from 'node:crypto';
import { CareenError, isCareenError } from '../../../domain/errors.js';
import {
  allContexts,
  configFolder,
  contextNamed,
  currentContext,
  type Context,
} from '../context.js';
import { joinOn, type HostView } from '../host-view.js';
import { parseEndpoint, type TcpEndpoint } from '../parse-endpoint.js';

/** Certificates in PEM; without a CA the system's own count, without a pair the client shows none. */
export interface Tls {
  ca: string | null;
  cert: string | null;
  key: string | null;
}

/**
 * What the docker CLI would speak TLS with to that endpoint: the certificates of the context that is
 * meant, else DOCKER_HOST's where that one is, else those of a context that leads there, the current one
 * first.
 *
 * @param named the context that it was chosen by; one that is gone, or leads elsewhere, has no say
 * @returns null where it would speak without TLS
 * @throws CareenError `tls-failed`: `files` where they cannot be read, `unreadable` where they are
 *   nothing in PEM, `skips-verify` where any certificate would do
 */
export async function tlsFor(
  host: HostView,
  endpoint: TcpEndpoint,
  named: string | null = null,
): Promise<Tls | null> {
  const { DOCKER_HOST: told } = host.env;
  const own = await leadingThere(host, endpoint, named);
  const byName = await ofContexts(host, endpoint, own);
  if (byName) return byName;
  const byVariable = told && leadsTo(told, endpoint) ? await ofVariables(host, endpoint) : null;
  if (byVariable) return byVariable;
  const current = await currentContext(host).catch(unlessOfContexts);
  const first = await leadingThere(host, endpoint, current);
  const all = await allContexts(host);
  const others = all.filter((context) => leadsTo(context.host, endpoint));
  return (
    (await ofContexts(host, endpoint, [...first, ...others])) ?? (endpoint.secure ? none : null)
  );
}

/** The context of that name, if there is one and it leads there. */
async function leadingThere(
  host: HostView,
  endpoint: TcpEndpoint,
  name: string | null,
): Promise<Context[]> {
  const found = name === null ? null : await contextNamed(host, name).catch(unlessOfContexts);
  return found !== null && leadsTo(found.host, endpoint) ? [found] : [];
}

/** A context that cannot be read says nothing of certificates: it may be another engine's (FLEET). */
function unlessOfContexts(e: unknown): null {
  if (isCareenError(e, 'context-missing') || isCareenError(e, 'context-unreadable')) return null;
  throw e;
}

const none: Tls = { ca: null, cert: null, key: null };

async function ofVariables(host: HostView, endpoint: TcpEndpoint): Promise<Tls | null> {
  const { DOCKER_TLS_VERIFY: verify, DOCKER_TLS: tls, DOCKER_CERT_PATH: folder } = host.env;
  if (verify) {
    const at = folder || configFolder(host);
    const found = await readAll(host, at, endpoint);
    // Asked to verify by these files, the CLI does not fall back to the system's.
    if (found.ca === null) throw unreadable(endpoint, joinOn(host, at, 'ca.pem'));
    return found;
  }
  if (tls) throw skips(endpoint);
  return null;
}

async function ofContexts(
  host: HostView,
  endpoint: TcpEndpoint,
  contexts: readonly Context[],
): Promise<Tls | null> {
  for (const context of contexts) {
    const found = await ofContext(host, context, endpoint);
    if (found) return found;
  }
  if (contexts.some((context) => context.skipsVerify)) throw skips(endpoint);
  return null;
}

async function ofContext(
  host: HostView,
  context: Context,
  endpoint: TcpEndpoint,
): Promise<Tls | null> {
  if (context.skipsVerify) return null;
  const found = await readAll(host, context.tlsFolder, endpoint);
  return found.ca === null && found.cert === null && found.key === null ? null : found;
}

async function readAll(host: HostView, folder: string, endpoint: TcpEndpoint): Promise<Tls> {
  const [ca = null, cert = null, key = null] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map(async (name) => {
      const file = joinOn(host, folder, name);
      const text = await host.readFile(file).catch((e: unknown) => {
        if ((e as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw unreadable(endpoint, file, e);
      });
      if (text !== null) parsed(endpoint, file, text);
      return text;
    }),
  );
  // One half of a pair is of no use, and says that the other is missing.
  if ((cert === null) !== (key === null))
    throw unreadable(endpoint, joinOn(host, folder, cert === null ? 'cert.pem' : 'key.pem'));
  return { ca, cert, key };
}

/**
 * Node takes a CA that is none without a word, and the system's own in place of an empty one: what was
 * to be trusted alone would not be.
 */
function parsed(endpoint: TcpEndpoint, file: string, text: string): void {
  try {
    if (file.endsWith('key.pem')) createPrivateKey(text);
    else for (const one of certificatesIn(text)) new X509Certificate(one);
  } catch (cause) {
    // OpenSSL and BoringSSL say it each in their own words, PEM in both of its forms in this one.
    const why = /\bENCRYPTED\b/.test(text) ? 'passphrase' : 'unreadable';
    throw new CareenError('tls-failed', { endpoint: endpoint.url, why, said: file }, { cause });
  }
}

/** Node reads the first of several alone. A text without any is one that cannot be read. */
function certificatesIn(text: string): string[] {
  const found = text.split(/(?=-----BEGIN )/).filter((part) => part.startsWith('-----BEGIN '));
  return found.length > 0 ? found : [text];
}

function leadsTo(text: string, { host, port }: TcpEndpoint): boolean {
  try {
    const there = parseEndpoint(text);
    return there.kind === 'tcp' && there.host === host && there.port === port;
  } catch (e) {
    if (e instanceof CareenError) return false;
    throw e;
  }
}

function unreadable(endpoint: TcpEndpoint, file: string, cause?: unknown): CareenError {
  const details = { endpoint: endpoint.url, why: 'files', said: file } as const;
  return new CareenError('tls-failed', details, { cause });
}

function skips(endpoint: TcpEndpoint): CareenError {
  return new CareenError('tls-failed', { endpoint: endpoint.url, why: 'skips-verify', said: '' });
}
