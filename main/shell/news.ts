import type { CleanRun } from '../contract/runs.js';
import type { Question } from '../contract/slices.js';
import type { WireError } from '../contract/wire.js';
import { isLate } from '../domain/disk/gauge.js';
import type { Messages, Note } from '../messages/index.js';
import type { Notifications } from './notifications.js';
import { ROUTE } from './routes.js';
import type { CallContext, CareenApp } from './types.js';
import { noteOfEnded, noteOfFound } from './update-news.js';

interface NewsOptions {
  careen: CareenApp;
  notifications: Notifications;
  words: () => Messages;
  /** Opens the window at a place. */
  open: (route: string) => void;
  context: CallContext;
  report: (error: unknown) => void;
}

/** What the application has to tell, as notifications that each open the window at their matter. */
export class News {
  readonly #stops: (() => void)[];

  constructor(private readonly options: NewsOptions) {
    const { careen, words, report } = options;
    this.#stops = [
      careen.onRunEnded((run) => void this.#cleaned(run).catch(report)),
      careen.onUpdateEnded((run) => this.#tell(noteOfEnded(words(), run), ROUTE.updates)),
      careen.onUpdatesFound((rows) => this.#tell(noteOfFound(words(), rows), ROUTE.updates)),
      careen.onQuestion((question) => this.#asked(question)),
      careen.onHostFull(() => this.#hostFull()),
    ];
  }

  /** An update that the tray asked for did not begin. */
  updateFailed(error: WireError): void {
    this.#failed(error, (m) => m.updateNote.notBegun(m.error(error)), ROUTE.updates);
  }

  /** A clean-up that the tray asked for failed. */
  cleanFailed(error: WireError): void {
    this.#failed(error, (m) => m.notification.cleanFailed(m.error(error)), ROUTE.cleanUp);
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
  }

  /** After a clean-up for a full disk with the disk as it is then. */
  async #cleaned(run: CleanRun): Promise<void> {
    const { careen, context, words } = this.options;
    const status = run.by === 'pressure' ? await careen.call('status', {}, context) : null;
    const disk = status?.ok ? status.result.gauges.engine : null;
    // What it says now may be what it was before.
    const isNow = disk !== null && !isLate(disk);
    this.#tell(words().notification.cleaned(run, isNow ? disk : null), ROUTE.run(run.runId));
  }

  #asked(question: Question): void {
    const { careen, words } = this.options;
    const { engine } = careen.slices.get('gauges');
    this.#tell(words().notification.question(question, engine), ROUTE.question(question.planId));
  }

  #hostFull(): void {
    const { careen, words } = this.options;
    const { host, engine } = careen.slices.get('gauges');
    const { canGo } = careen.slices.get('images').totals;
    this.#tell(words().notification.hostFull(host, engine, canGo), ROUTE.overview);
  }

  /** What a person cancelled themselves is no news. */
  #failed({ code }: WireError, noteOf: (m: Messages) => Note, route: string): void {
    if (code !== 'run-cancelled') this.#tell(noteOf(this.options.words()), route);
  }

  #tell(note: Note | null, route: string): void {
    if (note === null) return;
    this.options.notifications.show(note, () => this.options.open(route));
  }
}
