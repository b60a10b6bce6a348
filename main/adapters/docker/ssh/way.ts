import { Agent, type AgentOptions } from 'node:http';
import type { CareenError } from '../../../domain/errors.js';
import type { SshEndpoint } from '../parse-endpoint.js';
import { endAgent, quiet, type To, type Way } from '../way.js';
import { sshNoise } from './failures.js';
import { SshSocket } from './socket.js';

/** Connections that calls share: each costs 8 MB here and 39 MB there (FLEET). */
const sockets = 4;

/** Milliseconds after which a connection that nobody uses ends: the next costs a login. */
const idleFor = 60_000;

/** The way to an engine by the system's own ssh, which checks host keys and knows whom to log in as. */
export function sshWay(endpoint: SshEndpoint, timeout = idleFor): Way {
  const open = new Set<SshSocket>();
  /** What came instead of an answer. */
  let noise = '';
  const connect = (): SshSocket => {
    const socket = new SshSocket(endpoint, (said) => {
      noise = said;
    });
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    return socket;
  };
  const agents = {
    shared: agentOf(connect, { keepAlive: true, maxSockets: sockets, timeout }),
    own: agentOf(connect, { keepAlive: false }),
  };
  const to = (agent: Agent): To => ({ protocol: 'http', host: 'docker', port: 80, agent });
  return {
    url: endpoint.url,
    shared: to(agents.shared),
    own: to(agents.own),
    keepsSecrets: true,
    mayFallSilent: false,
    failure: (e): CareenError | null => {
      const { code } = Object(e) as { code?: unknown };
      return typeof code === 'string' && code.startsWith('HPE_')
        ? sshNoise(endpoint, noise, e)
        : null;
    },
    close: () => {
      endAgent(agents.shared);
      endAgent(agents.own);
      open.forEach((socket) => socket.destroy());
    },
  };
}

function agentOf(connect: () => SshSocket, options: AgentOptions): Agent {
  const agent = new Agent(options);
  agent.createConnection = connect;
  return quiet(agent);
}
