import type { ManifestHead, Pinned } from '../../adapters/registry/types.js';
import { CareenError, type ErrorCode, toCareenError } from '../../domain/errors.js';
import type { Millis } from '../../domain/facts.js';
import { parseReference } from '../../domain/reference.js';

/** How registries are asked; the adapter's, handed in. */
export interface Registry {
  headManifest(reference: Pinned): Promise<ManifestHead>;
}

/** What came of asking for one manifest. */
export interface Answer {
  at: Millis;
  /** Null where that could not be told: see `error`. */
  found: boolean | null;
  error: CareenError | null;
}

/** Milliseconds until the same manifest is asked for again. */
const asksAgainAfter = { answered: 3_600_000, failed: 60_000, denied: 600_000 };

/** What a registry will say again if it is asked in a minute. */
const lasting = new Set<ErrorCode>(['registry-auth', 'registry-unsupported', 'registry-invalid']);

/** Asks for each manifest once at a time, whoever wants to know, and not again at once. */
export class Answers {
  readonly #asked = new Map<string, { answer: Promise<Answer>; until: Millis }>();

  constructor(
    private readonly registry: Registry,
    private readonly now: () => Millis,
  ) {}

  /** @param name `repository@digest` */
  of(name: string): Promise<Answer> {
    const before = this.#asked.get(name);
    if (before && before.until > this.now()) return before.answer;
    const entry = { answer: this.#ask(name), until: Infinity };
    this.#asked.set(name, entry);
    void entry.answer.then((answer) => {
      entry.until = answer.at + lifeOf(answer);
    });
    return entry.answer;
  }

  /** Lets go of what is too old; to be called now and then: it looks at everything. */
  forget(): void {
    const now = this.now();
    for (const [name, { until }] of this.#asked) if (until <= now) this.#asked.delete(name);
  }

  async #ask(name: string): Promise<Answer> {
    try {
      const { found } = await this.registry.headManifest(pinnedOf(name));
      return { at: this.now(), found, error: null };
    } catch (e) {
      return { at: this.now(), found: null, error: toCareenError(e) };
    }
  }
}

function pinnedOf(name: string): Pinned {
  const { digest, ...rest } = parseReference(name);
  if (digest === null)
    throw new CareenError('reference-invalid', { text: name, problem: 'digest' });
  return { ...rest, digest };
}

function lifeOf({ error }: Answer): Millis {
  if (error === null) return asksAgainAfter.answered;
  return lasting.has(error.code) ? asksAgainAfter.denied : asksAgainAfter.failed;
}
