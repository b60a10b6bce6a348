import { syntaxTree } from '@codemirror/language';
import { RangeSetBuilder } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view';

const marks = {
  key: Decoration.mark({ class: 'key' }),
  text: Decoration.mark({ class: 'text' }),
  figure: Decoration.mark({ class: 'figure' }),
  comment: Decoration.mark({ class: 'comment' }),
};

/** What begins with a digit, and what is true or false; `24h` and `85%` are such. */
const figure = /^(\d|(true|false)$)/;

function coloured(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges)
    syntaxTree(view.state).iterate({
      from,
      to,
      enter: ({ name, from: start, to: end }) => {
        if (start === end) return;
        if (name === 'Key') {
          builder.add(start, end, marks.key);
          return false;
        }
        if (name === 'Comment') builder.add(start, end, marks.comment);
        else if (name === 'QuotedLiteral') builder.add(start, end, marks.text);
        else if (name === 'Literal' && figure.test(view.state.sliceDoc(start, end)))
          builder.add(start, end, marks.figure);
        return;
      },
    });
  return builder.finish();
}

/** Keys, texts, figures and comments, each in its colour. */
export const colours = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;
    constructor(view: EditorView) {
      this.decorations = coloured(view);
    }
    update({ view, docChanged, viewportChanged, startState }: ViewUpdate) {
      if (docChanged || viewportChanged || syntaxTree(startState) !== syntaxTree(view.state))
        this.decorations = coloured(view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
