import { EventEmitter } from 'node:events';
import { toWire } from '../../contract/wire.js';
import type { FleetSlice } from '../../contract/fleet.js';
import type { CleanRun } from '../../contract/runs.js';
import type {
  ContainerRow,
  DisksRead,
  EngineSlice,
  HistorySlice,
  ImageRow,
  ImagesSlice,
  Question,
  RunProgress,
  RunSlice,
  SettingsSlice,
  SliceMessage,
  SliceName,
  Slices,
} from '../../contract/slices.js';
import type { SuggestionsSlice } from '../../contract/suggestions.js';
import type { RegistryLimit, UpdateRow, UpdatesSlice } from '../../contract/updates.js';
import type { UpdateProgress } from '../../contract/update-steps.js';
import { CareenError } from '../../domain/errors.js';
import type { Forecast } from '../../domain/forecast/forecast.js';
import type { Connection } from '../connection.js';
import type { Inventory } from '../inventory/index.js';
import type { Journal } from '../journal/index.js';
import type { Judgement, Judging } from '../judging.js';
import type { Runs } from '../runs.js';
import { changeOf, containerRow, imageRow } from './rows.js';
import { imageTotals } from './totals.js';

/** Runs that the history slice carries; more are asked for. */
const headLength = 50;

/** What there is once for all engines: it outlives any of them. */
interface Outliving<T> {
  readonly value: T;
  on(event: 'changed', listener: () => void): unknown;
  off(event: 'changed', listener: () => void): unknown;
}

/** Where the slices' values come from. */
export interface Sources {
  /** The engine's key. */
  key: string;
  connection: Connection;
  inventory: Inventory;
  judging: Judging;
  runs: Runs;
  journal: Journal;
  policyFile: string;
  gauges: { readonly value: DisksRead; on(event: 'changed', listener: () => void): unknown };
  samples: {
    readonly forecast: Forecast | null;
    on(event: 'changed', listener: () => void): unknown;
  };
  settings: Outliving<SettingsSlice>;
  fleet: Outliving<FleetSlice>;
  /** Whether someone besides the window follows a slice. */
  followed: (slice: SliceName) => boolean;
  execution: {
    on(event: 'progress', listener: (progress: RunProgress | null) => void): unknown;
    on(event: 'ended', listener: (run: CleanRun) => void): unknown;
  };
  undo: { on(event: 'progress', listener: (progress: RunProgress | null) => void): unknown };
  checker: {
    rows(): UpdateRow[];
    limits(): RegistryLimit[];
    readonly status: Pick<UpdatesSlice, 'checking' | 'checkedAt' | 'nextAt' | 'swarm'>;
    on(event: 'changed', listener: () => void): unknown;
  };
  /** Its changes come by the checker's. */
  versions: { readonly recorded: UpdatesSlice['recorded'] };
  updater: { on(event: 'progress', listener: (progress: UpdateProgress | null) => void): unknown };
  suggestions: {
    readonly value: SuggestionsSlice;
    on(event: 'changed', listener: () => void): unknown;
  };
  triggers: {
    readonly question: Question | null;
    readonly next: RunSlice['next'];
    on(event: 'changed', listener: () => void): unknown;
  };
}

/**
 * Reduces everything to slices, each with a version of its own. Rows travel as differences, and
 * only while somebody watches (DESIGN §3).
 */
