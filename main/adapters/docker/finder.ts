import { type CareenError, toCareenError } from '../../domain/errors.js';
import { connect } from './client.js';
import { contextNamed, currentContext, everyContext } from './context.js';
import { defaultEndpoint, realEndpointOf } from './endpoint.js';
import { discover, type Discovery } from './discover.js';
import { thisHost } from './host-view.js';
import { parseEndpoint } from './parse-endpoint.js';
import { clean } from './text.js';
import { tlsFor } from './tls/files.js';
import { tcpWay } from './tls/way.js';
import type { DockerEngine } from './types.js';

/** Looks for engines on this machine, with the environment and the CLI's settings as they are now. */
export const finder = {
  /** See `discover`; with `chosen` only there. */
  discover: (chosen: string | null): Promise<Discovery> => discover(thisHost(), { chosen }),

  /** See `connect`. */
  connect: (endpoint: string, context: string | null = null): Promise<DockerEngine> =>
    connect(endpoint, { context }),

  /** The docker CLI's current context and where it leads; null for the default one. */
  async cliEndpoint(): Promise<{ context: string; endpoint: string } | null> {
    const host = thisHost();
    const name = await currentContext(host);
    if (name === null) return null;
    const context = await contextNamed(host, name);
    return { context: name, endpoint: await realEndpointOf(host, context.host) };
  },

  /** Every docker context, with where it leads and why it cannot be read or connected to. */
  async contexts(): Promise<
    { name: string; description: string; endpoint: string; error: CareenError | null }[]
  > {
    const host = thisHost();
    return Promise.all(
      (await everyContext(host)).map(async (context) => {
        if ('error' in context) return { ...context, description: '', endpoint: '' };
        const { name, description, host: leads } = context;
        try {
          const parsed = parseEndpoint(leads || defaultEndpoint(host));
          // Whether its certificates can be used is told without a connection.
          if (parsed.kind === 'tcp') tcpWay(parsed, await tlsFor(host, parsed, name));
          const endpoint = await realEndpointOf(host, parsed.url);
          return { name, description, endpoint, error: null };
        } catch (e) {
          return { name, description, endpoint: clean(leads), error: toCareenError(e) };
        }
      }),
    );
  },

  /** An endpoint in one spelling, with the links of its socket resolved; throws `endpoint-invalid`. */
  spelled: (endpoint: string): Promise<string> =>
    realEndpointOf(thisHost(), parseEndpoint(endpoint).url),
};
