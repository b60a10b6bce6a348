import { EventEmitter } from 'node:events';
import type { Clock, Timer } from '../adapters/clock.js';
import type { DockerEngine } from '../adapters/docker/types.js';
import {
  CareenError,
  type ErrorCode,
  isCareenError,
  type LookedAt,
  meansRefused,
  toCareenError,
} from '../domain/errors.js';
import type { Millis } from '../domain/facts.js';

/** What looking for an engine found. */
export interface Found {
  endpoint: string | null;
  chosen: LookedAt | null;
  looked: LookedAt[];
  /** Why a place that was named was not taken, where that is what stands in the way. */
  error: CareenError | null;
}

/** How engines are found and reached; the adapters', handed in. */
export interface Finder {
  /** Looks where the docker CLI would; with `chosen` only there. */
  discover(chosen: string | null): Promise<Found>;
  /** `context`: the docker context that it was chosen by, if any. */
  connect(endpoint: string, context?: string | null): Promise<DockerEngine>;
  /** Where the docker CLI would go now, by the name of its context; null where it is remote. */
  cliEndpoint(): Promise<{ context: string; endpoint: string } | null>;
}

export type ConnectionStatus = 'looking' | 'connected' | 'lost' | 'none';

/** Milliseconds between tries, doubled from the first to the last. */
const backOff = { first: 1_000, last: 30_000 };

/** Milliseconds until one that refused is tried again: servers shut out whoever knocks too often. */
const afterRefusal = 10 * 60_000;

/** Seconds that a place is given to answer when it is looked at (the finder's deadline). */
const lookSeconds = 2;

/** Outcomes of looking that say more to a person than "no engine was found". */
const telling: Partial<Record<LookedAt['outcome'], ErrorCode>> = {
  'no-permission': 'engine-permission',
  silent: 'engine-silent',
  'not-an-engine': 'engine-unsupported',
};

/**
 * Finds one engine, holds it, and finds it again when it goes. The choice is pinned: once an
 * endpoint answered, only a person's choice leads elsewhere (DESIGN §3, Endpoint).
 */
export class Connection extends EventEmitter<{ changed: []; connected: [DockerEngine]; lost: [] }> {
  status: ConnectionStatus = 'looking';
  engine: DockerEngine | null = null;
  found: Found = { endpoint: null, chosen: null, looked: [], error: null };
  error: CareenError | null = null;
  since: Millis;
  /** The docker CLI's context, when it leads elsewhere than the pinned choice. */
  contextMoved: string | null = null;
  #pinned: string | null = null;
  #wait = backOff.first;
  #timer: Timer | null = null;
  #looking: Promise<void> | null = null;
  /** Counts choices: what a look for an earlier one finds is let go. */
  #turn = 0;
  #closed = false;

  constructor(
    private readonly finder: Finder,
    private readonly clock: Clock,
    /** A person's own choice, else null. */
    private chosen: string | null,
  ) {
    super();
    this.since = clock.now();
  }

  /** Looks now; a look under way is shared. */
  look(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = null;
    if (this.#looking) return this.#looking;
    const looking = this.#look(this.#turn).finally(() => {
      if (this.#looking === looking) this.#looking = null;
    });
    this.#looking = looking;
    return looking;
  }

  /** Resolves when the look under way, if there is one, has ended. */
  async settled(): Promise<void> {
    await this.#looking;
  }

  /**
   * Goes to another endpoint, or back to discovery with null. A look under way is not waited for: a
   * machine that does not answer to ssh would keep a person from going elsewhere for 45 s.
   *
   * @returns whether it is the choice still, once that was looked for
   */
  async choose(endpoint: string | null): Promise<boolean> {
    const turn = ++this.#turn;
    this.#looking = null;
    this.chosen = endpoint;
    this.#pinned = null;
    this.#wait = backOff.first;
    const had = this.engine !== null;
    this.#drop();
    this.#set('looking', null);
    if (had) this.emit('lost');
    await this.look();
    return turn === this.#turn;
  }

  /** To be told once an engine was read whole: the next loss is a new one, not the same again. */
  proven(): void {
    this.#wait = backOff.first;
  }

