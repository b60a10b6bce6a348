import type { InputEvent } from 'electron';

/** Milliseconds after an act in which the next is to be expected. */
const BREATH = 2_000;

/** What a pointer brings about that merely passes. */
const passing = new Set<InputEvent['type']>([
  'mouseMove',
  'mouseEnter',
  'mouseLeave',
  'pointerMove',
  'pointerRawUpdate',
]);

/** Whether a person acts in a page: turns a wheel, types, presses, or drags. */
export class UserActs {
  #at = Number.NEGATIVE_INFINITY;

  constructor(private readonly now: () => number) {}

  /** To be told of each input event of the page. */
  note({ type, modifiers = [] }: Pick<InputEvent, 'type' | 'modifiers'>): void {
    const drags = modifiers.some((held) => held.endsWith('buttondown'));
    if (drags || !passing.has(type)) this.#at = this.now();
  }

  /** Whether a person acts now, or did a breath ago. A clock that was set back tells nothing of that. */
  get goOn(): boolean {
    const since = this.now() - this.#at;
    return since >= 0 && since < BREATH;
  }
}
