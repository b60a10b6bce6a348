import { basesOf, type Bases } from '../bases.js';
import type { ImageFacts, Inventory } from '../facts.js';
import type { LayerIndex } from '../layers.js';
import { completeFacts } from './age.js';
import { namesOf, type Names } from './names.js';

/** What judging rests on whatever the policy says. Images by their place in the inventory. */
export interface Groundwork {
  bases: Bases;
  /** Facts completed by what the inventory itself tells. */
  images: readonly ImageFacts[];
  names: Names;
}

/**
 * By the index of an inventory, and so once for all that is asked of one: which containers there are,
 * and who uses an image, changes neither what it is built on nor its names.
 */
const known = new WeakMap<LayerIndex, Pick<Groundwork, 'bases' | 'names'>>();

/**
 * The groundwork of an inventory.
 *
 * @param index of the same images
 */
export function groundworkOf(inventory: Inventory, index: LayerIndex): Groundwork {
  const before = known.get(index);
  const bases = before?.bases ?? basesOf(inventory.images, index.chains);
  const images = completeFacts(inventory, bases);
  const names = before?.names ?? namesOf(images, inventory.takenAt);
  if (!before) known.set(index, { bases, names });
  return { bases, images, names };
}
