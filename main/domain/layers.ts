import { blobsOf, manifestBytes } from './blobs.js';
import { chainsOf, type Chains } from './chains.js';
import type { ImageFacts, Inventory } from './facts.js';
import { type ChosenTwins, extraOf, type Twins, twinsOf } from './twins.js';
import type { Certainty, Reclaimable } from './verdict/types.js';

/**
 * How far the true figure can lie from the sum on a containerd store: measured over random subsets
 * of images with shared layers, with a margin (ACCOUNTING: −3 … +10 %).
 */
export const containerdSpread = { least: 0.89, most: 1.1 };

/**
 * What sets of images free: bytes of the layers that only images of the set stand on, and on a
 * containerd store of their blobs too (JUDGING §2, "Reclaimable bytes of a set"). Built once for
 * an inventory; each question costs the layers of the images asked about.
 */
export class LayerIndex {
  readonly #placeOf = new Map<string, number>();
  /** For each layer the bytes that go with it. */
  readonly #bytes: number[];
  /** For each image the bytes of its layers that could not be told, at most. */
  readonly #doubts: number[];
  readonly #images: readonly ImageFacts[];
  readonly #unknown: number;
  readonly #containerd: boolean;
  readonly #pinned: boolean;
  readonly #twins: ReadonlyMap<number, Twins>;

  constructor(
    inventory: Pick<Inventory, 'images' | 'buildCache'> & {
      engine: { store: 'classic' | 'containerd' };
    },
    readonly chains: Chains = chainsOf(inventory.images),
  ) {
    const { images } = inventory;
    images.forEach(({ id }, place) => this.#placeOf.set(id, place));
    this.#images = images;
    this.#unknown = images.filter(({ layers }) => layers === null).length;
    this.#containerd = inventory.engine.store === 'containerd';
    // Records of the build cache carry no chain ID: any layer may be pinned (ACCOUNTING).
    this.#pinned = inventory.buildCache === 'shared' || inventory.buildCache === 'unknown';
    const blobs = this.#containerd ? blobsOf(images, chains) : null;
    this.#doubts = images.map((image, place) =>
      doubtOf(image, chains.ofImage[place], chains.sizes),
    );
    this.#twins = blobs ? twinsOf(images, chains, blobs) : new Map();
    this.#bytes = blobs ? chains.sizes.map((size, i) => size + (blobs[i] ?? 0)) : chains.sizes;
  }

  /** What these images free together. Images that are not there free nothing. */
  of(ids: Iterable<string>): Reclaimable {
    const selection = this.select();
    for (const id of ids) selection.add(id);
    return selection.total();
  }

  /** A set to which images are added one by one, each telling what it frees on top. */
  select(): Selection {
    return new Selection(this);
  }

  /** What removing one image alone frees; the image by its place in the inventory. */
  ofOne(place: number): Reclaimable {
    const chain = this.chains.ofImage[place];
    const unknown = this.unknownBytesOf(place);
    if (!chain) return this.figure(0, 1, unknown);
    let bytes = this.#containerd ? manifestBytes : 0;
    for (const layer of chain) if (this.chains.users[layer] === 1) bytes += this.bytesOf(layer);
    const twins = this.twinsOf(place);
    const extra = twins ? extraOf(twins, { images: 1, own: twins.own.get(place) ?? 0 }) : 0;
    return this.figure(bytes, 0, unknown, extra);
  }

  /** What an image may free beyond the layers whose bytes are known. */
  unknownBytesOf(place: number): number {
    if (!this.chains.ofImage[place]) return this.#images[place]?.size ?? 0;
    return this.#doubts[place] ?? 0;
  }

  /** Images of the same layers as this one, where there are any that may hold bytes of their own. */
  twinsOf(place: number): Twins | undefined {
    return this.#twins.get(place);
  }

  placeOf(id: string): number | undefined {
    return this.#placeOf.get(id);
  }

  bytesOf(layer: number): number {
    return this.#bytes[layer] ?? 0;
  }

  /** Bytes that go with an image besides its layers. */
  get bytesOfManifest(): number {
    return this.#containerd ? manifestBytes : 0;
  }

