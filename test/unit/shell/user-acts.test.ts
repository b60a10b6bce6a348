import { describe, expect, it } from 'vitest';
import { isAct } from '../../../main/shell/user-acts.js';

describe('what a person does in the window', () => {
  it('is to turn the wheel, to type and to press', () => {
    for (const type of [
      'mouseWheel',
      'gestureScrollUpdate',
      'rawKeyDown',
      'char',
      'mouseDown',
    ] as const)
      expect(isAct({ type })).toBe(true);
  });

  it('is no pointer that merely passes', () => {
    for (const type of ['mouseMove', 'mouseEnter', 'mouseLeave', 'pointerMove'] as const)
      expect(isAct({ type, modifiers: ['shift'] })).toBe(false);
  });

  it('is to drag, as a scroll bar', () => {
    expect(isAct({ type: 'mouseMove', modifiers: ['control', 'leftbuttondown'] })).toBe(true);
  });
});
