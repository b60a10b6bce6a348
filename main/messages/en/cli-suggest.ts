import type { PolicyEdit } from '../../domain/suggestions/types.js';
import type { Reclaimable } from '../../domain/verdict/types.js';
import { plural, type format } from './format.js';

/** What `careen suggest` says beside the suggestions themselves. */
export function cliSuggest(f: ReturnType<typeof format>) {
  return {
    none: 'There is nothing to suggest.',
    measure:
      'Volumes, what containers wrote and logs are not counted yet; "careen suggest --measure" counts them.',
    dismissed: (n: number) =>
      `${plural(n, 'suggestion')} dismissed; "careen suggest --restore" brings ${n === 1 ? 'it' : 'them'} back.`,
    edit: (e: PolicyEdit) =>
      e.edit === 'remove-rule'
        ? `Policy: take rule ${e.id} out of ${e.list}.`
        : `Policy: add to ${e.list}: ${JSON.stringify(e.rule)}`,
    more: (n: number, bytes: Reclaimable) =>
      n === 0
        ? 'Nothing more could go by it now.'
        : `${plural(n, 'more image')} could then go, ${f.reclaimable(bytes)}:`,
  };
}
