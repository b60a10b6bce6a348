import type { ImageRow } from '../../../main/contract/slices.js';
import { untickOfKind } from '../../../main/domain/plan/untick.js';
import type { JudgedOther } from '../../../main/domain/verdict/types.js';
import type { VerdictOf } from '../../../main/messages/index.js';
import { haystack, standingOf, type Standing } from '../images/table.js';

/** What takes space, each with a hue of its own. */
export type SpaceKind = 'images' | 'buildCache' | 'volumes' | 'containers' | 'other';

type What =
  | { what: 'image'; row: ImageRow }
  /** Layers that these images stand on, and no others; none: it is not known which. */
  | { what: 'shared'; images: readonly ImageRow[] }
  | { what: 'volume' | 'container'; other: JudgedOther }
  /** Build cache that goes by the policy or a plan; null: no verdict is known. */
  | { what: 'oldCache'; other: JudgedOther | null }
  /** `whole`: none of it goes. */
  | { what: 'cache'; whole: boolean; other: JudgedOther | null }
  /** What the account has of a kind beyond what stands here by name. */
  | { what: 'untold' }
  /** Not counted yet. */
  | { what: 'pending' }
  | { what: 'otherStore' }
  | { what: 'rest' };

/** What is drawn as one tile; its bytes stand nowhere else. */
export type Leaf = What & {
  key: string;
  kind: SpaceKind;
  bytes: number;
  standing: Standing;
};

/** What has no verdict of its own. */
export type Unjudged = Extract<
  Leaf,
  { what: 'shared' | 'untold' | 'pending' | 'otherStore' | 'rest' }
>;

export const isUnjudged = (of: Leaf): of is Unjudged => of.what !== 'image' && !('other' in of);

/** A tile. */
export function leaf(
  kind: SpaceKind,
  key: string,
  bytes: number,
  what: What,
  standing: Standing = 'keep',
): Leaf {
  return { ...what, kind, key, bytes, standing };
}

export const imageLeaf = (row: ImageRow, bytes: number): Leaf =>
  leaf('images', row.id, bytes, { what: 'image', row }, standingOf(row));

export function sharedLeaf(images: readonly ImageRow[], bytes: number): Leaf {
  const key = `shared:${images.length}:${images[0]?.id ?? ''}:${images.at(-1)?.id ?? ''}`;
  return leaf('images', key, bytes, { what: 'shared', images }, standingOfAll(images));
}

/** In lower case, what a search looks through; what has no name of its own is not found. */
export function textOf(of: Leaf): string {
  switch (of.what) {
    case 'image':
      return haystack(of.row);
    case 'shared':
      return sharedText(of.images);
    case 'volume':
    case 'container':
      return of.other.name.toLowerCase();
    default:
      return '';
  }
}

const sharedTexts = new WeakMap<readonly ImageRow[], string>();

/** Layers may be shared by thousands of images: their names are put together with the first letter. */
function sharedText(images: readonly ImageRow[]): string {
  let text = sharedTexts.get(images);
  if (text === undefined) {
    text = images
      .map(({ refs, id }) => refs[0] ?? id)
      .join('\n')
      .toLowerCase();
    sharedTexts.set(images, text);
  }
  return text;
}

/** Layers go with the last image that stands on them. */
function standingOfAll(images: readonly ImageRow[]): Standing {
  let could = false;
  for (const image of images) {
    const standing = standingOf(image);
    if (standing !== 'go' && standing !== 'could') return 'keep';
    could ||= standing === 'could';
  }
  return images.length === 0 ? 'keep' : could ? 'could' : 'go';
}

/** What its verdict is said by, as a row's is. */
export const verdictOf = ({ kind, verdict, decidedBy }: JudgedOther): VerdictOf => ({
  verdict,
  going: verdict === 'remove' && untickOfKind(kind) === null,
  decidedBy: decidedBy.kind,
  code: decidedBy.code,
});

export function leavesOf(kind: 'volume' | 'container', others: readonly JudgedOther[]): Leaf[] {
  return others
    .filter((other) => other.kind === kind)
    .map((other) =>
      leaf(
        kind === 'volume' ? 'volumes' : 'containers',
        other.id,
        other.reclaimable.min,
        { what: kind, other },
        standingOf(verdictOf(other)),
      ),
    );
}

/**
 * Build cache that goes, and the rest of it.
 *
 * @param counted bytes of all of it
 * @param planned bytes of it that a plan takes; null: as its verdict says
 */
export function cacheOf(
  others: readonly JudgedOther[],
  counted: number,
  planned: number | null,
): Leaf[] {
  const other = others.find(({ kind }) => kind === 'buildCache') ?? null;
  const goes = other?.verdict === 'remove' ? other.reclaimable.max : 0;
  const old = Math.min(counted, planned ?? goes);
  const standing = old > 0 ? 'go' : 'keep';
  return [
    leaf('buildCache', other?.id ?? 'build-cache', old, { what: 'oldCache', other }, standing),
    leaf('buildCache', 'build-cache:kept', counted - old, {
      what: 'cache',
      whole: old === 0,
      other,
    }),
  ];
}

/** What is no image and has a verdict of its own, behind a tile; null: none. */
export function otherOf(of: Leaf): JudgedOther | null {
  return 'other' in of ? of.other : null;
}

/** IDs of what goes or stays with a tile, as a plan has them. */
export function idsOf(of: Leaf): readonly string[] {
  switch (of.what) {
    case 'image':
      return [of.row.id];
    case 'shared':
      return of.images.map(({ id }) => id);
    case 'volume':
    case 'container':
      return [of.other.id];
    case 'oldCache':
      return [of.key];
    default:
      return [];
  }
}
