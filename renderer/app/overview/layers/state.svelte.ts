import type { ImageRow } from '../../../../main/contract/slices.js';
import type { Call } from '../../state/caller.js';
import { type Layout, layoutOf } from './layout.js';

type Rows = ReadonlyMap<string, ImageRow>;

/** Milliseconds: changes that come within are asked about once. */
const SETTLE = 500;
/** Milliseconds: nothing jumps until pointer, wheel and keys have rested this long. */
const STILL = 1500;

/** The tree of layers, asked for again when an image changes; the old one stays until then. */
export class LayersState {
  layout = $state.raw<Layout | null>(null);
  /** When somebody last moved on the layers, drawn or as a table. */
  movedAt = -Infinity;
  #rows: Rows = new Map();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #again = false;
  #closed = false;

  constructor(private readonly call: Call) {}

  /** Tells what images there are now. */
  changed(rows: Rows): void {
    this.#rows = rows;
    if (this.#busy) this.#again = true;
    else this.#timer ??= setTimeout(() => void this.#ask(), this.layout === null ? 0 : SETTLE);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #ask(): Promise<void> {
    this.#timer = undefined;
    this.#busy = true;
    const tree = await this.call('layers.tree', {});
    await this.#rested();
    this.#busy = false;
    if (this.#closed) return;
    if (tree) this.layout = layoutOf(tree, this.#rows);
    if (!this.#again) return;
    this.#again = false;
    this.changed(this.#rows);
  }

  /** Resolves once layers that are there have rested for so long. */
  async #rested(): Promise<void> {
    const rest = this.movedAt + STILL - performance.now();
    if (this.layout === null || this.#closed || rest <= 0) return;
    await new Promise((rested) => setTimeout(rested, rest));
    await this.#rested();
  }
}
