import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { newlyWeighed, withoutDismissed } from '../../../../main/domain/suggestions/dismissal.js';
import { byRank } from '../../../../main/domain/suggestions/rank.js';
import { suggest } from '../../../../main/domain/suggestions/suggest.js';
import type { Suggestion } from '../../../../main/domain/suggestions/types.js';
import { planOfNamed } from '../../../../main/domain/plan/named.js';
import { furnished, now, policies } from '../arbitrary.js';
import { groundOf } from './support.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const runs = { numRuns: 150 };
const day = 86_400_000;
const forecast = { fullAt: now + day, earliest: now, latest: now + 9 * day };
const vm = { file: '/vm/disk', allocated: 1e9, used: null, returns: 'shortly' as const };

/** Grounds of every shape, in which a byte is worth a word. */
const grounds = fc
  .tuple(furnished(), policies())
  .map(([taken, policy]) =>
    groundOf(taken, policy, { forecast, vm, thresholds: { bytes: 0, idle: 0 } }),
  );

describe('suggestions', () => {
  it('are plans that can be made, of those items and of those bytes', () => {
    fc.assert(
      fc.property(grounds, (ground) => {
        const { inventory, policy, index } = ground;
        for (const { action, bytes, items } of suggest(ground)) {
          if (action.kind !== 'plan' || policy === null) continue;
          const named = new Set(action.named);
          const plan = planOfNamed(inventory, policy, { now, ages: 'calendar', named }, index);
          // A plan's order is its own: leaf first, then the longest unused.
          expect(plan.items.map(({ id }) => id).sort()).toEqual([...action.named].sort());
          expect(plan.items).toHaveLength(items);
          expect(plan.reclaimableAll).toEqual(bytes);
        }
      }),
      runs,
    );
  });

  it('never name what a hold, a protection, grace or a keep rule keeps', () => {
    fc.assert(
      fc.property(grounds, (ground) => {
        const reasons = new Map(
          [...ground.judged, ...ground.others].map(({ id, decidedBy }) => [id, decidedBy]),
        );
        for (const { action } of suggest(ground)) {
          if (action.kind !== 'plan') continue;
          const going = new Set(action.named);
          for (const id of action.named) {
            const reason = reasons.get(id);
            if (reason?.kind === 'hold')
              // Held by nothing but what goes along, or by a project that does not stand.
              expect(
                reason.code === 'project' ||
                  (reason.code === 'base-of' && reason.images.every((one) => going.has(one))) ||
                  (reason.code === 'used' &&
                    ground.inventory.containers.every(
                      (one) => !reason.containers.includes(one.name) || going.has(one.id),
                    )),
              ).toBe(true);
            else expect(['remove', 'default']).toContain(reason?.kind);
          }
        }
      }),
      runs,
    );
  });

  it('have no bytes below zero, keys of their own, and one order', () => {
    fc.assert(
      fc.property(grounds, (ground) => {
        const all = suggest(ground);
        expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
        for (const { bytes, weight } of all) {
          if (weight !== null) expect(weight).toBeGreaterThanOrEqual(0);
          if (bytes === null) continue;
          expect(bytes.min).toBeGreaterThanOrEqual(0);
          expect(bytes.max).toBeGreaterThanOrEqual(bytes.min);
        }
        expect(all.toReversed().sort(byRank)).toEqual(all);
        for (const a of all) for (const b of all) if (a !== b) expect(byRank(a, b)).not.toBe(0);
      }),
      runs,
    );
  });
});

const suggestion = (key: string, more: Partial<Suggestion> = {}): Suggestion => ({
  key,
  evidence: { id: 'exited-containers', containers: 1, images: 0, names: [] },
  bytes: { min: 0, max: 0, certainty: 'exact' },
  safety: 'safe',
  urgent: false,
  weight: 0,
  leastWeight: 100,
  items: 1,
  action: { kind: 'advice', advice: 'edit-policy' },
  ...more,
});
const frees = (key: string, bytes: number, more: Partial<Suggestion> = {}) =>
  suggestion(key, {
    bytes: { min: bytes, max: bytes, certainty: 'exact' },
    weight: bytes,
    ...more,
  });

describe('the order of suggestions', () => {
  it('is by urgency, then by bytes as far as they come back', () => {
    const ordered = [
      frees('urgent', 1, { urgent: true }),
      frees('safe', 60),
      frees('ticked', 100, { safety: 'asks' }),
      frees('data', 160, { safety: 'data' }),
      suggestion('perhaps', { bytes: { min: 0, max: 70, certainty: 'at-most' } }),
      suggestion('unknown', { bytes: null }),
    ];
    expect(
      ordered
        .toReversed()
        .sort(byRank)
        .map(({ key }) => key),
    ).toEqual(['urgent', 'safe', 'ticked', 'data', 'perhaps', 'unknown']);
  });
});

describe('what was dismissed', () => {
  const dismissed = (weight: number) => [{ key: 'superseded api', weight, at: now }];
  const shown = (weight: number, before: number) =>
    withoutDismissed([frees('superseded api', weight)], dismissed(before)).length;

  it('does not come again for a little more', () => {
    expect(shown(1_000, 1_000)).toBe(0);
    expect(shown(2_000, 1_000)).toBe(0);
    expect(shown(2_001, 1_000)).toBe(1);
  });

  it('that freed next to nothing comes again only when it is worth a word', () => {
    expect(shown(150, 0)).toBe(0);
    expect(shown(201, 0)).toBe(1);
  });

  it('of unknown weight waits for the first that is known, and is held against that', () => {
    const before = [{ key: 'superseded api', weight: null, at: now }];
    const unknown = suggestion('superseded api', { bytes: null, weight: null });
    const heavy = frees('superseded api', 3_000);
    expect(withoutDismissed([unknown, heavy], before)).toEqual([]);
    expect(withoutDismissed([unknown], dismissed(1_000))).toEqual([]);
    expect(newlyWeighed([unknown], before)).toEqual([]);
    expect(newlyWeighed([heavy, frees('other', 1)], before)).toEqual(dismissed(3_000));
    expect(newlyWeighed([heavy], dismissed(1_000))).toEqual([]);
  });

  it('hides nothing about another thing', () => {
    expect(withoutDismissed([frees('superseded web', 1)], dismissed(1_000))).toHaveLength(1);
  });
});
