import type { Clock, Timer } from '../../adapters/clock.js';
import type { DockerEngine } from '../../adapters/docker/types.js';
import { meansLost } from '../../domain/errors.js';

/** Milliseconds without an event after which an engine is asked for a sign of life. */
const silence = 45_000;

/** How often in a row: who is lost for a moment only, as on a bad link, is not lost. */
const tries = 2;

/**
 * Finds out that an engine is gone though its event stream stays open, as over a link that carries
 * nothing any more: it is asked as soon as it has said nothing for a while, so that it is known within
 * some 65 s. Of the others, whose streams end with them, nothing is asked (DESIGN §1.6).
 */
export class Pulse {
  #timer: Timer | null = null;
  #stopped = false;

  constructor(
    private readonly engine: DockerEngine,
    private readonly lost: (why: unknown) => void,
    private readonly clock: Clock,
  ) {
    this.heard();
  }

  /** To be told of each sign of life. */
  heard(): void {
    if (this.#stopped || !this.engine.mayFallSilent) return;
    this.#timer?.cancel();
    this.#timer = this.clock.after(silence, () => void this.#ask());
  }

  stop(): void {
    this.#stopped = true;
    this.#timer?.cancel();
  }

  async #ask(): Promise<void> {
    for (let asked = 1; !this.#stopped; asked++) {
      try {
        await this.engine.ping(true);
        return this.heard();
      } catch (e) {
        if (this.#stopped) return;
        // Whatever else it says, it lives.
        if (!meansLost(e)) return this.heard();
        if (asked === tries) return this.lost(e);
      }
    }
  }
}
