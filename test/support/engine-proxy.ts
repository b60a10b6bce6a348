import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A socket in front of a real engine that answers some calls itself and can change engines. */
export interface EngineProxy {
  socket: string;
  /** The socket of the engine behind it. */
  target: string;
  /** Asked for each call; a status answers it in the engine's stead. */
  fault: (method: string, path: string) => number | null;
  /** What it answers itself in the engine's stead, as JSON; undefined: nothing. */
  answer: (method: string, path: string) => unknown;
  /** Milliseconds that a call is held back for, as by an engine that is busy. */
  delay: (method: string, path: string) => number;
  /** What others do at the engine before a call reaches it. */
  meanwhile: (method: string, path: string) => Promise<void>;
  /** Cuts every connection, as a vanishing engine does. */
  cut(): void;
  /** From now on the answers under way bring nothing more, though they stay open, as after sleep. */
  freeze(): void;
  close(): Promise<void>;
}

export async function startProxy(target: string): Promise<EngineProxy> {
  const socket = join(await mkdtemp(join(tmpdir(), 'careen-proxy-')), 'p.sock');
  const sockets = new Set<Socket>();
  const underWay = new Map<IncomingMessage, ServerResponse>();
  const proxy: EngineProxy = {
    socket,
    target,
    fault: () => null,
    answer: () => undefined,
    delay: () => 0,
    meanwhile: () => Promise.resolve(),
    cut: () => sockets.forEach((s) => s.destroy()),
    freeze: () => underWay.forEach((to, answer) => answer.unpipe(to).resume()),
    close: async () => {
      proxy.cut();
      server.close();
      await once(server, 'close');
    },
  };
  const forward = (from: IncomingMessage, to: ServerResponse) => {
    const { method = 'GET', url = '/', headers } = from;
    const onward = request({ socketPath: proxy.target, method, path: url, headers });
    onward.on('response', (answer: IncomingMessage) => {
      to.writeHead(answer.statusCode ?? 500, answer.headers);
      to.flushHeaders();
      answer.pipe(to);
      underWay.set(answer, to);
      answer.on('close', () => underWay.delete(answer));
      answer.on('error', () => to.destroy());
    });
    onward.on('error', () => to.destroy());
    to.on('close', () => onward.destroy());
    from.pipe(onward);
  };
  const server = createServer((from, to) => {
    const { method = 'GET', url = '/' } = from;
    const say = (status: number, body: unknown) => {
      from.resume();
      to.writeHead(status, { 'content-type': 'application/json' });
      to.end(JSON.stringify(body));
    };
    const status = proxy.fault(method, url);
    if (status !== null) return say(status, { message: `a fault of the test: ${method}` });
    const answer = proxy.answer(method, url);
    if (answer !== undefined) return say(200, answer);
    proxy.meanwhile(method, url).then(
      () => setTimeout(() => forward(from, to), proxy.delay(method, url)),
      (e: unknown) => to.destroy(e as Error),
    );
  });
  server.on('connection', (s) => {
    sockets.add(s);
    s.on('close', () => sockets.delete(s));
  });
  server.listen(socket);
  await once(server, 'listening');
  return proxy;
}
