import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Socket } from 'node:net';
import { createSecureContext } from 'node:tls';
import { CareenError } from '../../../domain/errors.js';
import { isLoopbackHost } from '../../../domain/policy/addresses.js';
import type { TcpEndpoint } from '../parse-endpoint.js';
import { endAgent, quiet, type To, type Way } from '../way.js';
import { tlsFailure, tlsWanted } from './failures.js';
import type { Tls } from './files.js';

/**
 * Milliseconds of silence after which this system asks the other whether it is still there; Node has it
 * ask ten times, a second apart (`socket.setKeepAlive`), and then the connection fails.
 */
const askAfter = 15_000;

/** Connections that calls share, and one for each that lasts. */
const shared = { keepAlive: true, keepAliveMsecs: askAfter, maxSockets: 4 };
const own = { keepAlive: false };

/**
 * The way to an engine behind a port: with TLS, both sides proving who they are, or without it to this
 * machine itself alone, where nobody is in between.
 *
 * @param tls null: without
 * @throws CareenError `endpoint-plain` beyond loopback, `tls-failed` where the certificates are no use
 */
export function tcpWay(endpoint: TcpEndpoint, tls: Tls | null): Way {
  return tls === null ? plainWay(endpoint) : secureWay(endpoint, tls);
}

function plainWay({ url, host, port }: TcpEndpoint): Way {
  if (!isLoopbackHost(host)) throw new CareenError('endpoint-plain', { endpoint: url });
  const agents = { shared: new HttpAgent(shared), own: new HttpAgent(own) };
  return {
    ...wayOf(url, agents, { protocol: 'http', host, port }),
    keepsSecrets: false,
    failure: (e) => tlsWanted(url, e),
  };
}

function secureWay({ url, host, port }: TcpEndpoint, { ca, cert, key }: Tls): Way {
  const identity = {
    ...(ca === null ? {} : { ca }),
    ...(cert === null || key === null ? {} : { cert, key }),
    // Whatever the environment says.
    rejectUnauthorized: true,
  };
  try {
    createSecureContext(identity);
  } catch (e) {
    throw tlsFailure(url, e) ?? e;
  }
  const agents = {
    shared: new HttpsAgent({ ...shared, ...identity }),
    own: new HttpsAgent({ ...own, ...identity }),
  };
  return {
    ...wayOf(url, agents, { protocol: 'https', host, port }),
    keepsSecrets: true,
    failure: (e) => tlsFailure(url, e),
  };
}

function wayOf(
  url: string,
  agents: { shared: HttpAgent; own: HttpAgent },
  to: Omit<To, 'agent'>,
): Pick<Way, 'url' | 'shared' | 'own' | 'mayFallSilent' | 'close'> {
  return {
    url,
    shared: { ...to, agent: quiet(asking(agents.shared)) },
    own: { ...to, agent: quiet(asking(agents.own)) },
    mayFallSilent: true,
    close: () => {
      endAgent(agents.shared);
      endAgent(agents.own);
    },
  };
}

/** Whatever an agent connects is asked whether it is still there, also while it only listens. */
function asking<A extends HttpAgent>(agent: A): A {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => {
    const socket = connect(options, done);
    // Before, there is nothing yet that could hold so many seconds.
    if (socket instanceof Socket) socket.once('connect', () => socket.setKeepAlive(true, askAfter));
    return socket;
  };
  return agent;
}
