import { endOf, type Layout, type Zoom } from './layout.js';

/** Pixels: an icon and the room around it, before an image's name. */
export const LEAD = 26;
/** Pixels between two figures of the axis, at least. */
const BETWEEN = 80;
/** Longer names are cut: the drawing itself keeps this share of the width. */
const LEAST_SHARE = 0.45;
const MARGIN = 16;

/**
 * Pixels a byte: as many as leave each name its room beside the end of its image.
 *
 * @param widthOf pixels of a leaf's name
 */
export function scaleOf(
  layout: Layout,
  zoom: Zoom,
  width: number,
  widthOf: (id: string) => number,
): number {
  let scale = Infinity;
  let longest = 0;
  for (const leaf of layout.leaves.slice(zoom.row, zoom.row + zoom.rows)) {
    const bytes = endOf(layout, leaf) - zoom.start;
    if (bytes <= 0) continue;
    longest = Math.max(longest, bytes);
    scale = Math.min(scale, (width - LEAD - MARGIN - widthOf(leaf.id)) / bytes);
  }
  if (longest === 0) return 0;
  return Math.max(scale, (width * LEAST_SHARE) / longest);
}

/** Round figures of bytes along a width: 1, 2 or 5 of a power of ten apart. */
export function ticksOf(scale: number, width: number): number[] {
  if (scale <= 0) return [];
  const least = BETWEEN / scale;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * ([1, 2, 5, 10].find((n) => n * power >= least) ?? 10);
  return Array.from({ length: Math.floor((width - BETWEEN / 2) / scale / step) + 1 }, (_, i) =>
    Math.round(i * step),
  );
}
