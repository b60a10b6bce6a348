import type { Clock, Timer } from '../../adapters/clock.js';

/** Milliseconds after which it is looked again whether a person has come to rest. */
const look = 250;

/** Milliseconds that one piece of work waits for that in all: a long list takes half of it to scroll through. */
const patience = 60_000;

/** Has one piece of work at a time done beside what a person does: it goes on while nobody acts. */
export class Beside {
  #timer: Timer | null = null;
  #waited = 0;

  /** @param userActive whether a person acts at this moment */
  constructor(
    private readonly clock: Clock,
    private readonly userActive: () => boolean,
  ) {}

  /** Whether it is to begin or to go on. */
  get isDue(): boolean {
    return this.#timer !== null;
  }

  /** Begins a piece of work after so many milliseconds; see `after`. */
  begin(ms: number, act: () => void): void {
    this.#waited = 0;
    this.after(ms, act);
  }

  /**
   * Goes on with it after so many milliseconds, once nobody acts, or it has waited for that for long
   * enough.
   *
   * @param act told whether it had to wait for a person
   */
  after(ms: number, act: (waited: boolean) => void): void {
    this.#wait(ms, act, false);
  }

  cancel(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }

  #wait(ms: number, act: (waited: boolean) => void, waited: boolean): void {
    this.#timer = this.clock.after(ms, () => {
      this.#timer = null;
      if (this.#waited >= patience || !this.userActive()) return act(waited);
      this.#waited += look;
      this.#wait(look, act, true);
    });
  }
}
