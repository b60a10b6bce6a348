import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { ImageFacts, Inventory, Project } from '../../../../main/domain/facts.js';
import { leftOutByAuto, policyIn } from '../../../../main/domain/plan/auto.js';
import { choose } from '../../../../main/domain/plan/choose.js';
import { makePlan } from '../../../../main/domain/plan/make.js';
import { absentParts } from '../../../../main/domain/policy/parts.js';
import type { Policy, RemoveRule } from '../../../../main/domain/policy/types.js';
import { judge } from '../../../../main/domain/verdict/judge.js';
import { judgeOthers } from '../../../../main/domain/verdict/others/index.js';
import { container, furnished, image, imageId, inventory, now, policies } from '../arbitrary.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const day = 86_400_000;
const runs = { numRuns: 250 };

/** What a plan holds, by ID; volumes stand in it to be named, and never go by a rule. */
function planned(taken: Inventory, policy: Policy): Set<string> {
  const options = { now, ages: 'calendar' } as const;
  const others = judgeOthers(taken, policy, options);
  const { items } = makePlan(judge(taken, policy, options), taken, now, { others });
  return new Set(items.filter(({ kind }) => kind !== 'volume').map(({ id }) => id));
}

/** What a run by itself would take, by ID. */
function byItself(taken: Inventory, whole: Policy): Set<string> {
  const options = { now, ages: 'observed' } as const;
  const policy = policyIn('auto', whole);
  const judged = judge(taken, policy, options);
  const others = judgeOthers(taken, policy, options);
  const plan = makePlan(judged, taken, now, { others });
  const except = leftOutByAuto(plan.items, judged, taken, now);
  return new Set(choose(plan, taken, { except, also: [] }).order);
}

function expectNoGrowth(before: ReadonlySet<string>, after: ReadonlySet<string>) {
  expect([...after].filter((id) => !before.has(id))).toEqual([]);
}

const plain = { match: null, labels: null, platform: null, origin: null, largerThan: null };
const takesAll: RemoveRule[] = [
  {
    ...plain,
    id: 'all',
    match: ['**'],
    untagged: null,
    project: null,
    unusedFor: null,
    mode: null,
  },
  { ...plain, id: 'untagged', untagged: true, project: null, unusedFor: day, mode: null },
];

/** Where much may go: everything can be had again, and rules take nearly everything. */
const eager = fc
  .record({ taken: furnished({ known: true }), policy: policies() })
  .map(({ taken, policy }) => ({
    taken: {
      ...taken,
      useIncomplete: null,
      images: taken.images.map((image): ImageFacts => ({
        ...image,
        recoverable: { state: 'verified', at: now },
      })),
    },
    policy: { ...policy, remove: [...policy.remove, ...takesAll] },
  }));

const some = fc.oneof(fc.record({ taken: furnished(), policy: policies() }), eager);

