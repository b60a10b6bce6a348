import type { Socket } from 'node:net';
import { type Channel, openChannel } from '../../adapters/control/channel.js';
import { type Hello, controlProtocol, ended, hello } from '../../contract/control.js';
import { firstEngine } from '../../contract/first-engine.js';
import { type SliceMessage, type SliceName, sliceMessage, slices } from '../../contract/slices.js';
import { CareenError, isCareenError } from '../../domain/errors.js';
import type { Self } from './owner.js';

/** The way to the owner of a data home, for a process that is not it. */
export class OwnerClient {
  readonly role = 'client';
  readonly #listeners = new Set<(message: SliceMessage) => void>();
  readonly #noticed = new Set<(name: string, params: unknown) => void>();
  readonly #channel: Channel;
  #owner: Hello | null = null;
  #ended = false;

  constructor(
    socket: Socket,
    private readonly self: Self,
  ) {
    this.#channel = openChannel(
      socket,
      {
        answer: (name) => Promise.reject(new CareenError('internal', { message: name })),
        noticed: (name, params) => this.#notice(name, params),
      },
      (sent) =>
        new CareenError(sent && !this.#ended ? 'home-lost' : 'owner-ended', { home: self.home }),
    );
  }

  /**
   * Says hello. False: the other side went away instead of answering, and the home is to be
   * claimed again. Throws `owner-other-version` where it speaks another protocol.
   */
  async greet(): Promise<boolean> {
    const { version, by } = this.self;
    const own: Hello = { protocol: controlProtocol, version, by };
    let answer: unknown;
    try {
      answer = await this.#channel.call('hello', own);
    } catch (e) {
      if (isCareenError(e, 'home-lost') || isCareenError(e, 'owner-ended')) return false;
      throw e;
    }
    const owner = hello.parse(answer);
    if (owner.protocol !== controlProtocol) {
      this.close();
      throw new CareenError('owner-other-version', { found: owner.version, own: version });
    }
    this.#owner = owner;
    return true;
  }

  /** Who owns the home: the app, or another command line at work. */
  get owner(): Hello {
    if (!this.#owner) throw new Error('the owner is known after its hello');
    return this.#owner;
  }

  /**
   * Has the owner run a command on an engine, by its key. Throws what it threw; `owner-ended` when it ended before it began:
   * the home is to be claimed again; `home-lost` when it went away without a word: whether the
   * command was done is then not known here.
   */
  call(name: string, params: unknown, engine: string = firstEngine): Promise<unknown> {
    return this.#channel.call(name, { engine, params });
  }

  /** Is told of these slices of an engine from now on, instead of those asked for before. */
  async follow(names: readonly SliceName[], engine: string = firstEngine): Promise<void> {
    await this.#channel.call('follow', { engine, slices: names });
  }

  /** Gives the way to stop. */
  onSlice(listener: (message: SliceMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What the owner sends besides slices; gives the way to stop. */
  onNotice(listener: (name: string, params: unknown) => void): () => void {
    this.#noticed.add(listener);
    return () => this.#noticed.delete(listener);
  }

  /** Resolves when the owner is gone; an app waits for that and claims the home again. */
  get closed(): Promise<void> {
    return this.#channel.closed;
  }

  close(): void {
    this.#channel.close();
  }

  #notice(name: string, params: unknown): void {
    if (name === ended) {
      // All that the owner began was answered before this: what still waits was not begun.
      this.#ended = true;
      this.close();
      return;
    }
    if (name !== 'slice') {
      for (const listener of this.#noticed) listener(name, params);
      return;
    }
    const { engine, slice, version, value } = sliceMessage.parse(params);
    const message = { engine, slice, version, value: slices[slice].parse(value) };
    for (const listener of this.#listeners) listener(message);
  }
}
