import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { isCareenError } from '../../../../main/domain/errors.js';
import type { ImageFacts, Inventory } from '../../../../main/domain/facts.js';
import { LayerIndex } from '../../../../main/domain/layers.js';
import { choose } from '../../../../main/domain/plan/choose.js';
import { makePlan, planText } from '../../../../main/domain/plan/make.js';
import { waitsOf } from '../../../../main/domain/plan/untick.js';
import { readPolicy } from '../../../../main/domain/policy/read.js';
import { judge } from '../../../../main/domain/verdict/judge.js';
import { digestOf, image, imageId, inventories, inventory, now, policies } from '../arbitrary.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const day = 86_400_000;
const layer = (chainId: string, size = 10) => ({ chainId, size });
const arrived = { at: now - 100 * day, source: 'event' as const };
const removeAll = 'version: 1\ngrace: 0s\nremove:\n  - { match: "**" }\n  - { untagged: true }\n';

function planOf(taken: Inventory, policyText = removeAll) {
  const policy = readPolicy('policy.yaml', policyText);
  return makePlan(judge(taken, policy, { now, ages: 'calendar' }), taken, now);
}

const random = fc.record({ taken: inventories(), policy: policies() }).map(({ taken, policy }) => ({
  taken,
  plan: makePlan(judge(taken, policy, { now, ages: 'calendar' }), taken, now),
}));

describe('a plan', () => {
  it('has what is built on a base before it, and frees by items what it frees in all', () => {
    fc.assert(
      fc.property(random, ({ taken, plan }) => {
        const done = new Set<string>();
        for (const item of plan.items) {
          for (const other of item.after) expect(done.has(other)).toBe(true);
          done.add(item.id);
          expect(item.ticked).toBe(item.group === null);
          expect(item.ticked).toBe(item.untick === null);
        }
        const index = new LayerIndex(taken);
        expect(plan.reclaimableAll).toEqual(index.of(done));
        const chosen = choose(plan, taken, { except: [], also: [] });
        expect(plan.reclaimable).toEqual(chosen.reclaimable);
        expect(chosen.reclaimable).toEqual(index.of(chosen.order));
        const kept = plan.kept.reduce((sum, { images }) => sum + images, 0);
        expect(kept + plan.items.length).toBe(taken.images.length);
      }),
      { numRuns: 300 },
    );
  });

  it('has an ID of engine, policy and exact items, not of bytes or times', () => {
    const taken = inventory([image(1, { refs: ['b:1', 'a:1'] }), image(2, { refs: ['c:1'] })]);
    const plan = planOf(taken);
    const text = planText(plan, 'policy');
    const with_ = (images: ImageFacts[]) => planText(planOf({ ...taken, images }), 'policy');
    const [one, two] = taken.images as [ImageFacts, ImageFacts];
    expect(planText({ ...plan, takenAt: 0, items: plan.items.toReversed() }, 'policy')).toBe(text);
    expect(with_([{ ...one, size: 5, refs: ['a:1', 'b:1'] }, two])).toBe(text);
    expect(with_([{ ...one, refs: ['a:1'] }, two])).not.toBe(text);
    expect(with_([one])).not.toBe(text);
    expect(planText(plan, 'other')).not.toBe(text);
    expect(planText({ ...plan, engine: { ...plan.engine, id: 'x' } }, 'policy')).not.toBe(text);
  });
});

