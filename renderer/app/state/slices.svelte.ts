import type { FleetSlice } from '../../../main/contract/fleet.js';
import { firstEngine } from '../../../main/contract/first-engine.js';
import type {
  ContainerRow,
  EngineSlice,
  GaugesSlice,
  HistorySlice,
  ImageRow,
  ImagesSlice,
  RunSlice,
  SettingsSlice,
  SliceMessage,
  SliceName,
  Slices,
} from '../../../main/contract/slices.js';
import type { SuggestionsSlice } from '../../../main/contract/suggestions.js';
import type { UpdatesSlice } from '../../../main/contract/updates.js';
import type { CareenApi } from '../../../preload/api.js';
import { applyDelta, type Delta } from './delta.js';

type Rows<R> = ReadonlyMap<string, R>;

/**
 * What main last said, slice by slice; null until it has said it. Rows are replaced and never
 * changed in place, so a view can compare them by identity.
 */
export class SliceStore {
  engine = $state.raw<EngineSlice | null>(null);
  gauges = $state.raw<GaugesSlice | null>(null);
  images = $state.raw<Rows<ImageRow> | null>(null);
  totals = $state.raw<ImagesSlice['totals'] | null>(null);
  containers = $state.raw<Rows<ContainerRow> | null>(null);
  updates = $state.raw<UpdatesSlice | null>(null);
  run = $state.raw<RunSlice | null>(null);
  history = $state.raw<HistorySlice | null>(null);
  suggestions = $state.raw<SuggestionsSlice | null>(null);
  settings = $state.raw<SettingsSlice | null>(null);
  fleet = $state.raw<FleetSlice | null>(null);
  /** Whether main has begun to tell; a page that is only made ready is told nothing. */
  isTold = $state.raw(false);
  #tell: () => void = () => undefined;
  /** Resolves once it has. */
  readonly told = new Promise<void>((resolve) => (this.#tell = resolve));
  /** The key of the engine that all of it is of. */
  viewed = $state.raw(firstEngine);

  #versions: Partial<Record<SliceName, number>> = {};
  #asked = new Set<SliceName>();

  /**
   * What main has said by now is here when this is made.
   *
   * @param begins told of the key of each engine that comes into view, before anything of it is here,
   *   and of the list of all as far as it is known
   */
  constructor(
    private readonly api: CareenApi,
    private readonly failed: (error: { code: string; details: Record<string, unknown> }) => void,
    private readonly begins: (engine: string, fleet: FleetSlice | null) => void,
  ) {
    api.subscribe((message) => this.#receive(message));
  }

  #receive(message: SliceMessage): void {
    const value = message.value;
    if (message.engine !== this.viewed) this.#begin(message.engine);
    switch (message.slice) {
      case 'engine':
        this.engine = value as EngineSlice;
        break;
      case 'gauges':
        this.gauges = value as GaugesSlice;
        break;
      case 'updates':
        this.updates = value as UpdatesSlice;
        break;
      case 'run':
        this.run = value as RunSlice;
        break;
      case 'history':
        this.history = value as HistorySlice;
        break;
      case 'suggestions':
        this.suggestions = value as SuggestionsSlice;
        break;
      case 'settings':
        this.settings = value as SettingsSlice;
        break;
      case 'fleet':
        this.fleet = value as FleetSlice;
        break;
      case 'images': {
        const slice = value as ImagesSlice;
        const rows = this.#delta('images', this.images, slice);
        if (!rows) return;
        this.isTold = true;
        this.#tell();
        this.images = rows;
        this.totals = slice.totals;
        break;
      }
      case 'containers': {
        const rows = this.#delta('containers', this.containers, value as Slices['containers']);
        if (rows) this.containers = rows;
        break;
      }
    }
  }

  /** Another engine is in view: nothing of the one before is shown as its. */
  #begin(engine: string): void {
    this.viewed = engine;
    this.engine = null;
    this.gauges = null;
    this.images = null;
    this.totals = null;
    this.containers = null;
    this.updates = null;
    this.run = null;
    this.history = null;
    this.suggestions = null;
    this.#versions = {};
    this.#asked = new Set();
    this.begins(engine, this.fleet);
  }

  #delta<R extends { id: string }>(
    slice: SliceName,
    rows: Rows<R> | null,
    delta: Delta<R>,
  ): Rows<R> | null {
    const applied = applyDelta(rows, this.#versions[slice] ?? null, delta);
    if (applied === 'gap') {
      void this.#askWhole(slice);
      return null;
    }
    if (applied === 'old') return null;
    this.#versions[slice] = delta.to;
    return applied;
  }

  async #askWhole(slice: SliceName): Promise<void> {
    if (this.#asked.has(slice)) return;
    this.#asked.add(slice);
    const engine = this.viewed;
    const asked = this.#asked;
    const answer = await this.api.call('state.get', { slice }, engine);
    // Asked in a view that has ended: what this one was told since is newer.
    if (asked !== this.#asked) return;
    if (!answer.ok) this.failed(answer.error);
    else this.#receive({ engine, slice, version: 0, value: answer.result as Slices[typeof slice] });
    // Only now: an answer that is not whole itself would be asked for without end.
    asked.delete(slice);
  }
}
