import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { ImageFacts, Inventory } from '../../../../main/domain/facts.js';
import { LayerIndex } from '../../../../main/domain/layers.js';
import { choose } from '../../../../main/domain/plan/choose.js';
import { makePlan, type PlanDraft } from '../../../../main/domain/plan/make.js';
import { readPolicy } from '../../../../main/domain/policy/read.js';
import type { Policy } from '../../../../main/domain/policy/types.js';
import { judge } from '../../../../main/domain/verdict/judge.js';
import { judgeOthers } from '../../../../main/domain/verdict/others/index.js';
import { furnished, image, imageId, inventory, now, policies } from '../arbitrary.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const day = 86_400_000;
const nothing = { except: [], also: [] };

function planOf(taken: Inventory, policy: Policy, free: number | null = null): PlanDraft {
  const options = { now, ages: 'calendar' } as const;
  const others = judgeOthers(taken, policy, options);
  return makePlan(judge(taken, policy, options), taken, now, { others, free });
}

const ids = (plan: PlanDraft) => plan.items.map(({ id }) => id);

describe('a plan to free so much', () => {
  const verified = { recoverable: { state: 'verified', at: now } as const };
  const used = (days: number) => ({
    at: now - days * day,
    source: 'container-started' as const,
    by: 'web',
  });
  const one = (n: number, days: number, size: number, more: Partial<ImageFacts> = {}) =>
    image(n, {
      ...verified,
      refs: [`r${n}:1`],
      used: used(days),
      layers: [{ chainId: `l${n}`, size }],
      ...more,
    });
  const rules = readPolicy('', 'version: 1\ngrace: 0s\nremove:\n  - { match: "**" }\n');
  const chosen = (images: ImageFacts[], free: number) => {
    const plan = planOf(inventory(images), rules, free);
    return [choose(plan, inventory(images), nothing).order, plan.free?.shortfall];
  };

  it('takes the longest unused first, and no more than is needed', () => {
    const images = [one(1, 10, 5), one(2, 30, 5), one(3, 20, 5)];
    expect(chosen(images, 0)).toEqual([[], 0]);
    expect(chosen(images, 5)).toEqual([[imageId(2)], 0]);
    expect(chosen(images, 6)).toEqual([[imageId(2), imageId(3)], 0]);
    expect(chosen(images, 15)).toEqual([[imageId(2), imageId(3), imageId(1)], 0]);
  });

  it('spares the newest again when a later one made it needless', () => {
    const images = [one(1, 40, 1), one(2, 30, 3), one(3, 20, 9)];
    expect(chosen(images, 9)).toEqual([[imageId(3)], 0]);
    expect(chosen(images, 10)).toEqual([[imageId(1), imageId(3)], 0]);
  });

  it('takes a base only after everything built on it', () => {
    const base = [{ chainId: 'b', size: 100 }];
    const images = [
      one(1, 90, 0, { layers: base }),
      one(2, 50, 0, { layers: [...base, { chainId: 'b2', size: 1 }] }),
      one(3, 10, 60),
    ];
    expect(chosen(images, 1)).toEqual([[imageId(2)], 0]);
    expect(chosen(images, 2)).toEqual([[imageId(2), imageId(1)], 0]);
  });

  it('tells what is missing, and forces nothing', () => {
    const images = [one(1, 10, 5), one(2, 30, 5, { recoverable: { state: 'no' } })];
    expect(chosen(images, 100)).toEqual([[imageId(1)], 95]);
    const plan = planOf(inventory(images), rules, 100);
    expect(plan.items.map(({ id, ticked }) => [id, ticked])).toEqual([
      [imageId(2), false],
      [imageId(1), true],
    ]);
    expect(plan.free).toEqual({ wanted: 100, shortfall: 95 });
  });

  it('is a part of the whole plan, enough or all, and can spare nothing', () => {
    const some = fc.record({
      taken: furnished(),
      policy: policies(),
      share: fc.double({ min: 0, max: 1.3, noNaN: true }),
    });
    fc.assert(
      fc.property(some, ({ taken, policy, share }) => {
        const whole = planOf(taken, policy);
        const wanted = Math.round(whole.reclaimable.min * share);
        const plan = planOf(taken, policy, wanted);
        const all = choose(whole, taken, nothing);
        const { order, reclaimable } = choose(plan, taken, nothing);

        expect(ids(whole)).toEqual(expect.arrayContaining(ids(plan)));
        expect(order.every((id) => all.order.includes(id))).toBe(true);
        expect(plan.reclaimable).toEqual(reclaimable);
        // Unticked items stay listed apart, as far as all that they wait for does.
        for (const item of plan.items) {
          expect(item.after.every((id) => ids(plan).includes(id))).toBe(true);
          if (item.ticked) expect(order).toContain(item.id);
        }

        const shortfall = Math.max(0, wanted - reclaimable.min);
        expect(plan.free).toEqual({ wanted, shortfall });
        if (shortfall > 0) {
          const frees = (id: string) =>
            whole.items.some(
              (item) => item.id === id && (item.kind === 'image' || item.reclaimable.max > 0),
            );
          expect(order).toEqual(all.order.filter(frees));
          return;
        }
        const index = new LayerIndex(taken);
        for (const id of order) {
          const fewer = choose(plan, taken, { except: [id], also: [] }, index);
          expect(fewer.reclaimable.min).toBeLessThan(Math.max(1, wanted));
        }
      }),
      { numRuns: 400 },
    );
  });
});
