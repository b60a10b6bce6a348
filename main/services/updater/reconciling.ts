import { type Deed, reconcile, type Reconciliation } from '../../domain/update/interference.js';
import type { Seen } from '../../domain/update/way-back.js';
import { leadToOld } from './lead.js';
import { seen } from './look.js';
import { phaseOf, type Work } from './work.js';

type Left = Exclude<Reconciliation, 'back'>;

/** Ends an update in which someone else acted: theirs stands, and one container of that name is left. */
export class Reconciling {
  async courseOf(work: Work, deed: Deed): Promise<Reconciliation> {
    return reconcile(phaseOf(work), deed, await seen(work.engine, work.plan, work));
  }

  async leave(work: Work, deed: Deed, course: Left): Promise<void> {
    const now = await seen(work.engine, work.plan, work);
    if (course === 'forward') await this.#forward(work, now);
    else if (course === 'leave') await this.#leave(work, now);
    else await this.#theirs(work, deed, now);
  }

  /** The old one is gone: the new one is what there is. */
  async #forward({ engine, plan }: Work, { next, holder }: Seen): Promise<void> {
    if (!next) return;
    if (holder === null) await engine.renameContainer(next.id, plan.container);
    if (plan.running && !next.runs) await engine.startContainer(next.id);
  }

  /** What was prepared goes; the old one stays as they left it. */
  async #leave(work: Work, { old, next }: Seen): Promise<void> {
    const { engine, plan, moved } = work;
    if (next) await engine.removeOwnContainer(next.id);
    if (old && old.restartPolicy !== plan.restartPolicy.Name)
      await engine.setRestartPolicy(plan.id, plan.restartPolicy);
    if (moved) await leadToOld(work);
  }

  /** Of ours goes what does not bear the name; what they renamed is theirs. */
  async #theirs({ engine, plan }: Work, deed: Deed, { old, next, holder }: Seen): Promise<void> {
    if (deed === 'recreated' && next && next.id !== holder)
      await engine.removeOwnContainer(next.id);
    if (old && old.id !== holder && old.name === plan.aside)
      await engine.removeOwnContainer(old.id);
  }
}
