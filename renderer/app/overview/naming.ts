import type { Messages } from '../../../main/messages/index.js';
import { nameParts, tagsIn } from '../common/names.js';
import { isAnonymous } from '../state/app.svelte.js';
import type { Spot } from './layout.js';
import { type Leaf, type Unjudged, verdictOf } from './leaves.js';
import type { Group, KindOf } from './space.js';

/** `go`: hatched, will go; `maybe`: could go, not chosen; `now`: being removed; `gone`: removed. */
export type TileState = 'keep' | 'go' | 'maybe' | 'now' | 'gone';

/** What a person knows it by, whole. */
export function nameOf(leaf: Leaf, m: Messages): string {
  const words = m.window.map;
  switch (leaf.what) {
    case 'image':
      return leaf.row.refs[0] ?? `${m.window.common.untagged} ${m.shortId(leaf.row.id)}`;
    case 'shared':
      return leaf.images.length === 0 ? words.shared : words.sharedBy(leaf.images.length);
    case 'volume':
    case 'container':
      return shortName(leaf.other.name);
    case 'oldCache':
      return words.oldCache;
    case 'cache':
      return leaf.whole ? words.cacheAll : words.cache;
    case 'untold':
      return words.untold;
    case 'pending':
      return words.pending;
    case 'otherStore':
      return m.window.account.part.otherStore;
    case 'rest':
      return words.rest;
  }
}

/** What is explained of a tile without a verdict, as a heading. */
export function titleOf(leaf: Unjudged, m: Messages): string {
  const { about, kind } = m.window.map;
  switch (leaf.what) {
    case 'shared':
      return about.shared(leaf.images.length);
    case 'untold':
      return about.untold(kind[leaf.kind]);
    case 'pending':
      return about.pending;
    case 'otherStore':
    case 'rest':
      return m.window.account.part[leaf.what];
  }
}

const shortName = (name: string) => (isAnonymous(name) ? name.slice(0, 12) : name);

export function groupName({ repository, bases }: Group, m: Messages): string {
  if (bases) return m.window.map.bases;
  return repository === null ? m.window.common.untagged : nameParts(repository).name;
}

/** Names for a tile, the longest first: the first that fits is shown. */
export function labelsOf(spot: Spot, m: Messages): string[] {
  switch (spot.part) {
    case 'kind':
      return [m.window.map.kind[spot.of.kind]];
    case 'group':
      return [groupName(spot.of, m)];
    case 'folded':
      return ['groups' in spot.of ? titleOfKind(spot.of, m) : groupName(spot.of, m)];
    case 'joined':
      return [m.window.map.smaller(spot.leaves.length)];
    case 'tile':
      return spot.of.what === 'image'
        ? imageLabels(spot.of, spot.isInGroup, m)
        : [nameOf(spot.of, m)];
  }
}

function imageLabels(
  { row }: Extract<Leaf, { what: 'image' }>,
  isInGroup: boolean,
  m: Messages,
): string[] {
  const tag = tagsIn(row.repository, row.refs)[0];
  if (isInGroup || row.repository === null) return [tag ?? m.shortId(row.id)];
  const { name } = nameParts(row.repository);
  const last = name.split('/').at(-1) ?? name;
  return [...(tag === undefined ? [] : [`${name}:${tag}`]), name, last];
}

/** In one word what becomes of a tile. */
export function stateWord(leaf: Leaf, state: TileState, m: Messages): string {
  const words = m.window.map;
  if (state === 'gone') return words.gone;
  if (state === 'now') return words.goesNow;
  if (state === 'go') return words.willGo;
  if (state === 'maybe') return words.couldGo;
  switch (leaf.what) {
    case 'image':
      return m.verdict(leaf.row).toLowerCase();
    case 'volume':
    case 'container':
      return m.verdict(verdictOf(leaf.other)).toLowerCase();
    case 'shared':
    case 'oldCache':
    case 'cache':
      return words.stays;
    default:
      return m.window.common.unknown;
  }
}

/** What more there is to know of a tile; null: nothing. */
export function factOf(leaf: Leaf, m: Messages, now: number, name: (id: string) => string) {
  const words = m.window.map;
  switch (leaf.what) {
    case 'image':
      return words.alone;
    case 'shared': {
      const names = leaf.images.map(({ id }) => name(id));
      return names.length === 0 ? words.sharedTip : words.standing(names);
    }
    case 'volume':
    case 'container':
      return m.reason(leaf.other.decidedBy, { now, name, going: verdictOf(leaf.other).going });
    case 'oldCache':
      return leaf.other ? m.reason(leaf.other.decidedBy, { now, name }) : null;
    default:
      return null;
  }
}

/** How a tile is drawn where nothing but the policy was chosen. */
export function tileOf({ standing }: Leaf): TileState {
  if (standing === 'could') return 'maybe';
  return standing === 'go' ? 'go' : 'keep';
}

export const titleOfKind = ({ kind }: KindOf, m: Messages) => m.window.map.kind[kind];
