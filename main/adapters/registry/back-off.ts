import type { CareenError, ErrorCode } from '../../domain/errors.js';
import { isCareenError } from '../../domain/errors.js';
import type { Millis } from '../../domain/facts.js';
import type { RegistryPatience } from './types.js';

/** What the way to a registry can fail by, whatever it is asked. */
const ofTheWay = new Set<ErrorCode>(['registry-unreachable', 'registry-silent', 'registry-tls']);

/** Errors of its own in a row that are a registry's, not one repository's. */
const inARow = 3;

/**
 * Leaves a registry alone that fails: longer each time, up to a bound. A question that fails while others
 * are answered is its own matter.
 */
export class BackOff {
  #error: CareenError | null = null;
  #until: Millis = 0;
  #rounds = 0;
  #ownErrors = 0;
  #answers = 0;

  constructor(
    private readonly waits: RegistryPatience['leftAlone'],
    private readonly now: () => Millis,
  ) {}

  /**
   * Begins a question.
   *
   * @returns what to hand to `failed`, should it fail
   * @throws CareenError what the registry failed by, while it is left alone
   */
  begin(): number {
    if (this.#error && this.#until > this.now()) throw this.#error;
    return this.#answers;
  }

  /** It is tried at once; if it fails again, the wait is the longer one. */
  lift(): void {
    this.#until = 0;
  }

  answered(): void {
    this.#answers += 1;
    this.#error = null;
    this.#rounds = 0;
    this.#ownErrors = 0;
  }

  /** Takes in a failure; true where the way to the registry failed, so that another may be tried. */
  failed(error: CareenError, begun: number): boolean {
    const way = ofTheWay.has(error.code);
    const own = this.#answers !== begun;
    if (own || (!way && !this.#isOutage(error))) return false;
    const now = this.now();
    // Several questions that were under way together fail together, and count once.
    if (this.#until > now) return way;
    const { first, most } = this.waits;
    this.#until = now + Math.min(first * 2 ** Math.min(this.#rounds, 30), most);
    this.#rounds += 1;
    this.#error = error;
    return way;
  }

  #isOutage(error: CareenError): boolean {
    if (!isCareenError(error, 'registry-error') || error.details.status < 500) return false;
    this.#ownErrors += 1;
    return this.#ownErrors >= inARow;
  }
}
