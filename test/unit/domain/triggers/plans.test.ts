import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { ImageFacts, Inventory } from '../../../../main/domain/facts.js';
import { makePlan } from '../../../../main/domain/plan/make.js';
import { absentParts } from '../../../../main/domain/policy/parts.js';
import type { Policy, RemoveRule } from '../../../../main/domain/policy/types.js';
import {
  planByItself,
  planToAsk,
  supposingRecoverable,
} from '../../../../main/domain/triggers/plans.js';
import type { Cause } from '../../../../main/domain/triggers/types.js';
import { judge } from '../../../../main/domain/verdict/judge.js';
import { judgeOthers } from '../../../../main/domain/verdict/others/index.js';
import { digestOf, furnished, image, imageId, inventory, now, policies } from '../arbitrary.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const day = 86_400_000;
const all = { free: null, repository: null };
const causes: Cause[] = ['schedule', 'pressure', 'image-budget', 'after-update'];

const rule = (id: string, more: Partial<RemoveRule>): RemoveRule => ({
  id,
  match: ['**'],
  labels: null,
  platform: null,
  origin: null,
  largerThan: null,
  untagged: null,
  project: null,
  unusedFor: 60 * day,
  mode: null,
  ...more,
});

const scopes = fc.record({
  free: fc.option(fc.integer({ min: 0, max: 5e9 }), { nil: null }),
  repository: fc.option(fc.constantFrom('docker.io/library/app', 'docker.io/myorg/api'), {
    nil: null,
  }),
});
function eagerly({ taken, policy }: { taken: Inventory; policy: Policy }) {
  const recoverable = { state: 'verified', at: now } as const;
  const images = taken.images.map((one): ImageFacts => ({ ...one, recoverable }));
  const takesAll = rule('all', { unusedFor: null });
  return {
    taken: { ...taken, images },
    policy: { ...policy, remove: [...policy.remove, takesAll] },
  };
}

/** Half of them as if registries had everything and a rule took all. */
const eager = fc.boolean();
const firings = fc
  .record({ taken: furnished({ known: true }), policy: policies(), eager })
  .map((some) => (some.eager ? { ...some, ...eagerly(some) } : some));
const fires = fc.record({
  some: firings,
  scope: scopes,
  cause: fc.constantFrom(...causes),
});

describe('plans of triggers', () => {
  it('hold nothing that the plan of a person would not', () => {
    fc.assert(
      fc.property(fires, ({ some: { taken, policy }, scope, cause }) => {
        const options = { now, ages: 'calendar' } as const;
        const others = judgeOthers(taken, policy, options);
        const whole = makePlan(judge(taken, policy, options), taken, now, { others });
        const ids = new Set(whole.items.map(({ id }) => id));
        for (const plan of [
          planByItself(taken, policy, cause, scope, now),
          planToAsk(taken, policy, cause, scope, now),
          planToAsk(taken, policy, cause, scope, now, 'auto'),
        ])
          expect(plan.items.filter(({ id }) => !ids.has(id))).toEqual([]);
      }),
      { numRuns: 250 },
    );
  });

  it('take by themselves nothing that is not recoverable, but by-products', () => {
    fc.assert(
      fc.property(fires, ({ some: { taken, policy }, scope, cause }) => {
        const byId = new Map(taken.images.map((one) => [one.id, one]));
        for (const { kind, id, ticked } of planByItself(taken, policy, cause, scope, now).items) {
          expect(ticked).toBe(true);
          if (kind === 'network' || kind === 'buildCache') continue;
          expect(kind).toBe('image');
          const { recoverable, origin, refs, digests } = byId.get(id) as ImageFacts;
          const byProduct = origin === 'built' && refs.length + digests.length === 0;
          expect(byProduct || recoverable.state === 'verified').toBe(true);
        }
      }),
      { numRuns: 250 },
    );
  });

  it('are closed: a base goes only after everything built on it', () => {
    fc.assert(
      fc.property(fires, ({ some: { taken, policy }, scope, cause }) => {
        const { items } = planByItself(taken, policy, cause, scope, now);
        const seen = new Set<string>();
        for (const { id, after } of items) {
          expect(after.filter((other) => !seen.has(other))).toEqual([]);
          seen.add(id);
        }
      }),
      { numRuns: 250 },
    );
  });
});

