import { describe, expect, it } from 'vitest';
import type { ImageFacts, Inventory } from '../../../../main/domain/facts.js';
import { makePlan } from '../../../../main/domain/plan/make.js';
import { readPolicy } from '../../../../main/domain/policy/read.js';
import { judge } from '../../../../main/domain/verdict/judge.js';
import { container, digestOf, image, imageId, inventory, now } from '../arbitrary.js';

const day = 86_400_000;
const ago = (days: number) => now - days * day;
const arrived = (days: number) => ({ at: ago(days), source: 'event' as const });

function judged(images: ImageFacts[], policyText: string, more: Partial<Inventory> = {}) {
  const policy = readPolicy('', `version: 1\ngrace: 0s\n${policyText}`);
  return judge(inventory(images, more), policy, { now, ages: 'calendar' });
}

const kept = (...of: Parameters<typeof judged>) =>
  judged(...of).map(({ verdict }) => verdict === 'keep');

const newest = (last: number, more = '') =>
  `keep:\n  - { id: newest, match: "**", last: ${last}${more} }\nremove:\n  - { match: "**" }\n  - { untagged: true }\n`;

describe('several platforms', () => {
  it('pulled one by one are two versions of a repository', () => {
    const images = ['linux/amd64', 'linux/arm64'].map((platform, i) =>
      image(i + 1, {
        platform,
        refs: i === 0 ? ['a:1'] : [],
        digests: [`a@${digestOf(i)}`],
        created: ago(i + 1),
      }),
    );
    expect(kept(images, newest(1))).toEqual([true, false]);
    expect(kept(images, newest(2))).toEqual([true, true]);
    expect(kept(images, newest(1, ', platform: linux/arm64'))).toEqual([false, true]);
  });

  it('of one index are one image under one ID', () => {
    const index = image(1, { refs: ['a:1', 'a:latest'], digests: [`a@${digestOf(1)}`] });
    const [one] = judged([index], newest(1));
    expect(one?.references.map(({ kind }) => kind)).toEqual(['tag', 'tag']);
  });
});

describe('digests alone', () => {
  const pinned = image(1, { digests: [`a@${digestOf(1)}`], origin: 'pulled', created: ago(9) });

  it('name their repository, and are held by a container that is pinned to them', () => {
    expect(judged([pinned], 'remove:\n  - { match: a }\n')[0]?.references).toMatchObject([
      { ref: `a@${digestOf(1)}`, kind: 'digest', decidedBy: { kind: 'remove' } },
    ]);
    const containers = [container(1, 1, { reference: `a@${digestOf(1)}` })];
    expect(judged([pinned], 'remove:\n  - { match: a }\n', { containers })[0]?.decidedBy).toEqual({
      kind: 'hold',
      code: 'used',
      containers: ['container-1'],
    });
  });

  it('are matched by their digest, and by no tag', () => {
    expect(kept([pinned], `remove:\n  - { match: "a@${digestOf(1)}" }\n`)).toEqual([false]);
    expect(kept([pinned], 'remove:\n  - { match: "a:*" }\n')).toEqual([true]);
  });
});

describe('an image of several repositories', () => {
  it('is a version of each, and goes only when all say so', () => {
    const images = [
      image(1, { refs: ['a:1', 'b:1'], created: ago(9) }),
      image(2, { refs: ['a:2'], created: ago(8) }),
      image(3, { refs: ['b:2'], created: ago(7) }),
    ];
    expect(kept(images, newest(1))).toEqual([false, true, true]);
    expect(kept(images.slice(0, 2), newest(1))).toEqual([true, true]);
    const [one] = judged(images.slice(0, 2), newest(1));
    expect(one?.references.map(({ ref, decidedBy }) => [ref, decidedBy.kind])).toEqual([
      ['a:1', 'remove'],
      ['b:1', 'keep'],
    ]);
  });
});

describe('tag families', () => {
  it('rank together unless the rule counts each', () => {
    const images = ['17', '17-alpine', '16', '16-alpine', '16-bookworm'].map((tag, i) =>
      image(i + 1, { refs: [`pg:${tag}`], created: ago(i) }),
    );
    expect(kept(images, newest(2))).toEqual([true, true, false, false, false]);
    expect(kept(images, newest(1, ', per: family'))).toEqual([true, true, false, false, true]);
  });

  it('an image with tags of two is a version of both', () => {
    const images = [
      image(1, { refs: ['pg:17', 'pg:17-alpine'], created: ago(1) }),
      image(2, { refs: ['pg:16'], created: ago(2) }),
      image(3, { refs: ['pg:16-alpine', 'pg:16-slim'], created: ago(3) }),
    ];
    expect(kept(images, newest(1, ', per: family'))).toEqual([true, false, true]);
  });
});

