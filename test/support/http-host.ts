import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

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
