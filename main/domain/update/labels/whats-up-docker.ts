import type { LabelReader } from './types.js';
import { tagLabels } from './values.js';
import { triggerLabels } from './triggers.js';

/**
 * What's Up Docker's (getwud/wud:app/watchers/providers/docker). `wud.watch.digest` has no
 * counterpart: here a digest is always compared.
 */
export const whatsUpDockerLabels: LabelReader = (own) => [
  ...watchLabel(own, 'wud.watch'),
  ...tagLabels(own, 'wud'),
  ...triggerLabels(own, 'wud.trigger.include', 'wud.trigger.exclude'),
];

/** Anything but `true`, in any case, is "do not watch"; the empty text is not set. */
export const watchLabel = (
  own: Parameters<LabelReader>[0],
  label: string,
): ReturnType<LabelReader> => {
  const watch = own[label] ?? '';
  return watch === '' || watch.toLowerCase() === 'true' ? [] : [{ label, mode: 'ignore' }];
};
