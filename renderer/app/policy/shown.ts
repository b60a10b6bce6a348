import type { PolicyProblem } from '../../../main/domain/errors.js';
import type { PolicyLint } from '../../../main/domain/policy/check.js';
import type { Messages } from '../../../main/messages/index.js';
import type { ShownProblem } from './editor/problems.js';

/** How many characters of a line a problem at a column (from 1) is about: one value or one key. */
export function lengthAt(line: string, column: number): number {
  const rest = line.slice(column - 1);
  const [token = ''] =
    /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s,:{}[\]#]+(?:[ :][^\s,{}[\]#]+)*)/.exec(rest) ?? [];
  const key = /^[\w.-]+(?=:(\s|$))/.exec(rest)?.[0];
  return Math.max((key ?? token).length, 1);
}

/** What was meant, as it stands in place of what is written. */
function insertOf(suggestion: string, line: string, column: number): string {
  if (suggestion.startsWith('"')) return suggestion;
  const quote = line[column - 1];
  if (quote === '"' || quote === "'") return JSON.stringify(suggestion);
  return /^[\w][\w./%+-]*$/.test(suggestion) ? suggestion : JSON.stringify(suggestion);
}

const lineOf = (text: string, line: number) =>
  (text.split('\n')[line - 1] ?? '').replace(/\r$/, '');

function shownOf(
  m: Messages,
  text: string,
  at: PolicyProblem | PolicyLint,
  tone: ShownProblem['tone'],
  sentence: string,
): ShownProblem {
  const words = m.window.policyPage;
  const line = lineOf(text, at.line);
  const insert = at.suggestion === null ? null : insertOf(at.suggestion, line, at.column);
  return {
    line: at.line,
    column: at.column,
    length: lengthAt(line, at.column),
    tone,
    place: words.place(at.line, at.column),
    sentence,
    fix: insert === null ? null : { insert, label: words.use(insert) },
  };
}

/** What keeps a text from being read, as the editor shows it. */
export const shownProblems = (m: Messages, text: string, problems: readonly PolicyProblem[]) =>
  problems.map((one) => shownOf(m, text, one, 'error', m.policyProblem(one)));

/** What is hardly meant, as the editor shows it. */
export const shownLints = (m: Messages, text: string, lints: readonly PolicyLint[]) =>
  lints.map((one) => shownOf(m, text, one, 'warning', m.policyLint(one)));
