import type { ItemGroup, PlanItem } from './types.js';

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

/** Whether it is known of each that it cannot be had again; else some are only not known to come back. */
export const isSure = (lost: readonly Pick<PlanItem, 'recoverable'>[]): boolean =>
  lost.every(({ recoverable }) => recoverable.state === 'no');

/**
 * How what a person has to tick is told apart where it is shown: what rests on an estimate; what is not
 * known to come back; and `left`, which can be had again and is theirs to decide on all the same.
 */
export type Apart = ItemGroup | 'left';

/** Null: it is ticked, or named by itself. */
export function apartOf(item: Pick<PlanItem, 'kind' | 'recoverable' | 'group'>): Apart | null {
  return item.group === 'unrecoverable' && isHarmless(item) ? 'left' : item.group;
}

/** How many images go, and how many of them a person would lose. */
export interface LostImages {
  images: number;
  /** Those that are not known to come back. */
  lost: number;
  /** Whether it is known of each of these that it cannot. */
  sure: boolean;
}

/** Counts what a person would lose with the images among these. */
export function lostImages(going: readonly Pick<PlanItem, 'kind' | 'recoverable'>[]): LostImages {
  const images = going.filter(({ kind }) => kind === 'image');
  const lost = images.filter((image) => !isHarmless(image));
  return { images: images.length, lost: lost.length, sure: isSure(lost) };
}

/** The same of several engines together. */
export function lostTogether(all: readonly LostImages[]): LostImages {
  const sum = (of: 'images' | 'lost') => all.reduce((n, one) => n + one[of], 0);
  return { images: sum('images'), lost: sum('lost'), sure: all.every(({ sure }) => sure) };
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
