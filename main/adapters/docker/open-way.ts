import type { HostView } from './host-view.js';
import type { Endpoint } from './parse-endpoint.js';
import { realEndpoint } from './ping.js';
import { sshWay } from './ssh/way.js';
import { tlsFor } from './tls/files.js';
import { tcpWay } from './tls/way.js';
import { localWay, type Way } from './way.js';

/**
 * The way to an endpoint; nothing is connected yet.
 *
 * @param host where the docker CLI's certificates are looked for
 * @param context the docker context that it was chosen by, whose certificates count first
 * @throws CareenError `engine-refused`, `engine-permission`, `endpoint-plain`, `tls-failed`
 */
export async function openWay(
  endpoint: Endpoint,
  host: HostView,
  context: string | null,
): Promise<Way> {
  switch (endpoint.kind) {
    case 'ssh':
      return sshWay(endpoint);
    case 'tcp':
      return tcpWay(endpoint, await tlsFor(host, endpoint, context));
    default:
      return localWay(await realEndpoint(endpoint));
  }
}
