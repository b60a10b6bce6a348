import type { Agent } from 'node:http';
import { Socket } from 'node:net';
import { inspect } from 'node:util';
import type Docker from 'dockerode';
import type { CareenError } from '../../domain/errors.js';
import type { LocalEndpoint } from './parse-endpoint.js';

/** Where dockerode goes; whatever it is not told it would take from the environment. */
export interface To extends Pick<
  Docker.DockerOptions,
  'socketPath' | 'protocol' | 'host' | 'port'
> {
  agent?: Agent;
}

/** A way to one engine: how its connections are made, and what their failures mean. */
export interface Way {
  /** The endpoint that it leads to. */
  readonly url: string;
  /** For calls that share a few connections. */
  readonly shared: To;
  /** For one that lasts, and must not stand in the way of others. */
  readonly own: To;
  /** Whether registry credentials may take it: it leads to this machine alone, or is encrypted (DESIGN §6). */
  readonly keepsSecrets: boolean;
  /**
   * Whether an engine can fall silent behind it without its connections ending: whoever only listens to
   * it has to ask now and then (FLEET, "How to test it here"). ssh asks for itself (`ServerAlive…`).
   */
  readonly mayFallSilent: boolean;
  /** What is this way's own failure, typed; null for what can be any engine's. */
  failure(e: unknown): CareenError | null;
  /** Ends every connection. */
  close(): void;
}

/** The way to a socket on this machine. */
export function localWay({ path, url }: LocalEndpoint): Way {
  const to: To = { socketPath: path, protocol: 'http' };
  return {
    url,
    shared: to,
    own: to,
    keepsSecrets: true,
    mayFallSilent: false,
    failure: () => null,
    close: () => undefined,
  };
}

/**
 * docker-modem formats its options on every call, an agent with all that it holds: 15 to 22 ms of CPU
 * each time (FLEET, Contexts). This one says a word.
 */
export function quiet<A extends Agent>(agent: A): A {
  return Object.assign(agent, { [inspect.custom]: () => 'agent' });
}

/**
 * Ends an agent's connections for good. Calls that wait for their turn, also those given up, fail only
 * with a connection of their own, for which it would open new ones that nobody ends: these lead nowhere.
 */
export function endAgent(agent: Agent): void {
  agent.createConnection = () => new Socket();
  agent.keepSocketAlive = () => false;
  agent.destroy();
}
