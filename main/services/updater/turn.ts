import type { Clock } from '../../adapters/clock.js';
import { toWire } from '../../contract/wire.js';
import type { UpdateResult } from '../../contract/update-steps.js';
import { isCareenError } from '../../domain/errors.js';
import type { Deed } from '../../domain/update/interference.js';
import type { StepKind } from '../../domain/update/steps.js';
import { type Backward, NotStarted } from './backward.js';
import type { Bookkeeping } from './bookkeeping.js';
import { Disturbed, type Forward } from './forward.js';
import type { Reconciling } from './reconciling.js';
import type { Retention } from './retention.js';
import type { UpdateGround, UpdatePatience } from './types.js';
import { LeftOpen, outlasting, TurnBack, type Work } from './work.js';

/** How a turn ended; `open`: it is taken up later. */
export type TurnEnd = { result: UpdateResult } | { open: LeftOpen['why'] };

type Recovered = 'finished' | 'rolled-back' | null;

/** One container's turn: forward as far as it goes, else back; either way to a result. */
export class Turn {
  constructor(
    private readonly forward: Forward,
    private readonly backward: Backward,
    private readonly reconciling: Reconciling,
    private readonly books: Bookkeeping,
    private readonly retention: Retention,
    private readonly clock: Clock,
    private readonly ground: Pick<UpdateGround, 'back'>,
    private readonly patience: Pick<UpdatePatience, 'back'>,
  ) {}

  /**
   * Does what is left of it. Throws `log-unwritable`: what ran before runs again then, where nothing
   * else stands in its way.
   *
   * @param recovered whether Careen or its engine had ended in the middle of it
   */
  async run(work: Work, recovered = false): Promise<TurnEnd> {
    try {
      await this.forward.run(work);
      const result = await this.#outlasting(work, () => this.books.done(work));
      return await this.#close(work, result, recovered ? 'finished' : null);
    } catch (e) {
      if (e instanceof LeftOpen) return { open: e.why };
      if (e instanceof TurnBack) return this.back(work, e.result, recovered, e.step);
      if (e instanceof Disturbed) return this.leaveTo(work, e.deed, recovered);
      // Nothing more can be written down, and the service is not left down for that.
      if (isCareenError(e, 'log-unwritable') && !work.proven)
        await this.backward.run(work, { state: 'failed', error: toWire(e) });
      throw e;
    }
  }

  /**
   * Takes all of it back, and tells that result; throws as `run`.
   *
   * @param failed the step that did
   */
  async back(
    work: Work,
    result: UpdateResult,
    recovered = false,
    failed: StepKind | null = null,
  ): Promise<TurnEnd> {
    try {
      await this.#turn(work, result);
      if (failed) work.pen.outcome(failed, 'failed');
      const started = await this.#goBack(work, result);
      if (work.downSince !== null) work.downFor ??= this.clock.now() - work.downSince;
      await this.#outlasting(work, () => this.books.takenBack(work, result));
      return await this.#close(work, started ?? result, recovered ? 'rolled-back' : null);
    } catch (e) {
      if (e instanceof LeftOpen) return { open: e.why };
      if (isCareenError(e, 'log-unwritable')) throw e;
      await this.books.leftHalf(work);
      return this.#close(work, { state: 'failed', error: toWire(e) }, null);
    }
  }

  /** Gives what is told instead where all is as it was, but that it does not start any more. */
  async #goBack(work: Work, result: UpdateResult): Promise<UpdateResult | null> {
    if (isBeyond(work)) {
      const { versions, plan } = work;
      await this.#outlasting(work, () =>
        this.retention.retire(work.engine, versions, plan.container, [plan.id]),
      );
      return null;
    }
    try {
      await this.backward.run(work, result);
      return null;
    } catch (e) {
      if (!(e instanceof NotStarted)) throw e;
      return { state: 'failed', error: toWire(e.cause) };
    }
  }

  /** Someone else acted: theirs stands. Can be cut off and taken up again; throws `log-unwritable`. */
  async leaveTo(work: Work, deed: Deed, recovered = false): Promise<TurnEnd> {
    const result: UpdateResult = { state: 'taken-over', by: deed };
    try {
      const course = await this.#outlasting(work, () => this.reconciling.courseOf(work, deed));
      // What an engine stopped as it ended nobody else did.
      if (deed === 'stopped' && work.wasLost && !work.turned)
        return await this.run(work, recovered);
      if (course === 'back') return await this.back(work, result);
      await this.#turn(work, result);
      await this.#outlasting(work, async () => {
        await this.reconciling.leave(work, deed, course);
        await this.books.takenOver(work, course);
      });
      return await this.#close(work, result, null);
    } catch (e) {
      if (e instanceof LeftOpen) return { open: e.why };
      if (isCareenError(e, 'log-unwritable')) throw e;
      await this.books.leftHalf(work);
      return this.#close(work, { state: 'failed', error: toWire(e) }, null);
    }
  }

  #outlasting<T>(work: Work, act: () => Promise<T>): Promise<T> {
    return outlasting(this.ground, work, this.patience.back, act);
  }

  async #turn(work: Work, result: UpdateResult): Promise<void> {
    if (work.turned) return;
    await work.pen.turned(result);
    work.turned = result;
  }

  async #close(work: Work, result: UpdateResult, recovered: Recovered): Promise<TurnEnd> {
    await work.pen.result(result, work.downFor, recovered);
    return { result };
  }
}

/** What is only made anew is in its place already: what it hung on is gone, and so is the way back. */
function isBeyond({ plan, done }: Work): boolean {
  return plan.kind === 'recreate' && done.has('rename');
}
