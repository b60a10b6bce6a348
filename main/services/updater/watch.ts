import { type Clock, sleep } from '../../adapters/clock.js';
import type { DockerEngine, EngineEvent } from '../../adapters/docker/types.js';

/** Wakes whoever waits when an event tells something of what is watched. */
export class Watch {
  isOpen = false;
  #close: () => void = () => undefined;
  /** An event came that nobody has looked after yet. */
  #came = false;
  #wake: (() => void) | null = null;

  /** Throws what means that the engine is lost. */
  static async open(engine: DockerEngine, isNews: (event: EngineEvent) => boolean): Promise<Watch> {
    const watch = new Watch();
    const stream = await engine.events(
      {
        event: (event) => {
          if (isNews(event)) watch.#tell();
        },
        closed: () => {
          watch.isOpen = false;
          watch.#tell();
        },
      },
      null,
    );
    watch.isOpen = true;
    watch.#close = () => stream.close();
    return watch;
  }

  /** Resolves with the next event, after `ms`, or when aborted. */
  async news(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#came) {
      const woken = new AbortController();
      this.#wake = () => woken.abort();
      await sleep(clock, ms, AbortSignal.any([signal, woken.signal]));
      this.#wake = null;
    }
    this.#came = false;
  }

  close(): void {
    this.#close();
  }

  #tell(): void {
    this.#came = true;
    this.#wake?.();
  }
}
