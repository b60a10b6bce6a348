import type { PlanItem } from './types.js';

/** Whether an image that went can be had again, as far as is known. */
export const comesBack = (state: PlanItem['recoverable']['state']) =>
  state === 'verified' || state === 'likely';

/**
 * Whether nothing of it is lost to a person: it can be had again, or is made again by whatever needs
 * it. A container's own files are lost, as a volume's data is.
 */
export function isHarmless({ kind, recoverable }: Pick<PlanItem, 'kind' | 'recoverable'>): boolean {
  return kind === 'network' || kind === 'buildCache' || comesBack(recoverable.state);
}

/** What a person is asked about before items go. */
export interface Losses<I> {
  /** Those that are not known to come back. */
  images: I[];
  /** Their own files go with them. */
  containers: I[];
  volumes: I[];
  /** Images that go, harmless ones too. */
  allImages: number;
  /** Those that are pulled from a registry which was not asked whether it still has them. */
  unasked: number;
}

/** What would be lost with these items, by what of it is lost. */
export function lossesOf<I extends Pick<PlanItem, 'kind' | 'recoverable'>>(
  items: readonly I[],
): Losses<I> {
  const lost = items.filter((item) => !isHarmless(item));
  const images = items.filter(({ kind }) => kind === 'image');
  return {
    images: lost.filter(({ kind }) => kind === 'image'),
    containers: lost.filter(({ kind }) => kind === 'container'),
    volumes: lost.filter(({ kind }) => kind === 'volume'),
    allImages: images.length,
    unasked: images.filter(({ recoverable }) => recoverable.state === 'likely').length,
  };
}
