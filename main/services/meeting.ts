import { EventEmitter } from 'node:events';
import type { Clock, Timer } from '../adapters/clock.js';
import type { DockerEngine } from '../adapters/docker/types.js';
import { isCareenError, toCareenError } from '../domain/errors.js';
import type { EngineFacts } from '../domain/facts.js';
import type { Connection } from './connection.js';
import type { Inventory } from './inventory/index.js';
import type { Knowledge } from './knowledge/index.js';
import type { Recovery } from './recovery.js';
import type { Runs } from './runs.js';
import type { Listed } from './types.js';

/** The last list of each engine, to be shown until the engine has answered. The store's. */
export interface ListingStore {
  load(engine: EngineFacts): Promise<Listed | null>;
  save(engine: EngineFacts, listed: Listed): Promise<void>;
}

/** Milliseconds after a run until what it had to leave open is asked about again. */
const settleAfter = 5_000;

/**
 * What happens when an engine is met, in this order: what is known of it is taken up, remembered
 * rows are shown, the engine is read, and runs that were cut off are closed.
 */
export class Meeting extends EventEmitter<{ failed: [unknown] }> {
  #met: Promise<void> = Promise.resolve();
  /** Taking up what is known of the engine that was met last; its own meeting tells why that failed. */
  #takenUp: Promise<unknown> = Promise.resolve();
  #closing: Timer | null = null;
  /** Whether the run that is under way only closes what others left open. */
  #isClosing = false;

  constructor(
    private readonly connection: Connection,
    private readonly knowledge: Knowledge,
    private readonly inventory: Inventory,
    private readonly recovery: Recovery,
    private readonly runs: Runs,
    private readonly listings: ListingStore,
    /** Takes up what is kept for rollbacks there: it is judged by. */
    private readonly versions: { meet(engine: EngineFacts): Promise<void> },
    private readonly clock: Clock,
  ) {
    super();
    inventory.on('sighted', (sightings) => knowledge.see(sightings));
    inventory.on('listed', (listed) => this.#listed(listed));
    connection.on('connected', (engine) => {
      this.#met = this.#meet(engine).catch((e: unknown) => this.#failed(engine, e));
    });
    connection.on('lost', () => knowledge.endObserving());
    runs.on('changed', () => this.#closeLater());
  }

  /** Resolves when the engine at hand, if there is one, has been read and runs are closed. */
  async done(): Promise<void> {
    await this.#met;
  }

  /** Keeps what was listed last, for the next start. */
  async close(): Promise<void> {
    this.knowledge.endObserving();
    this.#closing?.cancel();
    await this.#met;
    const { engine } = this.knowledge;
    if (engine && this.inventory.listed) await this.listings.save(engine, this.inventory.listed);
  }

  async #meet(engine: DockerEngine): Promise<void> {
    // One engine after another: what is known of two never mixes (DESIGN §3).
    const takenUp = this.#takenUp.then(() => this.#takeUp(engine));
    this.#takenUp = takenUp.catch(() => undefined);
    await takenUp;
    if (this.connection.engine !== engine) return;
    this.knowledge.beginObserving(() => this.inventory.witness());
    await this.inventory.start(engine);
    this.connection.proven();
    if (this.connection.engine !== engine || this.runs.busy || !this.recovery.isDue(engine)) return;
    // Who waits for the engine is not to wait for another engine's run.
    if (!(await this.runs.atOnce(() => this.recovery.recover(engine)))) this.#closeInTurn();
  }

  /** What is known of an engine, unless another one was met since. */
  async #takeUp(engine: DockerEngine): Promise<void> {
    const isAnother = () => ![engine, null].includes(this.connection.engine);
    if (isAnother()) return;
    this.knowledge.endObserving();
    await this.knowledge.open(engine.facts);
    await this.versions.meet(engine.facts);
    const listed = await this.listings.load(engine.facts);
    if (!isAnother()) this.inventory.remember(listed);
  }

  /** A run that its engine cut short may leave an intent that can be settled a little later. */
  #closeLater(): void {
    this.#closing?.cancel();
    this.#closing = null;
    if (this.runs.busy || this.#isClosing) return;
    this.#closing = this.clock.after(settleAfter, () => {
      const { engine } = this.connection;
      if (engine && this.recovery.isDue(engine)) this.#closeInTurn();
    });
  }

  /** Closes what was left open as soon as it is its turn. */
  #closeInTurn(): void {
    this.#isClosing = true;
    this.runs
      .enqueue(() => this.#recover(), null, { finishes: true })
      .catch((e: unknown) => {
        if (!isCareenError(e, 'run-cancelled')) this.emit('failed', e);
      })
      .finally(() => {
        this.#isClosing = false;
      });
  }

  async #recover(): Promise<void> {
    const { engine } = this.connection;
    if (engine) await this.recovery.recover(engine);
  }

  #listed(listed: Listed): void {
    this.knowledge.seeList(listed);
    const { engine } = this.knowledge;
    if (engine)
      this.listings.save(engine, listed).catch((e: unknown) => void this.emit('failed', e));
  }

  #failed(engine: DockerEngine, e: unknown): void {
    this.connection.lost(engine, e);
    this.emit('failed', toCareenError(e));
  }
}
