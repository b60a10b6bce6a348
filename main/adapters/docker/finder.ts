import { connect } from './client.js';
import { contextNamed, currentContext } from './context.js';
import { realEndpointOf } from './endpoint.js';
import { discover, type Discovery } from './discover.js';
import { thisHost } from './host-view.js';
import type { DockerEngine } from './types.js';

/** Looks for engines on this machine, with the environment and the CLI's settings as they are now. */
export const finder = {
  /** See `discover`; with `chosen` only there. */
  discover: (chosen: string | null): Promise<Discovery> => discover(thisHost(), { chosen }),

  /** See `connect`. */
  connect: (endpoint: string): Promise<DockerEngine> => connect(endpoint),

  /** The docker CLI's current context and where it leads; null for the default one. */
  async cliEndpoint(): Promise<{ context: string; endpoint: string } | null> {
    const host = thisHost();
    const name = await currentContext(host);
    if (name === null) return null;
    const context = await contextNamed(host, name);
    return { context: name, endpoint: await realEndpointOf(host, context.host) };
  },
};
