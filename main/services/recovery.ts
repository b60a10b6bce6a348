import PQueue from 'p-queue';
import type { Clock } from '../adapters/clock.js';
import type { DockerEngine } from '../adapters/docker/types.js';
import type { UndoneItem } from '../contract/runs.js';
import { engineKey } from '../domain/identity.js';
import type { OpenItems, OpenRun } from './journal/history.js';
import type { Journal } from './journal/index.js';
import type { Ended, Intent, Outcome } from './journal/records.js';
import type { OpenUpdate } from './journal/update-history.js';

type Cut = 'engine-lost' | 'interrupted';
type Result = Outcome['result'];

/** How to find out what became of what was cut off; the acting services', handed in. */
export interface Settlers {
  /** Of a removal. */
  clean: (engine: DockerEngine, intent: Intent, cut: Cut) => Promise<Result>;
  /** Of a restoring. */
  undo: (engine: DockerEngine, item: UndoneItem, cut: Cut) => Promise<Result>;
  /**
   * Finishes or takes back each container of a run of updates, and writes down which. False while
   * one is still to prove itself: that goes on as a run of its own, which also closes this one.
   */
  update: (engine: DockerEngine, run: OpenUpdate) => Promise<boolean>;
}

/**
 * Closes the runs that Careen or its engine ended in the middle: looks at the engine and writes
 * down what is so. Of clean-ups nothing is removed by it; an update is finished or taken back
 * (DESIGN §1.1, §1.5).
 */
export class Recovery {
  readonly #turns = new PQueue({ concurrency: 1 });

  constructor(
    private readonly journal: Journal,
    private readonly settlers: Settlers,
    private readonly clock: Clock,
  ) {}

  /** Whether there are runs on that engine to be closed. */
  isDue(engine: DockerEngine): boolean {
    return this.#open(engine).length > 0;
  }

  /** To be called once an engine is connected and before any run; gives the runs it closed. */
  recover(engine: DockerEngine): Promise<string[]> {
    return this.#turns.add(() => this.#recover(engine));
  }

  async #recover(engine: DockerEngine): Promise<string[]> {
    const closed: string[] = [];
    for (const run of this.#open(engine)) {
      if ('containers' in run) {
        if (await this.settlers.update(engine, run)) closed.push(run.begun.runId);
      } else {
        await this.#close(engine, run);
        closed.push(run.begun.runId);
      }
    }
    return closed;
  }

  #open(engine: DockerEngine): OpenRun[] {
    const key = engineKey(engine.facts);
    return this.journal.unfinished().filter(({ begun }) => begun.engineKey === key);
  }

  async #close(engine: DockerEngine, run: OpenItems): Promise<void> {
    const { begun, ended, intents, untried } = run;
    const { runId } = begun;
    let whole = untried.length === 0;
    for (const intent of intents) {
      const result = await this.#settle(engine, run, intent);
      whole &&= result.state === 'removed' || result.state === 'restored';
      await this.#outcome(runId, intent.id, result);
    }
    if (ended) return;
    for (const { id } of untried)
      await this.#outcome(runId, id, { state: 'skipped', skip: { code: 'interrupted' } });
    const outcome: Ended['outcome'] = whole ? 'done' : 'interrupted';
    await this.journal.write({ t: 'ended', runId, at: this.clock.now(), outcome, measured: null });
  }

  #settle(engine: DockerEngine, { begun, ended }: OpenItems, intent: Intent): Promise<Result> {
    const cut = ended ? 'engine-lost' : 'interrupted';
    if (begun.kind === 'clean') return this.settlers.clean(engine, intent, cut);
    const item = begun.items.find(({ id }) => id === intent.id);
    return this.settlers.undo(engine, item ?? { ...intent, pull: [] }, cut);
  }

  async #outcome(runId: string, id: string, result: Result): Promise<void> {
    await this.journal.write({ t: 'outcome', runId, id, at: this.clock.now(), result });
  }
}
