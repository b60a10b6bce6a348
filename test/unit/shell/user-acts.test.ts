import { describe, expect, it } from 'vitest';
import { UserActs } from '../../../main/shell/user-acts.js';

function stage() {
  const clock = { now: 1_000_000 };
  const acts = new UserActs(() => clock.now);
  const by = (event: Parameters<UserActs['note']>[0]) => {
    clock.now += 60_000;
    acts.note(event);
    return acts.goOn;
  };
  return { clock, acts, by };
}

describe('what a person does in the window', () => {
  it('is to turn the wheel, to type and to press', () => {
    const { by } = stage();
    expect(by({ type: 'mouseWheel' })).toBe(true);
    expect(by({ type: 'gestureScrollUpdate' })).toBe(true);
    expect(by({ type: 'rawKeyDown' })).toBe(true);
    expect(by({ type: 'char' })).toBe(true);
    expect(by({ type: 'mouseDown' })).toBe(true);
  });

  it('is no pointer that merely passes', () => {
    const { by } = stage();
    expect(by({ type: 'mouseMove', modifiers: ['shift'] })).toBe(false);
    expect(by({ type: 'mouseEnter' })).toBe(false);
    expect(by({ type: 'mouseLeave' })).toBe(false);
    expect(by({ type: 'pointerMove' })).toBe(false);
  });

  it('is to drag, as a scroll bar', () => {
    const { by } = stage();
    expect(by({ type: 'mouseMove', modifiers: ['control', 'leftbuttondown'] })).toBe(true);
  });

  it('is over two seconds after the last act, and never begins by itself', () => {
    const { acts, by, clock } = stage();
    expect(acts.goOn).toBe(false);
    by({ type: 'mouseWheel' });
    clock.now += 1_999;
    expect(acts.goOn).toBe(true);
    clock.now += 1;
    expect(acts.goOn).toBe(false);
  });

  it('is not known of a clock that was set back', () => {
    const { acts, by, clock } = stage();
    by({ type: 'mouseWheel' });
    clock.now -= 3_600_000;
    expect(acts.goOn).toBe(false);
  });
});
