import type { Messages } from '../../../main/messages/index.js';
import { idsOf, type Leaf, type SpaceKind } from './leaves.js';
import type { Spot } from './layout.js';
import { labelsOf, nameOf, stateWord, type TileState } from './naming.js';
import { widthOf } from './text-width.js';

/** How a place of the map is drawn. */
export interface SpotView {
  spot: Spot;
  kind: SpaceKind;
  /** `part`: some of it goes. */
  state: TileState | 'part' | '';
  /** How much of it goes, in percent of its bytes. */
  going: number;
  /** Lightness, in percent: the larger the stronger. */
  strength: number;
  /** What fits; empty: nothing does. */
  name: string;
  amount: string;
  mark: 'inUse' | 'protected' | null;
  /** The whole name. */
  full: string;
  /** Name, bytes and what becomes of it, in one sentence. */
  title: string;
  fate: string;
  /** IDs as a plan has them. */
  ids: readonly string[];
}

interface Drawing {
  /** Bytes of all that is drawn. */
  whole: number;
  tile: (leaf: Leaf) => TileState;
  m: Messages;
}

/** Px: less has no room for a line of text, or for two. */
const LINE = 16;
const TWO_LINES = 30;
/** Px: no text at all fits into less, so none is measured. */
const NARROW = 24;
/** Px: a name that does not fit is cut where so much of it is seen. */
const CUT = 48;
/** Px around a text. */
const AROUND = 8;
/** A tile of this part of the whole is drawn strongest. */
const STRONGEST = 1 / 20;
const MARKED = 14;
/** Px from the right and from the lower edge that a mark takes. */
const BY_MARK = 15;

/** How every place is drawn. */
export function viewsOf(spots: readonly Spot[], drawing: Drawing): SpotView[] {
  return spots.map((spot) => viewOf(spot, drawing));
}

function viewOf(spot: Spot, { whole, tile, m }: Drawing): SpotView {
  const leaves = leavesAt(spot);
  const isHeader = isHeaderAt(spot);
  const goes = leaves.filter((leaf) => ['go', 'now'].includes(tile(leaf)));
  const goingBytes = goes.reduce((sum, { bytes }) => sum + bytes, 0);
  const going = spot.bytes === 0 ? 0 : (100 * goingBytes) / spot.bytes;
  const state = isHeader ? '' : spot.part === 'tile' ? tile(spot.of) : stateOfMany(leaves, tile);
  const face = faceOf(spot, m);
  const { bytes, full } = face;
  const fate =
    isHeader || spot.part !== 'tile'
      ? fateOfMany(goingBytes, m)
      : stateWord(spot.of, tile(spot.of), m);
  const mark = state === 'keep' ? markOf(spot) : null;
  const label = mark === null ? face.label : labelFor(spot, face.names, bytes, true);
  return {
    spot,
    kind: spot.part === 'joined' ? spot.in.kind : spot.of.kind,
    state,
    going: Math.round(going),
    strength: Math.round(100 * Math.sqrt(Math.min(1, spot.bytes / (whole * STRONGEST)))),
    ...label,
    mark,
    full,
    title: titleOf(label, full, bytes, fate, m),
    fate,
    ids: spot.part === 'tile' ? idsOf(spot.of) : [],
  };
}

/** What is written on a place, whatever becomes of it. */
interface Face {
  m: Messages;
  names: readonly string[];
  bytes: string;
  full: string;
  label: Pick<SpotView, 'name' | 'amount'>;
}

/** Hundreds of places are drawn anew with every plan that a slider asks for; what they say stays. */
const faces = new WeakMap<Spot, Face>();
function faceOf(spot: Spot, m: Messages): Face {
  const known = faces.get(spot);
  if (known?.m === m) return known;
  const names = labelsOf(spot, m);
  const bytes = m.format.bytes(spot.bytes);
  const full = spot.part === 'tile' ? nameOf(spot.of, m) : (names[0] ?? '');
  const face = { m, names, bytes, full, label: labelFor(spot, names, bytes, false) };
  faces.set(spot, face);
  return face;
}

const isHeaderAt = ({ part }: Spot) => part === 'kind' || part === 'group';

/** The keys of the places with what is looked for, in lower case; null: nothing is. */
export function placesWith(spots: readonly Spot[], text: string): ReadonlySet<string> | null {
  if (text === '') return null;
  const has = (spot: Spot) => leavesAt(spot).some((leaf) => leaf.text.includes(text));
  return new Set(spots.filter((spot) => !isHeaderAt(spot) && has(spot)).map(({ key }) => key));
}

/** What is seen stands first, so that it can be spoken to by it (WCAG 2.5.3). */
function titleOf(
  { name, amount }: Pick<SpotView, 'name' | 'amount'>,
  full: string,
  bytes: string,
  fate: string,
  m: Messages,
): string {
  const seen = [name, amount].filter((text) => text !== '').join(' ');
  const rest = [...(name === full ? [] : [full]), ...(amount === bytes ? [] : [bytes]), fate];
  return [seen, ...rest].filter((text) => text !== '').join(m.window.common.comma);
}

function leavesAt(spot: Spot): readonly Leaf[] {
  switch (spot.part) {
    case 'kind':
      return [...spot.of.groups.flatMap(({ leaves }) => leaves), ...spot.of.leaves];
    case 'group':
      return spot.of.leaves;
    case 'tile':
      return [spot.of];
    default:
      return spot.leaves;
  }
}

function stateOfMany(leaves: readonly Leaf[], tile: (leaf: Leaf) => TileState): SpotView['state'] {
  const states = new Set(leaves.filter(({ bytes }) => bytes > 0).map(tile));
  const [only] = states;
  if (only !== undefined && states.size === 1) return only === 'now' ? 'go' : only;
  return states.has('go') || states.has('now') ? 'part' : states.has('maybe') ? 'maybe' : 'keep';
}

const fateOfMany = (goes: number, m: Messages) =>
  goes === 0 ? '' : m.window.map.partGoes(m.format.bytes(goes));

function markOf(spot: Spot): SpotView['mark'] {
  if (spot.part !== 'tile' || Math.min(spot.width, spot.height) <= MARKED) return null;
  const { standing } = spot.of;
  return standing === 'inUse' || standing === 'protected' ? standing : null;
}

function labelFor(
  { part, width, height }: Spot,
  names: readonly string[],
  bytes: string,
  isMarked: boolean,
): Pick<SpotView, 'name' | 'amount'> {
  /** Whether the mark stands on the height of a line. */
  const isBeside = (line: 1 | 2) => isMarked && height < line * LINE + BY_MARK;
  const fits = (text: string, line: 1 | 2) =>
    widthOf(text) + AROUND + (isBeside(line) ? BY_MARK : 0) <= width;
  const last = names.at(-1) ?? '';
  if (part === 'kind' || part === 'group') {
    const isBoth = widthOf(last) + widthOf(bytes) + (part === 'kind' ? 30 : 22) <= width;
    return { name: last, amount: isBoth ? bytes : '' };
  }
  if (height < LINE || width < NARROW) return { name: '', amount: '' };
  const name = names.find((one) => fits(one, 1)) ?? (width >= CUT && !isBeside(1) ? last : '');
  if (name === '') return { name, amount: fits(bytes, 1) ? bytes : '' };
  return { name, amount: height >= TWO_LINES && fits(bytes, 2) ? bytes : '' };
}
