import { z } from 'zod';
import { bytes, imageId } from './model.js';

/** A node's number; -1 is none. */
const node = z.number().int().min(-1);
const counts = z.array(z.number().int().positive());

/** `LayerTree` of `domain/layer-tree.ts`: flat, since 5,000 images make as many nodes. */
export const layerTree = z.object({
  chainId: z.array(z.string()),
  size: z.array(bytes),
  parent: z.array(node),
  images: counts,
  layers: counts,
  ends: z.object({ ids: z.array(imageId), nodes: z.array(node) }),
  unknown: z.array(imageId),
  perImage: bytes,
  certainty: z.enum(['exact', 'at-least', 'range', 'at-most']),
});

/** Commands about the layers of all images. */
export const layerCommands = {
  /** The prefix tree of all layers by chain ID: every byte that images take, once. */
  'layers.tree': { params: z.strictObject({}), result: layerTree },
} as const;