describe('a plan, and what a run by itself takes of it, never grows by', () => {
  const both = (change: (policy: Policy, other: Policy, n: number) => Policy) =>
    fc.assert(
      fc.property(some, policies(), fc.nat(), ({ taken, policy }, other, n) => {
        const changed = change(policy, other, n);
        expectNoGrowth(planned(taken, policy), planned(taken, changed));
        expectNoGrowth(byItself(taken, policy), byItself(taken, changed));
      }),
      runs,
    );

  it('another rule that protects', () => {
    both((policy, other) => ({ ...policy, protect: [...policy.protect, ...other.protect] }));
  });

  it('another rule that keeps', () => {
    both((policy, other) => ({ ...policy, keep: [...policy.keep, ...other.keep] }));
  });

  it('a rule less that removes', () => {
    both((policy, _, n) => ({
      ...policy,
      remove: policy.remove.filter((_rule, i) => i !== n % Math.max(1, policy.remove.length)),
    }));
  });

  it('a condition more on a rule that removes', () => {
    const added = (rule: RemoveRule, other: RemoveRule | undefined): RemoveRule => ({
      ...rule,
      match: rule.match ?? other?.match ?? null,
      labels: rule.labels ?? other?.labels ?? null,
      origin: rule.origin ?? other?.origin ?? null,
      untagged: rule.untagged ?? other?.untagged ?? null,
      project: rule.project ?? other?.project ?? null,
      largerThan: Math.max(rule.largerThan ?? 0, other?.largerThan ?? 0),
      unusedFor: Math.max(rule.unusedFor ?? 0, other?.unusedFor ?? 0),
    });
    both((policy, other) => ({
      ...policy,
      remove: policy.remove.map((rule, i) => added(rule, other.remove[i])),
    }));
  });

  it('a longer time, more that stays, or a part that is switched off', () => {
    both((policy, { grace, rollback, containers, networks, buildCache }) => ({
      ...policy,
      grace: Math.max(policy.grace, grace),
      containers: {
        enabled: policy.containers.enabled && containers.enabled,
        exitedFor: Math.max(policy.containers.exitedFor, containers.exitedFor),
      },
      networks: {
        enabled: policy.networks.enabled && networks.enabled,
        unusedFor: Math.max(policy.networks.unusedFor, networks.unusedFor),
      },
      buildCache: {
        enabled: policy.buildCache.enabled && buildCache.enabled,
        unusedFor: Math.max(policy.buildCache.unusedFor, buildCache.unusedFor),
        keep: Math.max(policy.buildCache.keep, buildCache.keep),
      },
      rollback: {
        versions: Math.max(policy.rollback.versions, rollback.versions),
        for: Math.max(policy.rollback.for, rollback.for),
      },
    }));
  });

  it('a stricter mode of a rule: then a run by itself takes less', () => {
    fc.assert(
      fc.property(some, fc.nat(), ({ taken, policy }, n) => {
        const remove = policy.remove.map((rule, i) =>
          i === n % policy.remove.length ? { ...rule, mode: 'confirm' as const } : rule,
        );
        expectNoGrowth(byItself(taken, policy), byItself(taken, { ...policy, remove }));
      }),
      runs,
    );
  });
});

describe('rules that keep', () => {
  it('are a union', () => {
    fc.assert(
      fc.property(some, policies(), ({ taken, policy }, { keep }) => {
        const one = planned(taken, policy);
        const other = planned(taken, { ...policy, keep });
        const all = planned(taken, { ...policy, keep: [...policy.keep, ...keep] });
        expect(all).toEqual(new Set([...one].filter((id) => other.has(id))));
      }),
      runs,
    );
  });
});

describe('without a rule that removes', () => {
  it('no image goes', () => {
    fc.assert(
      fc.property(some, ({ taken, policy }) => {
        const ids = new Set(taken.images.map(({ id }) => id));
        const plan = planned(taken, { ...policy, remove: [] });
        expect([...plan].filter((id) => ids.has(id))).toEqual([]);
      }),
      runs,
    );
  });
});

