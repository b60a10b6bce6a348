import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** A host of a test's own on loopback that keeps what it was asked. */
export class HttpHost {
  readonly asked: { method: string; path: string; authorization: string | null }[] = [];

  private constructor(private readonly server: Server) {}

  static async start(
    answer: (request: IncomingMessage, response: ServerResponse) => void,
  ): Promise<HttpHost> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const host = new HttpHost(server);
    server.on('request', (request, response) => {
      const { method = '', url = '', headers } = request;
      host.asked.push({ method, path: url, authorization: headers.authorization ?? null });
      answer(request, response);
    });
    // As a proxy it leads nowhere.
    server.on('connect', ({ url = '', headers }: IncomingMessage, socket: Duplex) => {
      const authorization = headers['proxy-authorization'] ?? null;
      host.asked.push({ method: 'CONNECT', path: url, authorization });
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    return host;
  }

  /** `127.0.0.1:39211`. */
  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}
