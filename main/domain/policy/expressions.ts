import { RE2JS } from 're2js';

/** A regular expression that takes linear time, whatever it and the text are. */
export interface Expression {
  test(text: string): boolean;
  /** The whole match and its groups, an absent group as `''`; null where it does not match. */
  groups(text: string): string[] | null;
  groupCount: number;
}

/** Characters of an expression at most: labels hold them too. */
export const longestExpression = 512;
/** Instructions: bounds the time that one takes over the 10,000 tags of a large repository. */
const largestProgram = 5_000;

/**
 * Compiles a regular expression of JavaScript's syntax, as far as linear time allows: no look-around
 * and no back-reference. Null where it does not compile or is too large.
 */
export function compileExpression(text: string): Expression | null {
  if (text === '' || text.length > longestExpression) return null;
  const compiled = compiledOrNull(text);
  if (compiled === null || compiled.programSize() > largestProgram) return null;
  return {
    test: (asked) => compiled.test(asked),
    groups: (asked) => {
      const found = compiled.exec(asked);
      return found === null ? null : Array.from(found, (group) => String(group ?? ''));
    },
    groupCount: compiled.groupCount(),
  };
}

function compiledOrNull(text: string): RE2JS | null {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(text));
  } catch {
    return null;
  }
}

/** What a tag becomes before it is ordered; null where the transform does not match it. */
export type Transform = (tag: string) => string | null;

/**
 * Reads `regex => replacement`, in which `$1` is the first group, as What's Up Docker writes it
 * (`getwud/wud:app/tag/index.ts`); null where it is none.
 */
export function compileTransform(text: string): Transform | null {
  const [, pattern = '', replacement] = /^(.*?)\s*=>\s*(\S+)\s*$/.exec(text) ?? [];
  const expression = replacement === undefined ? null : compileExpression(pattern);
  if (expression === null || replacement === undefined) return null;
  const asked = [...replacement.matchAll(/\$(\d+)/g)].map(([, group]) => Number(group));
  if (asked.some((group) => group > expression.groupCount)) return null;
  return (tag) => {
    const groups = expression.groups(tag);
    if (groups === null) return null;
    return replacement.replace(/\$(\d+)/g, (_, group: string) => groups[Number(group)] ?? '');
  };
}