/** Rules like those of the default policy. */
const policy = (mode: Policy['mode'], builds: RemoveRule['mode'] = 'confirm'): Policy =>
  ({
    version: 1,
    mode,
    protect: [],
    keep: [],
    remove: [
      rule('untagged', { match: null, untagged: true, unusedFor: 3 * day }),
      rule('stale', { origin: ['pulled'] }),
      rule('stale-builds', { origin: ['built', 'loaded', 'unknown'], mode: builds }),
    ],
    grace: day,
    rollback: { versions: 1, for: 7 * day },
    containers: { enabled: false, exitedFor: 14 * day },
    networks: { enabled: false, unusedFor: 14 * day },
    buildCache: { enabled: false, unusedFor: 7 * day, keep: 5e9 },
    triggers: { schedule: null, afterUpdate: true, pressure: null, hostNotice: null, images: null },
    limits: { maxItems: 50, maxBytes: 20e9, pause: 0 },
    update: absentParts.update,
  }) satisfies Policy;

const old = now - 100 * day;
const used = (at = old) => ({ at, source: 'container-finished' as const, by: 'web' });
const pulled = (n: number, repository: string, facts: Partial<ImageFacts> = {}) =>
  image(n, {
    refs: [`${repository}:${n}`],
    digests: [`${repository}@${digestOf(n)}`],
    origin: 'pulled',
    used: used(),
    created: now - (200 - n) * day,
    layers: [{ chainId: `layer-${n}`, size: 1e9 }],
    recoverable: { state: 'likely' },
    ...facts,
  });
const verified = { recoverable: { state: 'verified', at: now } } as const;

const app = pulled(1, 'app', verified);
const kept = pulled(2, 'app', { ...verified, used: used(now - day) });
const api = pulled(3, 'myorg/api', verified);
const likely = pulled(4, 'app');
const build = image(5, {
  refs: ['myorg/own:1'],
  origin: 'built',
  used: used(),
  layers: [{ chainId: 'layer-5', size: 1e9 }],
});
const loose = image(6, { origin: 'built', created: old, layers: [{ chainId: 'l-6', size: 1e9 }] });
const both = pulled(7, 'app', { ...verified, refs: ['app:7', 'myorg/api:7'] });
const stage = inventory([app, kept, api, likely, build, loose, both]);

const idsOf = ({ items }: { items: { id: string }[] }) => items.map(({ id }) => id).sort();
const ids = (...numbers: number[]) => numbers.map(imageId).sort();

describe('what goes by itself', () => {
  it('is verified, or an untagged build, and by no stricter rule', () => {
    expect(idsOf(planByItself(stage, policy('auto'), 'schedule', all, now))).toEqual(
      ids(1, 3, 6, 7),
    );
  });

  it('is of the updated repository and of no other', () => {
    const scope = { free: null, repository: 'docker.io/library/app' };
    expect(idsOf(planByItself(stage, policy('auto'), 'after-update', scope, now))).toEqual(ids(1));
  });

  it('is no more than is needed', () => {
    const plan = planByItself(stage, policy('auto'), 'image-budget', { ...all, free: 1.5e9 }, now);
    expect(plan.items).toHaveLength(2);
    expect(plan.free).toEqual({ wanted: 1.5e9, shortfall: 0 });
    expect(plan.reclaimable).toEqual({ min: 2e9, max: 2e9, certainty: 'exact' });
  });

  it('counts observed days only', () => {
    const rarely = { ...stage, firstMet: old - day, observedDays: 30 };
    // 29 days of the hundred: enough for an untagged build alone.
    expect(idsOf(planByItself(rarely, policy('auto'), 'schedule', all, now))).toEqual(ids(6));
  });
});

describe('what a person is asked about', () => {
  it('is all but what rules only suggest', () => {
    const asked = planToAsk(stage, policy('confirm', 'suggest'), 'schedule', all, now);
    expect(idsOf(asked)).toEqual(ids(1, 3, 4, 6, 7));
    const more = planToAsk(stage, policy('confirm'), 'schedule', all, now);
    expect(idsOf(more)).toEqual(ids(1, 3, 4, 5, 6, 7));
  });

  it('is, beside runs by themselves, what only stricter rules take', () => {
    expect(idsOf(planToAsk(stage, policy('auto'), 'schedule', all, now, 'auto'))).toEqual(ids(5));
  });

  it('stands unticked where it could not be had again', () => {
    const plan = planToAsk(stage, policy('confirm'), 'schedule', all, now);
    const ticked = plan.items.filter((item) => item.ticked).map(({ id }) => id);
    expect(ticked).not.toContain(imageId(5));
    expect(plan.reclaimable.min).toBeLessThan(plan.reclaimableAll.min);
  });
});

describe('what is worth asking registries about', () => {
  it('is what may have been pulled, once', () => {
    const supposed = supposingRecoverable(stage, new Set(), now);
    expect(idsOf(planByItself(supposed, policy('auto'), 'schedule', all, now))).toEqual(
      ids(1, 3, 4, 6, 7),
    );
    const asked = supposingRecoverable(stage, new Set([imageId(4)]), now);
    expect(asked).toEqual(stage);
  });
});
