import { toWire } from '../../contract/wire.js';
import type { policyCommands } from '../../contract/policy.js';
import type { Result } from '../../contract/commands.js';
import { CareenError } from '../../domain/errors.js';
import { checkPolicy } from '../../domain/policy/check.js';
import { addRule, removeRule } from '../../domain/policy/edit/rules.js';
import { flowText, type Plain } from '../../domain/policy/edit/text.js';
import { setValue } from '../../domain/policy/edit/value.js';
import { parsePolicy } from '../../domain/policy/parse.js';
import { widensUpdates } from '../../domain/policy/widens.js';
import { templates } from '../../domain/policy/templates/index.js';
import type { Judging } from '../judging.js';
import type { Policies } from '../policies.js';
import { agreed, agreedToWiden, autoMode, autoUpdate, type PolicyEffect } from './agreeing.js';
import { tryDraft } from './policy-draft.js';
import type { CommandContext, Handlers } from './types.js';

/** The commands about the policy file, and the service that carries them out. */
export function policyHandlers(
  policies: Policies,
  judging: Pick<Judging, 'judgedBy'>,
  now: () => number,
): Pick<Handlers, keyof typeof policyCommands> {
  const view = async (): Promise<Result<'policy.get'>> => {
    const current = await policies.current();
    const file = policies.path;
    if (current instanceof CareenError) {
      const text = current.code === 'policy-unreadable' ? null : await policies.text();
      const error = toWire(current);
      return { source: 'file', file, text, error, policy: null, modeLowered: null, lints: [] };
    }
    const { source, text, policy, modeLowered } = current;
    const checked = checkPolicy(text, now());
    return {
      source: source === 'default' ? 'default' : 'file',
      file,
      text,
      error: null,
      policy,
      modeLowered,
      lints: 'lints' in checked ? checked.lints : [],
    };
  };

  /**
   * Edits the policy; what makes Careen do more by itself, a person first agrees to (DESIGN §6).
   *
   * @param change how the edit is told, in the policy's own words
   * @param narrows whether it takes nothing more from the engine
   */
  const edit = async (
    context: CommandContext,
    make: (text: string) => string,
    change: string,
    narrows: boolean,
  ) => {
    const { text, before, after } = await policies.preview(make);
    const effects: PolicyEffect[] = [];
    if (widensUpdates(before.update, after.update)) effects.push(autoUpdate);
    if (after.mode === 'auto' && !(narrows && before.mode === 'auto'))
      effects.push({ kind: 'auto-mode', change: before.mode === 'auto' ? change : null });
    for (const effect of effects) await agreed(context, effect);
    // What was agreed to is what this makes of the text as it was, not of what came in meanwhile.
    await policies.edit(make, effects.length > 0 ? text : null);
    return view();
  };

  return {
    'policy.init': async ({ template }, context) => {
      const parsed = template === null ? null : parsePolicy(templates[template]);
      const isAuto = parsed !== null && 'policy' in parsed && parsed.policy.mode === 'auto';
      // On a command line a person named the template.
      if (isAuto && context.by !== 'cli') await agreed(context, autoMode);
      return { file: await policies.init(template) };
    },
    'policy.get': view,
    'policy.template': ({ template }) => Promise.resolve({ text: templates[template] }),
    'policy.try': ({ text }) => tryDraft(judging, policies.path, text),
    'policy.save': async ({ text, base }, context) => {
      const { before, after } = await policies.draft(text, base);
      await agreedToWiden(context, before, after);
      await policies.save(text, base);
      return view();
    },
    'policy.edit': ({ path, value }, context) =>
      edit(
        context,
        (text) => setValue(text, path.split('.'), value),
        `${path}: ${value === null ? '–' : flowText(value)}`,
        value === false || path.startsWith('update.'),
      ),
    'policy.addRule': ({ list, rule }, context) =>
      edit(
        context,
        (text) => addRule(text, list, rule as Record<string, Plain>),
        `${list}: ${flowText(rule as Record<string, Plain>)}`,
        list === 'keep' && rule['id'] === undefined,
      ),
    'policy.removeRule': ({ list, id }, context) =>
      edit(context, (text) => removeRule(text, list, id), `${list}: – ${id}`, list === 'remove'),
  };
}
