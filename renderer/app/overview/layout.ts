import type { Leaf } from './leaves.js';
import { bytesIn, leavesOfKind, type Group, type KindOf, type Space } from './space.js';
import { divideApart, divideJoining, type Rect } from './treemap.js';

/** What fills the map: everything, a kind, a group of it, or the smaller ones of either. */
export type Zoom = { kind: KindOf; group: Group | null; smaller: Smaller | null } | null;

type Item = Group | Leaf;

/** What of a kind or group has fewer bytes than its first `from`. */
export interface Smaller {
  from: number;
  leaves: readonly Leaf[];
  bytes: number;
}

export type Spot = Rect & { key: string; bytes: number } & (
    | { part: 'kind'; of: KindOf }
    | { part: 'group'; of: Group }
    | { part: 'tile'; of: Leaf; isInGroup: boolean }
    /** A kind or group too small to be opened; or what of one is too small to be drawn apart. */
    | { part: 'folded'; of: KindOf | Group; leaves: readonly Leaf[] }
    | { part: 'joined'; in: KindOf | Group; leaves: readonly Leaf[] }
  );

const KIND_GAP = 4;
const GAP = 2;
const KIND_HEADER = 18;
const GROUP_HEADER = 15;
/** Px: tiles are no smaller; what would be joins its neighbours. */
const SMALLEST = 3 + GAP;
/** Px: a kind is no narrower, so that it is seen and can be pointed at. */
const SMALLEST_KIND = 16 + KIND_GAP;
/** Px: a group with a smaller side is one tile. */
const FOLDED = 36;
/** Tiles; more tell nothing and cost time. */
const MOST = 400;

/**
 * Where everything stands in a map of `width` × `height` px: headers of kinds and groups, and tiles.
 * Bytes of the tiles are those of what fills the map.
 */
export function layoutOf(space: Space, zoom: Zoom, width: number, height: number): Spot[] {
  const all = { x: 0, y: 0, width: width + GAP, height: height + GAP };
  if (width <= 0 || height <= 0) return [];
  const maker = new Maker();
  if (zoom) maker.items(zoom.group ?? zoom.kind, zoom.smaller?.from ?? 0, all);
  else maker.kinds(space.kinds, { ...all, width: width + KIND_GAP, height: height + KIND_GAP });
  return maker.spots;
}

class Maker {
  readonly spots: Spot[] = [];
  #left = MOST;

  /** Each by itself, however small: no tile stands for things of two kinds. */
  kinds(kinds: readonly KindOf[], rect: Rect): void {
    const places = divideApart(kinds, rect, SMALLEST_KIND);
    kinds.forEach((kind, i) => this.#kind(kind, shrunk(places[i] ?? rect, KIND_GAP - GAP)));
  }

  /** What stands in a kind or group, the first `from` of it left out. */
  items(into: KindOf | Group, from: number, rect: Rect): void {
    const items = itemsOf(into).slice(from);
    const options = { least: SMALLEST, most: Math.max(1, this.#left) };
    const { placed, joined } = divideJoining(items, rect, options);
    this.#left -= placed.length;
    for (const { of, rect: place } of placed) {
      if ('leaves' in of) this.#group(of, place);
      else this.#tile(of, place, !('groups' in into));
    }
    if (joined) {
      const key = `${JOINED}${from + placed.length}:${into.key}`;
      const leaves = leavesOfItems(joined.of);
      const bytes = bytesIn(joined.of);
      this.spots.push({ part: 'joined', key, in: into, leaves, bytes, ...inset(joined.rect) });
    }
  }

  #kind(kind: KindOf, rect: Rect): void {
    const isTitled = rect.height >= 2 * KIND_HEADER && rect.width >= 28;
    if (isTitled) {
      const place = inset({ ...rect, height: KIND_HEADER });
      this.spots.push({ part: 'kind', key: kind.key, of: kind, bytes: kind.bytes, ...place });
      this.items(kind, 0, below(rect, KIND_HEADER));
      return;
    }
    const leaves = leavesOfKind(kind).filter(({ bytes }) => bytes > 0);
    const [only] = leaves;
    if (only && leaves.length === 1) this.#tile(only, rect);
    else this.#folded(kind, leaves, rect);
  }

  #group(group: Group, rect: Rect): void {
    const there = group.leaves.filter(({ bytes }) => bytes > 0);
    const [only] = there;
    if (only && there.length === 1) {
      this.#tile(only, rect);
      return;
    }
    if (Math.min(rect.width, rect.height) < FOLDED || this.#left <= 0) {
      this.#folded(group, group.leaves, rect);
      return;
    }
    const isTitled = rect.height >= 3 * GROUP_HEADER && rect.width >= 40;
    if (isTitled) {
      const place = inset({ ...rect, height: GROUP_HEADER });
      this.spots.push({ part: 'group', key: group.key, of: group, bytes: group.bytes, ...place });
    }
    this.items(group, 0, isTitled ? below(rect, GROUP_HEADER) : rect);
  }

  #folded(of: KindOf | Group, leaves: readonly Leaf[], rect: Rect): void {
    const { key, bytes } = of;
    this.spots.push({ part: 'folded', key, of, leaves, bytes, ...inset(rect) });
  }

