import type { Plain } from '../../../../main/domain/policy/edit/text.js';
import { fieldKinds, isField, lineOf, type FieldName } from './kinds.js';
import { amountOf, type Written } from './model.js';

interface Words {
  /** Names of what a choice may be. */
  optionsOf: (name: FieldName) => readonly { value: string; text: string }[];
  /** Units of a time, e.g. `d`, by their number. */
  units: Readonly<Record<string, (n: number) => string>>;
  comma: string;
}

/**
 * A sentence of fields as the form shows it, in one line: what a rule without an id is called by who
 * does not see where it stands.
 *
 * @param sentence words, and in braces the names of fields
 */
export function asLine(sentence: string, written: Written, words: Words): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) =>
    isField(name) ? shown(name, written[name], words) : name,
  );
}

function shown(name: FieldName, value: Plain | undefined, words: Words): string {
  const kind = fieldKinds[name];
  if (kind === 'choice' || kind === 'many') {
    const values = (Array.isArray(value) ? value : [value]).map(String);
    const texts = words.optionsOf(name).filter((option) => values.includes(option.value));
    return texts.map(({ text }) => text).join(words.comma);
  }
  const line = lineOf(kind, value) ?? JSON.stringify(value);
  const amount = kind === 'duration' ? amountOf(line) : null;
  const unit = amount && words.units[amount.unit]?.(Number(amount.figure));
  return amount && unit !== undefined && unit !== null ? `${amount.figure} ${unit}` : line;
}
