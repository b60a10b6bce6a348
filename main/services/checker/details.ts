import type { ContainerActs } from '../../adapters/docker/container-acts.js';
import type { RegistryImage } from '../../adapters/registry/types.js';
import type { Inventory, Millis } from '../../domain/facts.js';
import { linkOf } from '../../domain/link.js';
import type { ImageDefaults } from '../../domain/recreate/types.js';
import { repositoryOf } from '../../domain/reference.js';
import type { Target } from '../types.js';
import type { Registry } from './asking.js';
import type { Memory } from './memory.js';
import { bytesToPull, layersHere } from './pull.js';
import { isNamed, type Named, type Subject } from './subjects.js';

/** What is read of a new version before it is taken. */
export interface Details {
  created: Millis | null;
  labels: Record<string, string>;
  /** Its changelog, by its labels: https only. */
  link: string | null;
  /** The config's `config`. */
  defaults: ImageDefaults;
  /** To pull at most; null: the manifest does not tell, 0: it is here. */
  bytes: number | null;
}

/** Reads what new versions are, each once (UPDATING §2). */
export class DetailReader {
  constructor(
    private readonly registry: Pick<Registry, 'image'>,
    private readonly engine: () => Pick<ContainerActs, 'inspectImage'> | null,
    private readonly now: () => Millis,
  ) {}

  /**
   * Of a version that a registry has, for the platform that a container runs. Throws as the registry
   * does.
   *
   * @param digest that its reference shows
   */
  async ofRegistry(memory: Memory, subject: Named, digest: string): Promise<RegistryImage> {
    const image = await this.#read(memory, subject, digest);
    await this.#compare(memory, subject, digest, image);
    return image;
  }

  /**
   * What a target is to become, from the engine where it has it, else from its registry. Null where
   * the engine has lost it meanwhile; throws as the registry does.
   */
  async of(
    memory: Memory,
    subject: Subject,
    { to, source }: Pick<Target, 'to' | 'source'>,
    inventory: Inventory,
  ): Promise<Details | null> {
    if (isNamed(subject) && source === 'registry' && to.digest !== null) {
      const image = await this.ofRegistry(memory, subject, to.digest);
      const { created, labels, defaults } = image;
      const bytes = bytesToPull(image, layersHere(inventory));
      return { created, labels, link: linkOf(labels), defaults, bytes };
    }
    const image = to.imageId === null ? null : await this.engine()?.inspectImage(to.imageId);
    if (!image) return null;
    const { created, labels, defaults } = image;
    return { created, labels, link: linkOf(labels), defaults, bytes: 0 };
  }

  async #read(memory: Memory, subject: Named, digest: string): Promise<RegistryImage> {
    const { reference, platform } = subject;
    const of = { repository: repositoryOf(reference), asked: digest, platform };
    const known = memory.image(of);
    if (known) return known.image;
    const image = await this.registry.image({ ...reference, tag: null, digest }, platform);
    memory.keepImage({ ...of, at: this.now(), image });
    return image;
  }

  /** An index can change without this platform's image: then nothing is new (UPDATING §2). */
  async #compare(
    memory: Memory,
    { container: { name, imageId } }: Subject,
    digest: string,
    image: RegistryImage,
  ): Promise<void> {
    const isSame =
      image.config === imageId ||
      image.digest === (await this.engine()?.inspectImage(imageId))?.manifestDigest;
    if (!isSame) return;
    const before = memory.container(name)?.sameAs ?? [];
    if (!before.includes(digest)) memory.change(name, { sameAs: [...before, digest] });
  }
}