  /** To be told by whoever talks to the engine that it went away. */
  lost(engine: DockerEngine, why: unknown): void {
    if (this.engine !== engine || this.#closed) return;
    this.#drop();
    this.#set('lost', toCareenError(why));
    this.emit('lost');
    this.#again();
  }

  /**
   * The engine once it is connected; null when `deadline` ms pass first, `signal` is aborted, or another
   * one answers in its place, which a person is asked about.
   */
  back(deadline: number, signal: AbortSignal): Promise<DockerEngine | null> {
    if (this.engine) return Promise.resolve(this.engine);
    if (signal.aborted) return Promise.resolve(null);
    return new Promise((resolve) => {
      const done = (engine: DockerEngine | null) => {
        timer.cancel();
        this.off('connected', done);
        this.off('changed', replaced);
        signal.removeEventListener('abort', given);
        resolve(engine);
      };
      const given = () => done(null);
      const replaced = () => {
        if (isCareenError(this.error, 'engine-replaced')) done(null);
      };
      const timer = this.clock.after(deadline, given);
      signal.addEventListener('abort', given);
      this.on('connected', done);
      this.on('changed', replaced);
    });
  }

  /** The engine, or the failure that says why there is none. */
  required(): DockerEngine {
    if (this.engine) return this.engine;
    throw this.error ?? new CareenError('engine-not-found', { looked: this.found.looked });
  }

  close(): void {
    this.#closed = true;
    this.#timer?.cancel();
    this.#drop();
  }

  async #look(turn: number): Promise<void> {
    if (this.engine) return this.#compareContext();
    const isOver = () => this.#closed || turn !== this.#turn;
    try {
      const found = await this.#discover(isOver);
      if (isOver()) return;
      this.found = found;
      if (found.endpoint === null) throw this.#nothing();
      const engine = await this.finder.connect(found.endpoint);
      if (isOver()) {
        engine.close();
        return;
      }
      this.engine = engine;
      this.#pinned = found.endpoint;
      this.#set('connected', null);
      this.emit('connected', engine);
    } catch (e) {
      if (isOver()) return;
      this.#set(this.#pinned === null ? 'none' : 'lost', toCareenError(e));
      this.#again();
    }
  }

  /** With a choice or a pinned engine only that one is taken; the others are still looked at. */
  async #discover(isOver: () => boolean): Promise<Found> {
    const wanted = this.chosen ?? this.#pinned;
    const all = await this.finder.discover(null);
    if (wanted === null || isOver()) return all;
    this.found = { ...all, endpoint: null, chosen: null, error: null };
    const only = await this.finder.discover(wanted);
    const known = all.looked.find((place) => place.endpoint === only.endpoint);
    return {
      ...only,
      chosen: known ?? only.chosen,
      looked: known || !only.chosen ? all.looked : [only.chosen, ...all.looked],
    };
  }

  /** Says when the CLI's current context leads elsewhere now; does not follow (DESIGN §3). */
  async #compareContext(): Promise<void> {
    const { engine } = this;
    // What is wrong with the CLI's settings is nothing to an engine that is reached without them.
    const cli = await this.finder.cliEndpoint().catch((e: unknown) => {
      if (e instanceof CareenError) return null;
      throw e;
    });
    if (engine !== this.engine) return;
    const moved =
      cli && this.chosen === null && cli.endpoint !== engine?.facts.endpoint ? cli.context : null;
    if (moved === this.contextMoved) return;
    this.contextMoved = moved;
    this.emit('changed');
  }

  #nothing(): CareenError {
    if (this.found.error) return this.found.error;
    for (const place of this.found.looked) {
      const code = telling[place.outcome];
      if (code === 'engine-permission') return new CareenError(code, { endpoint: place.endpoint });
      if (code === 'engine-silent')
        return new CareenError(code, { endpoint: place.endpoint, seconds: lookSeconds });
      if (code === 'engine-unsupported')
        return new CareenError(code, { endpoint: place.endpoint, found: place.name });
    }
    return new CareenError('engine-not-found', { looked: this.found.looked });
  }

  #again(): void {
    if (this.#closed) return;
    this.#timer?.cancel();
    const wait = meansRefused(this.error) ? afterRefusal : this.#wait;
    this.#timer = this.clock.after(wait, () => void this.look());
    this.#wait = Math.min(this.#wait * 2, backOff.last);
  }

  #drop(): void {
    this.engine?.close();
    this.engine = null;
  }

  #set(status: ConnectionStatus, error: CareenError | null): void {
    const changed = status !== this.status || error?.code !== this.error?.code;
    this.status = status;
    this.error = error;
    if (changed) this.since = this.clock.now();
    this.emit('changed');
  }
}
