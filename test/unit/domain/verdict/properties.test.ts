import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Inventory, Millis } from '../../../../main/domain/facts.js';
import { choose } from '../../../../main/domain/plan/choose.js';
import { makePlan, planText } from '../../../../main/domain/plan/make.js';
import type { Policy } from '../../../../main/domain/policy/types.js';
import { judge } from '../../../../main/domain/verdict/judge.js';
import type { JudgedImage } from '../../../../main/domain/verdict/types.js';
import { inventories, now, policies } from '../arbitrary.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const at = (moment: Millis) => ({ now: moment, ages: 'calendar' as const });
const both = fc.record({ inventory: inventories(), policy: policies() });

/** Base-of by the words of JUDGING §1, pair by pair. */
function isBase(inventory: Inventory, base: string, other: string): boolean {
  const find = (id: string) => inventory.images.find((image) => image.id === id);
  const [a, b] = [find(base), find(other)];
  if (a?.layers == null || b?.layers == null || a === b || a.layers.length === 0) return false;
  const prefixed = a.layers.every((layer, i) => b.layers?.[i]?.chainId === layer.chainId);
  if (!prefixed) return false;
  if (a.layers.length < b.layers.length) return true;
  const [h, g] = [a.history ?? [], b.history ?? []];
  return h.length > 0 && h.length < g.length && h.every((step, i) => g[i] === step);
}

const kindsOf = ({ decidedBy, alsoMatched }: JudgedImage) =>
  [decidedBy, ...alsoMatched].map((reason) => reason.kind);

describe('whatever the inventory and the policy', () => {
  it('nothing in use, protected, in grace, kept, or base of a kept one is in a plan', () => {
    fc.assert(
      fc.property(both, ({ inventory, policy }) => {
        const judged = judge(inventory, policy, at(now));
        const plan = makePlan(judged, inventory, now);
        const going = new Set(plan.items.map(({ id }) => id));
        for (const one of judged) {
          expect(going.has(one.id)).toBe(one.verdict === 'remove');
          if (!going.has(one.id)) continue;
          expect(new Set(kindsOf(one))).toEqual(new Set(['remove']));
          expect(one.facts.usedBy).toEqual([]);
          const { arrived, lastTagged } = one.facts;
          for (const time of [arrived?.at, lastTagged])
            if (time != null) expect(now - time).toBeGreaterThanOrEqual(policy.grace);
          for (const other of inventory.images)
            if (isBase(inventory, one.id, other.id)) expect(going.has(other.id)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('bases are those that the definition names', () => {
    fc.assert(
      fc.property(inventories(), policies(), (inventory, policy) => {
        for (const { id, baseOf } of judge(inventory, policy, at(now)))
          expect(baseOf).toEqual(
            inventory.images
              .map((other) => other.id)
              .filter((other) => isBase(inventory, id, other))
              .sort(),
          );
      }),
      { numRuns: 200 },
    );
  });

  it('the order of images and of rules changes nothing', () => {
    const shuffled = both.chain(({ inventory, policy }) =>
      fc.record({
        inventory: fc.constant(inventory),
        policy: fc.constant(policy),
        images: fc.shuffledSubarray(inventory.images, { minLength: inventory.images.length }),
        protect: fc.shuffledSubarray(policy.protect, { minLength: policy.protect.length }),
        keep: fc.shuffledSubarray(policy.keep, { minLength: policy.keep.length }),
        remove: fc.shuffledSubarray(policy.remove, { minLength: policy.remove.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ inventory, policy, images, protect, keep, remove }) => {
        const other = { ...inventory, images };
        const otherPolicy: Policy = { ...policy, protect, keep, remove };
        const planOf = (i: Inventory, p: Policy) => makePlan(judge(i, p, at(now)), i, now);
        const [plan, again] = [planOf(inventory, policy), planOf(other, otherPolicy)];
        const bare = ({ items, ...rest }: typeof plan) => ({
          ...rest,
          items: items.map(({ reason, ...item }) => ({ ...item, reason: reason.kind })),
        });
        expect(bare(again)).toEqual(bare(plan));
        expect(planText(again, 'p')).toBe(planText(plan, 'p'));
        expect(planOf(other, policy)).toEqual(plan);
      }),
      { numRuns: 300 },
    );
  });

  it('a verdict changes by time at the moment that it tells, and not before', () => {
    const key = ({ verdict, decidedBy }: JudgedImage) => {
      const { kind, code } = decidedBy;
      const by =
        'rule' in decidedBy ? decidedBy.rule : 'container' in decidedBy ? decidedBy.container : '';
      return [verdict, kind, code, by].join(' ');
    };
    fc.assert(
      fc.property(
        both,
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ inventory, policy }, part) => {
          const judged = judge(inventory, policy, at(now));
          const told = judged.map(({ changesWhen }) =>
            changesWhen.flatMap((change) => ('at' in change ? [change.at] : [])),
          );
          judged.forEach((one, i) => {
            const [moment, ...rest] = told[i] ?? [];
            expect(rest).toEqual([]);
            expect(one.changesWhen.length).toBeGreaterThan(0);
            const far = now + 1_000 * 86_400_000;
            const before = moment === undefined ? far : Math.floor(now + part * (moment - 1 - now));
            const verdictAt = (t: Millis) => key(judge(inventory, policy, at(t))[i] as JudgedImage);
            expect(verdictAt(before)).toBe(key(one));
            if (moment === undefined) return;
            expect(moment).toBeGreaterThan(now);
            expect(verdictAt(moment - 1)).toBe(key(one));
            expect(verdictAt(moment)).not.toBe(key(one));
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('observed days never remove what calendar days keep', () => {
    const observation = fc.record({
      days: fc.integer({ min: 0, max: 300 }),
      met: fc.option(fc.integer({ min: 0, max: 300 }), { nil: null }),
    });
    fc.assert(
      fc.property(both, observation, ({ inventory, policy }, { days, met }) => {
        const firstMet = met === null ? null : now - met * 86_400_000;
        const seen = { ...inventory, firstMet, observedDays: Math.min(days, met ?? 0) };
        const byCalendar = judge(seen, policy, at(now));
        const byObserved = judge(seen, policy, { now, ages: 'observed' });
        byObserved.forEach((one, i) => {
          if (one.verdict === 'remove') expect(byCalendar[i]?.verdict).toBe('remove');
        });
      }),
      { numRuns: 200 },
    );
  });
});

describe('on day one', () => {
  const first = fc.record({
    inventory: inventories({ dayOne: true }),
    policy: policies({ timed: true }),
  });

  it('what would go on the strength of an age is an estimate apart', () => {
    fc.assert(
      fc.property(first, ({ inventory, policy }) => {
        const judged = judge(inventory, policy, at(now));
        const plan = makePlan(judged, inventory, now);
        const byId = new Map(judged.map((one) => [one.id, one]));
        for (const { id, ticked, group } of plan.items) {
          const one = byId.get(id) as JudgedImage;
          if (one.facts.arrived?.source === 'created') {
            expect(inventory.engine.store).toBe('classic');
            expect([one.refs, one.facts.digests]).toEqual([[], []]);
            continue;
          }
          expect({ id, ticked, group }).toEqual({ id, ticked: false, group: 'estimates' });
        }
        const sure = plan.items.filter(({ id }) => byId.get(id)?.facts.arrived != null);
        expect(choose(plan, inventory, { except: [], also: [] }).order).toSatisfy(
          (order: string[]) => order.every((id) => sure.some((item) => item.id === id)),
        );
      }),
      { numRuns: 300 },
    );
  });
});
