import type { Language } from '../../../main/messages/index.js';

/** The order of day, month and year is that of the sentences around. */
export const fieldLocale = { en: 'en-GB', 'zh-CN': 'zh-CN' } as const;

/** What a part of a date or time field is called in the window's language; bits-ui does so in English. */
export const partName = (language: Language, part: string): string =>
  new Intl.DisplayNames(language, { type: 'dateTimeField' }).of(part) ?? part;

/** What now stands in the first part that holds something else than before; null: none does. */
export function changedPart(
  before: readonly { value: string }[],
  now: readonly { value: string }[],
): string | null {
  if (before.length !== now.length) return null;
  return now.find(({ value }, at) => value !== before[at]?.value)?.value ?? null;
}
