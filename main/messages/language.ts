export type Language = 'en' | 'zh-CN';

/**
 * The language to speak: the setting, else the first of the system's locales that there is one for,
 * else English.
 *
 * @param setting `system` or a language of Careen's
 * @param systemLocales in order of preference, as BCP 47 (`zh-Hans-CN`) or POSIX (`zh_CN.UTF-8`)
 */
export function resolveLanguage(
  setting: 'system' | Language,
  systemLocales: readonly string[],
): Language {
  if (setting !== 'system') return setting;
  for (const locale of systemLocales) {
    const tag = locale
      .toLowerCase()
      .replace(/[.@].*$/, '')
      .replaceAll('_', '-');
    const [primary, ...rest] = tag.split('-');
    if (primary === 'en' || primary === 'c' || primary === 'posix') return 'en';
    const traditional = rest.some((part) => ['hant', 'tw', 'hk', 'mo'].includes(part));
    if (primary === 'zh' && !traditional) return 'zh-CN';
  }
  return 'en';
}
