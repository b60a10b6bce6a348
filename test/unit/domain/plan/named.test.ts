import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Inventory } from '../../../../main/domain/facts.js';
import { choose } from '../../../../main/domain/plan/choose.js';
import { makePlan, planText } from '../../../../main/domain/plan/make.js';
import { planOfNamed } from '../../../../main/domain/plan/named.js';
import { readPolicy } from '../../../../main/domain/policy/read.js';
import { judge } from '../../../../main/domain/verdict/judge.js';
import { judgeOthers } from '../../../../main/domain/verdict/others/index.js';
import { container, furnished, image, inventory, now, policies } from '../arbitrary.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const day = 86_400_000;
const ago = (days: number) => now - days * day;
const nothing = readPolicy('', 'version: 1\ngrace: 0s\n');
const options = { now, ages: 'calendar' } as const;

const named = (taken: Inventory, ids: string[], policy = nothing) =>
  planOfNamed(taken, policy, { ...options, named: new Set(ids) });
const idsOf = (plan: { items: readonly { id: string }[] }) => plan.items.map(({ id }) => id);

const base = image(1, { refs: ['base:1'], layers: [{ chainId: 'a', size: 100 }] });
const app = image(2, {
  refs: ['app:1'],
  layers: [
    { chainId: 'a', size: 100 },
    { chainId: 'b', size: 30 },
  ],
});

describe('a plan of what a person named', () => {
  it('holds what no rule speaks of, and nothing else', () => {
    const taken = inventory([base, app, image(3, { refs: ['other:1'] })]);
    const plan = named(taken, [app.id]);
    expect(plan.items).toMatchObject([
      { id: app.id, reason: { kind: 'remove', code: 'named' }, reclaimable: { min: 30, max: 30 } },
    ]);
    expect(plan.named).toEqual([app.id]);
    expect(named(taken, []).items).toEqual([]);
  });

  it('takes a base only with what is built on it', () => {
    const taken = inventory([base, app]);
    expect(idsOf(named(taken, [base.id]))).toEqual([]);
    expect(idsOf(named(taken, [base.id, app.id]))).toEqual([app.id, base.id]);
  });

  it('keeps what a rule keeps, what is protected and what is in its grace', () => {
    const taken = inventory([{ ...app, arrived: { at: ago(1), source: 'event' } }]);
    for (const text of [
      'keep: [{ match: app }]\ngrace: 0s\n',
      'protect: [{ match: app }]\ngrace: 0s\n',
      'grace: 2d\n',
    ])
      expect(named(taken, [app.id], readPolicy('', `version: 1\n${text}`)).items).toEqual([]);
  });

  it('takes an image with the container that uses it, and only with it', () => {
    const user = container(7, 2, { finished: ago(60), sizeRw: 5 });
    const used = { ...app, usedBy: [{ id: user.id, name: user.name, state: user.state }] };
    const taken = inventory([used], { containers: [user] });
    expect(idsOf(named(taken, [app.id]))).toEqual([]);
    const plan = named(taken, [app.id, user.id]);
    expect(plan.items).toMatchObject([{ id: user.id }, { id: app.id, after: [user.id] }]);
    expect(plan.reclaimableAll).toMatchObject({ min: 135, max: 135 });
    const also = idsOf(plan);
    expect(choose(plan, taken, { except: [user.id], also }).order).toEqual([]);
    const running = inventory([used], { containers: [{ ...user, state: 'running' }] });
    expect(idsOf(named(running, [app.id, user.id]))).toEqual([]);
  });

  it('takes the volumes and the network of a container that goes', () => {
    const user = container(7, 9, { finished: ago(60), volumes: ['data'], networks: ['net'] });
    const more = { driver: 'local', created: ago(90), labels: {}, lastUsed: null, project: 'shop' };
    const taken = inventory([], {
      containers: [user],
      networks: [{ ...more, id: 'n', name: 'net', builtIn: false, usedBy: [user.name] }],
      volumes: [
        { ...more, name: 'data', anonymous: false, size: 9, usedBy: [user.name], mountedAt: null },
      ],
    });
    expect(idsOf(named(taken, ['n', 'volume:data']))).toEqual([]);
    expect(named(taken, [user.id, 'n', 'volume:data']).items).toMatchObject([
      { id: user.id, after: [], ticked: false },
      { id: 'n', after: [user.id] },
      { id: 'volume:data', after: [user.id], ticked: false, group: null },
    ]);
  });

  it('is another plan than the same items by rules', () => {
    const taken = inventory([app]);
    const rules = readPolicy('', 'version: 1\ngrace: 0s\nremove: [{ match: "**" }]\n');
    const byRules = makePlan(judge(taken, rules, options), taken, now);
    const byName = named(taken, [app.id], rules);
    expect(idsOf(byName)).toEqual(idsOf(byRules));
    expect(planText(byName, 'text')).not.toBe(planText(byRules, 'text'));
  });

  it('never holds what a hold, a protection, grace or a keep rule keeps', () => {
    fc.assert(
      fc.property(
        furnished(),
        policies(),
        fc.infiniteStream(fc.boolean()),
        (taken, policy, some) => {
          const judged = judge(taken, policy, options);
          const others = judgeOthers(taken, policy, options);
          const all = [...judged, ...others].map(({ id }) => id);
          const ids = all.filter(() => some.next().value);
          const plan = named(taken, ids, policy);
          const reasons = new Map([...judged, ...others].map((one) => [one.id, one.decidedBy]));
          const going = new Set(idsOf(plan));
          for (const { id, kind } of plan.items) {
            expect(ids).toContain(id);
            const reason = reasons.get(id);
            // What stands on it, uses it or owns it was named too.
            const yields =
              (reason?.kind === 'hold' &&
                ((reason.code === 'base-of' && reason.images.every((one) => going.has(one))) ||
                  (reason.code === 'used' &&
                    taken.containers.every(
                      (one) => !reason.containers.includes(one.name) || going.has(one.id),
                    )) ||
                  (reason.code === 'project' && kind === 'network'))) ||
              kind === 'volume';
            expect(yields || reason?.kind === 'remove' || reason?.kind === 'default').toBe(true);
          }
          expect(plan.reclaimableAll.min).toBeGreaterThanOrEqual(0);
          expect(plan.reclaimableAll.max).toBeGreaterThanOrEqual(plan.reclaimableAll.min);
        },
      ),
      { numRuns: 250 },
    );
  });
});
