import type { Result } from '../../../main/contract/commands.js';
import type { ImageRow } from '../../../main/contract/slices.js';
import type { JudgedOther } from '../../../main/domain/verdict/types.js';
import {
  cacheOf,
  imageLeaf,
  leaf,
  leavesOf,
  sharedLeaf,
  type Leaf,
  type SpaceKind,
} from './leaves.js';

/** Images of one repository and the layers that only they share; or layers of several repositories. */
export interface Group {
  key: string;
  kind: SpaceKind;
  /** Null for images without a name. */
  repository: string | null;
  /** Layers that images of several repositories stand on. */
  bases: boolean;
  bytes: number;
  leaves: readonly Leaf[];
}

export interface KindOf {
  key: string;
  kind: SpaceKind;
  bytes: number;
  groups: readonly Group[];
  /** What stands in no group. */
  leaves: readonly Leaf[];
}

export interface Space {
  /** Of all kinds. */
  bytes: number;
  /** Most bytes first. */
  kinds: readonly KindOf[];
  /** What the map leaves out, since it would crush all else; the table has it. */
  aside: readonly Leaf[];
}

/** What is known of the disk; null where it was not told yet. */
export interface Known {
  rows: ReadonlyMap<string, ImageRow>;
  /** Bytes of all layers, each once. */
  onDisk: number;
  shares: Result<'space.shares'> | null;
  account: Result<'space'> | null;
  others: Iterable<JudgedOther>;
  /** Bytes that are used on the engine's disk. */
  used: number | null;
  /** Bytes of build cache that a plan takes; null: as its verdict says. */
  cacheGoes?: number | null;
}

/** What nobody can look into is drawn up to this many times of all that one can. */
const MOST_UNTOLD = 1;
const MOST_PENDING = 2;

/** What takes the disk, by kind, repository and image: each byte stands once. */
export function spaceOf(known: Known): Space {
  const { account, used } = known;
  const others = [...known.others];
  const part = (kind: string) => account?.parts.find((one) => one.kind === kind)?.bytes ?? null;
  const images = imagesOf(known, part('images'));
  const explained = account
    ? [
        images,
        kindOf(
          'buildCache',
          told(
            'buildCache',
            cacheOf(others, part('buildCache') ?? 0, known.cacheGoes ?? null),
            null,
          ),
        ),
        kindOf('volumes', told('volumes', leavesOf('volume', others), part('volumes'))),
        kindOf('containers', told('containers', leavesOf('container', others), part('containers'))),
      ]
    : [images];
  const sum = bytesIn(explained);
  const left = Math.max(0, (account?.used ?? used ?? 0) - sum - (part('otherStore') ?? 0));
  const store = leaf('other', 'otherStore', part('otherStore') ?? 0, { what: 'otherStore' });
  const rest = account
    ? leaf('other', 'rest', left, { what: 'rest' })
    : leaf('other', 'rest', left, { what: 'pending' });
  const isDrawn = left <= sum * (account ? MOST_UNTOLD : MOST_PENDING);
  const kinds = [...explained, kindOf('other', isDrawn ? [store, rest] : [store])]
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes);
  return { bytes: bytesIn(kinds), kinds, aside: isDrawn || left === 0 ? [] : [rest] };
}

/** Everything of a space that is drawn as a tile, or left out of the map. */
export function leavesIn({ kinds, aside }: Space): Leaf[] {
  return [...kinds.flatMap((kind) => leavesOfKind(kind)), ...aside];
}

export const leavesOfKind = ({ groups, leaves }: KindOf): Leaf[] => [
  ...groups.flatMap((group) => group.leaves),
  ...leaves,
];

/** The sum of theirs. */
export const bytesIn = (all: readonly { bytes: number }[]) =>
  all.reduce((sum, one) => sum + one.bytes, 0);
const largestFirst = (a: { bytes: number }, b: { bytes: number }) => b.bytes - a.bytes;

function kindOf(kind: SpaceKind, leaves: Leaf[], groups: Group[] = []): KindOf {
  const there = leaves.filter(({ bytes }) => bytes > 0);
  const bytes = bytesIn(there) + bytesIn(groups);
  return { key: `kind:${kind}`, kind, bytes, groups, leaves: there.sort(largestFirst) };
}

/** The leaves of a kind, and where the account has more of it the difference. */
function told(kind: SpaceKind, leaves: Leaf[], counted: number | null): Leaf[] {
  const more = counted === null ? 0 : counted - bytesIn(leaves);
  return more > 0 ? [...leaves, leaf(kind, `untold:${kind}`, more, { what: 'untold' })] : leaves;
}

/** What the images of a moment were last made into; rows are never changed in place. */
const made = new WeakMap<Known['rows'], { by: unknown[]; images: KindOf }>();

/** As `imagesFrom`, made once for as long as it stays so: a plan that moves changes nothing of it. */
function imagesOf(known: Known, counted: number | null): KindOf {
  const by = [known.shares, known.onDisk, counted];
  const last = made.get(known.rows);
  if (last?.by.every((value, place) => value === by[place])) return last.images;
  const images = imagesFrom(known, counted);
  made.set(known.rows, { by, images });
  return images;
}

/** @param counted bytes of all images by the engine's account; null where that is not known */
function imagesFrom(known: Known, counted: number | null): KindOf {
  const groups = new Map<string, Leaf[]>();
  const add = (key: string, of: Leaf) => {
    const group = groups.get(key);
    if (group) group.push(of);
    else groups.set(key, [of]);
  };
  const own = new Map<string, number>();
  /** By the place that what is shared tells of it. */
  const placed: (ImageRow | undefined)[] = [];
  for (const image of known.shares?.images ?? []) {
    own.set(image.id, image.own);
    placed.push(known.rows.get(image.id));
  }
  for (const row of known.rows.values()) {
    const bytes = own.get(row.id) ?? (known.shares ? 0 : row.unique.min);
    add(groupKey(row.repository), imageLeaf(row, bytes));
  }
  for (const shared of known.shares?.shared ?? []) {
    const images: ImageRow[] = [];
    for (const place of shared.images) {
      const row = placed[place];
      if (row) images.push(row);
    }
    const first = images[0];
    if (!first) continue;
    const isOfOne = images.every(({ repository }) => repository === first.repository);
    add(isOfOne ? groupKey(first.repository) : 'bases', sharedLeaf(images, shared.bytes));
  }
  const all = [...groups].map(([key, leaves]): Group => {
    const repository = key === 'bases' || key === 'repo' ? null : key.slice('repo:'.length);
    leaves.sort(largestFirst);
    const bytes = bytesIn(leaves);
    return { key, kind: 'images', repository, bases: key === 'bases', bytes, leaves };
  });
  const sum = bytesIn(all);
  const rest = known.shares ? 0 : Math.max(0, known.onDisk - sum);
  const beside = [
    ...(rest > 0 ? [sharedLeaf([], rest)] : []),
    ...(counted !== null && counted > sum + rest
      ? [leaf('images', 'untold:images', counted - sum - rest, { what: 'untold' })]
      : []),
  ];
  return kindOf('images', beside, all.sort(largestFirst));
}

const groupKey = (repository: string | null) =>
  repository === null ? 'repo' : `repo:${repository}`;
