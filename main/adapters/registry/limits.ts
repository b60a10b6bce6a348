import type { RegistryLimit } from '../../contract/updates.js';
import { CareenError } from '../../domain/errors.js';
import type { Millis } from '../../domain/facts.js';
import { type Rate, rateOf } from './rate-limit.js';
import type { Answer } from './transport.js';

/** Seconds to wait where a registry that takes no more questions does not say; doubled each time. */
const standardWait = 60;
const longestGuess = 3_600;
/** Seconds; a registry that asks for more is asked all the same then. */
const longestWait = 86_400;

/** Keeps how often a registry lets itself be asked, and keeps everybody from asking before. */
export class Limits {
  #until: Millis = 0;
  #inARow = 0;
  #rate: Rate | null = null;

  constructor(
    private readonly registry: string,
    private readonly now: () => Millis,
  ) {}

  /** What is to be shown; null where it never said anything of limits. */
  get told(): RegistryLimit | null {
    const isShut = this.#until > this.now();
    if (!this.#rate && !isShut) return null;
    return {
      registry: this.registry,
      limit: this.#rate?.limit ?? null,
      remaining: this.#rate?.remaining ?? null,
      until: isShut ? this.#until : null,
    };
  }

  /** @throws CareenError `registry-limited` while it is not to be asked, with the seconds left */
  refuse(): void {
    const left = this.#until - this.now();
    if (left > 0) throw this.#tooMany(Math.ceil(left / 1000));
  }

  /** Takes in what an answer of the registry's own says of its limits. */
  note({ headers }: Answer): void {
    this.#rate = rateOf(headers) ?? this.#rate;
  }

  /** @throws CareenError `registry-limited` where an answer means "not now" */
  heed(answer: Answer): void {
    if (!isLimited(answer)) {
      this.#inARow = 0;
      return;
    }
    const now = this.now();
    const seconds = retryAfter(answer, now) ?? rateOf(answer.headers)?.reset ?? null;
    // Several that were asked together count once, and the longest wait of them holds.
    if (this.#until <= now) this.#inARow += 1;
    const until = askAgainAt(seconds, this.#inARow - 1, now);
    this.#until = Math.max(this.#until, until);
    throw this.#tooMany(seconds);
  }

  #tooMany(retryAfter: number | null): CareenError {
    return new CareenError('registry-limited', { registry: this.registry, retryAfter });
  }
}

/** Whether an answer means "not now". */
function isLimited({ status, headers }: Answer): boolean {
  return status === 429 || (status === 503 && headers['retry-after'] !== undefined);
}

/** What `Retry-After` says: seconds, or a date (RFC 9110 §10.2.3); null where it says nothing. */
export function retryAfter({ headers }: Pick<Answer, 'headers'>, now: Millis): number | null {
  const text = [headers['retry-after'] ?? ''].flat()[0]?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text);
  // Without a month's name it is none of HTTP's dates, and `parse` makes years of numbers.
  const date = /[A-Za-z]{3}/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? null : Math.max(0, Math.ceil((date - now) / 1000));
}

/**
 * When to ask again.
 *
 * @param seconds what the registry said, else null
 * @param before how often in a row it refused before
 */
export function askAgainAt(seconds: number | null, before: number, now: Millis): Millis {
  const guess = Math.min(standardWait * 2 ** Math.min(before, 30), longestGuess);
  return now + Math.min(Math.max(seconds ?? guess, 1), longestWait) * 1000;
}
