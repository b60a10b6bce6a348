import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { probe } from '../../../../main/adapters/host/probe.js';
import { HttpHost } from '../../../support/http-host.js';

const never = new AbortController().signal;
const patient = 30_000;

describe('a page that is asked', () => {
  let host: HttpHost | undefined;
  afterEach(async () => {
    await host?.close();
    host = undefined;
  });

  const asked = async (
    answer: Parameters<typeof HttpHost.start>[0],
    { status = 200, deadline = patient } = {},
  ) => {
    host = await HttpHost.start(answer);
    return probe({ http: `http://${host.host}/health`, status }, deadline, never);
  };

  it('is well with the wanted status, whichever that is', async () => {
    expect(await asked((_, response) => response.end('fine'))).toBeNull();
    expect(host?.asked).toEqual([{ method: 'GET', path: '/health', authorization: null }]);
    await host?.close();
    expect(await asked((_, to) => to.writeHead(404).end(), { status: 404 })).toBeNull();
  });

  it('is not with another, which is told', async () => {
    expect(await asked((_, response) => response.writeHead(503).end())).toBe('HTTP 503');
  });

  it('is not where it leads elsewhere, and nobody goes there', async () => {
    const said = await asked((_, to) => to.writeHead(302, { location: '/well' }).end());
    expect(said).toBe('HTTP 302');
    expect(host?.asked).toHaveLength(1);
  });

  it('is well however much it says', async () => {
    const large = Buffer.alloc(5_000_000, 120);
    expect(await asked((_, response) => response.end(large))).toBeNull();
  });

  it('is not where no answer comes in time', async () => {
    expect(await asked(() => undefined, { deadline: 100 })).toMatch(/timeout/i);
  });

  it('is well by its status alone, where the rest never comes', async () => {
    const half = (_: unknown, to: ServerResponse) =>
      void to.writeHead(200, { 'content-length': 10 }).write('half');
    expect(await asked(half, { deadline: 1_000 })).toBeNull();
  });

  it('is not where the connection ends, or what answers speaks something else', async () => {
    expect(await asked((_, to) => to.destroy())).toMatch(/^(UND_ERR_SOCKET|ECONNRESET)$/);
    const other = await listening((socket) => socket.end('SSH-2.0-x\u001b[31m\r\n'));
    const said = await probe({ http: `http://${at(other)}/`, status: 200 }, patient, never);
    other.close();
    expect(said).toMatch(/HTTP/);
    expect(said).not.toContain('\u001b');
  });

  it('is not where nobody listens', async () => {
    const gone = await closed();
    expect(await probe({ http: `http://${gone}/`, status: 200 }, patient, never)).toBe(
      'ECONNREFUSED',
    );
  });
});

describe('a port that is asked', () => {
  it('is well where it takes a connection, which is let go at once', async () => {
    const server = await listening(() => undefined);
    const taken = once(server, 'connection');
    expect(await probe({ tcp: at(server) }, patient, never)).toBeNull();
    const [socket] = (await taken) as [Socket];
    socket.resume();
    await once(socket, 'close');
    server.close();
  });

  it('is well by an IPv6 address in brackets', async () => {
    const server = await listening((socket) => socket.destroy(), '::1');
    const { port } = server.address() as AddressInfo;
    expect(await probe({ tcp: `[::1]:${port}` }, patient, never)).toBeNull();
    server.close();
  });

  it('is not where nobody listens', async () => {
    expect(await probe({ tcp: await closed() }, patient, never)).toBe('ECONNREFUSED');
  });

  it('is given up at the deadline, and when nobody waits any longer', async () => {
    const server = await listening((socket) => socket.destroy());
    const left = new AbortController();
    const asked = probe({ tcp: at(server) }, patient, left.signal);
    left.abort();
    expect(await asked).toMatch(/abort/i);
    expect(await probe({ tcp: at(server) }, patient, left.signal)).toMatch(/abort/i);
    expect(await probe({ tcp: '192.0.2.1:9' }, 1, never)).not.toBeNull();
    server.close();
  });
});

async function listening(take: (socket: Socket) => void, host = '127.0.0.1'): Promise<Server> {
  const server = createServer(take).listen(0, host);
  await once(server, 'listening');
  return server;
}

const at = (server: Server) => `127.0.0.1:${(server.address() as AddressInfo).port}`;

/** An address at which nobody listens any more. */
async function closed(): Promise<string> {
  const server = await listening(() => undefined);
  const address = at(server);
  server.close();
  await once(server, 'close');
  return address;
}
