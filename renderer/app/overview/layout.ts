import type { Leaf } from './leaves.js';
import { leavesOfKind, type Group, type KindOf, type Space } from './space.js';
import { divideJoining, type Rect } from './treemap.js';

/** What fills the map: everything, a kind, or a group of it. */
export type Zoom = { kind: KindOf; group: Group | null } | null;

export type Spot = Rect & { key: string; bytes: number } & (
    | { part: 'kind'; of: KindOf }
    | { part: 'group'; of: Group }
    | { part: 'tile'; of: Leaf; isInGroup: boolean }
    /** A group too small to be opened; or leaves and groups too small to be drawn apart. */
    | { part: 'folded'; of: Group; leaves: readonly Leaf[] }
    | { part: 'joined'; in: KindOf | Group; leaves: readonly Leaf[] }
  );

const KIND_GAP = 4;
const GAP = 2;
const KIND_HEADER = 18;
const GROUP_HEADER = 15;
/** Px: tiles are no smaller; what would be joins its neighbours. */
const SMALLEST = 3 + GAP;
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
  if (zoom?.group) maker.leaves(zoom.group.leaves, zoom.group, all);
  else if (zoom) maker.content(zoom.kind, all);
  else maker.kinds(space.kinds, { ...all, width: width + KIND_GAP, height: height + KIND_GAP });
  return maker.spots;
}

class Maker {
  readonly spots: Spot[] = [];
  #left = MOST;

  kinds(kinds: readonly KindOf[], rect: Rect): void {
    const options = { least: SMALLEST + KIND_GAP, most: kinds.length };
    const { placed, joined } = divideJoining(kinds, rect, options);
    for (const { of: kind, rect: whole } of placed) {
      const place = shrunk(whole, KIND_GAP - GAP);
      const isTitled = place.height >= 2 * KIND_HEADER && place.width >= 28;
      if (isTitled)
        this.spots.push({
          part: 'kind',
          key: kind.key,
          of: kind,
          bytes: kind.bytes,
          ...inset({ ...place, height: KIND_HEADER }),
        });
      this.content(kind, isTitled ? below(place, KIND_HEADER) : place);
    }
    const [first] = joined?.of ?? [];
    if (joined && first)
      this.#joined(first, joined.of.flatMap(leavesOfKind), shrunk(joined.rect, KIND_GAP - GAP));
  }

  content(kind: KindOf, rect: Rect): void {
    const items = [...kind.groups, ...kind.leaves].sort((a, b) => b.bytes - a.bytes);
    const { placed, joined } = divideJoining(items, rect, { least: SMALLEST, most: this.#left });
    this.#left -= placed.length;
    for (const { of, rect: place } of placed) {
      if ('leaves' in of) this.#group(of, place);
      else this.#tile(of, place);
    }
    const rest = joined?.of.flatMap((of) => ('leaves' in of ? of.leaves : [of]));
    if (joined && rest) this.#joined(kind, rest, joined.rect);
  }

  leaves(leaves: readonly Leaf[], group: Group, rect: Rect): void {
    const options = { least: SMALLEST, most: Math.max(1, this.#left) };
    const { placed, joined } = divideJoining(leaves, rect, options);
    this.#left -= placed.length;
    for (const { of, rect: place } of placed) this.#tile(of, place, true);
    if (joined) this.#joined(group, joined.of, joined.rect);
  }

  #group(group: Group, rect: Rect): void {
    const there = group.leaves.filter(({ bytes }) => bytes > 0);
    const [only] = there;
    if (only && there.length === 1) {
      this.#tile(only, rect);
      return;
    }
    if (Math.min(rect.width, rect.height) < FOLDED || this.#left <= 0) {
      const { key, bytes } = group;
      const leaves = group.leaves;
      this.spots.push({ part: 'folded', key, of: group, leaves, bytes, ...inset(rect) });
      return;
    }
    const isTitled = rect.height >= 3 * GROUP_HEADER && rect.width >= 40;
    if (isTitled) {
      const place = inset({ ...rect, height: GROUP_HEADER });
      this.spots.push({ part: 'group', key: group.key, of: group, bytes: group.bytes, ...place });
    }
    this.leaves(there, group, isTitled ? below(rect, GROUP_HEADER) : rect);
  }

  #tile(of: Leaf, rect: Rect, isInGroup = false): void {
    this.spots.push({ part: 'tile', key: of.key, of, isInGroup, bytes: of.bytes, ...inset(rect) });
  }

  #joined(into: KindOf | Group, leaves: readonly Leaf[], rect: Rect): void {
    const bytes = leaves.reduce((sum, leaf) => sum + leaf.bytes, 0);
    const key = `joined:${into.key}`;
    this.spots.push({ part: 'joined', key, in: into, leaves, bytes, ...inset(rect) });
  }
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

/** What fills the map after all: a kind or group that is no longer there is left. */
export function zoomIn(space: Space, keys: readonly string[]): Zoom {
  const [kindKey, groupKey] = keys;
  const kind = space.kinds.find(({ key }) => key === kindKey);
  if (!kind) return null;
  const group = kind.groups.find(({ key }) => key === groupKey) ?? null;
  return { kind, group };
}

/** Bytes and leaves of what fills the map. */
export function filling(space: Space, zoom: Zoom): { bytes: number; leaves: readonly Leaf[] } {
  if (zoom?.group) return zoom.group;
  if (zoom) return { bytes: zoom.kind.bytes, leaves: leavesOfKind(zoom.kind) };
  return { bytes: space.bytes, leaves: space.kinds.flatMap(leavesOfKind) };
}
