import { leftByAll } from '../contract/pending.js';
import type { UpdateRow } from '../contract/updates.js';
import type { Millis } from '../domain/facts.js';
import type { Messages } from '../messages/index.js';
import { cleanNow } from './clean-now.js';
import type { Dialogs } from './dialogs.js';
import type { News } from './news.js';
import { ROUTE } from './routes.js';
import { calledAmongSeveral } from './tray-view.js';
import type { CallContext, CareenApp } from './types.js';
import { updateNow } from './update-now.js';

/** Who asked for all updates waits no longer for what each would change. */
const LOOK_WITHIN_MS = 10_000;

interface TrayActsGround {
  careen: Pick<CareenApp, 'call' | 'slices'>;
  /** What the tray's commands are given in. */
  context: CallContext;
  dialogs: Pick<Dialogs, 'cleanNow' | 'nothingToClean' | 'updateAll'>;
  /** Told of what became of them where a run's end tells nothing. */
  news: Pick<News, 'cleanFailed' | 'leftAlone' | 'updateFailed'>;
  words: () => Messages;
  /** Shows the window with an engine in view, at a place of it. */
  openOn: (engine: string, route: string) => void;
  /** Calls back after so many milliseconds. */
  after: (ms: number, then: () => void) => unknown;
  report: (error: unknown) => void;
}

/** What a person does in the tray's menu without the window. */
export class TrayActs {
  readonly #atWork = new Set<string>();

  constructor(private readonly ground: TrayActsGround) {}

  /** A clean-up of now, asked about once. */
  cleanNow(engine: string): void {
    this.#once(`cleanNow ${engine}`, () => this.#cleanNow(engine));
  }

  /** What is agreed to is updated; its end is told like that of any run. */
  updateAll(rows: readonly UpdateRow[], engine: string): void {
    this.#once(`updateAll ${engine}`, () => this.#updateAll(rows, engine));
  }

  /** Nothing is done by itself until then; null: again from now on. */
  pause(until: Millis | null): void {
    const { careen, context, words, report } = this.ground;
    void careen
      .call('pause', { until }, context)
      .then((answer) => {
        if (!answer.ok) report(words().error(answer.error));
      })
      .catch(report);
  }

  /** How an engine is called, in what is asked of it, where there are several. */
  #called(engine: string): string | null {
    return calledAmongSeveral(this.ground.careen.slices.get('fleet'), engine);
  }

  /** Who clicks again while the first click's question is prepared or open is not asked twice. */
  #once(act: string, work: () => Promise<void>): void {
    if (this.#atWork.has(act)) return;
    this.#atWork.add(act);
    void work()
      .catch(this.ground.report)
      .finally(() => this.#atWork.delete(act));
  }

  async #cleanNow(engine: string): Promise<void> {
    const { careen, context } = this.ground;
    const failed = await cleanNow({
      call: (name, params) => careen.call(name, params, context, engine),
      agreed: (goes) => this.ground.dialogs.cleanNow(goes, this.#called(engine)),
      nothing: async () => {
        if (await this.ground.dialogs.nothingToClean(this.#called(engine)))
          this.ground.openOn(engine, ROUTE.cleanUp);
      },
    });
    if (failed !== null) this.ground.news.cleanFailed(failed, engine);
  }

  async #updateAll(rows: readonly UpdateRow[], engine: string): Promise<void> {
    const { careen, context, dialogs, after, openOn } = this.ground;
    const answer = await updateNow(
      {
        call: (name, params) => careen.call(name, params, context, engine),
        late: () => new Promise<void>((resolve) => after(LOOK_WITHIN_MS, resolve)),
        agreed: (asked) => {
          const left = leftByAll(careen.slices.get('updates', engine).rows);
          return dialogs.updateAll(asked, left, this.#called(engine), Date.now());
        },
        open: () => openOn(engine, ROUTE.updates),
      },
      rows,
    );
    if (answer === null) return;
    if (answer.ok) this.ground.news.leftAlone(answer.result, engine);
    else this.ground.news.updateFailed(answer.error, engine);
  }
}