describe('a choice', () => {
  it('only ever shrinks a plan or takes in what was listed apart, and stays closed', () => {
    const withChoice = random.chain(({ taken, plan }) =>
      fc.record({
        taken: fc.constant(taken),
        plan: fc.constant(plan),
        except: fc.subarray(plan.items.map(({ id }) => id)),
        also: fc.subarray([...plan.items.map(({ id }) => id), 'unrecoverable', 'estimates']),
      }),
    );
    fc.assert(
      fc.property(withChoice, ({ taken, plan, except, also }) => {
        const { order, reclaimable, each } = choose(plan, taken, { except, also });
        const going = new Set(order);
        const byId = new Map(plan.items.map((item) => [item.id, item]));
        expect(order).toEqual(plan.items.map(({ id }) => id).filter((id) => going.has(id)));
        for (const id of order) {
          const item = byId.get(id);
          expect(except).not.toContain(id);
          expect(item?.after.every((other) => going.has(other))).toBe(true);
          const asked = also.includes(id) || also.includes(item?.group ?? '');
          expect(item?.ticked === true || asked).toBe(true);
        }
        const fewer = choose(plan, taken, { except, also: [] });
        expect(fewer.order.every((id) => going.has(id))).toBe(true);
        expect(fewer.reclaimable.max).toBeLessThanOrEqual(reclaimable.max);
        const sum = Object.values(each).reduce((total, one) => total + one.max, 0);
        expect(sum).toBe(reclaimable.max);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves a base when something built on it is left, all the way down', () => {
    const [a, b, c] = [layer('a', 100), layer('ab', 10), layer('abc', 1)];
    const verified = { recoverable: { state: 'verified', at: now } as const, arrived };
    const taken = inventory([
      image(1, { refs: ['a:1'], layers: [a], ...verified }),
      image(2, { refs: ['b:1'], layers: [a, b], ...verified }),
      image(3, { refs: ['c:1'], layers: [a, b, c], ...verified }),
      image(4, { refs: ['d:1'], layers: [layer('d', 7)], ...verified }),
    ]);
    const plan = planOf(taken);
    expect(choose(plan, taken, { except: [], also: [] }).reclaimable.min).toBe(118);
    const without = choose(plan, taken, { except: [imageId(3)], also: [] });
    expect(without.order).toEqual([imageId(4)]);
    expect(without.reclaimable).toEqual({ min: 7, max: 7, certainty: 'exact' });
  });

  it('names only items and groups of the plan', () => {
    const taken = inventory([image(1, { refs: ['a:1'] })]);
    const plan = planOf(taken);
    for (const choice of [
      { except: [imageId(2)], also: [] },
      { except: ['estimates'], also: [] },
      { except: [], also: ['everything'] },
    ])
      expect(() => choose(plan, taken, choice)).toThrow(
        expect.toSatisfy((e: unknown) => isCareenError(e, 'input-invalid')),
      );
    expect(choose(plan, taken, { except: [], also: ['estimates'] }).order).toEqual([]);
    expect(choose(plan, taken, { except: [], also: ['unrecoverable'] }).order).toHaveLength(1);
  });
});

describe('what is ticked', () => {
  const keepNewest = removeAll.replace('remove:', 'keep:\n  - { match: "k", last: 1 }\nremove:');
  const groups = (images: ImageFacts[], more: Partial<Inventory> = {}, text = keepNewest) =>
    Object.fromEntries(
      planOf(inventory(images, more), text).items.map(({ id, group }) => [
        Number.parseInt(id.slice(-8), 16),
        group ?? 'ticked',
      ]),
    );
  const likely = { recoverable: { state: 'likely' } as const };
  const newest = image(99, { refs: ['k:99'], created: now - day });

  it('is what is verified, and what is likely to be had again but for the last of a repository', () => {
    const digests = (n: number) => [`r@${digestOf(n)}`];
    expect(
      groups([
        image(1, { refs: ['v:1'], recoverable: { state: 'verified', at: now } }),
        image(2, {
          refs: ['r:2'],
          digests: digests(2),
          origin: 'pulled',
          created: now - 7 * day,
          ...likely,
        }),
        image(3, { refs: ['r:3'], digests: digests(3), created: now - 9 * day, ...likely }),
        image(4, { refs: ['r:4'], digests: digests(4), created: now - 8 * day, ...likely }),
        image(5, { refs: ['n:1'], recoverable: { state: 'no' }, origin: 'pulled' }),
        image(6, { refs: ['n:2'], origin: 'loaded' }),
      ]),
    ).toEqual({
      1: 'ticked',
      2: 'unrecoverable',
      3: 'ticked',
      4: 'ticked',
      5: 'unrecoverable',
      6: 'unrecoverable',
    });
  });

  it('on a containerd store a digest alone makes nothing likely', () => {
    const base = inventory([]);
    const engine = { ...base.engine, store: 'containerd' as const };
    const one = image(1, { refs: ['k:1'], digests: [`k@${digestOf(1)}`], created: now - 9 * day });
    expect(groups([{ ...one, ...likely }, newest], { engine })).toEqual({ 1: 'unrecoverable' });
    expect(groups([{ ...one, ...likely, origin: 'pulled' }, newest], { engine })).toEqual({
      1: 'ticked',
    });
  });

  it('is a build of which a newer version stays, and an untagged one that nothing is built on', () => {
    const built = { origin: 'built' as const, recoverable: { state: 'no' } as const };
    const images = [
      newest,
      image(1, { ...built, refs: ['k:1'], created: now - 9 * day }),
      image(2, { ...built, refs: ['x:1'], created: now - 9 * day }),
      image(3, { ...built, refs: ['k:3', 'x:3'], created: now - 8 * day }),
      image(4, { ...built, layers: [layer('p')] }),
      image(5, { ...built, layers: [layer('p'), layer('pq')] }),
    ];
    expect(groups(images)).toEqual({
      1: 'ticked',
      2: 'unrecoverable',
      3: 'unrecoverable',
      4: 'unrecoverable',
      5: 'ticked',
    });
    expect(groups(images, { useIncomplete: 'kubernetes' })).toEqual({
      1: 'unrecoverable',
      2: 'unrecoverable',
      3: 'unrecoverable',
      4: 'unrecoverable',
      5: 'unrecoverable',
    });
  });

  it('is nothing that rests on an estimate, verified or not', () => {
    const text = 'version: 1\nremove:\n  - { match: "**", unusedFor: 3d }\n';
    const facts = { created: now - 9 * day, recoverable: { state: 'verified', at: now } as const };
    expect(groups([image(1, { refs: ['a:1'], ...facts })], {}, text)).toEqual({ 1: 'estimates' });
    expect(groups([image(1, { refs: ['a:1'], ...facts, arrived })], {}, text)).toEqual({
      1: 'ticked',
    });
  });

  it('says of each that is not why', () => {
    const built = { origin: 'built' as const, recoverable: { state: 'no' } as const };
    const pulled = { origin: 'pulled' as const, digests: [`r@${digestOf(1)}`] };
    const whys = (images: ImageFacts[], more: Partial<Inventory> = {}, text?: string) => {
      const { items } = planOf(inventory([newest, ...images], more), text ?? keepNewest);
      return Object.fromEntries(
        items.map(({ id, untick }) => [Number.parseInt(id.slice(-8), 16), untick]),
      );
    };
    expect(
      whys([
        image(1, { ...pulled, refs: ['r:1'], ...likely }),
        image(2, { ...built, refs: ['k:2', 'x:2'], created: now - 9 * day }),
        image(3, { ...built, layers: [layer('p')] }),
        image(4, { ...built, layers: [layer('p'), layer('pq')] }),
        image(5, { origin: 'loaded', refs: ['n:5'], recoverable: { state: 'no' } }),
        image(6, { ...pulled, refs: ['g:6'], recoverable: { state: 'no' } }),
        image(7, { ...pulled, refs: ['u:7'], recoverable: { state: 'unknown' } }),
      ]),
    ).toEqual({
      1: { code: 'last-version', repositories: ['r'] },
      2: { code: 'newest-build', repositories: ['x'] },
      3: { code: 'untagged-base', images: [imageId(4)] },
      4: null,
      5: { code: 'no-registry' },
      6: { code: 'registry-lost' },
      7: { code: 'not-confirmed' },
    });
    expect(whys([image(8, { ...built, refs: ['x:8'] })], { useIncomplete: 'kubernetes' })).toEqual({
      8: { code: 'use-incomplete' },
    });
  });

  it('says of a base that is ticked what it waits for', () => {
    fc.assert(
      fc.property(random, ({ taken, plan }) => {
        const going = new Set(choose(plan, taken, { except: [], also: [] }).order);
        const waits = waitsOf(plan.items, going);
        for (const { id, ticked, untick, after } of plan.items) {
          expect(waits.has(id)).toBe(!going.has(id));
          const wait = waits.get(id);
          if (!wait) continue;
          if (!ticked) expect(wait).toEqual(untick);
          else {
            expect(wait.code === 'waits' && wait.images.length > 0).toBe(true);
            expect(wait.code === 'waits' && wait.images.every((one) => after.includes(one))).toBe(
              true,
            );
          }
        }
      }),
    );
  });
});
