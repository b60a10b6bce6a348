import { setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { StateEffect, StateField, type EditorState, type Range } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';

/** What is wrong, or hardly meant, at a place of the text. Lines and columns count from 1. */
export interface ShownProblem {
  line: number;
  column: number;
  /** How many characters it is about. */
  length: number;
  tone: 'error' | 'warning';
  /** `Line 8, column 32`. */
  place: string;
  sentence: string;
  /** What was probably meant in its place, and what the button says. */
  fix: { insert: string; label: string } | null;
}

const setProblems = StateEffect.define<readonly ShownProblem[]>();

const SVG = 'http://www.w3.org/2000/svg';

function triangle(): SVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  for (const [name, value] of Object.entries({
    width: '14',
    height: '14',
    viewBox: '0 0 24 24',
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '2',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  }))
    svg.setAttribute(name, value);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute(
    'd',
    'm21.73 18-8-14a2 2 0 0 0-3.48 0l-8 14A2 2 0 0 0 4 21h16a2 2 0 0 0 1.73-3M12 9v4M12 17h.01',
  );
  svg.append(path);
  return svg;
}

/** The sentence under the line that it is about. */
class Told extends WidgetType {
  constructor(readonly problem: ShownProblem) {
    super();
  }
  override eq(other: Told): boolean {
    return JSON.stringify(other.problem) === JSON.stringify(this.problem);
  }
  override toDOM(view: EditorView): HTMLElement {
    const { tone, place, sentence, fix } = this.problem;
    const box = document.createElement('div');
    box.className = `problem ${tone}`;
    box.dataset['testid'] = `policy-${tone}`;
    const text = document.createElement('span');
    const where = document.createElement('strong');
    where.textContent = place;
    text.append(where, ` ${sentence} `);
    if (fix !== null) {
      const button = document.createElement('button');
      button.textContent = fix.label;
      button.dataset['testid'] = 'policy-fix';
      button.onclick = () => applyFix(view, this.problem);
      text.append(button);
    }
    box.append(triangle(), text);
    return box;
  }
  override ignoreEvent(): boolean {
    return true;
  }
}

const rangeOf = (state: EditorState, { line, column, length }: ShownProblem) => {
  const at = state.doc.line(Math.min(line, state.doc.lines));
  const from = Math.min(at.from + column - 1, at.to);
  return { from, to: Math.min(from + length, at.to), line: at };
};

/** Writes what was probably meant where the problem stands. */
export function applyFix(view: EditorView, problem: ShownProblem): void {
  if (problem.fix === null) return;
  const { from, to } = rangeOf(view.state, problem);
  const { insert } = problem.fix;
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + insert.length },
    userEvent: 'input.complete',
  });
  view.focus();
}

const broken = Decoration.line({ class: 'broken' });

function told(state: EditorState, problems: readonly ShownProblem[]): DecorationSet {
  const all = problems.flatMap((problem): Range<Decoration>[] => {
    const { line } = rangeOf(state, problem);
    const widget = Decoration.widget({ widget: new Told(problem), block: true, side: 1 });
    return [widget.range(line.to), ...(problem.tone === 'error' ? [broken.range(line.from)] : [])];
  });
  return Decoration.set(all, true);
}

/** Where the sentences stand; underlining is the lint package's. */
export const problems = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(shown, { state, changes, effects }) {
    for (const effect of effects) if (effect.is(setProblems)) return told(state, effect.value);
    return shown.map(changes);
  },
  provide: (own) => EditorView.decorations.from(own),
});

/** Shows these problems and no others. */
export function showProblems(view: EditorView, all: readonly ShownProblem[]): void {
  const diagnostics = all.map((problem): Diagnostic => {
    const { from, to } = rangeOf(view.state, problem);
    return { from, to, severity: problem.tone, message: problem.sentence };
  });
  view.dispatch({ effects: setProblems.of(all) });
  view.dispatch(setDiagnostics(view.state, diagnostics));
}
