import { describe, expect, it } from 'vitest';
import type { Inventory, Project } from '../../../../main/domain/facts.js';
import { choose } from '../../../../main/domain/plan/choose.js';
import { makePlan, planText, type PlanOptions } from '../../../../main/domain/plan/make.js';
import { readPolicy } from '../../../../main/domain/policy/read.js';
import { judge } from '../../../../main/domain/verdict/judge.js';
import { judgeOthers } from '../../../../main/domain/verdict/others/index.js';
import { container, digestOf, image, imageId, inventory, now } from '../arbitrary.js';

const day = 86_400_000;
const ago = (days: number) => now - days * day;
const rules = readPolicy(
  '',
  'version: 1\ngrace: 0s\nremove:\n  - { match: "**" }\n' +
    'containers: { enabled: true }\nnetworks: { enabled: true }\n' +
    'buildCache: { enabled: true, keep: 0GB }\n',
);

function planOf(taken: Inventory, options: PlanOptions = {}) {
  const judging = { now, ages: 'calendar' } as const;
  const others = judgeOthers(taken, rules, judging);
  return makePlan(judge(taken, rules, judging), taken, now, { others, ...options });
}

const pulled = image(1, {
  refs: ['a:1'],
  digests: [`a@${digestOf(1)}`],
  layers: [{ chainId: 'a', size: 100 }],
  recoverable: { state: 'verified', at: now },
});
const network = {
  id: 'n',
  name: 'net',
  driver: 'bridge',
  created: ago(90),
  labels: {},
  builtIn: false,
  usedBy: [],
  lastUsed: null,
  project: null,
};
const volume = (name: string, usedBy: string[] | null, project: string | null = null) => ({
  name,
  driver: 'local',
  created: ago(90),
  labels: {},
  anonymous: false,
  size: 1_000,
  usedBy,
  lastUsed: null,
  mountedAt: null,
  project,
});
const [older, newer] = [
  container(1, 9, { finished: ago(60), sizeRw: 10 }),
  container(2, 9, { finished: ago(30), sizeRw: null }),
];
const full = inventory([pulled], {
  containers: [newer, older],
  networks: [network],
  volumes: [volume('data', []), volume('used', ['web']), volume('shop_db', [], 'shop')],
  cacheRecords: [
    { id: 'r', size: 500, shared: false, inUse: false, created: null, lastUsed: ago(60) },
  ],
});
const nothing = { except: [], also: [] };

describe('a plan of all kinds', () => {
  it('runs containers first and the cache last; ticked is what is a by-product', () => {
    const { items } = planOf(full);
    expect(
      items.map(({ kind, id, refs, ticked, group }) => [kind, id, refs, ticked, group]),
    ).toEqual([
      ['container', older.id, ['container-1'], false, 'unrecoverable'],
      ['container', newer.id, ['container-2'], false, 'unrecoverable'],
      ['network', 'n', ['net'], true, null],
      ['volume', 'volume:data', ['data'], false, null],
      ['volume', 'volume:shop_db', ['shop_db'], false, null],
      ['image', imageId(1), ['a:1'], true, null],
      ['buildCache', 'build-cache', [], true, null],
    ]);
    expect(items.find(({ id }) => id === 'volume:shop_db')?.belongsTo).toBe('shop');
  });

  it('says what all of it frees: the cache may be less, containers are more', () => {
    const plan = planOf(full);
    expect(plan.reclaimable).toEqual({ min: 100, max: 600, certainty: 'range' });
    expect(plan.reclaimableAll).toEqual({ min: 110, max: 610, certainty: 'range' });
    const chosen = choose(plan, full, { except: ['build-cache'], also: ['unrecoverable'] });
    expect(chosen.reclaimable).toEqual({ min: 110, max: 110, certainty: 'at-least' });
    expect(chosen.each[older.id]).toEqual({ min: 10, max: 10, certainty: 'at-least' });
  });

  it('takes a volume only by its own name, and only one that no container mounts', () => {
    const plan = planOf(full);
    const groups = choose(plan, full, { except: [], also: ['unrecoverable', 'estimates'] });
    expect(groups.order.filter((id) => id.startsWith('volume:'))).toEqual([]);
    const named = choose(plan, full, { except: [], also: ['volume:shop_db'] });
    expect(named.order).toContain('volume:shop_db');
    expect(named.reclaimable.min).toBe(1_100);
    expect(() => choose(plan, full, { except: [], also: ['volume:used'] })).toThrow();
  });

  it('may be of some kinds alone', () => {
    const kindsOf = (kinds: PlanOptions['kinds']) =>
      planOf(full, { kinds: kinds ?? null }).items.map(({ kind }) => kind);
    expect(kindsOf(['image'])).toEqual(['image']);
    expect(kindsOf(['buildCache', 'network'])).toEqual(['network', 'buildCache']);
    expect(planOf(full, { kinds: ['network'] }).reclaimable).toEqual({
      min: 0,
      max: 0,
      certainty: 'exact',
    });
  });

  it('has an ID of kinds, IDs and names', () => {
    const text = planText(planOf(full), 'p');
    expect(planText(planOf({ ...full, cacheRecords: null }), 'p')).not.toBe(text);
    const renamed = [{ ...network, name: 'other' }];
    expect(planText(planOf({ ...full, networks: renamed }), 'p')).not.toBe(text);
    const larger = [container(1, 9, { finished: ago(60), sizeRw: 99 }), newer];
    expect(planText(planOf({ ...full, containers: larger }), 'p')).toBe(text);
  });

  it('frees so much without what frees nothing for certain', () => {
    const plan = planOf(full, { free: 50 });
    expect(choose(plan, full, nothing).order).toEqual([imageId(1)]);
    expect(plan.free).toEqual({ wanted: 50, shortfall: 0 });
    const all = planOf(full, { free: 5_000 });
    expect(choose(all, full, nothing).order).toEqual([imageId(1), 'build-cache']);
    expect(all.free).toEqual({ wanted: 5_000, shortfall: 4_900 });
  });
});

describe('what a project that stands used last', () => {
  const project: Project = {
    kind: 'compose',
    name: 'shop',
    folder: '/home/ada/shop',
    files: ['/home/ada/shop/compose.yaml'],
    lastUsed: ago(90),
    present: true,
    latestOf: ['web'],
  };
  const item = (projects: Project[]) => planOf(inventory([{ ...pulled, projects }])).items[0];

  it('stands unticked with the project named, verified or not', () => {
    expect(item([project])).toMatchObject({
      ticked: false,
      untick: { code: 'owner', tool: 'Compose', unit: 'shop' },
      group: 'unrecoverable',
      belongsTo: 'shop',
    });
    expect(item([{ ...project, latestOf: [] }])).toMatchObject({ ticked: true, belongsTo: null });
    expect(item([{ ...project, present: false }])).toMatchObject({ ticked: true, belongsTo: null });
  });
});
