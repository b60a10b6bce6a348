import PQueue from 'p-queue';
import type { Pinned, RegistryImage, TagHead, TagList } from '../../adapters/registry/types.js';
import type { RegistryLimit } from '../../contract/updates.js';
import { CareenError, meansOutOfReach, toCareenError } from '../../domain/errors.js';
import { normalise, type Reference } from '../../domain/reference.js';

/** How registries are asked; the adapter's, handed in. Failures as the adapter says. */
export interface Registry {
  head(reference: Reference): Promise<TagHead>;
  tags(domain: string, path: string): Promise<TagList>;
  image(reference: Pinned, platform: string): Promise<RegistryImage>;
  limits(): RegistryLimit[];
  retryNow(): void;
}

/** The engine's own way to a registry, which may be another than this host's. */
export interface EngineWay {
  distribution(reference: string, auth: string | null): Promise<{ digest: string } | null>;
}

/** The value of `X-Registry-Auth`; throws where the credentials cannot be had. */
export type RegistryAuth = (reference: string) => Promise<string | null>;

/** Questions that the engine asks for this host at a time. */
const atOnce = 4;

/** Asks registries, by the engine's way where this host has none. */
export class Asking {
  readonly #engineQueue = new PQueue({ concurrency: atOnce });

  constructor(
    private readonly registry: Registry,
    private readonly engine: () => EngineWay | null,
    private readonly auth: RegistryAuth,
  ) {}

  /**
   * The digest that a tag shows now; null: the registry has no such tag. Throws what this host met
   * where the engine gets through no better.
   */
  async digest(reference: Reference): Promise<string | null> {
    try {
      const head = await this.registry.head(reference);
      return head.found ? head.digest : null;
    } catch (e) {
      const error = toCareenError(e);
      if (!meansOutOfReach(error)) throw error;
      const digest = await this.#engineQueue.add(() => this.#byEngine(reference));
      if (digest === null) throw error;
      return digest;
    }
  }

  /** Every tag of a repository; null: the registry has no such repository. */
  async tags({ domain, path }: Reference): Promise<string[] | null> {
    const list = await this.registry.tags(domain, path);
    return list.found ? list.tags : null;
  }

  /**
   * By a mirror, or to a registry inside the engine's virtual machine. Null where that way leads
   * nowhere either: then what this host met is what there is to say. An engine's 404 proves nothing,
   * since those that do not know the question answer it so.
   */
  async #byEngine(reference: Reference): Promise<string | null> {
    const name = normalise(reference);
    try {
      return (await this.engine()?.distribution(name, await this.auth(name)))?.digest ?? null;
    } catch (e) {
      if (e instanceof CareenError) return null;
      throw e;
    }
  }
}
