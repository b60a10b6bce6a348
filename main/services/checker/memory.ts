import { toWire, type WireError } from '../../contract/wire.js';
import type { Millis } from '../../domain/facts.js';
import type { Asked, Checks, ImageRead, Remembered, Seen, TagsAsked } from './records.js';

/** How long what is of containers, references and versions that are gone is remembered, in ms. */
const goneFor = 90 * 86_400_000;
/** How many of each at most, the latest; what a person said of versions of one container. */
const most = { gone: 500, seen: 5_000, images: 200, versions: 20 };

/** What is remembered of one engine's checks. */
export class Memory {
  checkedAt: Millis | null;
  readonly #references: Map<string, Asked>;
  readonly #repositories: Map<string, TagsAsked>;
  readonly #seen: Map<string, Seen>;
  readonly #images: Map<string, ImageRead>;
  readonly #containers: Map<string, Remembered>;

  constructor(stored: Checks | null) {
    const by = <T>(all: readonly T[] | undefined, key: (one: T) => string) =>
      new Map((all ?? []).map((one) => [key(one), one]));
    this.checkedAt = stored?.checkedAt ?? null;
    this.#references = by(stored?.references, ({ reference }) => reference);
    this.#repositories = by(stored?.repositories, ({ repository }) => repository);
    this.#seen = by(stored?.seen, ({ repository, digest }) => seenKey(repository, digest));
    this.#images = by(stored?.images, (read) => imageKey(read));
    this.#containers = by(stored?.containers, ({ name }) => name);
  }

  /** What is known of a reference, in full form. */
  reference(reference: string): Asked | null {
    return this.#references.get(reference) ?? null;
  }

  /** A registry said what it has by a reference, in full form; null: nothing. */
  answered(reference: string, at: Millis, digest: string | null): void {
    this.#references.set(reference, { reference, answer: { at, digest }, failure: null });
  }

  /** What was answered before still stands. */
  failed(reference: string, at: Millis, error: unknown): void {
    const answer = this.#references.get(reference)?.answer ?? null;
    const failure = { at, error: toWire(error) };
    this.#references.set(reference, { reference, answer, failure });
  }

  /** What is known of a repository's tags, by its full name. */
  tags(repository: string): TagsAsked | null {
    return this.#repositories.get(repository) ?? null;
  }

  /** A registry listed the tags of a repository, by its full name. */
  tagsAnswered(repository: string, at: Millis, tags: readonly string[]): void {
    const answer = { at, tags: [...tags] };
    this.#repositories.set(repository, { repository, answer, failure: null });
  }

  /** As `failed`. */
  tagsFailed(repository: string, at: Millis, error: unknown): void {
    const answer = this.#repositories.get(repository)?.answer ?? null;
    const failure = { at, error: toWire(error) };
    this.#repositories.set(repository, { repository, answer, failure });
  }

  /** When each question to a registry last came to an end, by the name asked about, and how. */
  get asked(): { name: string; at: Millis; error: WireError | null }[] {
    const references = [...this.#references.values()].map((one) => [one.reference, one] as const);
    const tags = [...this.#repositories.values()].map((one) => [one.repository, one] as const);
    return [...references, ...tags].flatMap(([name, { answer, failure }]) => {
      const at = Math.max(failure?.at ?? 0, answer?.at ?? 0);
      return at === 0 ? [] : [{ name, at, error: failure?.error ?? null }];
    });
  }

  /** When a version was first seen; null: never. */
  firstSeen(repository: string, digest: string): Millis | null {
    return this.#seen.get(seenKey(repository, digest))?.at ?? null;
  }

  see(repository: string, digest: string, at: Millis): void {
    const key = seenKey(repository, digest);
    if (!this.#seen.has(key)) this.#seen.set(key, { repository, digest, at });
  }

  image(of: Pick<ImageRead, 'repository' | 'asked' | 'platform'>): ImageRead | null {
    return this.#images.get(imageKey(of)) ?? null;
  }

  keepImage(read: ImageRead): void {
    this.#images.set(imageKey(read), read);
  }

  container(name: string): Remembered | null {
    return this.#containers.get(name) ?? null;
  }

  /** Notes a container as it stands; what was remembered under its name stays. */
  meet(name: string, ran: Remembered['ran']): Remembered {
    const met = { ...(this.#containers.get(name) ?? unknown(name, ran)), ran, goneAt: null };
    this.#containers.set(name, met);
    return met;
  }

  /** Changes what is remembered of a container that was met. */
  change(name: string, change: Partial<Omit<Remembered, 'name'>>): void {
    const before = this.#containers.get(name);
    if (!before) return;
    const after = { ...before, ...change };
    this.#containers.set(name, {
      ...after,
      skipped: after.skipped.slice(-most.versions),
      rolledBack: after.rolledBack.slice(-most.versions),
      sameAs: after.sameAs.slice(-most.versions),
    });
  }

  /** Notes which containers are there no more. */
  missing(there: ReadonlySet<string>, now: Millis): void {
    for (const one of this.#containers.values())
      if (one.goneAt === null && !there.has(one.name)) this.change(one.name, { goneAt: now });
  }

  /**
   * What is worth being kept.
   *
   * @param references in full form, of containers that are there, and what their rules led to
   */
  stored(references: ReadonlySet<string>, now: Millis): Checks {
    const isFresh = (at: Millis) => now - at < goneFor;
    const asked = [...this.#references.values()].filter(
      ({ reference, answer, failure }) =>
        references.has(reference) || isFresh(failure?.at ?? answer?.at ?? 0),
    );
    const repositories = [...this.#repositories.values()].filter(({ answer, failure }) =>
      isFresh(failure?.at ?? answer?.at ?? 0),
    );
    const shown = new Set(asked.map(({ answer }) => answer?.digest ?? null));
    const latest = <T extends { at: Millis }>(all: Iterable<T>, count: number) =>
      [...all].sort((a, b) => b.at - a.at).slice(0, count);
    const all = [...this.#containers.values()];
    const there = all.filter(({ goneAt }) => goneAt === null);
    const gone = all.flatMap((one) =>
      one.goneAt !== null && isFresh(one.goneAt) ? [{ one, at: one.goneAt }] : [],
    );
    return {
      checkedAt: this.checkedAt,
      references: asked,
      repositories,
      seen: latest(
        [...this.#seen.values()].filter(({ digest, at }) => shown.has(digest) || isFresh(at)),
        most.seen,
      ),
      images: latest(
        [...this.#images.values()].filter(({ asked: of, at }) => shown.has(of) || isFresh(at)),
        most.images,
      ),
      containers: [...there, ...latest(gone, most.gone).map(({ one }) => one)],
    };
  }
}

const seenKey = (repository: string, digest: string) => `${repository}@${digest}`;

const imageKey = (of: Pick<ImageRead, 'repository' | 'asked' | 'platform'>) =>
  `${seenKey(of.repository, of.asked)} ${of.platform}`;

const unknown = (name: string, ran: Remembered['ran']): Remembered => ({
  name,
  ran,
  goneAt: null,
  ownUntil: null,
  recreated: null,
  skipped: [],
  rolledBack: [],
  snoozedUntil: null,
  sameAs: [],
  told: null,
});
