import { createHash } from 'node:crypto';
import { type Server, connect, createServer } from 'node:net';
import { homeUnwritable, systemCode } from '../system-error.js';
import type { ControlPlace, OwnSocket } from './types.js';

/**
 * A named pipe: the system gives its first instance to one process and takes it back when that
 * ends, so there is nothing stale and nothing to move aside.
 */
export function pipePlace(home: string): ControlPlace {
  const hash = createHash('sha256').update(home.toLowerCase()).digest('hex').slice(0, 32);
  const name = `\\\\.\\pipe\\careen-${hash}`;

  return {
    connect: () =>
      new Promise((resolve, reject) => {
        const socket = connect(name);
        socket.once('connect', () => resolve(socket));
        socket.once('error', (e) => {
          if (systemCode(e) === 'ENOENT') resolve(null);
          else reject(homeUnwritable(home, e));
        });
      }),
    bind: (accept) =>
      new Promise((resolve, reject) => {
        const server = createServer(accept);
        server.once('listening', () => resolve(ownPipe(server)));
        server.once('error', (e) => {
          if (systemCode(e) === 'EADDRINUSE') resolve(ownPipe(server));
          else reject(homeUnwritable(home, e));
        });
        server.listen(name);
      }),
    asides: () => Promise.resolve([]),
    tidy: () => Promise.resolve(),
  };
}

/** Listening on the name is having it. */
function ownPipe(server: Server): OwnSocket {
  const isPublic = () => Promise.resolve(server.listening);
  return {
    publish: isPublic,
    isPublic,
    withdraw: () => Promise.resolve(),
    close: () => {
      if (server.listening) server.close();
      return Promise.resolve();
    },
  };
}
