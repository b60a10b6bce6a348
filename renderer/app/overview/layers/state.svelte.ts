import type { ImageRow } from '../../../../main/contract/slices.js';
import { Rest } from '../../common/rest.js';
import type { Call } from '../../state/caller.js';
import { type Layout, layoutOf } from './layout.js';

type Rows = ReadonlyMap<string, ImageRow>;

/** Milliseconds: changes that come within are asked about once. */
const SETTLE = 500;

/** The tree of layers, asked for again when an image changes; the old one stays until then. */
export class LayersState {
  layout = $state.raw<Layout | null>(null);
  /** Of who is at work on the layers, drawn or as a table. */
  readonly rest = new Rest();
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

  /** Resolves once nobody is at work on layers that are there. */
  async #rested(): Promise<void> {
    const { left } = this.rest;
    if (this.layout === null || this.#closed || left === 0) return;
    await new Promise((rested) => setTimeout(rested, left));
    await this.#rested();
  }
}