  /**
   * A figure with what it is. Images whose layers are unknown (`unknownChosen` of them) free at most
   * their size; while others of them stay, any layer may be theirs. `unknownBytes` counts them and
   * layers whose sizes are in doubt: where only such are, what is known is the least. `extra` is what
   * may go beside all that.
   */
  figure(bytes: number, unknownChosen: number, unknownBytes: number, extra = 0): Reclaimable {
    const { least, most } = this.#containerd ? containerdSpread : { least: 1, most: 1 };
    const max = Math.ceil((bytes + extra) * most) + unknownBytes;
    if (this.#pinned || this.#unknown > unknownChosen) return { min: 0, max, certainty: 'at-most' };
    const isRange = this.#containerd || unknownChosen > 0;
    const certainty: Certainty = isRange ? 'range' : unknownBytes > 0 ? 'at-least' : 'exact';
    return { min: Math.floor(bytes * least), max, certainty };
  }
}

/** A set of images that grows; see LayerIndex. */
export class Selection {
  readonly #index: LayerIndex;
  readonly #chosen = new Set<number>();
  readonly #uses: Uint32Array;
  #bytes = 0;
  #unknown = 0;
  #unknownBytes = 0;
  readonly #twins = new Map<Twins, ChosenTwins>();
  #extra = 0;

  constructor(index: LayerIndex) {
    this.#index = index;
    this.#uses = new Uint32Array(index.chains.sizes.length);
  }

  /** Adds an image; gives what it frees when the others of the set are gone too. */
  add(id: string): Reclaimable {
    const before = this.total();
    const place = this.#index.placeOf(id);
    if (place !== undefined && !this.#chosen.has(place)) {
      this.#chosen.add(place);
      this.#count(place, 1);
    }
    return difference(this.total(), before);
  }

  /** Takes an image out again; gives what the set frees less. */
  remove(id: string): Reclaimable {
    const before = this.total();
    const place = this.#index.placeOf(id);
    if (place !== undefined && this.#chosen.delete(place)) this.#count(place, -1);
    return difference(before, this.total());
  }

  total(): Reclaimable {
    return this.#index.figure(this.#bytes, this.#unknown, this.#unknownBytes, this.#extra);
  }

  #count(place: number, by: 1 | -1): void {
    const { chains } = this.#index;
    const chain = chains.ofImage[place];
    this.#unknownBytes += by * this.#index.unknownBytesOf(place);
    if (!chain) {
      this.#unknown += by;
      return;
    }
    this.#bytes += by * this.#index.bytesOfManifest;
    this.#countTwin(place, by);
    for (const layer of chain) {
      const before = this.#uses[layer] ?? 0;
      const after = before + by;
      this.#uses[layer] = after;
      const all = chains.users[layer];
      if (by === 1 ? after === all : before === all) this.#bytes += by * this.#index.bytesOf(layer);
    }
  }

  #countTwin(place: number, by: 1 | -1): void {
    const twins = this.#index.twinsOf(place);
    if (!twins) return;
    const before = this.#twins.get(twins) ?? { images: 0, own: 0 };
    const after = {
      images: before.images + by,
      own: before.own + by * (twins.own.get(place) ?? 0),
    };
    this.#twins.set(twins, after);
    this.#extra += extraOf(twins, after) - extraOf(twins, before);
  }
}

/** An image's unpacked bytes that none of its layers accounts for, where its sizes are in doubt. */
function doubtOf(
  { layersInDoubt, size, content }: ImageFacts,
  chain: readonly number[] | null | undefined,
  sizes: readonly number[],
): number {
  if (!layersInDoubt || !chain) return 0;
  const known = chain.reduce((sum, layer) => sum + (sizes[layer] ?? 0), 0);
  return Math.max(0, size - (content ?? 0) - known);
}

/** Where the last image of unknown layers joins, the bound that it kept down is no gain of its own. */
function difference(a: Reclaimable, b: Reclaimable): Reclaimable {
  const max = a.max - b.max;
  return { min: Math.min(a.min - b.min, max), max, certainty: a.certainty };
}

/**
 * Bytes of all layers, each once; on a containerd store with their blobs and manifests.
 *
 * @param chains of the same images, where they were made already
 */
export function onDisk(images: readonly ImageFacts[], chains: Chains = chainsOf(images)): number {
  const layers = chains.sizes.reduce((sum, size) => sum + size, 0);
  if (!images.some(({ content }) => content !== null)) return layers;
  const blobs = blobsOf(images, chains).reduce((sum, bytes) => sum + bytes, 0);
  return Math.round(layers + blobs + images.length * manifestBytes);
}
