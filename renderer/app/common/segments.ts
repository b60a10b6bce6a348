import type { Language } from '../../../main/messages/index.js';

/** The order of day, month and year is that of the sentences around. */
export const fieldLocale = { en: 'en-GB', 'zh-CN': 'zh-CN' } as const;

/**
 * What a part of a date or time field is called, in the window's language; bits-ui names them in
 * English.
 *
 * @param label of the whole field
 * @param shown what stands in the part
 * @param props as bits-ui gives them
 */
export function segmentLabels(
  language: Language,
  label: string,
  part: string,
  shown: string,
  props: Record<string, unknown>,
): Record<string, string> {
  if (part === 'literal') return {};
  const name = new Intl.DisplayNames(language, { type: 'dateTimeField' }).of(part) ?? part;
  const isEmpty = props['aria-valuetext'] === 'Empty';
  return { 'aria-label': `${label}, ${name}`, ...(isEmpty ? { 'aria-valuetext': shown } : {}) };
}
