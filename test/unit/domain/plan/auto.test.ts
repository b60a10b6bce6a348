import { describe, expect, it } from 'vitest';
import type { ImageFacts, Inventory } from '../../../../main/domain/facts.js';
import { leftOutByAuto, policyIn } from '../../../../main/domain/plan/auto.js';
import { unusualAbout, waitsAfterGap } from '../../../../main/domain/plan/limits.js';
import { makePlan } from '../../../../main/domain/plan/make.js';
import { readPolicy } from '../../../../main/domain/policy/read.js';
import { judge } from '../../../../main/domain/verdict/judge.js';
import { judgeOthers } from '../../../../main/domain/verdict/others/index.js';
import { container, digestOf, image, imageId, inventory, now } from '../arbitrary.js';

const hour = 3_600_000;
const day = 24 * hour;
const arrived = { at: now - 100 * day, source: 'event' as const };
const verified = (hours: number) => ({ state: 'verified' as const, at: now - hours * hour });
const rules =
  'grace: 0s\nremove:\n  - { match: "**", unusedFor: 30d }\n  - { untagged: true, unusedFor: 3d }\n';

/** What a run by itself takes, by number or ID. */
function taken(images: ImageFacts[], more: Partial<Inventory> = {}, text = rules) {
  const policy = policyIn('auto', readPolicy('', `version: 1\n${text}`));
  const one = inventory(images, more);
  const options = { now, ages: 'observed' } as const;
  const judged = judge(one, policy, options);
  const others = judgeOthers(one, policy, options);
  const { items } = makePlan(judged, one, now, { others });
  const left = new Set(leftOutByAuto(items, judged, one, now));
  return items.map(({ id }) => id).filter((id) => !left.has(id));
}

const pulled = (n: number, facts: Partial<ImageFacts> = {}) =>
  image(n, {
    refs: [`r${n}:1`],
    digests: [`r${n}@${digestOf(n)}`],
    origin: 'pulled',
    arrived,
    recoverable: verified(1),
    ...facts,
  });

