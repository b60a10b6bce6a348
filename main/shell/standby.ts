import type { Answer, CommandName } from '../contract/commands.js';
import { firstEngine } from '../contract/first-engine.js';
import type { CleanRun, UpdateRun } from '../contract/runs.js';
import { notifyByDefault } from '../contract/notify.js';
import {
  slices,
  type EngineSlice,
  type Question,
  type SliceMessage,
  type SliceName,
  type Slices,
} from '../contract/slices.js';
import { noEngine } from '../domain/disk/gauge.js';
import { lostImages } from '../domain/plan/lost.js';
import { nothing } from '../domain/plan/sum.js';
import type { UpdateRow } from '../contract/updates.js';
import type { WireError } from '../contract/wire.js';
import type { CallContext, CareenApp } from './types.js';

/** What there is to see before the data home is this process's own. */
function nothingYet(status: EngineSlice['status'], since: number, home: string): Slices {
  const rows = { from: 0, to: 1, upsert: [], remove: [] };
  return {
    engine: {
      status,
      facts: null,
      chosen: null,
      looked: [],
      since,
      error: null,
      contextMoved: null,
      asOf: null,
      otherUpdater: null,
    },
    gauges: { engine: noEngine, host: noEngine, same: false, at: null, forecast: null },
    images: {
      ...rows,
      totals: {
        images: 0,
        onDisk: 0,
        sumOfSizes: 0,
        canGo: nothing,
        canGoImages: 0,
        canGoOfImages: nothing,
        canGoLost: lostImages([]),
        couldGoImages: 0,
        judgedAt: null,
        rules: [],
        parts: [],
        policy: { source: 'default', file: '', error: null, modeLowered: null },
      },
    },
    containers: rows,
    updates: {
      checking: false,
      checkedAt: null,
      nextAt: null,
      rows: [],
      limits: [],
      swarm: null,
      kept: { for: 0, versions: 0 },
      recorded: [],
    },
    run: { current: null, queued: 0, last: null, question: null, next: null, update: null },
    history: { head: [], more: false, read: false },
    suggestions: { rows: [], dismissed: 0, at: null, measuredAt: null },
    settings: {
      theme: 'system',
      language: 'system',
      pausedUntil: null,
      endpoint: null,
      otherAppsData: false,
      launchAtLogin: null,
      notify: notifyByDefault,
      welcomed: true,
      home,
      movedAside: [],
    },
    fleet: { engines: [], together: false },
  };
}

/**
 * The application from the shell's first moment on. Until the real one is there, because it is being
 * put together or because a command line has the data home, it shows that, and what is asked of it
 * waits (DESIGN §3).
 */
export class Standby implements CareenApp {
  #come: (app: CareenApp) => void = () => {};
  readonly #real = new Promise<CareenApp>((resolve) => (this.#come = resolve));
  #app: CareenApp | null = null;
  #slices: Slices;
  #version = 0;
  #watched: string | null = null;
  readonly #messages = new Set<(message: SliceMessage) => void>();
  readonly #changes = new Set<(name: SliceName, engine: string) => void>();
  readonly #ends = new Set<(run: CleanRun, engine: string) => void>();
  readonly #updateEnds = new Set<(run: UpdateRun, engine: string) => void>();
  readonly #finds = new Set<(rows: UpdateRow[], engine: string) => void>();
  readonly #hostFull = new Set<() => void>();
  readonly #questions = new Set<(question: Question, engine: string) => void>();

  constructor(
    private readonly home: string,
    private readonly now: () => number,
  ) {
    this.#slices = nothingYet('looking', now(), home);
  }

  /** Shows that a command line has the data home. */
  busy(): void {
    this.#slices = nothingYet('home-busy', this.now(), this.home);
    this.#tellAll();
  }

  /** The real application takes over, with everybody who listens. */
  attach(app: CareenApp): void {
    this.#app = app;
    app.slices.onChange((name, engine) =>
      this.#changes.forEach((listener) => listener(name, engine)),
    );
    app.slices.subscribe((message) => this.#messages.forEach((listener) => listener(message)));
    app.onQuestion((question, engine) =>
      this.#questions.forEach((listener) => listener(question, engine)),
    );
    app.onHostFull(() => this.#hostFull.forEach((listener) => listener()));
    app.onUpdateEnded((run, engine) =>
      this.#updateEnds.forEach((listener) => listener(run, engine)),
    );
    app.onUpdatesFound((rows, engine) => this.#finds.forEach((listener) => listener(rows, engine)));
    app.onRunEnded((run, engine) => this.#ends.forEach((listener) => listener(run, engine)));
    app.slices.setWatching(this.#watched);
    this.#tellAll();
    this.#come(app);
  }

  async call<N extends CommandName>(
    name: N,
    params: unknown,
    context: CallContext,
    engine?: string,
  ): Promise<Answer<N>> {
    return (await this.#real).call(name, params, context, engine);
  }

  async open(engine: string): Promise<WireError | null> {
    return (await this.#real).open(engine);
  }

  readonly slices: CareenApp['slices'] = {
    get: (name, engine) => (this.#app ? this.#app.slices.get(name, engine) : this.#slices[name]),
    version: (name, engine) => (this.#app ? this.#app.slices.version(name, engine) : this.#version),
    engines: () => this.#app?.slices.engines() ?? [firstEngine],
    subscribe: (listener) => listen(this.#messages, listener),
    setWatching: (engine) => {
      this.#watched = engine;
      this.#app?.slices.setWatching(engine);
    },
    onChange: (listener) => listen(this.#changes, listener),
  };

  onRunEnded(listener: (run: CleanRun, engine: string) => void): () => void {
    return listen(this.#ends, listener);
  }

  onUpdateEnded(listener: (run: UpdateRun, engine: string) => void): () => void {
    return listen(this.#updateEnds, listener);
  }

  onUpdatesFound(listener: (rows: UpdateRow[], engine: string) => void): () => void {
    return listen(this.#finds, listener);
  }

  onQuestion(listener: (question: Question, engine: string) => void): () => void {
    return listen(this.#questions, listener);
  }

  onHostFull(listener: () => void): () => void {
    return listen(this.#hostFull, listener);
  }

  suspending(): void {
    this.#app?.suspending();
  }

  async resumed(): Promise<void> {
    await this.#app?.resumed();
  }

  async close(): Promise<void> {
    await this.#app?.close();
  }

  #tellAll(): void {
    this.#version += 1;
    for (const slice of Object.keys(slices) as SliceName[]) {
      for (const engine of new Set([...this.slices.engines(), this.#watched ?? firstEngine]))
        this.#changes.forEach((listener) => listener(slice, engine));
      if (this.#watched === null) continue;
      const engine = this.#watched;
      const version = this.slices.version(slice, engine);
      const message = { engine, slice, version, value: this.slices.get(slice, engine) };
      this.#messages.forEach((listener) => listener(message));
    }
  }
}

function listen<L>(listeners: Set<L>, listener: L): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
