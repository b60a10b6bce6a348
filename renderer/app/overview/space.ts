import type { ImageRow } from '../../../main/contract/slices.js';
import { squarify, type Rect } from './treemap.js';

/** One repository's share of the disk; every byte stands in exactly one place. */
export interface Area {
  /** Null for images without a name. */
  repository: string | null;
  bytes: number;
  images: { row: ImageRow; bytes: number }[];
}

export interface Space {
  areas: Area[];
  /** Layers that more than one image stands on, counted once. */
  shared: number;
  /** Layers of one image alone, added up. */
  alone: number;
}

/**
 * What the images take, by repository: each image's layers of its own, and apart from them what
 * images share. Most bytes first.
 *
 * @param onDisk bytes of all layers, each once
 */
export function spaceOf(rows: Iterable<ImageRow>, onDisk: number): Space {
  const areas = new Map<string | null, Area>();
  let alone = 0;
  for (const row of rows) {
    const bytes = row.unique.min;
    let area = areas.get(row.repository);
    if (!area)
      areas.set(row.repository, (area = { repository: row.repository, bytes: 0, images: [] }));
    area.bytes += bytes;
    area.images.push({ row, bytes });
    alone += bytes;
  }
  for (const area of areas.values()) area.images.sort((a, b) => b.bytes - a.bytes);
  return {
    areas: [...areas.values()].sort((a, b) => b.bytes - a.bytes),
    shared: Math.max(0, onDisk - alone),
    alone,
  };
}

export type Tile = Rect & { bytes: number; /** Between 0 and 1, by size. */ strength: number } & (
    | { kind: 'image'; row: ImageRow }
    | { kind: 'shared' }
    /** Too small to be drawn apart. */
    | { kind: 'rest'; images: number }
  );
export type Header = Rect & { repository: string | null; bytes: number };

const GAP = 2;
const HEADER = 15;
/** Px²; what is smaller joins its neighbours. */
const SMALLEST = 40;
/** More tiles than this tell nothing and cost time. */
const MOST_AREAS = 120;
const MOST_IMAGES = 30;

/** Tiles and headers for a map of `width` × `height` px. */
export function layoutOf(
  space: Space,
  width: number,
  height: number,
): { tiles: Tile[]; headers: Header[] } {
  const tiles: Tile[] = [];
  const headers: Header[] = [];
  const total = space.alone + space.shared;
  if (total === 0 || width <= 0 || height <= 0) return { tiles, headers };
  const perPixel = total / (width * height);
  const strengthOf = (bytes: number) => Math.min(1, Math.sqrt(bytes / (total / 12)));

  const large = space.areas.filter((a) => a.bytes / perPixel >= SMALLEST).slice(0, MOST_AREAS);
  const small = space.areas.slice(large.length);
  const restBytes = small.reduce((sum, a) => sum + a.bytes, 0);
  const blocks = [
    ...large.map((area) => ({ bytes: area.bytes, area })),
    ...(space.shared > 0 ? [{ bytes: space.shared, area: 'shared' as const }] : []),
    ...(restBytes > 0 ? [{ bytes: restBytes, area: 'rest' as const }] : []),
  ].sort((a, b) => b.bytes - a.bytes);
  const places = squarify(
    blocks.map((b) => b.bytes),
    { x: 0, y: 0, width, height },
  );

  blocks.forEach(({ area, bytes }, i) => {
    const place = places[i];
    if (!place) return;
    const strength = strengthOf(bytes);
    if (area === 'shared') tiles.push({ kind: 'shared', bytes, strength, ...inset(place) });
    else if (area === 'rest') {
      const images = small.reduce((sum, a) => sum + a.images.length, 0);
      tiles.push({ kind: 'rest', images, bytes, strength, ...inset(place) });
    } else {
      const titled = place.height >= 3 * HEADER && place.width >= 40;
      const body = titled
        ? { ...place, y: place.y + HEADER, height: place.height - HEADER }
        : place;
      if (titled)
        headers.push({
          ...inset({ ...place, height: HEADER }),
          repository: area.repository,
          bytes,
        });
      tiles.push(...tilesOf(area, body, perPixel, strengthOf));
    }
  });
  return { tiles, headers };
}

function tilesOf(
  area: Area,
  place: Rect,
  perPixel: number,
  strengthOf: (bytes: number) => number,
): Tile[] {
  const large = area.images.filter((i) => i.bytes / perPixel >= SMALLEST).slice(0, MOST_IMAGES);
  const shown = large.length > 0 ? large : area.images.slice(0, 1);
  const small = area.images.slice(shown.length);
  const rest = small.reduce((sum, i) => sum + i.bytes, 0);
  const values = [...shown.map((i) => i.bytes), ...(rest > 0 ? [rest] : [])];
  // The joined rest may be larger than the last tile of its own; squarify wants falling values.
  const order = values.map((_, i) => i).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  const places = squarify(
    order.map((i) => values[i] ?? 0),
    place,
  );
  return order.flatMap((index, i): Tile[] => {
    const rect = places[i];
    const bytes = values[index] ?? 0;
    if (!rect) return [];
    const image = shown[index];
    const at = { bytes, strength: strengthOf(bytes), ...inset(rect) };
    return image
      ? [{ kind: 'image', row: image.row, ...at }]
      : [{ kind: 'rest', images: small.length, ...at }];
  });
}

const inset = (r: Rect): Rect => ({
  x: r.x,
  y: r.y,
  width: Math.max(0, r.width - GAP),
  height: Math.max(0, r.height - GAP),
});
