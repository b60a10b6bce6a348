import { exit } from '../../contract/exit.js';
import type {
  SuggestDocument,
  SuggestionOpenedDocument,
} from '../../contract/documents/suggest.js';
import type {
  OpenedSuggestion,
  SuggestionRow,
  SuggestionsSlice,
} from '../../contract/suggestions.js';
import { CareenError } from '../../domain/errors.js';
import { thingsOf } from '../../messages/index.js';
import { english, type Context, type Output } from '../context.js';
import { isoOrNull } from '../document-parts.js';
import { planOf } from '../documents.js';
import { naming, planLines } from '../lines.js';
import { suggestionLines } from '../suggestion-lines.js';

export interface SuggestOptions {
  measure?: boolean;
  dismiss?: boolean;
  restore?: boolean;
}

/** `careen suggest`: what a person might do; with a key what that would do; nothing is changed. */
export async function suggest(
  context: Context,
  words: string[],
  options: SuggestOptions,
): Promise<Output<'suggest' | 'suggestion'>> {
  const session = await context.session();
  if (options.restore) return listed(context, await session.call('suggestion.restore', {}));
  const measure = options.measure === true;
  const slice = await session.call('suggestions', { measure });
  if (words.length === 0) {
    if (options.dismiss)
      throw new CareenError('input-invalid', {
        what: '--dismiss',
        found: '--dismiss',
        expected: 'suggestion-key',
      });
    return listed(context, slice);
  }
  const row = rowOf(slice, words.join(' '));
  const { key } = row;
  if (options.dismiss) return listed(context, await session.call('suggestion.dismiss', { key }));
  return opened(context, row, await session.call('suggestion.open', { key }));
}

/** The one whose key it is, or begins so, with whole words before others. */
function rowOf({ rows }: SuggestionsSlice, given: string): SuggestionRow {
  const exact = rows.find(({ key }) => key === given);
  if (exact) return exact;
  const begun = rows.filter(({ key }) => key.startsWith(given));
  const whole = begun.filter(({ key }) => key.startsWith(`${given} `));
  const [only, ...more] = whole.length > 0 ? whole : begun;
  if (only === undefined || more.length > 0)
    throw new CareenError('suggestion-unknown', { key: given });
  return only;
}

function listed(context: Context, slice: SuggestionsSlice): Output<'suggest'> {
  const now = context.now();
  const document: SuggestDocument = {
    suggestions: slice.rows.map(({ evidence, ...row }) => ({
      ...row,
      id: evidence.id,
      title: english.suggestion.title(evidence, now),
      why: english.suggestion.why(evidence, now),
    })),
    dismissed: slice.dismissed,
    at: isoOrNull(slice.at),
    measuredAt: isoOrNull(slice.measuredAt),
  };
  return { document, lines: suggestionLines(context.m, slice, now), exit: exit.done };
}

function opened(
  { m }: Context,
  { key, evidence }: SuggestionRow,
  found: OpenedSuggestion,
): Output<'suggestion'> {
  const nothing: SuggestionOpenedDocument = { key, plan: null, policy: null, advice: null };
  switch (found.kind) {
    case 'plan': {
      const { plan } = found;
      const ticked = plan.items.filter((item) => item.ticked);
      const total =
        ticked.length === 0 ? null : m.cli.plan.total(thingsOf(ticked), plan.reclaimable);
      return {
        document: { ...nothing, plan: planOf(plan, naming(english, plan.items)) },
        lines: [
          m.cli.plan.head(plan.planId),
          '',
          ...planLines(m, plan, ticked, total),
          m.cli.plan.run(plan.planId),
        ],
        exit: exit.done,
      };
    }
    case 'policy': {
      const { edit, more, bytes } = found;
      const policy = { edit, more, bytes };
      const words = m.cli.suggest;
      const names = naming(m, policy.more);
      return {
        document: { ...nothing, policy },
        lines: [
          words.edit(policy.edit),
          words.more(policy.more.length, policy.bytes),
          ...policy.more.map(({ id }) => `  ${names(id)}`),
        ],
        exit: exit.done,
      };
    }
    case 'advice': {
      const { text, copy } = m.suggestion.advice(found.advice, evidence);
      return {
        document: { ...nothing, advice: english.suggestion.advice(found.advice, evidence) },
        lines: [text, ...copy.map((line) => `  ${line}`)],
        exit: exit.done,
      };
    }
  }
}
