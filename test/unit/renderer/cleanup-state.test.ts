import { describe, expect, it } from 'vitest';
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

/** A clean-up whose plans are made as asked, and what was asked for. */
function stage(stored: Plan) {
  const made: unknown[] = [];
  const call = ((name: string, params: { images?: string[] | null }) => {
    if (name === 'plan.get') return Promise.resolve(stored);
    if (name !== 'plan.make') return Promise.resolve(null);
    made.push(params);
    const ids = params.images ?? ['a', 'b', 'c'];
    return Promise.resolve(planOf(`made${made.length}`, ids, params.images ?? []));
  }) as unknown as Call;
  const state = new CleanUpState(
    call,
    () => new Map(),
    () => ({}) as never,
  );
  return { state, made };
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
    const { state } = stage(planOf('p', ['a'], ['a']));
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
