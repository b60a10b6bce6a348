import { RangeSet, StateEffect, StateField, type EditorState, type Range } from '@codemirror/state';
import { Decoration, EditorView, gutter, GutterMarker } from '@codemirror/view';

/** What stands beside a line: how much the rule on it decides, and whether that differs from what is saved. */
export interface LineCount {
  /** From 1. */
  line: number;
  text: string;
  differs: boolean;
}

export const setCounts = StateEffect.define<readonly LineCount[]>();

class Count extends GutterMarker {
  constructor(
    readonly text: string,
    readonly differs: boolean,
  ) {
    super();
  }
  override eq(other: Count): boolean {
    return other.text === this.text && other.differs === this.differs;
  }
  override toDOM(): Node {
    const span = document.createElement('span');
    span.textContent = this.text;
    span.className = this.differs ? 'count differs' : 'count';
    return span;
  }
}

interface Shown {
  markers: RangeSet<Count>;
  lines: RangeSet<Decoration>;
}

const differing = Decoration.line({ class: 'differs' });

function shownOf(state: EditorState, counts: readonly LineCount[]): Shown {
  const there = counts.filter(({ line }) => line <= state.doc.lines);
  const at = ({ line }: LineCount) => state.doc.line(line).from;
  const markers = there.map((one) => new Count(one.text, one.differs).range(at(one)));
  const lines: Range<Decoration>[] = there
    .filter(({ differs }) => differs)
    .map((one) => differing.range(at(one)));
  return { markers: RangeSet.of(markers, true), lines: RangeSet.of(lines, true) };
}

const field = StateField.define<Shown>({
  create: () => ({ markers: RangeSet.of<Count>([]), lines: RangeSet.of<Decoration>([]) }),
  update(shown, { state, changes, effects }) {
    for (const effect of effects) if (effect.is(setCounts)) return shownOf(state, effect.value);
    return { markers: shown.markers.map(changes), lines: shown.lines.map(changes) };
  },
  provide: (own) => EditorView.decorations.from(own, ({ lines }) => lines),
});

/** The column of counts right of the text. */
export const counts = [
  field,
  gutter({
    class: 'cm-counts',
    side: 'after',
    markers: (view) => view.state.field(field).markers,
  }),
];
