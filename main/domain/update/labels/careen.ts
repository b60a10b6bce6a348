import type { UpdateMode } from '../../policy/types.js';
import type { LabelReader } from './types.js';

const modes: readonly string[] = ['auto', 'notify', 'tell', 'ignore'] satisfies UpdateMode[];
const levels = ['same', 'patch', 'minor', 'major'] as const;

/** Careen's own: `careen.update`, a mode, and `careen.tags`, a level. */
export const careenLabels: LabelReader = (own) => {
  const mode = own['careen.update']?.trim().toLowerCase();
  const level = own['careen.tags']?.trim().toLowerCase();
  return [
    // What cannot be read was to be something else than what holds without it.
    ...(mode === undefined
      ? []
      : [{ label: 'careen.update', mode: isMode(mode) ? mode : ('notify' as const) }]),
    ...(level === undefined
      ? []
      : [{ label: 'careen.tags', tags: { level: levels.find((one) => one === level) ?? 'same' } }]),
  ];
};

const isMode = (text: string): text is UpdateMode => modes.includes(text);
