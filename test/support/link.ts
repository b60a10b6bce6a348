import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A link to a port on this machine that can be cut and can fall silent, as one over a network does. */
export interface Link {
  port: number;
  /** Connections that it carries now. */
  readonly carried: number;
  /** How many it has carried. */
  readonly carriedEver: number;
  /** Milliseconds that everything takes on its way, each way. */
  delay: number;
  /** Ends every connection at once. */
  cut(): void;
  /** Whether new connections are taken; refused otherwise. */
  open: boolean;
  /** Carries nothing any more and says nothing; with false it goes on, with what has waited. */
  silence(on: boolean): void;
  close(): Promise<void>;
}

/** Starts a link on loopback to the port there. */
export async function startLink(to: number): Promise<Link> {
  const pairs = new Set<[Socket, Socket]>();
  let silent = false;
  let ever = 0;
  const server = createServer((near) => {
    if (!link.open) return near.destroy();
    ever += 1;
    const far = connect(to, '127.0.0.1');
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    carry(near, far);
    carry(far, near);
    for (const socket of pair) {
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', end);
      if (silent) socket.pause();
    }
    return undefined;
  });
  const carry = (from: Socket, into: Socket) => {
    const later = (act: () => void) => (link.delay > 0 ? setTimeout(act, link.delay) : act());
    from.on('data', (chunk) => later(() => into.writable && into.write(chunk)));
    from.on('end', () => later(() => into.end()));
  };
  const link: Link = {
    port: 0,
    delay: 0,
    open: true,
    get carried() {
      return pairs.size;
    },
    get carriedEver() {
      return ever;
    },
    cut: () => pairs.forEach(([near, far]) => [near, far].forEach((socket) => socket.destroy())),
    silence: (on) => {
      silent = on;
      for (const socket of [...pairs].flat())
        if (on) socket.pause();
        else socket.resume();
    },
    close: async () => {
      link.cut();
      server.close();
      await once(server, 'close');
    },
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  link.port = (server.address() as AddressInfo).port;
  return link;
}
