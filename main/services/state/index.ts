import { EventEmitter } from 'node:events';
import type {
  ContainerRow,
  ImageRow,
  SliceMessage,
  SliceName,
  Slices,
} from '../../contract/slices.js';
import { changeOf } from './rows.js';
import type { Sources } from './sources.js';
import { type Shown, Values } from './values.js';

/**
 * Reduces everything to slices, each with a version of its own. Rows travel as differences, and
 * only while somebody watches (DESIGN §3).
 */
export class State extends EventEmitter<{
  changed: [SliceName];
  message: [SliceMessage];
  watched: [boolean];
}> {
  readonly #values: Values;
  readonly #versions = new Map<SliceName, number>();
  #watched = false;
  /** The tool that the engine slice named last. */
  #otherUpdater: string | null = null;
  #shown: Shown = { current: null, update: null, last: null };
  #images = new Map<string, ImageRow>();
  #containers = new Map<string, ContainerRow>();
  readonly #settingsChanged = () => this.#changed('settings');
  readonly #fleetChanged = () => this.#changed('fleet');

  constructor(private readonly from: Sources) {
    super();
    this.#values = new Values(from);
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
      acting.on('progress', (current) => this.#shows({ current }));
    from.checker.on('changed', tell('updates'));
    from.suggestions.on('changed', tell('suggestions'));
    from.updater.on('progress', (update) => this.#shows({ update }));
    from.execution.on('ended', (last) => this.#shows({ last }));
  }

  /** Hears no more of what outlives its engine, and would hold all of it. */
  close(): void {
    this.from.settings.off('changed', this.#settingsChanged);
    this.from.fleet.off('changed', this.#fleetChanged);
  }

  /** A slice whole, as it is now. */
  get<N extends SliceName>(name: N): Slices[N] {
    const values = this.#values;
    const whole: { [S in SliceName]: () => Slices[S] } = {
      engine: () => values.engine(),
      gauges: () => values.gauges(),
      images: () => ({
        from: 0,
        to: this.version('images'),
        upsert: [...values.imageRows().values()],
        remove: [],
        totals: values.totals(),
      }),
      containers: () => ({
        from: 0,
        to: this.version('containers'),
        upsert: values.containerRows(),
        remove: [],
      }),
      updates: () => values.updates(),
      run: () => values.run(this.#shown),
      history: () => values.history(),
      suggestions: () => this.from.suggestions.value,
      settings: () => this.from.settings.value,
      fleet: () => this.from.fleet.value,
    };
    return whole[name]();
  }

  /** Starts at 1, and rises with each change that is told. */
  version(name: SliceName): number {
    return this.#versions.get(name) ?? 1;
  }

  /** While nobody watches no message is made; a watcher starts with every slice whole. */
  setWatched(watched: boolean): void {
    this.#watched = watched;
    this.emit('watched', watched);
    if (!watched) return;
    this.#images = this.#values.imageRows();
    this.#containers = new Map(this.#values.containerRows().map((r) => [r.id, r]));
  }

  #shows(shown: Partial<Shown>): void {
    this.#shown = { ...this.#shown, ...shown };
    this.#changed('run');
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
    this.#images = this.#values.imageRows();
    const change = changeOf(before, [...this.#images.values()]);
    const from = this.#next('images');
    const to = this.version('images');
    this.#say('images', to, { from, to, ...change, totals: this.#values.totals() });
  }

  #sendContainers(): void {
    const rows = this.#values.containerRows();
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
}
