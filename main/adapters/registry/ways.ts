import type { Dispatcher } from 'undici';
import { CareenError } from '../../domain/errors.js';
import type { Address } from './address.js';
import { type Identities, identitiesFor } from './certificates.js';
import { wayTo } from './proxy.js';
import type { RegistryHost } from './types.js';

/**
 * The connections to one registry and to the hosts that it names: TLS by the system's CAs and those of
 * docker's folder for it, proxies by the environment or the desktop's settings.
 */
export class Ways {
  #identities: Promise<Identities> | null = null;
  /** By origin. */
  readonly #dispatchers = new Map<string, Dispatcher>();
  readonly #proxied = new WeakSet<Dispatcher>();
  /** Those of before `renew`, with what is still under way. */
  readonly #leaving = new Set<Dispatcher>();
  #closed = false;

  constructor(
    private readonly address: Address,
    private readonly host: RegistryHost,
    /** Milliseconds until a connection stands. */
    private readonly patience: number,
  ) {}

  get isClosed(): boolean {
    return this.#closed;
  }

  /** The way to a host; undici is loaded when it is needed: it is half of what a start would read. */
  async to(url: URL): Promise<Dispatcher> {
    const before = this.#dispatchers.get(url.origin);
    if (before) return before;
    const made = await this.#make(url);
    const there = this.#dispatchers.get(url.origin);
    if (there || this.#closed) {
      await made.destroy();
      if (there) return there;
      throw new CareenError('registry-unreachable', { registry: this.address.name, why: 'closed' });
    }
    this.#dispatchers.set(url.origin, made);
    return made;
  }

  /**
   * Gives up the connections to a host that is reached through a proxy: where one hangs up, undici would
   * connect again for ever and heed no signal.
   */
  giveUp(origin: string): void {
    const dispatcher = this.#dispatchers.get(origin);
    if (!dispatcher || !this.#proxied.has(dispatcher)) return;
    this.#dispatchers.delete(origin);
    void dispatcher.destroy();
  }

  /**
   * Finds every way anew for what is asked from now on: the network, its proxy, or the CAs may be others
   * than those that it failed with. What is under way goes on.
   */
  renew(): void {
    const all = [...this.#dispatchers.values()];
    this.#dispatchers.clear();
    this.#identities = null;
    for (const dispatcher of all) {
      this.#leaving.add(dispatcher);
      const gone = () => this.#leaving.delete(dispatcher);
      // It refuses to close only where it was destroyed already.
      dispatcher.close().then(gone, gone);
    }
  }

  /** Ends what is under way; later questions fail. */
  async close(): Promise<void> {
    this.#closed = true;
    const all = [...this.#dispatchers.values(), ...this.#leaving];
    this.#dispatchers.clear();
    await Promise.all(all.map((dispatcher) => dispatcher.destroy()));
  }

  async #make(url: URL): Promise<Dispatcher> {
    const { Agent, EnvHttpProxyAgent } = await import('undici');
    const { own, others } = await this.#certificates();
    const isOwn = originsOf(this.address).includes(url.origin);
    const connect = {
      secureContext: isOwn ? own : others,
      rejectUnauthorized: !(isOwn && this.address.insecure),
      timeout: this.patience,
    };
    const proxy = await wayTo(url, this.host);
    if (proxy === null) return new Agent({ connect });
    const made = new EnvHttpProxyAgent({
      httpProxy: proxy.url,
      httpsProxy: proxy.url,
      noProxy: proxy.without,
      connect,
      requestTls: connect,
    });
    this.#proxied.add(made);
    return made;
  }

  /** Read once; again where they could not be used. */
  #certificates(): Promise<Identities> {
    this.#identities ??= identitiesFor(this.address.name, this.host).catch((e: unknown) => {
      this.#identities = null;
      throw e;
    });
    return this.#identities;
  }
}

/** The address in the form that URLs have, without the ports that go without saying. */
function originsOf({ host }: Address): string[] {
  return ['https', 'http'].map((scheme) => new URL(`${scheme}://${host}`).origin);
}
