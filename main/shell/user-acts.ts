import type { InputEvent } from 'electron';

/** What a pointer brings about that merely passes. */
const PASSING: ReadonlySet<InputEvent['type']> = new Set<InputEvent['type']>([
  'mouseMove',
  'mouseEnter',
  'mouseLeave',
  'pointerMove',
  'pointerRawUpdate',
]);

/** Whether a person acts by this event of a page: turns a wheel, types, presses, or drags. */
export function isAct({ type, modifiers = [] }: Pick<InputEvent, 'type' | 'modifiers'>): boolean {
  return !PASSING.has(type) || modifiers.some((held) => held.endsWith('buttondown'));
}