export class State extends EventEmitter<{
  changed: [SliceName];
  message: [SliceMessage];
  watched: [boolean];
}> {
  readonly #versions = new Map<SliceName, number>();
  #watched = false;
  /** The tool that the engine slice named last. */
  #otherUpdater: string | null = null;
  #progress: RunProgress | null = null;
  #updating: UpdateProgress | null = null;
  #last: CleanRun | null = null;
  /** The rows of one judgement: whoever opens a window waits for none that were made before. */
  #made: { of: Judgement; rows: Map<string, ImageRow> } | null = null;
  #images = new Map<string, ImageRow>();
  #containers = new Map<string, ContainerRow>();
  readonly #settingsChanged = () => this.#changed('settings');
  readonly #fleetChanged = () => this.#changed('fleet');

  constructor(private readonly from: Sources) {
    super();
    this.setMaxListeners(0);
    const tell = (slice: SliceName) => () => this.#changed(slice);
    from.connection.on('changed', tell('engine'));
    from.inventory.on('changed', tell('engine'));
    from.judging.on('changed', () => this.#judged());
    from.gauges.on('changed', tell('gauges'));
    from.samples.on('changed', tell('gauges'));
    from.settings.on('changed', this.#settingsChanged);
    from.fleet.on('changed', this.#fleetChanged);
    from.journal.on('changed', tell('history'));
    from.runs.on('changed', tell('run'));
    from.triggers.on('changed', tell('run'));
    for (const acting of [from.execution, from.undo])
      acting.on('progress', (progress) => {
        this.#progress = progress;
        this.#changed('run');
      });
    from.checker.on('changed', tell('updates'));
    from.suggestions.on('changed', tell('suggestions'));
    from.updater.on('progress', (progress) => {
      this.#updating = progress;
      this.#changed('run');
    });
    from.execution.on('ended', (run) => {
      this.#last = run;
      this.#changed('run');
    });
  }

  /** Hears no more of what outlives its engine, and would hold all of it. */
  close(): void {
    this.from.settings.off('changed', this.#settingsChanged);
    this.from.fleet.off('changed', this.#fleetChanged);
  }

  /** A slice whole, as it is now. */
  get<N extends SliceName>(name: N): Slices[N] {
    const values: { [S in SliceName]: () => Slices[S] } = {
      engine: () => this.#engine(),
      gauges: () => ({ ...this.from.gauges.value, forecast: this.from.samples.forecast }),
      images: () => ({
        ...this.#imagesHead(),
        from: 0,
        upsert: [...this.#rows().values()],
        remove: [],
      }),
      containers: () => ({
        from: 0,
        to: this.version('containers'),
        upsert: this.#containerRows(),
        remove: [],
      }),
      updates: () => this.#updates(),
      run: () => this.#run(),
      history: () => this.#history(),
      suggestions: () => this.from.suggestions.value,
      settings: () => this.from.settings.value,
      fleet: () => this.from.fleet.value,
    };
    return values[name]();
  }

  version(name: SliceName): number {
    return this.#versions.get(name) ?? 1;
  }

  /** While nobody watches no message is made; a watcher starts with every slice whole. */
  setWatched(watched: boolean): void {
    this.#watched = watched;
    this.emit('watched', watched);
    if (!watched) return;
    this.#images = this.#rows();
    this.#containers = new Map(this.#containerRows().map((r) => [r.id, r]));
  }

  #judged(): void {
    if (this.#watched) {
      this.#sendImages();
      this.#sendContainers();
    }
    this.#changed('images');
    this.#changed('containers');
    const tool = this.from.judging.current?.otherUpdater?.tool ?? null;
    if (tool === this.#otherUpdater) return;
    this.#otherUpdater = tool;
    this.#changed('engine');
  }

  #sendImages(): void {
    const before = this.#images;
    this.#images = this.#rows();
    const change = changeOf(before, [...this.#images.values()]);
    const from = this.#next('images');
    const value: ImagesSlice = { ...this.#imagesHead(), from, ...change };
    this.#say('images', value.to, value);
  }

  #sendContainers(): void {
    const rows = this.#containerRows();
    const change = changeOf(this.#containers, rows);
    this.#containers = new Map(rows.map((r) => [r.id, r]));
    const from = this.#next('containers');
    const to = this.version('containers');
    this.#say('containers', to, { from, to, ...change });
  }

  #say<N extends SliceName>(slice: N, version: number, value: Slices[N]): void {
    this.emit('message', { engine: this.from.key, slice, version, value });
  }

  /** Raises a slice's version and gives the one before. */
  #next(slice: SliceName): number {
    const before = this.version(slice);
    this.#versions.set(slice, before + 1);
    return before;
  }

  #changed(slice: SliceName): void {
    this.emit('changed', slice);
    if (slice === 'images' || slice === 'containers') return;
    if (!this.#watched && !this.from.followed(slice)) return;
    this.#next(slice);
    this.#say(slice, this.version(slice), this.get(slice));
  }

  #engine(): EngineSlice {
    const { connection, inventory, judging } = this.from;
    const { error } = connection;
    return {
      status: connection.status,
      facts: connection.engine?.facts ?? judging.current?.inventory.engine ?? null,
      chosen: connection.found.chosen,
      looked: connection.found.looked,
      since: connection.since,
      error: error ? toWire(error) : null,
      contextMoved: connection.contextMoved,
      asOf: connection.engine ? inventory.asOf : (inventory.listed?.takenAt ?? null),
      otherUpdater: judging.current?.otherUpdater ?? null,
    };
  }

  #rows(): Map<string, ImageRow> {
    const { current } = this.from.judging;
    if (!current) return new Map();
    if (this.#made?.of !== current) {
      const { rules, going } = current;
      const rows = new Map(current.judged.map((j) => [j.id, imageRow(j, rules, going)]));
      this.#made = { of: current, rows };
    }
    return this.#made.rows;
  }

  #containerRows(): ContainerRow[] {
    return (this.from.judging.current?.inventory.containers ?? []).map(containerRow);
  }

  #imagesHead(): Pick<ImagesSlice, 'to' | 'totals'> {
    return {
      to: this.version('images'),
      totals: imageTotals(this.from.judging, this.from.policyFile),
    };
  }

  #updates(): UpdatesSlice {
    const { checker, judging } = this.from;
    const { policy } = judging;
    const inForce = policy === null || policy instanceof CareenError ? null : policy.policy;
    return {
      ...checker.status,
      rows: checker.rows(),
      limits: checker.limits(),
      kept: inForce?.rollback ?? { for: 0, versions: 0 },
      recorded: this.from.versions.recorded,
    };
  }

  #run(): RunSlice {
    const { runs, journal } = this.from;
    return {
      current: this.#progress,
      queued: runs.waiting,
      last: this.#last ?? journal.lastClean(),
      question: this.from.triggers.question,
      next: this.from.triggers.next,
      update: this.#updating,
    };
  }

  #history(): HistorySlice {
    const runs = this.from.journal.history();
    return { head: runs.slice(0, headLength), more: runs.length > headLength, read: true };
  }
}
