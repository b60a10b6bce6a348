import type { LayerIndex, Selection } from '../layers.js';
import type { Reclaimable } from '../verdict/types.js';
import { sumOf } from './sum.js';
import type { PlanItem } from './types.js';

/** What a growing set of items frees: images by the layers that they share, all else by itself. */
export class Freed {
  readonly #images: Selection;
  readonly #others = new Map<string, Reclaimable>();

  constructor(index: LayerIndex) {
    this.#images = index.select();
  }

  /** Gives what the item frees when the others of the set are gone too. */
  add({ kind, id, reclaimable }: PlanItem): Reclaimable {
    if (kind === 'image') return this.#images.add(id);
    this.#others.set(id, reclaimable);
    return reclaimable;
  }

  remove({ kind, id }: PlanItem): void {
    if (kind === 'image') this.#images.remove(id);
    else this.#others.delete(id);
  }

  total(): Reclaimable {
    return sumOf([this.#images.total(), ...this.#others.values()]);
  }
}
