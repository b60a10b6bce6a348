import { basesOf, type Bases } from '../bases.js';
import type { Inventory } from '../facts.js';
import type { LayerIndex } from '../layers.js';
import { completeFacts } from './age.js';
import { namesOf, type Names } from './names.js';

/** What judging rests on whatever the policy says. Images by their place in the inventory. */
export interface Groundwork {
  bases: Bases;
  names: Names;
}

const known = new WeakMap<LayerIndex, Groundwork>();

/**
 * The groundwork of an inventory, worked out once for its index: which containers there are, and who
 * uses an image, changes neither what it is built on nor its names.
 *
 * @param index of the same images, read at the same moment; throws where it is of others
 */
export function groundworkOf(inventory: Inventory, index: LayerIndex): Groundwork {
  const { images, takenAt } = inventory;
  // By the names of other images what is to stay could go.
  if (!images.every(({ id }, place) => index.placeOf(id) === place))
    throw new Error('The index is of another inventory.');
  let groundwork = known.get(index);
  if (groundwork === undefined) {
    const bases = basesOf(images, index.chains);
    groundwork = { bases, names: namesOf(completeFacts(inventory, bases), takenAt) };
    known.set(index, groundwork);
  }
  return groundwork;
}
