import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Channel, openChannel } from '../../adapters/control/channel.js';
import type { ControlPlace, OwnSocket } from '../../adapters/control/types.js';
import {
  addressed,
  controlProtocol,
  ended,
  follow,
  type Hello,
  hello,
} from '../../contract/control.js';
import { firstEngine } from '../../contract/first-engine.js';
import type { SliceMessage, SliceName } from '../../contract/slices.js';
import { CareenError } from '../../domain/errors.js';

/** A command line that works through this owner. */
export interface ConnectedClient {
  readonly by: Hello['by'];
  readonly version: string;
  /** Resolves when it went away. */
  readonly closed: Promise<void>;
  /** Sends it something that no answer is expected to. */
  notify(name: string, params: unknown): void;
}

/** Answers a client's call: the table of commands. What it throws reaches the client by its code. */
export type Serve = (
  name: string,
  params: unknown,
  client: ConnectedClient,
  /** The key of the engine that it is given to. */
  engine: string,
) => Promise<unknown>;

/** Who this process is, for the other side and for telling about it. */
export interface Self {
  /** The data home's real path. */
  home: string;
  version: string;
  by: Hello['by'];
}

interface Connected {
  channel: Channel;
  /** Slices, of one engine. */
  follows: { engine: string; slices: ReadonlySet<SliceName> };
  /** Calls that were begun and are not answered. */
  calls: number;
}

/** Milliseconds that a client has to end the connection after the last word; a stopped one never does. */
const farewell = 2_000;

/**
 * The one owner of a data home: only it writes there, and it answers everyone else's commands
 * (DESIGN §3). Holding the socket is the lock, on no timer.
 */
export class Owner {
  readonly role = 'owner';
  readonly #connected = new Set<Connected>();
  #early: Socket[] | null = [];
  #own: OwnSocket | null = null;
  #stopped = false;
  #closed = false;
  #calls = 0;
  readonly #waiting = new Set<() => void>();

  constructor(
    private readonly place: ControlPlace,
    private readonly self: Self,
    private readonly serve: Serve,
  ) {}

  /** For `claim`: who connects before the home is surely this process's waits for that. */
  accept(socket: Socket): void {
    socket.on('error', () => socket.destroy());
    if (this.#closed) socket.destroy();
    else if (this.#early) this.#early.push(socket);
    else this.#open(socket);
  }

  /** For `claim`: the home is this process's from now on. */
  begin(own: OwnSocket): void {
    this.#own = own;
    const early = this.#early ?? [];
    this.#early = null;
    for (const socket of early) this.#open(socket);
  }

  /**
   * Whether the public name still leads here; to be asked before each run, which is refused with
   * `owner-ended` when it does not. A name that was moved aside in a race is put back.
   */
  async stillMine(): Promise<boolean> {
    const own = this.#own;
    if (!own || this.#closed) return false;
    if (await own.isPublic()) return true;
    for (const aside of await this.place.asides())
      if (await aside.isSame(own)) await aside.putBack();
    return own.isPublic();
  }

  /** Throws `owner-ended` unless `stillMine`. */
  async assertMine(): Promise<void> {
    if (!(await this.stillMine())) throw new CareenError('owner-ended', { home: this.self.home });
  }

  /** Whether a client is to be told of a slice of an engine. */
  follows(slice: SliceName, engine: string = firstEngine): boolean {
    return [...this.#connected].some(({ follows }) => isFollowed(follows, engine, slice));
  }

  /** Tells those clients of a slice that follow it. */
  publish(message: SliceMessage): void {
    for (const { channel, follows } of this.#connected)
      if (isFollowed(follows, message.engine, message.slice)) channel.notify('slice', message);
  }

  /** Whether a client's call is under way. */
  get busy(): boolean {
    return this.#calls > 0;
  }

  /**
   * Begins no call from now on; the home stays this process's. Who calls or comes now waits for
   * `close`, and claims the home again.
   */
  stop(): void {
    this.#stopped = true;
  }

  /** Serves on until no client's call is under way, and then begins none any more. */
  async drain(): Promise<void> {
    while (this.busy) await new Promise<void>((resolve) => this.#waiting.add(resolve));
    this.stop();
  }

  /**
   * Gives the home up: the next command of anyone's takes it over. To be called last, when nothing
   * is under way on an engine. Clients are told that what they wait for was not begun, unless it was.
   */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.stop();
    await this.#own?.withdraw();
    await this.#own?.close();
    for (const socket of this.#early ?? []) socket.destroy();
    await Promise.all([...this.#connected].map((connected) => this.#dismiss(connected)));
  }

  async #dismiss({ channel, calls }: Connected): Promise<void> {
    if (calls === 0) {
      channel.notify(ended, null);
      // The client's end comes when it has read all; this side's could overtake an answer.
      await Promise.race([channel.closed, delay(farewell, undefined, { ref: false })]);
    }
    channel.close();
  }

  /** Begins a call, unless this owner is ending: it is then left to the client's next one. */
  async #begin<T>(connected: Connected, work: () => Promise<T>): Promise<T> {
    if (this.#stopped) return new Promise<never>(() => undefined);
    connected.calls += 1;
    this.#calls += 1;
    try {
      return await work();
    } finally {
      // Not before the answer is on its way.
      setImmediate(() => {
        connected.calls -= 1;
        this.#calls -= 1;
        if (this.busy) return;
        for (const resolve of this.#waiting) resolve();
        this.#waiting.clear();
      });
    }
  }

  #open(socket: Socket): void {
    let client: ConnectedClient | CareenError = new CareenError('internal', {
      message: 'no hello',
    });
    const connected: Connected = {
      follows: { engine: firstEngine, slices: new Set() },
      calls: 0,
      channel: openChannel(
        socket,
        {
          answer: (name, params) =>
            this.#begin(connected, async () => {
              if (name === 'hello') {
                client = this.#greet(hello.parse(params), connected.channel);
                const { version, by } = this.self;
                return { protocol: controlProtocol, version, by } satisfies Hello;
              }
              if (client instanceof CareenError) throw client;
              if (name === 'follow') {
                const { engine, slices } = follow.parse(params);
                connected.follows = { engine, slices: new Set(slices) };
                return {};
              }
              const call = addressed.parse(params);
              return this.serve(name, call.params, client, call.engine);
            }),
          noticed: () => undefined,
        },
        () => new CareenError('home-lost', { home: this.self.home }),
      ),
    };
    this.#connected.add(connected);
    void connected.channel.closed.then(() => this.#connected.delete(connected));
  }

  /** Another protocol's client is told this owner's and gets no further. */
  #greet({ protocol, version, by }: Hello, channel: Channel): ConnectedClient | CareenError {
    if (protocol !== controlProtocol)
      return new CareenError('owner-other-version', { found: version, own: this.self.version });
    return { by, version, closed: channel.closed, notify: (n, p) => channel.notify(n, p) };
  }
}

function isFollowed(follows: Connected['follows'], engine: string, slice: SliceName): boolean {
  return follows.engine === engine && follows.slices.has(slice);
}
