import { ahead as aheadEn } from './en/ahead.js';
import { cli as cliEn } from './en/cli.js';
import { dialog as dialogEn } from './en/dialog.js';
import { error as errorEn } from './en/error.js';
import { format as formatEn } from './en/format.js';
import { gauge as gaugeEn } from './en/gauge.js';
import { help as helpEn } from './en/help.js';
import { lost as lostEn } from './en/lost.js';
import { notification as notificationEn } from './en/notification.js';
import { reason as reasonEn } from './en/reason.js';
import { rule as ruleEn, theRule as theRuleEn } from './en/rule.js';
import { skip as skipEn } from './en/skip.js';
import { suggestion as suggestionEn } from './en/suggestion.js';
import { things as thingsEn } from './en/things.js';
import { tray as trayEn } from './en/tray.js';
import { untick as untickEn } from './en/untick.js';
import { updateNote as updateNoteEn } from './en/update-note.js';
import { update as updateEn } from './en/update.js';
import { window as windowEn } from './en/window.js';
import { howToStart } from './how-to-start.js';
import type { Place } from './known.js';
import type { Language } from './language.js';
import { shortId } from './short.js';
import type { TimeStyle } from './time.js';
import { ahead as aheadZh } from './zh-CN/ahead.js';
import { cli as cliZh } from './zh-CN/cli.js';
import { dialog as dialogZh } from './zh-CN/dialog.js';
import { error as errorZh } from './zh-CN/error.js';
import { format as formatZh } from './zh-CN/format.js';
import { gauge as gaugeZh } from './zh-CN/gauge.js';
import { help as helpZh } from './zh-CN/help.js';
import { lost as lostZh } from './zh-CN/lost.js';
import { notification as notificationZh } from './zh-CN/notification.js';
import { reason as reasonZh } from './zh-CN/reason.js';
import { rule as ruleZh, theRule as theRuleZh } from './zh-CN/rule.js';
import { skip as skipZh } from './zh-CN/skip.js';
import { suggestion as suggestionZh } from './zh-CN/suggestion.js';
import { things as thingsZh } from './zh-CN/things.js';
import { tray as trayZh } from './zh-CN/tray.js';
import { untick as untickZh } from './zh-CN/untick.js';
import { updateNote as updateNoteZh } from './zh-CN/update-note.js';
import { update as updateZh } from './zh-CN/update.js';
import { window as windowZh } from './zh-CN/window.js';

export { resolveLanguage, type Language } from './language.js';
export {
  thingsOf,
  type Note,
  type ReasonContext,
  type TrayStatus,
  type VerdictOf,
} from './types.js';

const shared = { howToStart, shortId };

function english(style: TimeStyle, place: Place) {
  const format = formatEn(style);
  const reason = reasonEn(format);
  const error = errorEn(place);
  const update = updateEn(format, error.error);
  return {
    ...shared,
    language: 'en' as Language,
    format,
    ...reason,
    ...error,
    rule: ruleEn,
    theRule: theRuleEn,
    skip: skipEn(reason),
    suggestion: suggestionEn(format),
    things: thingsEn,
    untick: untickEn,
    lost: lostEn,
    tray: trayEn(format, update),
    notification: notificationEn(format),
    dialog: dialogEn,
    gauge: gaugeEn(format),
    ahead: aheadEn(format, style),
    cli: cliEn(format),
    help: helpEn,
    update,
    updateNote: updateNoteEn(update),
    window: windowEn,
  };
}

/** Every sentence a person reads, in one language. */
export type Messages = ReturnType<typeof english>;

function chinese(style: TimeStyle, place: Place): Messages {
  const format = formatZh(style);
  const reason = reasonZh(format);
  const error = errorZh(place);
  const update = updateZh(format, error.error);
  return {
    ...shared,
    language: 'zh-CN',
    format,
    ...reason,
    ...error,
    rule: ruleZh,
    theRule: theRuleZh,
    skip: skipZh(reason),
    suggestion: suggestionZh(format),
    things: thingsZh,
    untick: untickZh,
    lost: lostZh,
    tray: trayZh(format, update),
    notification: notificationZh(format),
    dialog: dialogZh,
    gauge: gaugeZh(format),
    ahead: aheadZh(format, style),
    cli: cliZh(format),
    help: helpZh,
    update,
    updateNote: updateNoteZh(update),
    window: windowZh,
  };
}

/**
 * The catalogue of a language. Pure: the same values give the same sentence.
 *
 * @param style the zone that dates are written in; the system's where it is absent
 * @param place where it is read; a terminal where it is absent
 */
export function messages(
  language: Language,
  style: TimeStyle = {},
  place: Place = 'terminal',
): Messages {
  return language === 'en' ? english(style, place) : chinese(style, place);
}
