import { EventEmitter } from 'node:events';
import type { KeptVersion } from '../../contract/updates.js';
import type { EngineFacts, Inventory, Millis } from '../../domain/facts.js';
import { engineKey } from '../../domain/identity.js';
import type { Policy } from '../../domain/policy/types.js';
import { heldBy } from '../../domain/update/kept.js';
import { EngineVersions, type VersionsDoc } from './of-engine.js';
import type { ServiceVersion, Unproven } from './stored.js';

/** What says how long versions are kept, and what they take. */
export interface VersionsGround {
  /** The policy's `rollback`, as it was read last. */
  rollback: () => Policy['rollback'];
  /**
   * Versions of a service, by its ID, that were kept before this run, but for those of the engine that
   * was met; the newest first.
   */
  remembered: (id: string, met: EngineFacts | null) => readonly ServiceVersion[];
  /** Whether the policy was read: what it holds is not known before. */
  isPolicyRead: () => boolean;
  /** Bytes that giving an image up would free at least; null where that is not known. */
  bytesOf: (imageId: string) => number | null;
  now: () => Millis;
}

/** Versions that containers ran before and can go back to, of the engine at hand (UPDATING §5). */
export class Versions extends EventEmitter<{ changed: []; failed: [unknown] }> {
  readonly #engines = new Map<string, Promise<EngineVersions>>();
  #current: EngineVersions | null = null;
  /** Whose that is. */
  #met: EngineFacts | null = null;

  constructor(
    private readonly open: (engine: EngineFacts) => Promise<VersionsDoc>,
    private readonly ground: VersionsGround,
  ) {
    super();
  }

  /** What is kept for the engine at hand; null until it is met. */
  get current(): EngineVersions | null {
    return this.#current;
  }

  /** Takes up what is kept for an engine: from then on it is the one at hand. */
  async meet(engine: EngineFacts): Promise<void> {
    this.#current = null;
    this.#met = null;
    this.#current = await this.of(engine);
    this.#met = engine;
    this.emit('changed');
  }

  /** What is kept for an engine, whichever is at hand. Throws `home-unwritable`. */
  of(engine: EngineFacts): Promise<EngineVersions> {
    const key = engineKey(engine);
    const known = this.#engines.get(key);
    if (known) return known;
    const opened = this.open(engine).then(
      (doc) =>
        new EngineVersions(
          doc,
          () => this.emit('changed'),
          (e) => this.emit('failed', e),
        ),
    );
    this.#engines.set(key, opened);
    opened.catch(() => this.#engines.delete(key));
    return opened;
  }

  /** Containers with versions on record, and how many, whether the policy holds them or not. */
  get recorded(): { container: string; versions: number }[] {
    const current = this.#current;
    return (current?.names ?? []).flatMap((container) => {
      const versions = current?.onRecord(container).length ?? 0;
      return versions > 0 ? [{ container, versions }] : [];
    });
  }

  /** What a container can go back to, the newest first. */
  kept(container: string): KeptVersion[] {
    const { rollback, bytesOf, now } = this.ground;
    const held = rollback();
    return heldBy(this.#current?.of(container) ?? [], held, now()).map((version) => {
      const { tag, digest, imageId, created, label, replacedAt, proven, copies } = version;
      const until = replacedAt + held.for;
      const bytes = bytesOf(imageId);
      return { tag, digest, imageId, created, label, replacedAt, until, proven, bytes, copies };
    });
  }

  /** What a service can go back to, the newest first; images of it go by their digests. */
  keptOfService(id: string): KeptVersion[] {
    const { rollback, now } = this.ground;
    const held = rollback();
    return heldBy(this.#current?.ofService(id) ?? [], held, now()).map((version) => {
      const { tag, digest, replacedAt, proven } = version;
      const until = replacedAt + held.for;
      const unknown = { created: null, label: null, bytes: null, copies: [] };
      return { tag, digest, imageId: digest, replacedAt, until, proven, ...unknown };
    });
  }

  /** The images of those, `repo:tag@digest`, whether the engine was met or not: nodes keep them. */
  imagesOfService(id: string): string[] {
    const { rollback, now, remembered, isPolicyRead } = this.ground;
    // It may have been another one, or on another store: each list is bounded by itself.
    const lists = [this.#current?.ofService(id) ?? [], remembered(id, this.#met)];
    const held = lists.flatMap((list) => (isPolicyRead() ? heldBy(list, rollback(), now()) : list));
    return [...new Set(held.map(({ image }) => image))];
  }

  /** Since when, and by which run, what a container runs is not proven; null: it is. */
  unproven(container: string): { since: Millis; runId: string } | null {
    const { since, runId } = this.#current?.unproven(container) ?? {};
    return since === undefined || runId === undefined ? null : { since, runId };
  }

  /** Digests that the versions of this image had, as they were before it was replaced. */
  digestsOf(container: string, imageId: string): string[] {
    const of = (this.#current?.of(container) ?? []).filter((one) => one.imageId === imageId);
    return of.flatMap(({ digests }) => digests);
  }

  /** Updates that are not proven, by the container's name. */
  unprovenNow(): ReadonlyMap<string, Unproven> {
    const current = this.#current;
    return new Map(
      (current?.names ?? []).flatMap((name) => {
        const unproven = current?.unproven(name) ?? null;
        return unproven ? [[name, unproven] as const] : [];
      }),
    );
  }

  /** What the judge holds for rollbacks. */
  retained(): Inventory['retained'] {
    return this.#current?.retained() ?? [];
  }
}
