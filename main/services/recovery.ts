import PQueue from 'p-queue';
import type { Clock } from '../adapters/clock.js';
import type { DockerEngine } from '../adapters/docker/types.js';
import { engineKey } from '../domain/identity.js';
import type { ItemResult } from './cleaner/item.js';
import type { Journal } from './journal/index.js';

/** Finds out what became of a removal that was cut off; the cleaner's, handed in. */
export type Settle = (
  engine: DockerEngine,
  intent: { id: string; refs: readonly string[] },
  cut: 'engine-lost' | 'interrupted',
) => Promise<ItemResult>;

/**
 * Closes the runs that Careen or its engine ended in the middle: looks at the engine and writes
 * down what is so. Nothing is removed by it (DESIGN §1.1, §1.5).
 */
export class Recovery {
  readonly #turns = new PQueue({ concurrency: 1 });

  constructor(
    private readonly journal: Journal,
    private readonly settle: Settle,
    private readonly clock: Clock,
  ) {}

  /** To be called once an engine is connected and before any run; gives the runs it closed. */
  recover(engine: DockerEngine): Promise<string[]> {
    return this.#turns.add(() => this.#recover(engine));
  }

  async #recover(engine: DockerEngine): Promise<string[]> {
    const closed: string[] = [];
    const here = this.journal
      .unfinished()
      .filter((r) => r.begun.engineKey === engineKey(engine.facts));
    for (const { begun, ended, intents, untried } of here) {
      const { runId } = begun;
      const cut = ended ? 'engine-lost' : 'interrupted';
      for (const intent of intents)
        await this.#outcome(runId, intent.id, await this.settle(engine, intent, cut));
      if (!ended) {
        for (const { id } of untried)
          await this.#outcome(runId, id, { state: 'skipped', skip: { code: 'interrupted' } });
        const outcome = untried.length + intents.length > 0 ? 'interrupted' : 'done';
        const at = this.clock.now();
        await this.journal.write({ t: 'ended', runId, at, outcome, measured: null });
      }
      closed.push(runId);
    }
    return closed;
  }

  async #outcome(runId: string, id: string, result: ItemResult): Promise<void> {
    await this.journal.write({ t: 'outcome', runId, id, at: this.clock.now(), result });
  }
}
