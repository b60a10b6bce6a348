import type { Hooks } from './hooks.js';
import type { Did } from './preparing.js';
import type { Bookkeeping } from './bookkeeping.js';
import type { Retention } from './retention.js';
import type { Work } from './work.js';

/** The steps of an update once the new version is shown to be well; all of them can be done again. */
export class Finishing {
  constructor(
    private readonly hooks: Hooks,
    private readonly retention: Retention,
    private readonly books: Bookkeeping,
  ) {}

  /** Whatever becomes of them, the update is done. */
  async hookAfter({ nextId, wanted, leave }: Work): Promise<Did> {
    if (nextId === null || !wanted) return { state: 'skipped' };
    const failed = await this.hooks.after(nextId, wanted.hooks, leave);
    return failed.length === 0 ? {} : { state: 'failed' };
  }

  /** Removes what ran before; its volumes stay, and what was anonymous goes by name. */
  async retire(work: Work): Promise<Did> {
    const { engine, versions, plan } = work;
    const { container, id } = plan;
    const asides = versions.unproven(container)?.asides ?? [];
    await this.retention.retire(engine, versions, container, [...asides, id]);
    await this.books.replaced(work);
    return {};
  }

  async restart({ engine, plan }: Work): Promise<Did> {
    return (await engine.restartContainer(plan.id)) ? {} : { state: 'skipped' };
  }

  async cleanUp({ engine, versions, plan }: Work): Promise<Did> {
    await this.retention.tidy(engine, versions, [plan.container], (id) => id === plan.runId);
    return {};
  }
}