describe('images that were loaded', () => {
  it('are selected by their origin, and are not taken for what can be pulled', () => {
    const one = image(1, { refs: ['a:1'], origin: 'loaded', arrived: arrived(90) });
    const policy = readPolicy('', 'version: 1\nremove:\n  - { match: "**", origin: loaded }\n');
    const taken = inventory([one]);
    const all = judge(taken, policy, { now, ages: 'calendar' });
    expect(makePlan(all, taken, now).items).toMatchObject([
      { id: imageId(1), ticked: false, group: 'unrecoverable' },
    ]);
    expect(kept([one], 'remove:\n  - { match: "**", origin: pulled }\n')).toEqual([true]);
  });
});

describe('the classic builder`s parents', () => {
  it('stay while a child stays, and go after it', () => {
    const images = [
      image(1, { layers: [], origin: 'built', arrived: arrived(90) }),
      image(2, { layers: [], parent: imageId(1), origin: 'built', arrived: arrived(90) }),
      image(3, { layers: [], parent: imageId(2), refs: ['app:1'], arrived: arrived(90) }),
    ];
    const untagged = 'remove:\n  - { untagged: true }\n';
    expect(judged(images, untagged).map(({ decidedBy }) => decidedBy.code)).toEqual([
      'base-of',
      'base-of',
      'no-rule',
    ]);
    const policy = readPolicy('', `version: 1\ngrace: 0s\n${untagged}  - { match: app }\n`);
    const taken = inventory(images);
    const plan = makePlan(judge(taken, policy, { now, ages: 'calendar' }), taken, now);
    expect(plan.items.map(({ id }) => id)).toEqual([imageId(3), imageId(2), imageId(1)]);
  });
});

describe('where containers may be hidden', () => {
  it('local builds stand unticked, whatever a registry said of them', () => {
    const verified = { recoverable: { state: 'verified', at: now } as const };
    const images = [
      image(1, { refs: ['a:1'], origin: 'pulled', digests: [`a@${digestOf(1)}`], ...verified }),
      image(2, { refs: ['b:1'], origin: 'built', digests: [`b@${digestOf(2)}`], ...verified }),
      image(3, { origin: 'built' }),
    ];
    const ticked = (useIncomplete: Inventory['useIncomplete']) => {
      const taken = inventory(images, { useIncomplete });
      const rules = readPolicy(
        '',
        'version: 1\ngrace: 0s\nremove:\n  - { match: "**" }\n  - { untagged: true }\n',
      );
      const plan = makePlan(judge(taken, rules, { now, ages: 'calendar' }), taken, now);
      return plan.items.filter((item) => item.ticked).map(({ id }) => id);
    };
    expect(ticked(null)).toEqual([imageId(1), imageId(2), imageId(3)]);
    expect(ticked('kubernetes')).toEqual([imageId(1)]);
    expect(ticked('hidden-containers')).toEqual([imageId(1)]);
  });
});

describe('a rank that rests on an arrival that nobody saw', () => {
  it('makes an estimate of what it does not keep', () => {
    const images = [
      image(1, { refs: ['a:1'], created: 0, arrived: null }),
      image(2, { refs: ['a:2'], created: 0, arrived: arrived(5) }),
      image(3, { refs: ['a:3'], created: 0, arrived: arrived(9) }),
    ];
    expect(judged(images, newest(1)).map(({ verdict, estimate }) => [verdict, estimate])).toEqual([
      ['remove', true],
      ['keep', false],
      ['remove', false],
    ]);
  });
});

describe('the rollback hold', () => {
  const retained = [1, 2].map((n) => ({
    container: 'web',
    imageId: imageId(n),
    replacedAt: ago(n),
    proven: true,
  }));
  const images = [1, 2].map((n) => image(n, { refs: [`a:${n}`], created: ago(n) }));
  const held = (rollback: string) =>
    judged(images, `${rollback}\nremove:\n  - { match: "**" }\n`, { retained }).map(
      ({ decidedBy }) => decidedBy.code,
    );

  it('is for as many versions and as long as the policy says', () => {
    expect(held('rollback: { versions: 1, for: 7d }')).toEqual(['rollback', 'rule']);
    expect(held('rollback: { versions: 2, for: 7d }')).toEqual(['rollback', 'rollback']);
    expect(held('rollback: { versions: 2, for: 2d }')).toEqual(['rollback', 'rule']);
    expect(held('rollback: { versions: 0, for: 7d }')).toEqual(['rule', 'rule']);
  });
});
