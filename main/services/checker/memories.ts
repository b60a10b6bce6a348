import type { EngineFacts } from '../../domain/facts.js';
import { sameEngine } from '../../domain/identity.js';
import { Memory } from './memory.js';
import type { Checks } from './records.js';

/** The documents in the data home, one an engine; the store's, handed in. */
export interface StoredChecks {
  load(engine: EngineFacts): Promise<Checks | null>;
  save(engine: EngineFacts, checks: Checks): Promise<void>;
}

/** What is remembered of the engine at hand, taken up and kept: two engines never mix what is known. */
export class Memories {
  /** Null until what is remembered of the engine at hand is read. */
  current: { engine: EngineFacts; memory: Memory } | null = null;
  #loading: { engine: EngineFacts; done: Promise<Memory> } | null = null;
  #saving: Promise<void> = Promise.resolve();
  readonly #waiting = new Map<Memory, () => Promise<void>>();

  constructor(private readonly stored: StoredChecks) {}

  /** Takes up what is remembered of an engine, which is the one at hand from then on. */
  async of(engine: EngineFacts): Promise<Memory> {
    const { current } = this;
    if (current && sameEngine(current.engine, engine)) return current.memory;
    if (!this.#loading || !sameEngine(this.#loading.engine, engine)) {
      this.current = null;
      this.#loading = { engine, done: this.stored.load(engine).then((all) => new Memory(all)) };
    }
    const loading = this.#loading;
    try {
      const memory = await loading.done;
      if (this.#loading === loading) this.current = { engine, memory };
      return memory;
    } catch (e) {
      if (this.#loading === loading) this.#loading = null;
      throw e;
    }
  }

  /** Resolves once what is remembered is on the disk; `checks`: what of it is worth it then. */
  save(engine: EngineFacts, memory: Memory, checks: () => Checks): Promise<void> {
    this.#waiting.set(memory, () => this.stored.save(engine, checks()));
    this.#saving = this.#saving
      .catch(() => undefined)
      .then(async () => {
        const write = this.#waiting.get(memory);
        this.#waiting.delete(memory);
        await write?.();
      });
    return this.#saving;
  }
}
