import { CareenError, isCareenError, meansLost } from '../../domain/errors.js';
import type { CopiedFor, VolumeCopies } from './types.js';
import { LeftOpen, type Work } from './work.js';

/** What a turn does with the data of volumes; on record at every point, so that it can be cut off. */
export class TurnVolumes {
  constructor(private readonly copies: VolumeCopies) {}

  /** Throws where copying would not come to an end; asked while the service still runs. */
  async assertReady({ engine, plan, wanted }: Work): Promise<void> {
    const volumes = wanted?.copies ?? [];
    const all = [...volumes, ...plan.copies.map(({ volume }) => volume)];
    if (all.length > 0) await this.copies.assertReady(engine, all, plan.container);
  }

  /**
   * Copies volumes, which nothing of the old container writes to any more. Throws `run-cancelled` where
   * nobody wants it: on no record, the copies go on the way back.
   */
  async copy(work: Work, volumes: readonly string[]): Promise<void> {
    const { engine, versions, plan, cancel } = work;
    const copies = await this.copies.copy(engine, volumes, copiedFor(work, cancel));
    // What came after the last byte ended nothing by itself.
    if (cancel.aborted) throw new CareenError('run-cancelled', {});
    work.copies = copies;
    await versions.copied(plan.container, plan.runId, work.copies);
  }

  /**
   * Gives volumes the content of the copies of a kept version. What the newer version wrote is
   * copied before, and kept with that version. Throws `run-cancelled` where nobody wants it any more
   * before any of it is given back.
   */
  async restore(work: Work): Promise<void> {
    const { engine, plan } = work;
    if (recorded(work).length === 0)
      await this.copy(
        work,
        plan.copies.map(({ volume }) => volume),
      );
    await this.copies.giveBack(engine, plan.copies, copiedFor(work, toTheEnd));
  }

  /**
   * On the way back, with both containers stopped: volumes hold again what they held before the turn.
   * Copies made for an update stay. Throws `LeftOpen` where nobody waits for what that takes;
   * `copy-failed` where what they held before is in a copy only.
   */
  async takeBack(work: Work): Promise<void> {
    const { engine, versions, plan, begun } = work;
    const newer = recorded(work);
    if (!begun.has('restore') || newer.length === 0) return;
    // What recovery can say at once, and what is left of a run once Careen ends, take no copying.
    if (work.takenUp && work.leave.aborted) throw new LeftOpen('interrupted');
    for (const copy of newer) {
      try {
        await this.copies.giveBack(engine, [copy], copiedFor(work, toTheEnd));
      } catch (e) {
        throw meansLost(e) ? e : notPutBack(copy, e);
      }
    }
    // On record before the copies go: whoever takes it up again must not look for them.
    await versions.change(plan.container, plan.runId, { copies: [] });
    begun.delete('restore');
  }

  /** Once all is as it was: what this turn made of copies, and nothing has use for, goes. */
  async clear(work: Work): Promise<void> {
    const { engine, plan } = work;
    const copies = plan.steps.includes('restore') || plan.steps.includes('copy-volumes');
    if (copies && recorded(work).length === 0) await this.copies.clear(engine, plan);
  }
}

/** A volume that is half filled is no place to stop at, whoever is in a hurry. */
const toTheEnd = new AbortController().signal;

/** Copies that this turn made to their end. */
function recorded({ versions, plan }: Work): Work['copies'] {
  return versions.by(plan.container, plan.runId)?.copies ?? [];
}

/** Wherefore ever: whose data it is wants to know first where that is. */
function notPutBack({ volume, copy }: Work['copies'][number], cause: unknown): unknown {
  if (!(cause instanceof CareenError)) return cause;
  const { why, by } = isCareenError(cause, 'copy-failed') ? cause.details : none;
  if (why === 'gone') return cause;
  return new CareenError('copy-failed', { volume, copy, why: 'not-put-back', by }, { cause });
}

const none = { why: null, by: [] };

function copiedFor({ plan }: Work, signal: AbortSignal): CopiedFor {
  const { runId, container, imageId } = plan;
  return { runId, container, imageId, signal };
}
