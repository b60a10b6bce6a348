import type { Clock } from '../adapters/clock.js';
import type { CleanRun, UpdateRun } from '../contract/runs.js';
import type { Question } from '../contract/slices.js';
import type { UpdateRow } from '../contract/updates.js';
import type { WireError } from '../contract/wire.js';
import { isLate } from '../domain/disk/gauge.js';
import type { Messages, Note } from '../messages/index.js';
import { Digest } from './digest.js';
import { kindOfCleaned, kindOfQuestion, kindOfUpdated, type NoteKind } from './note-kinds.js';
import type { Notifications } from './notifications.js';
import { ROUTE } from './routes.js';
import type { CallContext, CareenApp } from './types.js';
import { isForPerson, noteOfEnded, noteOfFound } from './update-news.js';

interface NewsOptions {
  careen: CareenApp;
  notifications: Notifications;
  words: () => Messages;
  /** Opens the window at a place. */
  open: (route: string) => void;
  context: CallContext;
  report: (error: unknown) => void;
  /** When new versions were last told, kept over restarts. */
  toldUpdates: { at: () => number | null; set: (at: number) => void };
  clock: Clock;
}

/**
 * What the application has to tell, as notifications that each open the window at their matter. A
 * person may silence each kind; what the tray was asked for is always answered.
 */
export class News {
  readonly #stops: (() => void)[];
  readonly #digest: Digest;

  constructor(private readonly options: NewsOptions) {
    const { careen, words, report, toldUpdates, clock } = options;
    this.#digest = new Digest({
      toldAt: toldUpdates.at,
      remember: toldUpdates.set,
      pausedUntil: () => careen.slices.get('settings').pausedUntil,
      rows: () => (this.#updates === 'never' ? [] : careen.slices.get('updates').rows),
      tell: (rows) => this.#tell(noteOfFound(words(), rows), ROUTE.updates),
      clock,
    });
    this.#stops = [
      careen.slices.onChange((name) => name === 'settings' && this.#digest.settingsChanged()),
      careen.onRunEnded((run) => void this.#cleaned(run).catch(report)),
      careen.onUpdateEnded((run) => this.#updated(run)),
      careen.onUpdatesFound((rows) => this.#found(rows)),
      careen.onQuestion((question) => this.#asked(question)),
      careen.onHostFull(() => this.#hostFull()),
    ];
  }

  /** An update that the tray asked for did not begin. */
  updateFailed(error: WireError): void {
    this.#failed(error, (m) => m.updateNote.notBegun(m.error(error)), ROUTE.updates);
  }

  /** Of a run that the tray asked for and that found nothing left to do, which as a run never ends. */
  leftAlone(run: UpdateRun): void {
    const isLeft = run.containers.every(
      ({ result, steps }) => result?.state === 'skipped' && steps.length === 0,
    );
    if (isLeft) this.#tell(noteOfEnded(this.options.words(), run), ROUTE.updates);
  }

  /** A clean-up that the tray asked for failed. */
  cleanFailed(error: WireError): void {
    this.#failed(error, (m) => m.notification.cleanFailed(m.error(error)), ROUTE.cleanUp);
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.#digest.clear();
  }

  /** After a clean-up for a full disk with the disk as it is then. */
  async #cleaned(run: CleanRun): Promise<void> {
    if (run.by !== 'tray' && !this.#wants(kindOfCleaned(run))) return;
    const { careen, context, words } = this.options;
    const status = run.by === 'pressure' ? await careen.call('status', {}, context) : null;
    const disk = status?.ok ? status.result.gauges.engine : null;
    // What it says now may be what it was before.
    const isNow = disk !== null && !isLate(disk);
    this.#tell(words().notification.cleaned(run, isNow ? disk : null), ROUTE.run(run.runId));
  }

  #updated(run: UpdateRun): void {
    if (run.by !== 'tray' && !this.#wants(kindOfUpdated(run))) return;
    this.#tell(noteOfEnded(this.options.words(), run), ROUTE.updates);
  }

  #found(rows: readonly UpdateRow[]): void {
    if (this.#updates === 'daily') return this.#digest.found(rows.filter(isForPerson));
    this.#digest.clear();
    if (this.#updates === 'always')
      this.#tell(noteOfFound(this.options.words(), rows), ROUTE.updates);
  }

  #asked(question: Question): void {
    if (!this.#wants(kindOfQuestion(question))) return;
    const { careen, words } = this.options;
    const { engine } = careen.slices.get('gauges');
    this.#tell(words().notification.question(question, engine), ROUTE.question(question.planId));
  }

  #hostFull(): void {
    if (!this.#wants('disk')) return;
    const { careen, words } = this.options;
    const { host, engine } = careen.slices.get('gauges');
    const { canGo } = careen.slices.get('images').totals;
    this.#tell(words().notification.hostFull(host, engine, canGo), ROUTE.overview);
  }

  get #updates() {
    return this.options.careen.slices.get('settings').notify.updates;
  }

  #wants(kind: NoteKind): boolean {
    return this.options.careen.slices.get('settings').notify[kind];
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
