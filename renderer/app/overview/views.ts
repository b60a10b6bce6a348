import type { Messages } from '../../../main/messages/index.js';
import { idsOf, type Leaf, type SpaceKind, textOf } from './leaves.js';
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

/**
 * How every place is drawn. A place that is drawn as it was has the very view that it had: a slider
 * asks for one plan after another, and each changes few of hundreds of tiles.
 */
export function viewsOf(spots: readonly Spot[], drawing: Drawing): SpotView[] {
  const tallies = new Tallies(drawing.tile);
  return spots.map((spot) => {
    const tally = tallies.at(spot);
    const known = drawn.get(spot);
    if (known && isSame(known, tally, drawing)) return known.view;
    const view = viewOf(spot, tally, drawing);
    drawn.set(spot, { view, tally, whole: drawing.whole, m: drawing.m });
    return view;
  });
}

/** How a place was drawn last, and by what. */
interface Drawn {
  view: SpotView;
  tally: Tally;
  whole: number;
  m: Messages;
}

const drawn = new WeakMap<Spot, Drawn>();
const isSame = (known: Drawn, { goes, state }: Tally, { whole, m }: Drawing) =>
  known.m === m &&
  known.whole === whole &&
  known.tally.goes === goes &&
  known.tally.state === state;

function viewOf(spot: Spot, { goes, state }: Tally, { whole, m }: Drawing): SpotView {
  const face = faceOf(spot, m);
  const { bytes, full } = face;
  const isTile = spot.part === 'tile' && state !== 'part' && state !== '';
  const fate = isTile ? stateWord(spot.of, state, m) : fateOfMany(goes, m);
  const mark = state === 'keep' ? markOf(spot) : null;
  const label = mark === null ? face.label : labelFor(spot, face.names, bytes, true);
  return {
    spot,
    kind: spot.part === 'joined' ? spot.in.kind : spot.of.kind,
    state,
    going: spot.bytes === 0 ? 0 : Math.round((100 * goes) / spot.bytes),
    strength: Math.round(100 * Math.sqrt(Math.min(1, spot.bytes / (whole * STRONGEST)))),
    ...label,
    mark,
    full,
    title: titleOf(label, full, bytes, fate, m),
    fate,
    ids: spot.part === 'tile' ? idsOf(spot.of) : [],
  };
}

/** What becomes of what stands at a place. */
interface Tally {
  /** Bytes that go. */
  goes: number;
  state: SpotView['state'];
}

/** The same of every place, each leaf looked at once: it stands at a header's place too. */
class Tallies {
  readonly #of = new Map<readonly Leaf[], Tally>();

  constructor(private readonly tile: (leaf: Leaf) => TileState) {}

  at(spot: Spot): Tally {
    switch (spot.part) {
      case 'kind': {
        const all = [...spot.of.groups, spot.of].map(({ leaves }) => this.#many(leaves));
        return { goes: all.reduce((sum, { goes }) => sum + goes, 0), state: '' };
      }
      case 'group':
        return { ...this.#many(spot.of.leaves), state: '' };
      case 'tile': {
        const state = this.tile(spot.of);
        return { goes: isGoing(state) ? spot.of.bytes : 0, state };
      }
      default:
        return this.#many(spot.leaves);
    }
  }

  #many(leaves: readonly Leaf[]): Tally {
    const known = this.#of.get(leaves);
    if (known) return known;
    const states = new Set<TileState>();
    let goes = 0;
    for (const leaf of leaves) {
      if (leaf.bytes === 0) continue;
      const state = this.tile(leaf);
      states.add(state);
      if (isGoing(state)) goes += leaf.bytes;
    }
    const tally = { goes, state: stateOfMany(states) };
    this.#of.set(leaves, tally);
    return tally;
  }
}

const isGoing = (state: TileState) => state === 'go' || state === 'now';

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

/** The keys of the places with what is looked for, in lower case; null: nothing is. */
export function placesWith(spots: readonly Spot[], text: string): ReadonlySet<string> | null {
  if (text === '') return null;
  const has = (spot: Spot) => leavesAt(spot).some((leaf) => textOf(leaf).includes(text));
  return new Set(spots.filter(has).map(({ key }) => key));
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

/** What stands at a place; headers stand above theirs. */
function leavesAt(spot: Spot): readonly Leaf[] {
  if (spot.part === 'tile') return [spot.of];
  return 'leaves' in spot ? spot.leaves : [];
}

function stateOfMany(states: ReadonlySet<TileState>): SpotView['state'] {
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
