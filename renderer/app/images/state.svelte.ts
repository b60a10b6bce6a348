import { type Picks, reach, shareOf, withTicks } from './selection.js';
import type { Entry, TableView } from './table.js';

export type PanelTab = 'why' | 'layers';

const nothing: Picks = { ticked: new Set(), anchor: null };

/** How a person looks at the images, kept while they are on another screen. */
export class ImagesState {
  view = $state.raw<TableView>({
    text: '',
    chip: 'all',
    by: 'repository',
    key: 'name',
    down: false,
    closed: new Set(),
  });
  /** What the panel beside the table shows. */
  tab = $state<PanelTab>('why');
  #picks = $state.raw<Picks>(nothing);

  /** IDs of the images that a person ticked; some may be gone by now. */
  get ticked(): ReadonlySet<string> {
    return this.#picks.ticked;
  }

  /** Takes these in, or out where all of them are in; a range is drawn from that line on. */
  toggle(key: string, ids: readonly string[]): void {
    const ticked = withTicks(this.ticked, ids, shareOf(ids, this.ticked) !== 'all');
    this.#picks = { ticked, anchor: { key, before: ticked } };
  }

  /** Draws the range on to the line `to`; see `reach`. */
  extend(entries: readonly Entry[], from: number, to: number): void {
    this.#picks = reach(this.#picks, entries, from, to);
  }

  all(ids: readonly string[]): void {
    this.#picks = { ...this.#picks, ticked: withTicks(this.ticked, ids, true) };
  }

  clear(): void {
    this.#picks = nothing;
  }
}
