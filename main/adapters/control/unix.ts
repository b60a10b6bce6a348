import { randomBytes } from 'node:crypto';
import { chmod, link, readdir, rename, rm, stat } from 'node:fs/promises';
import { type Server, type Socket, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { unlessMissing } from '../atomic.js';
import { homeUnwritable, systemCode } from '../system-error.js';
import { socketFolder } from './folder.js';
import type { AsideSocket, ControlPlace, OwnSocket, StaleSocket } from './types.js';

const publicName = 'control.sock';
const asideName = `${publicName}.aside-`;
const ownName = `${publicName}.own-`;
const random = () => randomBytes(4).toString('hex');

/** Milliseconds before a socket whose queue is full is tried again. */
const busyPause = 20;

/** A Unix socket in the data home: a name for it is a directory entry, and `link` never replaces one. */
export function unixPlace(home: string): ControlPlace {
  const typed = <T>(work: Promise<T>): Promise<T> =>
    work.catch((e: unknown) => {
      throw homeUnwritable(home, e);
    });
  const folder = () => socketFolder(home, asideName + random());
  return {
    connect: () => typed(folder().then(reach)),
    bind: (accept) => typed(folder().then((f) => bind(f, accept))),
    asides: () => typed(folder().then(asides)),
    tidy: () => typed(folder().then(tidy)),
  };
}

async function bind(folder: string, accept: (socket: Socket) => void): Promise<OwnSocket> {
  const own = join(folder, ownName + random());
  const server = createServer(accept);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(own, resolve);
  });
  // Where another's tidying took the name by now it cannot be published, and another is bound.
  await unlessMissing(chmod(own, 0o600), undefined);
  const inode = await inodeOf(own);
  return new OwnUnixSocket(server, own, join(folder, publicName), inode);
}

class OwnUnixSocket implements OwnSocket {
  constructor(
    private readonly server: Server,
    private readonly own: string,
    private readonly shared: string,
    readonly inode: string | null,
  ) {}

  async publish(): Promise<boolean> {
    const published = await linked(this.own, this.shared);
    await rm(this.own, { force: true });
    return published;
  }

  async isPublic(): Promise<boolean> {
    return this.inode !== null && (await inodeOf(this.shared)) === this.inode;
  }

  async withdraw(): Promise<void> {
    if (await this.isPublic()) await rm(this.shared, { force: true });
  }

  async close(): Promise<void> {
    this.server.close();
    await rm(this.own, { force: true });
  }
}

async function reach(folder: string): Promise<Socket | StaleSocket | null> {
  const shared = join(folder, publicName);
  const inode = await inodeOf(shared);
  const found = await dial(shared);
  if (found === 'absent') return null;
  return found === 'stale' ? { moveAside: () => moveAside(folder, inode) } : found;
}

/** The look before the move makes it rare that a late taker moves a new owner's socket. */
async function moveAside(folder: string, inode: string | null): Promise<AsideSocket | null> {
  const shared = join(folder, publicName);
  const aside = join(folder, asideName + random());
  if ((await inodeOf(shared)) !== inode) return null;
  try {
    await rename(shared, aside);
  } catch (e) {
    if (systemCode(e) === 'ENOENT') return null;
    throw e;
  }
  return asideSocket(folder, aside);
}

async function asides(folder: string): Promise<AsideSocket[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith(asideName));
  return names.map((name) => asideSocket(folder, join(folder, name)));
}

/** A live candidate that loses its name here, between its bind and its listen, binds another. */
async function tidy(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(ownName)) continue;
    const socket = await dial(join(folder, name));
    if (socket === 'stale') await rm(join(folder, name), { force: true });
    else if (socket !== 'absent') socket.destroy();
  }
}

function asideSocket(folder: string, aside: string): AsideSocket {
  return {
    isSame: async (own) =>
      own instanceof OwnUnixSocket && own.inode !== null && (await inodeOf(aside)) === own.inode,
    answers: async () => {
      const socket = await dial(aside);
      if (typeof socket === 'string') return false;
      socket.destroy();
      return true;
    },
    putBack: async () => {
      const back = await linked(aside, join(folder, publicName));
      if (back) await rm(aside, { force: true });
      return back;
    },
    discard: () => rm(aside, { force: true }),
  };
}

/** Gives a socket a second name; false when that is taken, or the first is gone. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (e) {
    const code = systemCode(e);
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    throw e;
  }
}

/** A refused connection means that nobody listens; a full queue, that somebody does and is busy. */
async function dial(path: string): Promise<Socket | 'absent' | 'stale'> {
  for (;;) {
    const socket = connect(path);
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('error', reject);
      });
      return socket;
    } catch (e) {
      const code = systemCode(e);
      if (code === 'ENOENT') return 'absent';
      if (code === 'ECONNREFUSED' || code === 'ENOTSOCK') return 'stale';
      if (code !== 'EAGAIN' && code !== 'ECONNRESET' && code !== 'EPIPE') throw e;
      await delay(busyPause);
    }
  }
}

async function inodeOf(path: string): Promise<string | null> {
  try {
    const { dev, ino } = await stat(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch (e) {
    if (systemCode(e) === 'ENOENT') return null;
    throw e;
  }
}
