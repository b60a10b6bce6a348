import { sha256 } from '../../adapters/hash.js';
import type { Clock } from '../../adapters/clock.js';
import { firstEngine } from '../../contract/first-engine.js';
import type { EngineFacts, EngineIdentity } from '../../domain/facts.js';
import type { Fleet } from './index.js';
import type { Known } from './met.js';

/** What it takes to reach an engine and to keep what is kept of it; the adapters' and the store's. */
export interface ReplacedGround {
  /** Who answers at an address now. */
  factsAt(endpoint: string, context: string | null): Promise<EngineFacts>;
  /** Keeps under a new identity what is kept of the engine of that key under its former one. */
  carryOver(key: string, from: EngineIdentity, to: EngineFacts): Promise<void>;
}

/** The key of an engine that is added: out of its address and the ID that it has then. */
export function keyOf({ endpoint, id }: Pick<EngineIdentity, 'endpoint' | 'id'>): string {
  return sha256(`${endpoint}|${id}`).slice(0, 16);
}

/** What a person says of an engine at whose address another ID answers than before (FLEET, point 1). */
export class Replaced {
  constructor(
    private readonly fleet: Fleet,
    private readonly ground: ReplacedGround,
    private readonly clock: Clock,
  ) {}

  /**
   * It is the same one, upgraded or newly made: all that is kept of it goes on. Where the ID is the known
   * one, nothing is done.
   *
   * @throws CareenError `engine-unknown`, `engine-twice`, `run-under-way`; why it does not answer
   */
  async same(key: string): Promise<void> {
    const { before, facts } = await this.#asked(key);
    if (!before) return;
    const { endpoint, id } = before;
    // What is open of it is written to until its room is shut.
    await this.fleet.changes.setId(before, facts.id, () =>
      this.ground.carryOver(key, { endpoint, id, store: facts.store }, facts),
    );
  }

  /**
   * It is another one: nothing that is kept of the former is its own. An added one goes off the list, and
   * the other is added in its place; of the first one, the place and its policy stay.
   *
   * @param leaves whether a person was told that a run was cut off there, and leaves it half done
   * @param agreed resolves once a person agreed that the first one's policy holds for the other
   * @returns the key of the other
   * @throws CareenError as `same`; `engine-unfinished`: one was cut off, and nobody was told;
   *   `not-confirmed`
   */
  async another(key: string, leaves: boolean, agreed: () => Promise<void>): Promise<string> {
    const { before, facts } = await this.#asked(key);
    if (!before) return key;
    if (key === firstEngine) {
      await agreed();
      await this.fleet.changes.replaceFirst(before, facts.id, leaves);
      return key;
    }
    const { name, context } = this.fleet.entry(key);
    const now = { endpoint: facts.endpoint, id: facts.id };
    const other = keyOf(now);
    const addedAt = this.clock.now();
    const entry = { key: other, name, context, ...now, policy: 'own' as const, addedAt };
    await this.fleet.changes.replaceAdded(key, entry, leaves);
    return other;
  }

  /** Who answers at its address, and whom Careen knows there; null: that very one, or nobody. */
  async #asked(key: string): Promise<{ before: Known | null; facts: EngineFacts }> {
    const { endpoint, context } = key === firstEngine ? await this.#first() : this.fleet.entry(key);
    const facts = await this.ground.factsAt(endpoint, context);
    this.fleet.addresses.notTwice(key, facts);
    const id = this.fleet.addresses.idBefore(key, facts.endpoint);
    const isKnown = id === null || id === facts.id;
    // An added one is kept by the address that it was added with, the first by where it is.
    const at = key === firstEngine ? facts.endpoint : endpoint;
    return { before: isKnown ? null : { key, endpoint: at, id }, facts };
  }

  async #first(): Promise<{ endpoint: string; context: null }> {
    const { connection } = await this.fleet.room(firstEngine);
    await connection.settled();
    const endpoint = connection.found.endpoint ?? connection.required().facts.endpoint;
    return { endpoint, context: null };
  }
}
