import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CleanRun } from '../../../main/contract/runs.js';
import { gaugeOfSpace } from '../../../main/domain/disk/gauge.js';
import type { Gauge } from '../../../main/domain/disk/types.js';
import type { Plan, PlanItem } from '../../../main/domain/plan/types.js';
import { CleanUpState } from '../../../renderer/app/cleanup/state.svelte.js';
import type { Call } from '../../../renderer/app/state/caller.js';

const exact = { min: 1, max: 1, certainty: 'exact' } as const;
const item = (id: string) =>
  ({
    kind: 'image',
    id,
    refs: [],
    reclaimable: exact,
    ticked: true,
    group: null,
  }) as unknown as PlanItem;
const planOf = (planId: string, ids: string[], named: string[]) =>
  ({ planId, items: ids.map(item), named, reclaimable: exact, free: null }) as unknown as Plan;

const gaugeAt = (used: number) => gaugeOfSpace({ of: '/', used, available: 100 - used });

/** A clean-up whose plans are made as asked, and what was asked for. */
function stage(stored: Plan, { isRefused = false } = {}) {
  const made: unknown[] = [];
  let disk: Gauge | null = gaugeAt(70);
  const previews: ((preview: unknown) => void)[] = [];
  const call = ((name: string, params: { images?: string[] | null }) => {
    if (name === 'plan.get') return Promise.resolve(stored);
    if (name === 'plan.preview') return new Promise((resolve) => previews.push(resolve));
    if (name === 'plan.run') return Promise.resolve(isRefused ? null : { runId: 'own' });
    if (name !== 'plan.make') return Promise.resolve(null);
    made.push(params);
    const ids = params.images ?? ['a', 'b', 'c'];
    return Promise.resolve(planOf(`made${made.length}`, ids, params.images ?? []));
  }) as unknown as Call;
  const state = new CleanUpState(
    call,
    () => new Map(),
    () => ({}) as never,
    () => 10e9,
    () => disk,
  );
  const weighed = async (preview: unknown) => {
    previews.shift()?.(preview);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const fill = (used: number) => (disk = gaugeAt(used));
  return { state, made, weighed, fill };
}
const ids = ({ plan }: CleanUpState) => plan?.items.map(({ id }) => id);

describe('a plan of what a person chose', () => {
  it('is made anew of the same images, not of all', async () => {
    const { state, made } = stage(planOf('p', ['a', 'b'], ['a', 'b']));
    await state.open('p');
    expect(state.way).toBe('named');
    await state.make();
    expect(made).toEqual([{ policy: null, free: null, kinds: null, images: ['a', 'b'] }]);
    expect(ids(state)).toEqual(['a', 'b']);
    await state.open('made1');
    expect(state.way).toBe('named');
  });

  it('is so after a run that was refused', async () => {
    const { state } = stage(planOf('p', ['a'], ['a']), { isRefused: true });
    await state.open('p');
    await state.run();
    expect(ids(state)).toEqual(['a']);
  });

  it('gives way to the policy where a person asks for that', async () => {
    const { state, made } = stage(planOf('p', ['a'], ['a']));
    await state.open('p');
    await state.choose('policy');
    expect(made).toMatchObject([{ images: null }]);
    expect(ids(state)).toEqual(['a', 'b', 'c']);
  });
});

it('a plan that a trigger asks about is made anew by the policy', async () => {
  const { state, made } = stage(planOf('p', ['a'], []));
  await state.open('p');
  expect(state.way).toBe('asked');
  await state.make();
  expect(state.way).toBe('policy');
  expect(made).toMatchObject([{ images: null }]);
});

describe('a plan that is made anew by itself', () => {
  it('is shown where nobody has touched the one before', async () => {
    const { state } = stage(planOf('p', ['a'], []));
    await state.make();
    await state.follow();
    expect(state.plan?.planId).toBe('made2');
  });

  it('is not where a person has meanwhile: what they ticked is not taken back', async () => {
    const { state, weighed } = stage(planOf('p', ['a'], []));
    await state.make();
    const { rows } = state;
    const following = state.follow();
    const ticking = state.tick(['b'], false);
    await following;
    await weighed({ chosen: ['a', 'c'], reclaimable: exact, each: {} });
    await ticking;
    expect(state.plan?.planId).toBe('made1');
    expect(state.chosen).toEqual(['a', 'c']);
    expect(state.making).toBe(false);
    // By the images that it was made of it is told as out of date.
    expect(state.rows).toBe(rows);
  });
});

describe('an amount that moves', () => {
  const GB = 1e9;

  async function moving() {
    const { state, made } = stage(planOf('p', ['a'], []));
    await state.choose('free');
    made.length = 0;
    vi.useFakeTimers();
    return { state, amounts: () => made.map((wish) => (wish as { free: number }).free / GB) };
  }
  afterEach(() => vi.useRealTimers());

  it('is followed while it moves, at a pace, and to where it rests', async () => {
    const { state, amounts } = await moving();
    const shown = new Set<unknown>();
    for (let to = 1; to <= 60; to++) {
      state.want(to * GB);
      await vi.advanceTimersByTimeAsync(20);
      shown.add(state.plan?.planId);
    }
    await vi.advanceTimersByTimeAsync(1_000);
    expect(amounts().length).toBeGreaterThanOrEqual(5);
    expect(amounts().length).toBeLessThanOrEqual(7);
    expect([amounts().at(0), amounts().at(-1)]).toEqual([1, 60]);
    expect(shown.size).toBeGreaterThanOrEqual(4);
    expect(state.making).toBe(false);
  });

  it('is met where it comes back to what it was', async () => {
    const { state, amounts } = await moving();
    for (const to of [5, 6, 5]) state.want(to * GB);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(amounts()).toEqual([5, 5]);
    expect(state.making).toBe(false);
  });

  it('that cannot be read leaves the plan, and lets nothing run', async () => {
    const { state, amounts } = await moving();
    state.arrived();
    state.type('2 GB');
    await vi.advanceTimersByTimeAsync(1_000);
    state.type('two');
    expect(state.misread).toBe(true);
    await state.run();
    expect(state.result).toBeNull();
    expect(amounts()).toEqual([2]);
    state.type('2 GB');
    expect(state.misread).toBe(false);
    await state.run();
    expect(state.result).toEqual({ runId: 'own' });
  });

  it('that cannot be read is forgotten where another way is chosen', async () => {
    const { state } = await moving();
    state.type('two');
    await state.choose('policy');
    await state.choose('free');
    expect(state.misread).toBe(false);
  });

  it('is let go where another way is chosen', async () => {
    const { state, amounts } = await moving();
    state.want(GB);
    state.want(2 * GB);
    await state.choose('policy');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(amounts()).toEqual([1, 0]);
    expect(state.way).toBe('policy');
    expect(state.making).toBe(false);
  });
});

describe('a tick', () => {
  const preview = { chosen: ['b'], reclaimable: exact, each: {} };

  it('lets nothing run before it is weighed', async () => {
    const { state, weighed } = stage(planOf('p', ['a', 'b'], []));
    await state.open('p');
    void state.tick(['a'], false);
    expect(state.weighing).toBe(true);
    await state.run();
    expect(state.result).toBeNull();
    await weighed(preview);
    expect(state.weighing).toBe(false);
    expect(state.chosen).toEqual(['b']);
    state.arrived();
    await state.run();
    expect(state.result).toEqual({ runId: 'own' });
  });

  it('is taken back where it cannot be weighed, with those that waited for it', async () => {
    const { state, weighed } = stage(planOf('p', ['a', 'b'], []));
    await state.open('p');
    void state.tick(['a'], false);
    void state.tick(['b'], false);
    await weighed(null);
    expect(state.weighing).toBe(true);
    await weighed(null);
    expect([...state.ticked]).toEqual(['a', 'b']);
    expect(state.weighing).toBe(false);
  });
});

describe('a run', () => {
  const run = (runId: string) => ({ runId }) as CleanRun;

  it('that ends in sight is shown, until the screen is left', () => {
    const { state } = stage(planOf('p', ['a'], []));
    state.arrived();
    state.watch({ runId: 'r', done: 0 }, null);
    state.watch(null, run('r'));
    expect(state.result).toEqual(run('r'));
    state.left();
    expect(state.result).toBeNull();
  });

  it('that ended elsewhere is not taken for the answer to a press', () => {
    const { state } = stage(planOf('p', ['a'], []));
    state.watch({ runId: 'r', done: 0 }, null);
    state.watch(null, run('r'));
    state.arrived();
    expect(state.result).toBeNull();
  });

  it('that a person began and did not wait for is told by the history, not as if it were new', async () => {
    const { state } = stage(planOf('p', ['a'], []));
    state.arrived();
    await state.open('p');
    const own = state.run();
    state.left();
    await own;
    state.arrived();
    expect(state.result).toBeNull();
    expect(state.plan).toBeNull();
  });

  it('keeps how full the disk was when it began', async () => {
    const { state, fill } = stage(planOf('p', ['a'], []));
    await state.open('p');
    const own = state.run();
    fill(60);
    // Main tells of it in between.
    state.watch({ runId: 'own', done: 1 }, null);
    await own;
    state.watch(null, run('own'));
    expect(state.diskBefore).toEqual(gaugeAt(70));
    state.watch({ runId: 'r', done: 0 }, null);
    fill(50);
    state.watch({ runId: 'r', done: 3 }, null);
    state.watch(null, run('r'));
    expect(state.diskBefore).toEqual(gaugeAt(60));
  });

  it('that nobody saw begin has no disk before it', () => {
    const { state } = stage(planOf('p', ['a'], []));
    state.watch({ runId: 'r', done: 2 }, null);
    state.watch(null, run('r'));
    expect(state.diskBefore).toBeNull();
  });

  it('of undoing leaves the map as things are then', () => {
    const { state } = stage(planOf('p', ['a'], []));
    state.watch({ runId: 'undo', done: 0 }, run('before'));
    expect(state.before).not.toBeNull();
    state.watch(null, run('before'));
    expect(state.before).toBeNull();
  });
});