describe('a run by itself takes', () => {
  it('images that a registry said within a day that it has', () => {
    expect(
      taken([
        pulled(1),
        pulled(2, { recoverable: verified(25) }),
        pulled(3, { recoverable: { state: 'likely' } }),
        pulled(4, { recoverable: { state: 'no' } }),
        pulled(5, { recoverable: { state: 'unknown' } }),
        // A clock that was set back tells nothing.
        pulled(6, { recoverable: verified(-1) }),
      ]),
    ).toEqual([imageId(1)]);
  });

  it('untagged builds that it saw, and that nothing is built on', () => {
    const layers = [{ chainId: 'a', size: 1 }];
    const build = (n: number, facts: Partial<ImageFacts> = {}) =>
      image(n, { origin: 'built', arrived, recoverable: { state: 'no' }, ...facts });
    expect(
      taken([
        build(1),
        build(2, { refs: ['app:1'] }),
        build(3, { origin: 'unknown' }),
        build(4, { origin: 'loaded' }),
        build(5, { layers }),
        build(6, { layers: [...layers, { chainId: 'ab', size: 1 }] }),
      ]),
    ).toEqual([imageId(1), imageId(6)]);
  });

  it('nothing on an estimate, and nothing on days that were not observed', () => {
    const created = now - 300 * day;
    expect(taken([pulled(1, { arrived: null, created })])).toEqual([]);
    expect(taken([pulled(1)], { observedDays: 129, firstMet: now - 200 * day })).toEqual([]);
    expect(taken([pulled(1)], { observedDays: 130, firstMet: now - 200 * day })).toEqual([
      imageId(1),
    ]);
  });

  it('nothing that a project that stands used last', () => {
    const project = {
      kind: 'compose' as const,
      name: 'shop',
      folder: '/home/ada/shop',
      files: [],
      lastUsed: now - 90 * day,
      present: true,
      latestOf: ['web'],
    };
    expect(taken([pulled(1, { projects: [project] })])).toEqual([]);
    expect(taken([pulled(1, { projects: [{ ...project, present: false }] })])).toEqual([
      imageId(1),
    ]);
  });

  it('untagged builds alone where containers may be hidden', () => {
    const build = image(2, { origin: 'built', arrived });
    expect(taken([pulled(1), build], { useIncomplete: 'kubernetes' })).toEqual([imageId(2)]);
  });

  it('nothing where any image may be built on it', () => {
    expect(taken([pulled(1), pulled(2, { layers: null, refs: ['k:1'] })])).toEqual([]);
  });

  it('nothing by a rule that has a stricter mode, but all that another rule takes too', () => {
    const text = (mode: string) => `grace: 0s\nremove:\n  - { match: "**", mode: ${mode} }\n`;
    expect(taken([pulled(1)], {}, text('confirm'))).toEqual([]);
    expect(taken([pulled(1)], {}, text('suggest'))).toEqual([]);
    expect(taken([pulled(1)], {}, text('auto'))).toEqual([imageId(1)]);
    expect(taken([pulled(1)], {}, `${text('confirm')}  - { match: r1 }\n`)).toEqual([imageId(1)]);
    const confirm = policyIn('confirm', readPolicy('', `version: 1\n${text('suggest')}`));
    expect(confirm.remove).toEqual([]);
  });

  it('networks and build cache where they are on; never a container or a volume', () => {
    const things: Partial<Inventory> = {
      containers: [container(1, 9, { finished: now - 90 * day })],
      networks: [
        {
          id: 'n',
          name: 'net',
          driver: 'bridge',
          created: now - 90 * day,
          labels: {},
          builtIn: false,
          usedBy: [],
          lastUsed: { at: now - 80 * day, by: 'web' },
          project: null,
        },
      ],
      volumes: [
        {
          name: 'data',
          driver: 'local',
          created: now - 90 * day,
          labels: {},
          anonymous: true,
          size: 1,
          usedBy: [],
          lastUsed: null,
          mountedAt: null,
          project: null,
        },
      ],
      cacheRecords: [
        {
          id: 'c',
          size: 9e9,
          shared: false,
          inUse: false,
          created: null,
          lastUsed: now - 90 * day,
        },
      ],
    };
    const on =
      'containers: { enabled: true }\nnetworks: { enabled: true }\nbuildCache: { enabled: true }\n';
    expect(taken([], things, on)).toEqual(['n', 'build-cache']);
    expect(taken([], things, '')).toEqual([]);
    // One that nobody saw in use may be what a project that is down calls external.
    const unseen = (things.networks ?? []).map((network) => ({ ...network, lastUsed: null }));
    expect(taken([], { ...things, networks: unseen }, on)).toEqual(['build-cache']);
    expect(taken([], { ...things, useIncomplete: 'kubernetes' }, on)).toEqual(['build-cache']);
  });
});

describe('what makes a run by itself a question', () => {
  const limits = { maxItems: 3, maxBytes: 100, pause: 0 };
  const about = (count: number, bytes: number, images: number, isNew = false) => {
    const order = Array.from({ length: count }, (_, i) => `i${i}`);
    const items = order.map((id) => ({
      kind: 'image' as const,
      id,
      refs: [],
      reclaimable: { min: 0, max: 0, certainty: 'exact' as const },
      reason: { kind: 'default' as const, code: 'no-rule' as const },
      recoverable: { state: 'no' as const },
      ticked: true,
      untick: null,
      group: null,
      after: [],
      belongsTo: null,
    }));
    const reclaimable = { min: 0, max: bytes, certainty: 'at-most' as const };
    const all = { images: Array.from({ length: images }, (_, i) => image(i + 1)) };
    return unusualAbout({ items }, { order, reclaimable }, all, limits, isNew);
  };

  it.each<[number, number, number, boolean, ReturnType<typeof about>]>([
    [3, 100, 10, false, null],
    [4, 100, 100, false, 'many-items'],
    [1, 101, 100, false, 'many-bytes'],
    [3, 100, 9, false, 'large-share'],
    [1, 1, 100, true, 'new-policy'],
    [4, 1, 100, true, 'many-items'],
    [0, 0, 0, true, null],
  ])('%i items of %i bytes among %i images, by a new policy: %s', (n, bytes, all, isNew, why) => {
    expect(about(n, bytes, all, isNew)).toBe(why);
  });

  it('waits for a day of observation after a gap', () => {
    expect(waitsAfterGap({ hoursSinceGap: null })).toBe(false);
    expect(waitsAfterGap({ hoursSinceGap: 23.9 })).toBe(true);
    expect(waitsAfterGap({ hoursSinceGap: 24 })).toBe(false);
  });
});
