import type { WireError } from '../../contract/wire.js';
import { toWire } from '../../contract/wire.js';
import type { Millis } from '../../domain/facts.js';

const most = 100;

/** The failures of this process, the latest; they are on no disk. */
export class RecentErrors {
  readonly #all: { at: Millis; error: WireError }[] = [];

  constructor(private readonly now: () => Millis) {}

  get all(): readonly { at: Millis; error: WireError }[] {
    return this.#all;
  }

  note(error: unknown): void {
    this.#all.push({ at: this.now(), error: toWire(error) });
    if (this.#all.length > most) this.#all.shift();
  }
}
