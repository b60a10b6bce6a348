import { CareenError } from '../../../domain/errors.js';
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
 * What the docker CLI would speak TLS with to that endpoint: DOCKER_HOST's certificates where that one
 * is meant, else those of a context that leads there, the current one first.
 *
 * @returns null where it would speak without TLS
 * @throws CareenError `tls-failed`: `files` where they cannot be read, `skips-verify` where any
 *   certificate would do; `context-unreadable`
 */
export async function tlsFor(host: HostView, endpoint: TcpEndpoint): Promise<Tls | null> {
  const { DOCKER_HOST: told } = host.env;
  const byVariable = told && leadsTo(told, endpoint) ? await ofVariables(host, endpoint) : null;
  return byVariable ?? (await ofContexts(host, endpoint)) ?? (endpoint.secure ? none : null);
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

async function ofContexts(host: HostView, endpoint: TcpEndpoint): Promise<Tls | null> {
  const current = await currentContext(host);
  const contexts = [
    ...(current === null ? [] : [await contextNamed(host, current)]),
    ...(await allContexts(host)),
  ].filter((context) => leadsTo(context.host, endpoint));
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
      try {
        return await host.readFile(file);
      } catch (e) {
        if ((e as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw unreadable(endpoint, file, e);
      }
    }),
  );
  // One half of a pair is of no use, and says that the other is missing.
  if ((cert === null) !== (key === null))
    throw unreadable(endpoint, joinOn(host, folder, cert === null ? 'cert.pem' : 'key.pem'));
  return { ca, cert, key };
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
