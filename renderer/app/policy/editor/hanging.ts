import { RangeSetBuilder } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';

/** What a line that is wrapped goes on behind its own beginning, in characters. */
const MORE = 4;
/** A deeper one hangs no deeper. */
const DEEPEST = 12;

const depths = Array.from({ length: DEEPEST + 1 }, (_, depth) => depth);
const marks = depths.map((depth) => Decoration.line({ class: `hang${depth}` }));

function hung(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges)
    for (let at = from; at <= to;) {
      const line = view.state.doc.lineAt(at);
      const depth = Math.min(line.text.length - line.text.trimStart().length, DEEPEST);
      const mark = marks[depth];
      if (mark) builder.add(line.from, line.from, mark);
      at = line.to + 1;
    }
  return builder.finish();
}

const plugin = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = hung(view);
    }
    update({ view, docChanged, viewportChanged }: ViewUpdate) {
      if (docChanged || viewportChanged) this.decorations = hung(view);
    }
  },
  { decorations: (own) => own.decorations },
);

/** Wrapped lines go on under what they say, not under their line's number. */
export const hanging = [
  plugin,
  EditorView.theme(
    Object.fromEntries(
      depths.map((depth) => [
        `.cm-line.hang${depth}`,
        { paddingLeft: `calc(6px + ${depth + MORE}ch)`, textIndent: `-${depth + MORE}ch` },
      ]),
    ),
  ),
];
