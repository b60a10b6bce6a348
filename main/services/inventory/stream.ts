import type { Clock, Timer } from '../../adapters/clock.js';
import type { DockerEngine, EngineEvent } from '../../adapters/docker/types.js';
import type { Millis } from '../../domain/facts.js';

export interface StreamListener {
  event(event: EngineEvent): void;
  /** The stream broke off; the engine may be gone. */
  broken(error: unknown): void;
  /** Nothing was heard for long: the stream may be half open and is to be opened anew. */
  silent(): void;
}

/** `since` in ms that makes the engine replay all the events it still has (at most 256). */
const replayAll = 1;

/** Milliseconds within which a replay begins, where the engine still has the last event seen. */
const replayDeadline = 1_000;

/** One engine's event stream, opened again where it broke or fell silent (DESIGN §3). */
export class EventStream {
  #open: { close(): void } | null = null;
  #silence: Timer | null = null;
  #lastSeen: Millis = 0;
  #replayed: (() => void) | null = null;

  constructor(
    private readonly engine: DockerEngine,
    private readonly listener: StreamListener,
    private readonly clock: Clock,
    /** Milliseconds. */
    private readonly longestSilence: number,
  ) {}

  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** Opens it for the first time; what the engine still has of its past is replayed. */
  async begin(): Promise<void> {
    await this.#connect(replayAll);
  }

  /**
   * Opens it anew. True when nothing was missed: the replay reaches back to the last event seen.
   * False: the engine has forgotten that, and all has to be read again.
   */
  async again(): Promise<boolean> {
    this.close();
    if (this.#lastSeen === 0) {
      await this.#connect(replayAll);
      return false;
    }
    const replay = { reached: false };
    this.#replayed = () => (replay.reached = true);
    try {
      await this.#connect(this.#lastSeen);
      return replay.reached || (await this.#reaches());
    } finally {
      this.#replayed = null;
    }
  }

  close(): void {
    this.#silence?.cancel();
    this.#open?.close();
    this.#open = null;
  }

  #reaches(): Promise<boolean> {
    return new Promise((resolve) => {
      const late = this.clock.after(replayDeadline, () => resolve(false));
      this.#replayed = () => {
        late.cancel();
        resolve(true);
      };
    });
  }

  /**
   * A stream ends with its engine, so what answers once it is open stays the one that answers: that
   * is asked each time, and until then nothing that it tells is believed.
   */
  async #connect(since: Millis): Promise<void> {
    const before = this.#lastSeen;
    let unconfirmed: EngineEvent[] | null = [];
    const take = (event: EngineEvent) => {
      if (before > 0 && event.at <= before) this.#replayed?.();
      // The event that was seen last comes once more by its own time.
      if (before > 0 && event.at < before) return;
      this.#lastSeen = Math.max(this.#lastSeen, event.at);
      this.#listenForSilence();
      this.listener.event(event);
    };
    const stream = await this.engine.events(
      {
        event: (event) => {
          if (unconfirmed) unconfirmed.push(event);
          else take(event);
        },
        closed: (error) => {
          if (this.#open !== stream) return;
          this.close();
          this.listener.broken(error);
        },
      },
      since,
    );
    this.#open = stream;
    try {
      await this.engine.confirm();
    } catch (e) {
      this.close();
      throw e;
    }
    if (this.#open !== stream) return;
    unconfirmed.forEach(take);
    unconfirmed = null;
    this.#listenForSilence();
  }

  #listenForSilence(): void {
    this.#silence?.cancel();
    this.#silence = this.clock.after(this.longestSilence, () => this.listener.silent());
  }
}
