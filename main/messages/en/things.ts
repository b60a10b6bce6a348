import { plural } from './format.js';
import type { ThingCounts } from '../types.js';

/** `12 images, 2 networks and the build cache`; nothing counted is "nothing". */
export function things(counts: ThingCounts): string {
  const { image = 0, container = 0, network = 0, volume = 0, buildCache = 0 } = counts;
  const parts = [
    ...(image > 0 ? [plural(image, 'image')] : []),
    ...(container > 0 ? [plural(container, 'container')] : []),
    ...(network > 0 ? [plural(network, 'network')] : []),
    ...(volume > 0 ? [plural(volume, 'volume')] : []),
    ...(buildCache > 0 ? ['the build cache'] : []),
  ];
  const last = parts.pop();
  if (last === undefined) return 'nothing';
  return parts.length === 0 ? last : `${parts.join(', ')} and ${last}`;
}
