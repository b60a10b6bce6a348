import { sha256 } from '../../adapters/hash.js';
import type { Inventory, Millis } from '../../domain/facts.js';
import type { ServiceVersion, StoredVersion, StoredVersions, Unproven } from './stored.js';

/** The document in the data home; the store's, handed in. */
export interface VersionsDoc {
  readonly value: StoredVersions;
  /** Resolves once it is on the disk; what could not be written is held all the same. */
  set(value: StoredVersions): Promise<void>;
}

type Container = StoredVersions['containers'][string];
type Tagged = Pick<StoredVersion, 'n' | 'runId'>;

/** Versions of a service that are remembered; the policy says how many of them are kept. */
const mostOfService = 16;

const nothing: Container = { next: 1, versions: [], unproven: null, left: [], leftovers: [] };

/**
 * The tag of Careen's own that keeps an image for a rollback: container names are no legal
 * references, so it bears the first 16 hex digits of the name's SHA-256 (JUDGING §4). The run's first
 * 8 digits tell it from that of another data home, or of another address of the engine, which counts
 * by itself: a tag that moved on would leave its image to any prune.
 */
function retentionTag(container: string, { n, runId }: Tagged): string {
  return `careen.invalid/keep/${sha256(container).slice(0, 16)}:${n}-${runId.slice(0, 8)}`;
}

/** What is kept of the containers of one engine, by name, for going back. */
export class EngineVersions {
  constructor(
    private readonly doc: VersionsDoc,
    private readonly changed: () => void,
    /** Told of what could not be written where nothing hangs on it. */
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Names of all containers of which something is kept. */
  get names(): string[] {
    return Object.keys(this.doc.value.containers);
  }

  /** Versions that were replaced, the newest first. */
  of(container: string): StoredVersion[] {
    return this.onRecord(container).filter(({ givenUp }) => !givenUp);
  }

  /** The same with those that are given up and whose images have no other name. */
  onRecord(container: string): StoredVersion[] {
    return this.#of(container)
      .versions.filter(({ replaced, givenUp }) => replaced || givenUp)
      .toReversed();
  }

  /**
   * What was to be replaced by runs that did not come to that, and is kept for nothing, as is what is
   * given up.
   */
  strays(container: string): StoredVersion[] {
    return this.#of(container).versions.filter(({ replaced, givenUp }) => !replaced || givenUp);
  }

  /** The version that a run has replaced, or is about to. */
  by(container: string, runId: string): StoredVersion | null {
    return this.#of(container).versions.find((version) => isBy(version, runId)) ?? null;
  }

  /** The tag that keeps a version's image. */
  tagOf(container: string, version: Tagged): string {
    return retentionTag(container, version);
  }

  /** The tags of all versions on record that an image is of, kept or not. */
  tagsOn(imageId: string): string[] {
    return this.names.flatMap((container) =>
      this.#of(container).versions.flatMap((version) =>
        version.imageId === imageId ? [this.tagOf(container, version)] : [],
      ),
    );
  }

  /** Names that other containers had, by IDs that may no longer lead to them. */
  namesFor(container: string): Record<string, string> {
    const replaced = this.names.flatMap((name) =>
      this.#of(name).versions.map(({ spec }) => [spec.Id, name] as const),
    );
    const recorded = this.#of(container).versions.flatMap(({ names }) => Object.entries(names));
    return Object.fromEntries([...replaced, ...recorded]);
  }

  /** What a container was updated to and has not proved yet; null: nothing. */
  unproven(container: string): Unproven | null {
    return this.#of(container).unproven;
  }

  /** What a rollback needs, for the judge: `proven` is whether what replaced it is. */
  retained(): Inventory['retained'] {
    return this.names.flatMap((container) => {
      const { versions: all, unproven } = this.#of(container);
      const versions = all.filter(({ givenUp }) => !givenUp);
      return versions.map(({ imageId, replacedAt, replaced }, n) => {
        const isLast = n === versions.length - 1;
        return { container, imageId, replacedAt, proven: replaced && !(isLast && unproven) };
      });
    });
  }

