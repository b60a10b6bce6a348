import type { ImagesSlice } from '../../contract/slices.js';
import { toWire } from '../../contract/wire.js';
import { CareenError } from '../../domain/errors.js';
import { lostImages } from '../../domain/plan/lost.js';
import { partCounts } from '../../domain/plan/part-counts.js';
import { onDisk } from '../../domain/layers.js';
import { nothing } from '../../domain/plan/sum.js';
import { ruleCounts } from '../../domain/verdict/rule-counts.js';
import type { Judging } from '../judging.js';

/** The figures above the rows of images, and the policy that they were judged by. */
export function imageTotals(
  { current, policy }: Pick<Judging, 'current' | 'policy'>,
  policyFile: string,
): ImagesSlice['totals'] {
  const images = current?.inventory.images ?? [];
  const items = (current?.plan.items ?? []).filter(({ kind }) => kind === 'image');
  const going = items.filter(({ id }) => current?.going.has(id));
  const failed = policy instanceof CareenError;
  return {
    images: images.length,
    onDisk: onDisk(images, current?.index.chains),
    sumOfSizes: images.reduce((sum, i) => sum + i.size, 0),
    canGo: current?.plan.reclaimable ?? nothing,
    canGoImages: going.length,
    canGoOfImages: current?.imagesFree ?? nothing,
    canGoLost: lostImages(going),
    couldGoImages: items.length - going.length,
    judgedAt: current?.at ?? null,
    rules: current ? ruleCounts(current.rules, current.judged) : [],
    parts: partCounts(current?.others ?? []),
    policy: {
      source: failed || policy?.source === 'file' ? 'file' : 'default',
      file: policyFile,
      error: failed ? toWire(policy) : null,
      modeLowered: failed ? null : (policy?.modeLowered ?? null),
    },
  };
}
