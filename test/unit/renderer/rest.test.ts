import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Rest } from '../../../renderer/app/common/rest.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** What waits for a rest, and an element that is listened to. */
function stage() {
  const rest = new Rest();
  const node = new EventTarget();
  const release = rest.hears(node);
  const act = vi.fn();
  const happens = (type: string, how: object = { pointerType: 'mouse', key: 'ArrowDown' }) =>
    node.dispatchEvent(Object.assign(new Event(type), how));
  return { rest, act, happens, release, wait: () => rest.wait(act) };
}

describe('what is new', () => {
  it('comes at once where nobody is at it', () => {
    const { act, wait } = stage();
    wait();
    expect(act).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(['pointermove', 'wheel', 'keydown'])('waits for as long as there is %s', (type) => {
    const { act, happens, wait } = stage();
    happens(type);
    wait();
    for (let n = 0; n < 5; n++) {
      vi.advanceTimersByTime(1_000);
      happens(type);
      wait();
    }
    vi.advanceTimersByTime(1_499);
    expect(act).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(act).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([{ key: 'F5' }, { key: 'r', ctrlKey: true }, { key: 'ArrowLeft', altKey: true }])(
    'does not wait because of a key that asks for it: %o',
    (how) => {
      const { act, happens, wait } = stage();
      happens('keydown', how);
      wait();
      expect(act).toHaveBeenCalledOnce();
    },
  );

  it('waits while a list scrolls on that a person set going', () => {
    const { act, happens, wait } = stage();
    happens('wheel');
    wait();
    for (let n = 0; n < 5; n++) {
      vi.advanceTimersByTime(1_000);
      happens('scroll');
    }
    expect(act).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_500);
    expect(act).toHaveBeenCalledOnce();
  });

  it('does not wait because a list scrolled by itself', () => {
    const { act, happens, wait } = stage();
    happens('scroll');
    wait();
    expect(act).toHaveBeenCalledOnce();
    happens('keydown');
    wait();
    vi.advanceTimersByTime(1_500);
    happens('scroll');
    wait();
    expect(act).toHaveBeenCalledTimes(3);
  });

  it('waits while a scrollbar is dragged on that was held in one place', () => {
    const { act, happens, wait } = stage();
    happens('pointerdown');
    vi.advanceTimersByTime(5_000);
    happens('scroll');
    wait();
    expect(act).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_500);
    expect(act).toHaveBeenCalledOnce();
    happens('pointerup');
    happens('scroll');
    wait();
    expect(act).toHaveBeenCalledTimes(2);
  });

  it('comes as the pointer leaves, but not as a finger scrolls', () => {
    const { act, happens, wait } = stage();
    happens('pointermove');
    wait();
    happens('pointerleave', { pointerType: 'touch' });
    expect(act).not.toHaveBeenCalled();
    happens('pointerleave');
    expect(act).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits for the next key where the pointer leaves between two', () => {
    const { act, happens, wait } = stage();
    happens('pointermove');
    happens('keydown');
    wait();
    happens('pointerleave');
    expect(act).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1_500);
    expect(act).toHaveBeenCalledOnce();
  });

  it('does not come when it is given up, nor is anything heard of what was let go', () => {
    const { rest, act, happens, release, wait } = stage();
    happens('wheel');
    wait();
    rest.cancel();
    happens('pointerleave');
    vi.advanceTimersByTime(1_500);
    expect(act).not.toHaveBeenCalled();
    release();
    happens('wheel');
    expect(rest.left).toBe(0);
  });
});

it('a move is no timer of its own', () => {
  const { happens, wait } = stage();
  happens('wheel');
  for (let n = 0; n < 1_000; n++) happens('scroll');
  expect(vi.getTimerCount()).toBe(0);
  wait();
  for (let n = 0; n < 1_000; n++) happens('scroll');
  expect(vi.getTimerCount()).toBe(1);
});
