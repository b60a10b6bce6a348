import type { Millis } from '../../domain/facts.js';
import { meansOutOfReach, toCareenError } from '../../domain/errors.js';
import type { Tags } from '../../domain/policy/types.js';
import { normalise, type Reference, repositoryOf } from '../../domain/reference.js';
import { newerTags } from '../../domain/update/tags.js';
import type { Asking } from './asking.js';
import type { Moment } from './moment.js';
import { asksForTags } from './standing.js';
import type { Named, Subject } from './subjects.js';

/** Tags of one repository that are kept: a rule takes the newest. */
const mostTags = 200;
/** Listed tags that are tried, the newest first, until one is there. */
const mostTries = 3;

/** What a round of questions came to. */
export interface Asked {
  /** Questions, and how many of them reached no registry. */
  questions: number;
  unreached: number;
}

/**
 * Asks once about each distinct reference, and once about the tags of each repository where a rule looks
 * at other tags (UPDATING §2). What fails is remembered with what it was asked of, and holds up nothing
 * else.
 */
export class Round {
  readonly #asked = new Map<string, Promise<void>>();
  #unreached = 0;

  constructor(
    private readonly asking: Asking,
    private readonly moment: Moment,
    private readonly now: () => Millis,
  ) {}

  /** About all that a registry has anything to say of. */
  async ask(wanted: readonly Subject[]): Promise<Asked> {
    const asked = wanted.filter((subject) => this.moment.standings.isAsked(subject));
    await Promise.all(asked.map((subject) => this.#about(subject)));
    for (const { verdict, subject } of wanted.map((one) => this.moment.standings.of(one)))
      if (verdict.state === 'available' && verdict.to.digest !== null && subject.reference !== null)
        this.moment.memory.see(repositoryOf(subject.reference), verdict.to.digest, this.now());
    return { questions: this.#asked.size, unreached: this.#unreached };
  }

  /** About one reference. */
  digest(reference: Reference): Promise<void> {
    const name = normalise(reference);
    return this.#once(name, async () => {
      try {
        const digest = await this.asking.digest(reference);
        this.moment.memory.answered(name, this.now(), digest);
        if (digest !== null) this.moment.memory.see(repositoryOf(reference), digest, this.now());
      } catch (e) {
        this.#note(e);
        this.moment.memory.failed(name, this.now(), e);
      }
    });
  }

  async #about(subject: Named): Promise<void> {
    const own = this.digest(subject.reference);
    if (asksForTags(subject)) {
      await this.#tags(subject.reference);
      await this.#newest(subject);
    }
    await own;
  }

  #tags(reference: Reference): Promise<void> {
    const repository = repositoryOf(reference);
    return this.#once(`${repository} tags`, async () => {
      try {
        const tags = (await this.asking.tags(reference)) ?? [];
        this.moment.memory.tagsAnswered(repository, this.now(), this.#allowed(repository, tags));
      } catch (e) {
        this.#note(e);
        this.moment.memory.tagsFailed(repository, this.now(), e);
      }
    });
  }

  /** Those that the rule of any container leads to. */
  #allowed(repository: string, tags: readonly string[]): string[] {
    const rules = new Map<string, { tag: string; tags: Tags }>();
    for (const { reference, mode } of this.moment.subjects.all)
      if (reference?.tag != null && repositoryOf(reference) === repository)
        rules.set(JSON.stringify([reference.tag, mode.tags]), {
          tag: reference.tag,
          tags: mode.tags,
        });
    const allowed = [...rules.values()].flatMap((rule) =>
      newerTags(rule.tag, tags, rule.tags).slice(0, mostTags),
    );
    return [...new Set(allowed)];
  }

  async #newest(subject: Named): Promise<void> {
    const { newTags } = this.moment.standings.of(subject);
    for (const tag of newTags.slice(0, mostTries)) {
      const reference = { ...subject.reference, tag };
      await this.digest(reference);
      if (this.moment.memory.reference(normalise(reference))?.answer?.digest !== null) return;
    }
  }

  #once(key: string, ask: () => Promise<void>): Promise<void> {
    const before = this.#asked.get(key);
    if (before) return before;
    const asked = ask();
    this.#asked.set(key, asked);
    return asked;
  }

  #note(e: unknown): void {
    if (meansOutOfReach(toCareenError(e))) this.#unreached += 1;
  }
}