  /**
   * Keeps what a container runs before anything of it is changed; gives its retention tag. Throws
   * `home-unwritable`, and then nothing may be changed.
   */
  async keep(
    container: string,
    version: Omit<StoredVersion, 'n' | 'replaced' | 'givenUp' | 'copies'>,
  ): Promise<string> {
    const before = this.by(container, version.runId);
    if (before) return retentionTag(container, before);
    const { next: n, versions, ...rest } = this.#of(container);
    const kept = { ...version, n, replaced: false, givenUp: false, copies: [] };
    const next = { ...rest, next: n + 1, versions: [...versions, kept] };
    try {
      await this.doc.set(this.#with(container, next));
    } catch (e) {
      await this.drop(container, n);
      throw e;
    }
    this.changed();
    return retentionTag(container, kept);
  }

  /** What a run replaced it has replaced for good, at that moment. */
  async replaced(container: string, runId: string, at: Millis): Promise<void> {
    await this.change(container, runId, { replaced: true, replacedAt: at });
  }

  /**
   * Copies of volumes go with the version that a run replaces. Throws `home-unwritable`: what the
   * volumes hold must not be touched then.
   */
  async copied(container: string, runId: string, copies: StoredVersion['copies']): Promise<void> {
    const kept = changed(this.#of(container), runId, { copies });
    try {
      await this.doc.set(this.#with(container, kept));
    } catch (e) {
      await this.change(container, runId, { copies: [] });
      throw e;
    }
    this.changed();
  }

  /** Changes what is kept of the version that a run replaced. */
  async change(container: string, runId: string, change: Partial<StoredVersion>): Promise<void> {
    await this.#set(container, (kept) => changed(kept, runId, change));
  }

  /** Keeps one version no longer, whose tag stays with its image until that goes. */
  async giveUp(container: string, runId: string): Promise<void> {
    await this.change(container, runId, { givenUp: true, copies: [] });
  }

  /** Keeps one version no longer. */
  async drop(container: string, n: number): Promise<void> {
    await this.#set(container, ({ versions, ...rest }) => ({
      ...rest,
      versions: versions.filter((version) => version.n !== n),
    }));
  }

  /** What a container runs from now on is not proven; null: it is, or it is no longer Careen's affair. */
  async setUnproven(container: string, unproven: Unproven | null): Promise<void> {
    await this.#set(container, (kept) => ({ ...kept, unproven }));
  }

  /** Versions that were gone back from and that nobody was told of yet. */
  leftBehind(): { container: string; version: string; at: Millis }[] {
    return this.names.flatMap((container) =>
      this.#of(container).left.map((one) => ({ container, ...one })),
    );
  }

  /** A version was gone back from. */
  async leave(container: string, version: string, at: Millis): Promise<void> {
    await this.#set(container, ({ left, ...rest }) => ({
      ...rest,
      left: [...left.filter((one) => one.version !== version), { version, at }],
    }));
  }

  /** Whoever chooses versions knows of it now. */
  async told(container: string, version: string): Promise<void> {
    await this.#set(container, ({ left, ...rest }) => ({
      ...rest,
      left: left.filter((one) => one.version !== version),
    }));
  }

  /** Versions that a service ran, the newest first. */
  ofService(id: string): ServiceVersion[] {
    return (this.doc.value.services[id] ?? []).toReversed();
  }

  /** A service ran this before; what it runs now is no kept version. */
  async serviceReplaced(id: string, before: ServiceVersion | null, now: string): Promise<void> {
    const { value } = this.doc;
    const others = (value.services[id] ?? []).filter(
      ({ digest }) => digest !== now && digest !== before?.digest,
    );
    await this.#setService(id, [...others, ...(before ? [before] : [])].slice(-mostOfService));
  }

  /** Nothing is kept of a service any more. */
  serviceReleased(id: string): Promise<void> {
    return this.#setService(id, []);
  }

  /** IDs of containers of Careen's own that the engine refused to remove. */
  leftovers(container: string): readonly string[] {
    return this.#of(container).leftovers;
  }

  /** What the engine refused to remove is tried again later. */
  async setLeftovers(container: string, leftovers: readonly string[]): Promise<void> {
    await this.#set(container, (kept) => ({ ...kept, leftovers: [...leftovers] }));
  }

  #of(container: string): Container {
    return this.doc.value.containers[container] ?? nothing;
  }

  #with(container: string, kept: Container): StoredVersions {
    const { value } = this.doc;
    return { ...value, containers: { ...value.containers, [container]: kept } };
  }

  async #setService(id: string, kept: ServiceVersion[]): Promise<void> {
    const { value } = this.doc;
    try {
      await this.doc.set({ ...value, services: { ...value.services, [id]: kept } });
    } catch (e) {
      this.failed(e);
    }
    this.changed();
  }

  /** What could not be written is held, and written with the next: the engine itself tells the rest. */
  async #set(container: string, change: (kept: Container) => Container): Promise<void> {
    try {
      await this.doc.set(this.#with(container, change(this.#of(container))));
    } catch (e) {
      this.failed(e);
    }
    this.changed();
  }
}

/** With a change of the version that a run replaced. */
function changed(
  { versions, ...rest }: Container,
  runId: string,
  change: Partial<StoredVersion>,
): Container {
  const next = versions.map((one) => (isBy(one, runId) ? { ...one, ...change } : one));
  return { ...rest, versions: next };
}

/** One that was given up is no longer the run's. */
function isBy(version: StoredVersion, runId: string): boolean {
  return version.runId === runId && !version.givenUp;
}
