import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lookAhead } from '../../../renderer/app/look-ahead.js';
import type { AppState } from '../../../renderer/app/state/app.svelte.js';

/** A page that opens on a screen; `answer` is what asking for the map's ground gives. */
function opened(
  screen: string,
  answer: () => Promise<void>,
  {
    judgedAt = 1,
    told = Promise.resolve(),
  }: { judgedAt?: number | null; told?: Promise<void> } = {},
) {
  const follow = vi.fn(answer);
  const app = {
    router: { route: { screen } },
    slices: { told, images: new Map(), totals: { judgedAt } },
    space: { follow },
  } as unknown as AppState;
  let isMade = false;
  void lookAhead(app).then(() => (isMade = true));
  return { follow, isMade: () => isMade };
}
const never = () => new Promise<void>(() => undefined);

describe('what a page asks for before it is made', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is what the map is drawn from, where it opens on it', async () => {
    const { follow, isMade } = opened('overview', () => Promise.resolve());
    await vi.advanceTimersByTimeAsync(0);
    expect([follow.mock.calls.length, isMade()]).toEqual([1, true]);
  });

  it.each([
    ['the images', 'images', never()],
    ['what the map is drawn from', 'overview', Promise.resolve()],
  ])('is not waited for longer than a moment: %s', async (_, screen, told) => {
    const { isMade } = opened(screen, never, { told });
    await vi.advanceTimersByTimeAsync(49);
    expect(isMade()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(isMade()).toBe(true);
  });

  it.each([
    ['on another screen', 'images', 1],
    ['before anything is judged', 'overview', null],
  ] as const)('is nothing %s', async (_, screen, judgedAt) => {
    const { follow, isMade } = opened(screen, never, { judgedAt });
    await vi.advanceTimersByTimeAsync(0);
    expect([follow.mock.calls.length, isMade()]).toEqual([0, true]);
  });
});
