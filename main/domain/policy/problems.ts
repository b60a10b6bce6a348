/** What a place in a policy expects, as a code; `messages` makes the words. */
export type Expected =
  | 'yaml'
  | 'utf-8'
  | 'no-tabs'
  | 'same-indent'
  | 'one-document'
  | 'closed'
  | 'quotes'
  | 'mapping'
  | 'list'
  | 'filled-list'
  | 'short-list'
  | 'text'
  | 'text-or-list'
  | 'short-text'
  | 'quoted-text'
  | 'true-or-false'
  | 'whole-number'
  | 'count'
  | 'duration'
  | 'size'
  | 'percent'
  | 'date'
  | 'schedule'
  | 'pattern'
  | 'name-pattern'
  | 'expression'
  | 'transform'
  | 'http-address'
  | 'http-status'
  | 'host-and-port'
  | 'a-second'
  | 'container'
  | 'tag-expression'
  | 'tags'
  | 'one-probe'
  | 'rule-id'
  | 'unique-id'
  | 'condition'
  | 'one-form'
  | 'below-high'
  | 'above-free'
  | 'below-max'
  | 'unique-key'
  | '256 kB'
  | '20'
  | `one-of ${string}`;

const codes: ReadonlySet<string> = new Set<Expected>([
  'yaml',
  'mapping',
  'list',
  'filled-list',
  'short-list',
  'text',
  'text-or-list',
  'short-text',
  'quoted-text',
  'true-or-false',
  'whole-number',
  'count',
  'duration',
  'size',
  'percent',
  'date',
  'schedule',
  'pattern',
  'name-pattern',
  'expression',
  'transform',
  'http-address',
  'http-status',
  'host-and-port',
  'a-second',
  'container',
  'tag-expression',
  'tags',
  'one-probe',
  'one-form',
  'rule-id',
  'unique-id',
  'condition',
  'below-high',
  'above-free',
  'below-max',
]);

/** Whether a schema's message is one of these codes, and not zod's own sentence. */
export function isExpected(message: string): message is Expected {
  return codes.has(message);
}

/** The known word nearest to a misspelt one, if it is near enough to have been meant. */
export function nearest(word: string, known: readonly string[]): string | null {
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const candidate of known) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
