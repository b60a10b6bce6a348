import type { Clock } from '../adapters/clock.js';
import { firstEngine } from '../contract/first-engine.js';
import { isForPerson } from '../contract/pending.js';
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
import { calledAmongSeveral } from './tray-view.js';
import type { CallContext, CareenApp } from './types.js';
import { noteOfEnded, noteOfFound } from './update-news.js';

interface NewsOptions {
  careen: CareenApp;
  notifications: Notifications;
  words: () => Messages;
  /** Opens the window at a place, on an engine. */
  open: (route: string, engine: string) => void;
  context: CallContext;
  report: (error: unknown) => void;
  /** When new versions of an engine were last told, kept over restarts. */
  toldUpdates: { at: (engine: string) => number | null; set: (at: number, engine: string) => void };
  clock: Clock;
}

/**
 * What the application has to tell, as notifications that each open the window at their matter. A
 * person may silence each kind; what the tray was asked for is always answered.
 */
export class News {
  readonly #stops: (() => void)[];
  readonly #digests = new Map<string, Digest>();

  constructor(private readonly options: NewsOptions) {
    const { careen, report } = options;
    this.#stops = [
      careen.slices.onChange((name, engine) => {
        if (name === 'settings') this.#digests.get(engine)?.settingsChanged();
        if (name === 'fleet') this.#stayInFleet();
      }),
      careen.onRunEnded((run, engine) => void this.#cleaned(run, engine).catch(report)),
      careen.onUpdateEnded((run, engine) => this.#updated(run, engine)),
      careen.onUpdatesFound((rows, engine) => this.#found(rows, engine)),
      careen.onQuestion((question, engine) => this.#asked(question, engine)),
      careen.onHostFull(() => this.#hostFull()),
    ];
  }

  /** An update that the tray asked for did not begin. */
  updateFailed(error: WireError, engine: string): void {
    this.#failed(error, (m) => m.updateNote.notBegun(m.error(error)), ROUTE.updates, engine);
  }

  /** Of a run that the tray asked for and that found nothing left to do, which as a run never ends. */
  leftAlone(run: UpdateRun, engine: string): void {
    const isLeft = run.containers.every(
      ({ result, steps }) => result?.state === 'skipped' && steps.length === 0,
    );
    if (isLeft) this.#tell(noteOfEnded(this.options.words(), run), ROUTE.updates, engine);
  }

  /** A clean-up that the tray asked for failed. */
  cleanFailed(error: WireError, engine: string): void {
    const note = (m: Messages) => m.notification.cleanFailed(m.error(error));
    this.#failed(error, note, ROUTE.cleanUp, engine);
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    for (const digest of this.#digests.values()) digest.clear();
  }

  /** Nothing is told any more of an engine that went off the list. */
  #stayInFleet(): void {
    const { engines } = this.options.careen.slices.get('fleet');
    for (const [engine, digest] of this.#digests) {
      if (engines.some(({ key }) => key === engine)) continue;
      digest.clear();
      this.#digests.delete(engine);
    }
  }

  /** New versions of each engine are gathered for themselves. */
  #digest(engine: string): Digest {
    const known = this.#digests.get(engine);
    if (known) return known;
    const { careen, words, clock, toldUpdates } = this.options;
    const digest = new Digest({
      toldAt: () => toldUpdates.at(engine),
      remember: (at) => toldUpdates.set(at, engine),
      pausedUntil: () => careen.slices.get('settings').pausedUntil,
      rows: () => (this.#updates === 'never' ? [] : careen.slices.get('updates', engine).rows),
      tell: (rows) => this.#tell(noteOfFound(words(), rows), ROUTE.updates, engine),
      clock,
    });
    this.#digests.set(engine, digest);
    return digest;
  }

  /** After a clean-up for a full disk with the disk as it is then. */
  async #cleaned(run: CleanRun, engine: string): Promise<void> {
    if (run.by !== 'tray' && !this.#wants(kindOfCleaned(run))) return;
    const { careen, context, words } = this.options;
    const status = run.by === 'pressure' ? await careen.call('status', {}, context, engine) : null;
    const disk = status?.ok ? status.result.gauges.engine : null;
    // What it says now may be what it was before.
    const isNow = disk !== null && !isLate(disk);
    this.#tell(
      words().notification.cleaned(run, isNow ? disk : null),
      ROUTE.run(run.runId),
      engine,
    );
  }

  #updated(run: UpdateRun, engine: string): void {
    if (run.by !== 'tray' && !this.#wants(kindOfUpdated(run))) return;
    this.#tell(noteOfEnded(this.options.words(), run), ROUTE.updates, engine);
  }

  #found(rows: readonly UpdateRow[], engine: string): void {
    const digest = this.#digest(engine);
    if (this.#updates === 'daily') return digest.found(rows.filter(isForPerson));
    digest.clear();
    if (this.#updates === 'always')
      this.#tell(noteOfFound(this.options.words(), rows), ROUTE.updates, engine);
  }

  #asked(question: Question, of: string): void {
    if (!this.#wants(kindOfQuestion(question))) return;
    const { careen, words } = this.options;
    const { engine } = careen.slices.get('gauges', of);
    const note = words().notification.question(question, engine);
    this.#tell(note, ROUTE.question(question.planId), of);
  }

  #hostFull(): void {
    if (!this.#wants('disk')) return;
    const { careen, words } = this.options;
    const { host, engine } = careen.slices.get('gauges');
    const { canGo, canGoLost } = careen.slices.get('images').totals;
    this.#show(
      words().notification.hostFull(host, engine, canGo, canGoLost),
      ROUTE.overview,
      firstEngine,
    );
  }

  get #updates() {
    return this.options.careen.slices.get('settings').notify.updates;
  }

  #wants(kind: NoteKind): boolean {
    return this.options.careen.slices.get('settings').notify[kind];
  }

  /** What a person cancelled themselves is no news. */
  #failed({ code }: WireError, noteOf: (m: Messages) => Note, route: string, engine: string): void {
    if (code !== 'run-cancelled') this.#tell(noteOf(this.options.words()), route, engine);
  }

  /** With the engine's name where there are several. */
  #tell(note: Note | null, route: string, engine: string): void {
    if (note === null) return;
    const { careen, words } = this.options;
    const name = calledAmongSeveral(careen.slices.get('fleet'), engine);
    const named = name === null ? note : words().notification.ofEngine(name, note);
    this.#show(named, route, engine);
  }

  #show(note: Note, route: string, engine: string): void {
    this.options.notifications.show(note, () => this.options.open(route, engine));
  }
}