describe('a run by itself', () => {
  const forget: ((facts: ImageFacts) => Partial<ImageFacts>)[] = [
    () => ({ usedBy: null }),
    () => ({ recoverable: { state: 'unknown' } }),
    () => ({ layers: null }),
    () => ({ origin: 'unknown' }),
    ({ projects }) => ({ projects: projects.map((one) => ({ ...one, present: null })) }),
  ];
  /** Of an image that was there at the first meeting nothing of this is ever known. */
  const unseen = () => ({ arrived: null, used: null, lastTagged: null });
  const noDate = () => ({ created: null });
  const undated = () => ({ ...unseen(), ...noDate() });
  const beforeMeeting: typeof forget = [unseen, undated];
  /**
   * Versions are ordered by creation where each has one, else by arrival (JUDGING §1): where a date
   * is missing another version can be the newest.
   */
  const unranked = (policy: Policy): Policy => ({
    ...policy,
    keep: policy.keep.map((rule) => ({ ...rule, last: null })),
  });

  it('takes nothing for a fact that is not known', () => {
    fc.assert(
      fc.property(
        eager,
        fc.nat(),
        fc.constantFrom(...forget, ...beforeMeeting),
        fc.nat({ max: 100 * 24 }),
        ({ taken, policy }, n, forgetting, hours) => {
          const met = beforeMeeting.includes(forgetting) ? 0 : hours;
          const seen = { ...taken, firstMet: now - met * 3_600_000, observedDays: met / 24 };
          const knowing = (facts: typeof forgetting) => ({
            ...seen,
            images: seen.images.map((image, i) =>
              i === n % seen.images.length ? { ...image, ...facts(image) } : image,
            ),
          });
          const after = knowing(forgetting);
          if (forgetting !== undated)
            return expectNoGrowth(byItself(seen, policy), byItself(after, policy));
          const alike = unranked(policy);
          expectNoGrowth(byItself(seen, alike), byItself(after, alike));
          expectNoGrowth(byItself(knowing(noDate), policy), byItself(after, policy));
        },
      ),
      { numRuns: 600 },
    );
  });

  it.each([
    [3, false],
    [6, true],
  ])('takes a build of an old date that was there %d days: %s', (days, taken) => {
    const build = image(1, { refs: [], origin: 'built', created: now - 30 * day, arrived: null });
    const seen = inventory([build], { firstMet: now - days * day, observedDays: days });
    const rule: RemoveRule = {
      ...plain,
      id: 'all',
      untagged: true,
      project: null,
      unusedFor: null,
      mode: null,
    };
    const policy: Policy = {
      version: 1,
      mode: 'auto',
      protect: [],
      keep: [],
      remove: [rule],
      ...absentParts,
      grace: 5 * day,
    };
    expect([...byItself(seen, policy)]).toEqual(taken ? [build.id] : []);
  });

  it('takes only what can be had again or is plainly a by-product', () => {
    fc.assert(
      fc.property(some, ({ taken, policy }) => {
        const images = new Map(taken.images.map((image) => [image.id, image]));
        const containers = new Set(taken.containers.map(({ id }) => id));
        for (const id of byItself(taken, policy)) {
          expect(containers.has(id) || id.startsWith('volume:')).toBe(false);
          const facts = images.get(id);
          if (!facts) continue;
          const isBuild =
            facts.origin === 'built' && facts.refs.length + facts.digests.length === 0;
          if (!isBuild) {
            expect(facts.recoverable.state).toBe('verified');
            expect(taken.useIncomplete).toBeNull();
          }
        }
      }),
      runs,
    );
  });
});

describe('a project or an owner more', () => {
  const noProjects = (policy: Policy): Policy => {
    const plain = <R extends { project: unknown }>(rules: R[]) =>
      rules.map((rule) => ({ ...rule, project: null }));
    const { protect, keep, remove } = policy;
    return { ...policy, protect: plain(protect), keep: plain(keep), remove: plain(remove) };
  };
  const shop: Project = {
    kind: 'compose',
    name: 'shop-2',
    folder: '/home/ada/shop-2',
    files: ['/home/ada/shop-2/compose.yaml'],
    lastUsed: now - 50 * day,
    present: true,
    latestOf: ['web'],
  };
  const owned = [
    { 'com.docker.compose.project': 'shop-2', 'com.docker.compose.config-hash': 'c0ffee' },
    { 'io.x-k8s.kind.cluster': 'dev', 'io.x-k8s.kind.role': 'worker' },
    { 'devcontainer.local_folder': '/home/ada/api' },
    { 'org.testcontainers': 'true', 'org.testcontainers.sessionId': 's' },
  ];

  it('never makes anything go', () => {
    fc.assert(
      fc.property(
        some,
        fc.nat(),
        fc.constantFrom(...owned),
        fc.constantFrom<boolean | null>(true, false, null),
        ({ taken, policy }, n, labels, present) => {
          // What a rollback alone holds uses up no count, and what is used too does (JUDGING §4).
          const before = { ...taken, retained: [] };
          const at = n % before.images.length;
          const rules = noProjects(policy);
          const user = container(700, 1, {
            imageId: imageId(at + 1),
            labels,
            state: 'running',
          });
          const withProject = before.images.map((image, i) =>
            i === at ? { ...image, projects: [...image.projects, { ...shop, present }] } : image,
          );
          for (const after of [
            { ...before, images: withProject },
            { ...before, containers: [...before.containers, user] },
          ]) {
            expectNoGrowth(planned(before, rules), planned(after, rules));
            expectNoGrowth(byItself(before, rules), byItself(after, rules));
          }
        },
      ),
      runs,
    );
  });
});
