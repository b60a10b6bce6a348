import type { CacheRecord, Inventory } from './facts.js';
import { onDisk } from './layers.js';
import type { Bytes } from './policy/types.js';
import type { Certainty } from './verdict/types.js';

/** What the engine counts of its own disk; see the adapter's EngineDiskUse. */
export interface DiskUseCounted {
  /** Of all layers; null where the engine does not count all that images take. */
  layers: Bytes | null;
  /** Of writable layers, by container ID. */
  containers: ReadonlyMap<string, Bytes>;
  /** By volume name; those that tell no size are not there. */
  volumes: ReadonlyMap<string, Bytes>;
  cache: readonly CacheRecord[];
}

/** One line of the account. */
export interface SpacePart {
  kind: 'images' | 'containers' | 'volumes' | 'buildCache' | 'otherStore' | 'rest';
  bytes: Bytes;
  /** How many things it is; null for what is no number of things. */
  count: number | null;
  certainty: Certainty;
}

/** Bytes on the engine's disk by what takes them; `explained` is the sum of all parts but the rest. */
export interface Account {
  parts: SpacePart[];
  explained: Bytes;
  used: Bytes | null;
  /** False where the engine did not tell in time: some parts are then missing or too small. */
  complete: boolean;
}

/**
 * The account that adds up (JUDGING §2): each layer once, containers' writable layers, volumes,
 * build cache that no image shares, the other image store, and the rest of what the disk holds.
 *
 * @param counted null where the engine did not answer in time
 * @param used bytes that are used on the engine's disk, null where unknown
 * @param otherStore bytes of the image store that is not in use, null where unknown
 */
export function accountOf(
  inventory: Inventory,
  counted: DiskUseCounted | null,
  used: Bytes | null,
  otherStore: Bytes | null = null,
): Account {
  const cache = (counted?.cache ?? inventory.cacheRecords)?.filter(({ shared }) => !shared);
  const explaining: SpacePart[] = [
    imagesPart(inventory, counted?.layers ?? null),
    containersPart(inventory, counted),
    volumesPart(inventory, counted),
    ...(cache ? [part('buildCache', sum(cache.map(({ size }) => size)), cache.length)] : []),
    ...(otherStore === null ? [] : [part('otherStore', otherStore, null)]),
  ];
  const explained = sum(explaining.map(({ bytes }) => bytes));
  // Where more is explained than used, the disk is another one, or figures are of two moments.
  const rest =
    used === null || used < explained ? [] : [part('rest', used - explained, null, 'at-most')];
  return { parts: [...explaining, ...rest], explained, used, complete: counted !== null };
}

const sum = (bytes: readonly number[]) => bytes.reduce((total, one) => total + one, 0);

function part(
  kind: SpacePart['kind'],
  bytes: Bytes,
  count: number | null,
  certainty: Certainty = 'exact',
): SpacePart {
  return { kind, bytes, count, certainty };
}

function imagesPart(inventory: Inventory, layers: Bytes | null): SpacePart {
  const { images, engine } = inventory;
  if (layers !== null) return part('images', layers, images.length);
  const isKnown = images.every((image) => image.layers !== null && !image.layersInDoubt);
  const certainty = engine.store === 'containerd' ? 'range' : isKnown ? 'exact' : 'at-least';
  return part('images', onDisk(images), images.length, certainty);
}

/** Logs are in no figure of the engine's. */
function containersPart({ containers }: Inventory, counted: DiskUseCounted | null): SpacePart {
  const sizes = containers.map(({ id, sizeRw }) => counted?.containers.get(id) ?? sizeRw ?? 0);
  return part('containers', sum(sizes), containers.length, 'at-least');
}

function volumesPart({ volumes }: Inventory, counted: DiskUseCounted | null): SpacePart {
  const sizes = volumes.map(({ name, size }) => counted?.volumes.get(name) ?? size);
  const isKnown = sizes.every((size) => size !== null);
  const bytes = sum(sizes.map((size) => size ?? 0));
  return part('volumes', bytes, volumes.length, isKnown ? 'exact' : 'at-least');
}