  #tile(of: Leaf, rect: Rect, isInGroup = false): void {
    this.spots.push({ part: 'tile', key: of.key, of, isInGroup, bytes: of.bytes, ...inset(rect) });
  }
}

/** What the key of the smaller ones begins with, before the number of those that are larger. */
const JOINED = 'joined:';
const FROM = new RegExp(`^${JOINED}(\\d+):`);

const leavesOfItems = (items: readonly Item[]) =>
  items.flatMap((of) => ('leaves' in of ? of.leaves : [of]));

/** What a kind or group is divided into, most bytes first; what has none is not drawn. */
function itemsOf(of: KindOf | Group): Item[] {
  const items: Item[] = 'groups' in of ? [...of.groups, ...of.leaves] : [...of.leaves];
  return items.filter(({ bytes }) => bytes > 0).sort((a, b) => b.bytes - a.bytes);
}

const below = (rect: Rect, by: number): Rect => ({
  ...rect,
  y: rect.y + by,
  height: rect.height - by,
});
const shrunk = (rect: Rect, by: number): Rect => ({
  ...rect,
  width: Math.max(0, rect.width - by),
  height: Math.max(0, rect.height - by),
});

/** On whole pixels, with a gap to the next. */
function inset({ x, y, width, height }: Rect): Rect {
  const left = Math.round(x);
  const top = Math.round(y);
  return {
    x: left,
    y: top,
    width: Math.max(1, Math.round(x + width) - left - GAP),
    height: Math.max(1, Math.round(y + height) - top - GAP),
  };
}

/** The keys that lead to a kind or group. */
export const pathTo = (of: KindOf | Group): string[] =>
  'groups' in of ? [of.key] : [`kind:${of.kind}`, of.key];

/** What fills the map after all: what is no longer there is left. */
export function zoomIn(space: Space, keys: readonly string[]): Zoom {
  const [kindKey, ...inKind] = keys;
  const kind = space.kinds.find(({ key }) => key === kindKey);
  if (!kind) return null;
  const group = kind.groups.find(({ key }) => key === inKind[0]) ?? null;
  const from = Number(FROM.exec(inKind.at(-1) ?? '')?.[1] ?? 0);
  return { kind, group, smaller: from > 0 ? smallerOf(group ?? kind, from) : null };
}

function smallerOf(of: KindOf | Group, from: number): Smaller | null {
  const items = itemsOf(of).slice(from);
  if (items.length === 0) return null;
  return { from, leaves: leavesOfItems(items), bytes: bytesIn(items) };
}

/** Bytes and leaves of what fills the map. */
export function filling(space: Space, zoom: Zoom): { bytes: number; leaves: readonly Leaf[] } {
  if (zoom?.smaller) return zoom.smaller;
  if (zoom?.group) return zoom.group;
  if (zoom) return { bytes: zoom.kind.bytes, leaves: leavesOfKind(zoom.kind) };
  return { bytes: space.bytes, leaves: space.kinds.flatMap(leavesOfKind) };
}
