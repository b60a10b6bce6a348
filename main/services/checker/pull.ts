import { chainIds } from '../../adapters/docker/layers.js';
import type { RegistryImage } from '../../adapters/registry/types.js';
import type { Inventory } from '../../domain/facts.js';

/** Every layer that an image here has, by its chain ID. */
export function layersHere({ images }: Inventory): ReadonlySet<string> {
  return new Set(images.flatMap(({ layers }) => (layers ?? []).map(({ chainId }) => chainId)));
}

/**
 * Compressed bytes that a pull of an image fetches at most: of layers that are not here. Null where its
 * manifest does not tell.
 */
export function bytesToPull(
  { layers, diffIds }: RegistryImage,
  here: ReadonlySet<string>,
): number | null {
  if (layers.length !== diffIds.length) return null;
  return chainIds(diffIds).reduce(
    (sum, chain, n) => sum + (here.has(chain) ? 0 : (layers[n]?.size ?? 0)),
    0,
  );
}
