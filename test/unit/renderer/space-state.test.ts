import { describe, expect, it } from 'vitest';
import type { ImageRow } from '../../../main/contract/slices.js';
import { SpaceState } from '../../../renderer/app/overview/state.svelte.js';
import type { Call } from '../../../renderer/app/state/caller.js';

const row = (id: string, unique: number) =>
  ({ id, size: 10, unique: { min: unique, max: unique, certainty: 'exact' } }) as ImageRow;
const rowsOf = (...rows: ImageRow[]) => new Map(rows.map((one) => [one.id, one]));
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A state whose counts end when the test says so, and what was asked for. */
function stage() {
  const asked: string[] = [];
  const counts: ((used: number) => void)[] = [];
  const call = ((name: string) => {
    asked.push(name);
    if (name === 'space')
      return new Promise((resolve) => counts.push((used) => resolve({ used, explained: used })));
    return Promise.resolve(name === 'others' ? [] : { images: [] });
  }) as unknown as Call;
  const state = new SpaceState(call);
  return {
    state,
    asked: (name: string) => asked.filter((one) => one === name).length,
    counted: async (used: number) => {
      counts.shift()?.(used);
      await settled();
    },
  };
}

describe('counting what takes the disk', () => {
  it('counts an engine once, and once more after a run', async () => {
    const { state, asked, counted } = stage();
    void state.countFor('a', null);
    await counted(1);
    await state.countFor('a', null);
    expect(asked('space')).toBe(1);
    void state.countFor('a', 'run');
    await counted(2);
    expect(state.account?.used).toBe(2);
  });

  it('counts again what changed while it counted', async () => {
    const { state, asked, counted } = stage();
    void state.countFor('a', null);
    void state.countFor('a', 'run');
    await counted(1);
    expect(state.account).toBeNull();
    expect(state.counting).toBe(true);
    await counted(2);
    expect(state.account?.used).toBe(2);
    expect(state.counting).toBe(false);
    expect(asked('space')).toBe(2);
  });

  it('shows no account of another engine', async () => {
    const { state, counted } = stage();
    void state.countFor('a', null);
    await counted(1);
    void state.countFor('b', null);
    expect(state.account).toBeNull();
    void state.countFor('a', null);
    await counted(3);
    expect(state.account).toBeNull();
    await counted(4);
    expect(state.account?.used).toBe(4);
  });
});

describe('what images share', () => {
  it('is asked once for the same images with the same bytes', async () => {
    const { state, asked } = stage();
    await state.follow(rowsOf(row('a', 1), row('b', 2)));
    await state.follow(rowsOf(row('b', 2), row('a', 1)));
    expect(asked('space.shares')).toBe(1);
  });

  it('is asked again once an image comes, goes, or its layers become known', async () => {
    const { state, asked } = stage();
    await state.follow(rowsOf(row('a', 0)));
    await state.follow(rowsOf(row('a', 5)));
    await state.follow(rowsOf(row('a', 5), row('b', 2)));
    await state.follow(rowsOf(row('b', 2)));
    expect(asked('space.shares')).toBe(4);
  });
});
