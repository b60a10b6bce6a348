import type { RegistryLimit } from '../../contract/updates.js';
import { CareenError } from '../../domain/errors.js';
import type { Millis } from '../../domain/facts.js';
import { normalise, type Reference } from '../../domain/reference.js';
import { addressOf } from './address.js';
import { imageOf } from './image.js';
import { Limits } from './limits.js';
import { headOf, pinnedHeadOf } from './manifest.js';
import { Registry } from './registry.js';
import { tagsOf } from './tags.js';
import type {
  CredentialSource,
  EngineSide,
  ManifestHead,
  Pinned,
  RegistryAsked,
  RegistryHost,
  RegistryImage,
  RegistryPatience,
  TagHead,
  TagList,
} from './types.js';

const standardPatience: RegistryPatience = {
  question: 10_000,
  leftAlone: { first: 15_000, most: 15 * 60_000 },
};

/**
 * Asks registries, as the docker CLI of this machine would be let in. What is wanted twice while it is
 * under way is asked once.
 *
 * Every question throws CareenError: where this machine has no way to the registry (`meansOutOfReach`)
 * `registry-unreachable`, `registry-silent`, `registry-tls`; where the registry does not tell
 * `registry-auth`, `registry-limited`, `registry-error`; where what answers is none, or gives what was
 * not asked for, `registry-unsupported`, `registry-invalid`; and as credentials do.
 */
export class RegistryClient {
  readonly #registries = new Map<string, Registry>();
  /** By name: what a registry said holds however it is reached. */
  readonly #limits = new Map<string, Limits>();
  #closed = false;

  constructor(
    private readonly host: RegistryHost,
    private readonly credentials: CredentialSource,
    private readonly engine: () => EngineSide,
    private readonly now: () => Millis,
    private readonly patience: RegistryPatience = standardPatience,
  ) {}

  /** Whether a registry has this manifest: one HEAD, after whatever it takes to be let in. */
  headManifest(reference: Pinned): Promise<ManifestHead> {
    return this.#ask(reference.domain, `pinned ${normalise(reference)}`, (registry) =>
      pinnedHeadOf(registry, reference),
    );
  }

  /**
   * What a reference is in its registry now, by its digest, else its tag, else `latest`: one HEAD, and a
   * GET only where the registry does not tell the digest.
   */
  head(reference: Reference): Promise<TagHead> {
    return this.#ask(reference.domain, `head ${normalise(reference)}`, (registry) =>
      headOf(registry, reference),
    );
  }

  /** The tags of a repository; `domain` and `path` as in references. */
  tags(domain: string, path: string): Promise<TagList> {
    return this.#ask(domain, `tags ${path}`, (registry) => tagsOf(registry, path));
  }

  /**
   * What an image is, read from its manifest and config. Each manifest that is read counts as a pull at
   * registries that count those.
   *
   * @param platform `os/arch[/variant]`, as the engine tells it of the image in use
   * @throws CareenError `registry-lacks` too
   */
  image(reference: Pinned, platform: string): Promise<RegistryImage> {
    return this.#ask(reference.domain, `image ${normalise(reference)} ${platform}`, (registry) =>
      imageOf(registry, reference, platform),
    );
  }

  /** What registries said of how often they may be asked, by name; those that said nothing are not in it. */
  limits(): RegistryLimit[] {
    return [...this.#limits.values()]
      .flatMap(({ told }) => told ?? [])
      .sort((a, b) => (a.registry < b.registry ? -1 : 1));
  }

  /** How each registry was asked last, by name. */
  asked(): RegistryAsked[] {
    const latest = new Map<string, RegistryAsked>();
    for (const { asked } of this.#registries.values())
      if (asked && asked.at >= (latest.get(asked.registry)?.at ?? 0))
        latest.set(asked.registry, asked);
    return [...latest.values()];
  }

  /**
   * A person asks, or the network is another: registries that are left alone since they failed are tried
   * at once. One that said to wait is not asked before.
   */
  retryNow(): void {
    for (const registry of this.#registries.values()) registry.retryNow();
  }

  /** Ends what is under way; later questions fail. */
  async close(): Promise<void> {
    this.#closed = true;
    const all = [...this.#registries.values()];
    this.#registries.clear();
    await Promise.all(all.map((registry) => registry.close()));
  }

  async #ask<T>(domain: string, key: string, ask: (registry: Registry) => Promise<T>): Promise<T> {
    const registry = this.#registry(domain);
    return registry.once(key, () => ask(registry));
  }

  #registry(domain: string): Registry {
    if (this.#closed)
      throw new CareenError('registry-unreachable', { registry: domain, why: 'closed' });
    const { insecure, isElsewhere } = this.engine();
    const address = addressOf(domain, insecure);
    // To the engine that is its own machine, which only the engine itself can ask.
    if (address.loopback && isElsewhere)
      throw new CareenError('registry-unreachable', { registry: domain, why: 'elsewhere' });
    // What is insecure to one engine is not so to another.
    const key = `${domain} ${address.insecure}`;
    const before = this.#registries.get(key);
    if (before) return before;
    const { host, credentials, now, patience } = this;
    const parts = { host, credentials, now, patience };
    const made = new Registry(address, this.#limitsOf(domain), parts);
    this.#registries.set(key, made);
    return made;
  }

  #limitsOf(domain: string): Limits {
    const before = this.#limits.get(domain);
    if (before) return before;
    const made = new Limits(domain, this.now);
    this.#limits.set(domain, made);
    return made;
  }
}
