import { CareenError } from '../../domain/errors.js';
import { clean } from './text.js';

/** An engine's socket on this machine; `path` as Node's `net` takes it. */
export interface LocalEndpoint {
  kind: 'unix' | 'npipe';
  url: string;
  path: string;
}

/** An engine that ssh leads to; what the address leaves out, ssh's own configuration says. */
export interface SshEndpoint {
  kind: 'ssh';
  url: string;
  host: string;
  user: string | null;
  port: number | null;
  /** The engine's socket on that machine; null: wherever docker there looks for it. */
  path: string | null;
}

/** An engine behind a port: with TLS where a context has certificates for it, or `secure` says so. */
export interface TcpEndpoint {
  kind: 'tcp';
  url: string;
  /** An IPv6 address stands in brackets. */
  host: string;
  port: number;
  secure: boolean;
}

export type Endpoint = LocalEndpoint | SshEndpoint | TcpEndpoint;

const defaultPath = { unix: '/var/run/docker.sock', npipe: '//./pipe/docker_engine' };

/** Docker's ports, without TLS and with it. */
const defaultPort = { plain: 2375, secure: 2376 };

/**
 * Reads an endpoint as the docker CLI does (HOSTS §1): a bare `host:port` means tcp, an empty path
 * the default socket; an absolute path is taken for a Unix socket as well.
 *
 * @throws CareenError `endpoint-invalid`
 */
export function parseEndpoint(text: string): Endpoint {
  const given = text.trim();
  const invalid = new CareenError('endpoint-invalid', { endpoint: clean(text) });
  if (given.startsWith('/') && !given.startsWith('//')) return local('unix', given);
  const match = /^([a-z]+):\/\/(.*)$/i.exec(given);
  if (!match) {
    if (/^\[?[\w.:-]+\]?:\d{1,5}$/.test(given)) return parseEndpoint(`tcp://${given}`);
    throw invalid;
  }
  const [, scheme = '', rest = ''] = match;
  switch (scheme.toLowerCase()) {
    case 'unix':
      if (rest !== '' && !rest.startsWith('/')) throw invalid;
      return local('unix', rest || defaultPath.unix);
    case 'npipe': {
      const pipe = rest.replaceAll('\\', '/') || defaultPath.npipe;
      if (!/^\/\/[^/]+\/pipe\/[^/]+/.test(pipe)) throw invalid;
      return local('npipe', pipe);
    }
    case 'ssh':
      return ssh(urlOf(given)) ?? fail(invalid);
    case 'tcp':
    case 'http':
    case 'https':
      // A scheme of the web's would hide a port that it takes for granted.
      return tcp(urlOf(`tcp://${rest}`), scheme.toLowerCase() === 'https') ?? fail(invalid);
    default:
      throw invalid;
  }
}

/** Whether an endpoint is a socket on this machine: by itself Careen goes to no other (DESIGN §3). */
export function isLocalEndpoint(endpoint: Endpoint): endpoint is LocalEndpoint {
  return endpoint.kind === 'unix' || endpoint.kind === 'npipe';
}

function local(kind: LocalEndpoint['kind'], path: string): LocalEndpoint {
  return { kind, path, url: `${kind}://${path}` };
}

function fail(error: CareenError): never {
  throw error;
}

function urlOf(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  // A password would stand in settings and messages; ssh takes none there either.
  return url && url.password === '' && url.search === '' && url.hash === '' ? url : null;
}

/** A name that ssh could take for an option, or a shell for more than a name, is none. */
const hostName = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;
const address = /^\[[0-9A-Fa-f:.]+\]$/;
const userName = /^[A-Za-z0-9_.][A-Za-z0-9_.@+\\-]*$/;

function ssh(url: URL | null): SshEndpoint | null {
  const user = url && decoded(url.username);
  const path = url && decoded(url.pathname.replace(/^\/$/, ''));
  if (!url || user === null || path === null) return null;
  if (!hostName.test(url.hostname) && !address.test(url.hostname)) return null;
  if (user !== '' && !userName.test(user)) return null;
  if (clean(path) !== path) return null;
  return {
    kind: 'ssh',
    url: `ssh://${url.username === '' ? '' : `${url.username}@`}${url.host}${path === '' ? '' : url.pathname}`,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    user: user || null,
    port: url.port === '' ? null : Number(url.port),
    path: path || null,
  };
}

function tcp(url: URL | null, secure: boolean): TcpEndpoint | null {
  if (!url || url.username !== '' || !/^\/?$/.test(url.pathname)) return null;
  if (!hostName.test(url.hostname) && !address.test(url.hostname)) return null;
  const port =
    url.port === '' ? (secure ? defaultPort.secure : defaultPort.plain) : Number(url.port);
  const host = url.hostname.toLowerCase();
  return { kind: 'tcp', url: `${secure ? 'https' : 'tcp'}://${host}:${port}`, host, port, secure };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
