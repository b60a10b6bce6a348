import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyField, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { linter, nextDiagnostic, previousDiagnostic } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { colours } from './colours.js';
import { completions, hovering, type KeyWords } from './completion.js';
import { counts } from './counts.js';
import { hanging } from './hanging.js';
import { problems } from './problems.js';
import { theme } from './theme.js';

export interface EditorWords extends KeyWords {
  label: string;
  /** What the editor's own parts say, by what the library calls them. */
  phrases: Record<string, string>;
}

/**
 * Everything the editor is made of. Tab is not taken: it leaves the editor as it leaves any field,
 * and `Mod-]` indents.
 *
 * @param description the ID of the element that tells how the editor is worked by keys
 * @param onchange told the whole text after each change
 */
export function extensionsFor(
  text: string,
  words: EditorWords,
  description: string,
  onchange: (text: string) => void,
): Extension {
  return [
    theme,
    text.includes('\r\n') ? EditorState.lineSeparator.of('\r\n') : [],
    EditorState.phrases.of(words.phrases),
    EditorView.contentAttributes.of({
      'aria-label': words.label,
      'aria-describedby': description,
      tabindex: '0',
    }),
    EditorView.lineWrapping,
    lineNumbers(),
    history(),
    drawSelection(),
    yaml(),
    indentUnit.of('  '),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    colours,
    hanging,
    counts,
    problems,
    // The sentences stand under their lines, so none floats above the text.
    linter(null, { tooltipFilter: () => [] }),
    autocompletion({ override: [completions(words)], icons: false }),
    hovering(words),
    keymap.of([
      { key: 'F8', run: nextDiagnostic },
      { key: 'Shift-F8', run: previousDiagnostic },
      ...completionKeymap,
      ...historyKeymap,
      ...defaultKeymap,
    ]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onchange(update.state.sliceDoc());
    }),
  ];
}

/** What of an editor outlives its screen: the text, where one was in it, and what can be undone. */
export const keptOf = (state: EditorState): unknown => state.toJSON({ history: historyField });

/** An editor's state with a text, and with what was kept of the one before if that held the same text. */
export function stateFor(text: string, kept: unknown, extensions: Extension): EditorState {
  if (kept !== null) {
    const restored = EditorState.fromJSON(kept, { extensions }, { history: historyField });
    if (restored.sliceDoc() === text) return restored;
  }
  return EditorState.create({ doc: text, extensions });
}
