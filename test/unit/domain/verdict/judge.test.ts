import { describe, expect, it } from 'vitest';
import type { ImageFacts, Inventory } from '../../../../main/domain/facts.js';
import { defaultPolicyText } from '../../../../main/domain/policy/default.js';
import { readPolicy } from '../../../../main/domain/policy/read.js';
import { judge } from '../../../../main/domain/verdict/judge.js';
import { familyOf } from '../../../../main/domain/verdict/places.js';
import { container, digestOf, image, imageId, inventory, now } from '../arbitrary.js';

const day = 86_400_000;
const ago = (days: number) => now - days * day;
const arrived = (days: number) => ({ at: ago(days), source: 'event' as const });
const used = (days: number) => ({
  at: ago(days),
  source: 'container-started' as const,
  by: 'web',
});
const layer = (chainId: string, size = 10) => ({ chainId, size });

function judged(taken: Inventory, policyText: string) {
  return judge(taken, readPolicy('policy.yaml', `version: 1\n${policyText}`), {
    now,
    ages: 'calendar',
  });
}

/** Which images stay and by what, in the order given. */
function verdicts(images: ImageFacts[], policyText: string, more: Partial<Inventory> = {}) {
  return judged(inventory(images, more), policyText).map(({ verdict, decidedBy }) => {
    const by = 'rule' in decidedBy ? decidedBy.rule : decidedBy.code;
    return `${verdict} ${decidedBy.kind} ${by}`;
  });
}

const removeAll = 'grace: 0s\nremove:\n  - { id: all, match: "**" }\n';

describe('the order of what decides', () => {
  it('is hold, protect, grace, keep, default, remove', () => {
    const fresh = { refs: ['a:1'], arrived: arrived(0) };
    const policy =
      'protect:\n  - { id: gold, match: "a:1" }\nkeep:\n  - { id: new, match: "**", usedWithin: 2d }\n' +
      'remove:\n  - { id: all, match: "a" }\n';
    const one = (facts: Partial<ImageFacts>, text: string, more: Partial<Inventory> = {}) =>
      verdicts([image(1, { ...fresh, ...facts })], text, more)[0];
    expect(one({}, policy, { containers: [container(1, 1)] })).toBe('keep hold used');
    expect(one({ usedBy: null }, policy)).toBe('keep hold fact-unknown');
    expect(one({}, policy)).toBe('keep protect gold');
    expect(one({ refs: ['a:2'] }, policy)).toBe('keep grace grace');
    expect(one({ refs: ['a:2'], arrived: arrived(1) }, policy)).toBe('keep keep new');
    expect(one({ refs: ['b:2'], arrived: arrived(3) }, policy)).toBe('keep default no-rule');
    expect(one({ refs: ['a:2'], arrived: arrived(3) }, policy)).toBe('remove remove all');
  });

  it('is taken from the strongest of an image`s names: it goes only when all say so', () => {
    const policy = 'grace: 0s\nremove:\n  - { id: all, match: a }\n';
    expect(verdicts([image(1, { refs: ['a:1', 'a:2'] })], policy)).toEqual(['remove remove all']);
    expect(verdicts([image(1, { refs: ['a:1', 'b:2'] })], policy)).toEqual([
      'keep default no-rule',
    ]);
    // A digest of a repository in which it has no tag is a name too; of one with a tag it is none.
    expect(verdicts([image(1, { refs: ['a:1'], digests: [`b@${digestOf(1)}`] })], policy)).toEqual([
      'keep default no-rule',
    ]);
    expect(verdicts([image(1, { refs: ['a:1'], digests: [`a@${digestOf(1)}`] })], policy)).toEqual([
      'remove remove all',
    ]);
  });

  it('tells what else matched, and every name`s own verdict', () => {
    const [one] = judged(
      inventory([image(1, { refs: ['a:1', 'b:1'], arrived: arrived(40) })]),
      'keep:\n  - { id: b, match: b }\nremove:\n  - { id: all, match: "**", unusedFor: 30d }\n',
    );
    expect(one?.decidedBy).toMatchObject({ kind: 'keep', rule: 'b' });
    expect(one?.references.map(({ ref, decidedBy }) => [ref, decidedBy.kind])).toEqual([
      ['a:1', 'remove'],
      ['b:1', 'keep'],
    ]);
    expect(one?.alsoMatched).toEqual([
      {
        kind: 'remove',
        code: 'rule',
        rule: 'all',
        unusedFor: 30 * day,
        age: { since: ago(40), from: 'arrived', estimated: false },
      },
    ]);
  });
});

describe('untagged images', () => {
  const policy =
    'grace: 0s\nkeep:\n  - { id: recent, match: "**", last: 1 }\n' +
    'remove:\n  - { id: untagged, untagged: true }\n  - { id: small, largerThan: 5B }\n';

  it('that were built here have no name: no pattern selects them', () => {
    expect(verdicts([image(1)], policy)).toEqual(['remove remove untagged']);
    expect(verdicts([image(1)], removeAll)).toEqual(['keep default no-rule']);
    expect(verdicts([image(1)], `grace: 0s\nremove:\n  - { match: "${imageId(1)}" }\n`)).toEqual([
      'remove remove remove[0]',
    ]);
  });

  it('that were pulled are judged under the repository that they came from', () => {
    const old = image(1, { digests: [`a@${digestOf(1)}`], created: ago(20) });
    const young = image(2, { refs: ['a:1'], created: ago(10), size: 10 });
    expect(verdicts([old], policy)).toEqual(['keep keep recent']);
    expect(verdicts([old, young], policy)).toEqual(['remove remove untagged', 'keep keep recent']);
  });

  it('that were pulled are judged under the repository that is remembered', () => {
    const formerRefs = ['a:1', `a@${digestOf(1)}`];
    const old = image(1, { formerRefs, origin: 'pulled', created: ago(20) });
    const young = image(2, { refs: ['a:1'], created: ago(10), size: 10 });
    expect(verdicts([old], policy)).toEqual(['keep keep recent']);
    expect(verdicts([old, young], policy)).toEqual(['remove remove untagged', 'keep keep recent']);
    const [one] = judged(inventory([old]), removeAll);
    expect(one?.references.map(({ ref, kind }) => [ref, kind])).toEqual([
      [`a@${digestOf(1)}`, 'untagged'],
    ]);
    // The tag means another image now; the digest still means this one.
    const protect = (match: string) =>
      verdicts([old], `grace: 0s\nprotect:\n  - { id: gold, match: "${match}" }\n`);
    expect(protect('a:1')).toEqual(['keep default no-rule']);
    expect(protect(`a@${digestOf(1)}`)).toEqual(['keep protect gold']);
    // A build that lost its tag to the next one has no reference, whatever it was called.
    expect(judged(inventory([{ ...old, origin: 'built' }]), policy)[0]?.references[0]?.ref).toBe(
      old.id,
    );
    expect(verdicts([{ ...old, origin: 'built' }], removeAll)).toEqual(['keep default no-rule']);
  });
});

describe('ranks', () => {
  const keepTwo =
    'grace: 0s\nkeep:\n  - { id: two, match: "**", last: 2 }\nremove:\n  - { match: "**" }\n';
  const kept = (images: ImageFacts[], policy = keepTwo, more: Partial<Inventory> = {}) =>
    verdicts(images, policy, more).map((verdict) => verdict.startsWith('keep'));

  it('go by created where all are plausible and differ', () => {
    const images = [30, 10, 20].map((days, i) =>
      image(i + 1, { refs: [`a:${i}`], created: ago(days), arrived: arrived(1) }),
    );
    expect(kept(images)).toEqual([false, true, true]);
  });

  it('else go by arrival, and one that nobody saw arrive is oldest', () => {
    const images = [
      image(1, { refs: ['a:1'], created: 0, arrived: null }),
      image(2, { refs: ['a:2'], created: ago(300), arrived: arrived(1) }),
      image(3, { refs: ['a:3'], created: ago(1), arrived: arrived(2) }),
    ];
    expect(kept(images)).toEqual([false, true, true]);
  });

  it('keep all that only their ID tells apart', () => {
    const images = [1, 2, 3, 4].map((n) => image(n, { refs: [`a:${n}`], created: 0 }));
    expect(kept(images)).toEqual([true, true, true, true]);
  });

  it('count versions, not tags, and each repository apart', () => {
    const images = [
      image(1, { refs: ['a:1', 'a:2', 'a:3'], created: ago(1) }),
      image(2, { refs: ['a:4'], created: ago(2) }),
      image(3, { refs: ['a:5'], created: ago(3) }),
      image(4, { refs: ['b:1'], created: ago(4) }),
    ];
    expect(kept(images)).toEqual([true, true, false, true]);
  });

  it('count only what the rule selects, and count what is used', () => {
    const policy = keepTwo.replace('match: "**", last', 'match: "a:1*", last');
    const images = [
      image(1, { refs: ['a:2'], created: ago(1) }),
      image(2, { refs: ['a:10'], created: ago(2) }),
      image(3, { refs: ['a:11'], created: ago(3) }),
      image(4, { refs: ['a:12'], created: ago(4) }),
    ];
    expect(kept(images, policy)).toEqual([false, true, true, false]);
    expect(kept(images, policy, { containers: [container(1, 2)] })).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  it('may count each tag family', () => {
    const policy = keepTwo.replace('last: 2', 'last: 1, per: family');
    const images = ['17', '16-alpine', '16', '15-alpine'].map((tag, i) =>
      image(i + 1, { refs: [`a:${tag}`], created: ago(i) }),
    );
    expect(kept(images, policy)).toEqual([true, true, false, false]);
  });

  it.each([
    ['16-alpine', '-alpine'],
    ['17', ''],
    ['v1.2.3', ''],
    ['1.2.3-rc.1', '-rc.1'],
    ['latest', '=latest'],
    [null, '@'],
  ])('the family of %s is %j', (tag, family) => {
    expect(familyOf({ tag })).toBe(family);
  });
});

describe('holds', () => {
  it("holds what a swarm's services need, and what they may need while no manager answers", () => {
    const images = [image(1, { digests: [`web@${imageId(1)}`] }), image(2, { refs: ['a:1'] })];
    const service = {
      id: 'svc',
      name: 'web',
      labels: {},
      runs: true,
      image: `web:1@${imageId(1)}`,
      previousImage: null,
      kept: [],
      volumes: [],
      hasData: false,
      isJob: false,
      neverStarts: false,
      platform: null,
    };
    const removeAll = 'remove:\n  - { match: "**" }\n  - { untagged: true }\n';
    const reasons = (swarm: Inventory['swarm']) =>
      judged(inventory(images, { swarm }), removeAll).map(({ decidedBy }) => decidedBy.code);
    expect(reasons({ answered: true, elsewhere: false, services: [service] })).toEqual([
      'service',
      'rule',
    ]);
    expect(reasons({ answered: true, elsewhere: false, services: [] })).toEqual(['rule', 'rule']);
    expect(reasons({ answered: false, elsewhere: false, services: [] })).toEqual([
      'service-unknown',
      'rule',
    ]);
    expect(reasons(null)).toEqual(['rule', 'rule']);
  });

  it('a rollback holds the last version replaced, for a week, and uses up no count', () => {
    const images = [1, 2, 3].map((n) => image(n, { refs: [`a:${n}`], created: ago(n) }));
    const policy =
      'grace: 0s\nkeep:\n  - { id: one, match: "**", last: 1 }\nremove:\n  - { match: "**" }\n';
    const retained = (days: number, n = 1) => [
      { container: 'web', imageId: imageId(n), replacedAt: ago(days), proven: true },
    ];
    expect(verdicts(images, policy, { retained: retained(6) })).toEqual([
      'keep hold rollback',
      'keep keep one',
      'remove remove remove[0]',
    ]);
    expect(verdicts(images, policy, { retained: retained(7) })).toEqual([
      'keep keep one',
      'remove remove remove[0]',
      'remove remove remove[0]',
    ]);
    // Once it ends, the next of the repository loses its place, and says when beforehand.
    const [, second] = judged(inventory(images, { retained: retained(6) }), policy);
    expect(second?.changesWhen).toContainEqual({ at: ago(6) + 7 * day });
    expect(verdicts(images, policy, { retained: [...retained(1, 3), ...retained(2, 2)] })).toEqual([
      'keep keep one',
      'remove remove remove[0]',
      'keep hold rollback',
    ]);
  });

  it('an update that is not proven holds what it replaced, however long ago', () => {
    const retained = [
      { container: 'web', imageId: imageId(1), replacedAt: ago(70), proven: false },
    ];
    expect(verdicts([image(1, { refs: ['a:1'] })], removeAll, { retained })).toEqual([
      'keep hold unproven',
    ]);
  });

  it('what stays holds its bases, and changes no count by it', () => {
    const [a, b, c] = [layer('a'), layer('ab'), layer('abc')];
    const images = [
      image(1, { refs: ['base:1'], layers: [a], arrived: arrived(90) }),
      image(2, { refs: ['mid:1'], layers: [a, b], arrived: arrived(90) }),
      image(3, { refs: ['top:1'], layers: [a, b, c], arrived: arrived(10) }),
    ];
    const policy = 'remove:\n  - { id: old, match: "**", unusedFor: 30d }\n';
    expect(verdicts(images, policy)).toEqual([
      'keep hold base-of',
      'keep hold base-of',
      'keep default no-rule',
    ]);
    const [base, , top] = judged(inventory(images), policy);
    expect(base?.baseOf).toEqual([imageId(2), imageId(3)]);
    expect(base?.changesWhen).toContainEqual({ at: ago(10) + 30 * day });
    expect(top?.changesWhen).toContainEqual({ at: ago(10) + 30 * day });
  });

  it('the history tells which of two with equal layers is the base', () => {
    const layers = [layer('a')];
    const images = [
      image(1, { layers, history: ['x'] }),
      image(2, { layers, history: ['x', 'y'] }),
      image(3, { layers, history: ['x', 'z'] }),
    ];
    expect(judged(inventory(images), '').map(({ baseOf }) => baseOf)).toEqual([
      [imageId(2), imageId(3)],
      [],
      [],
    ]);
  });

  it('a classic builder`s parent is a base, even where layers are unknown', () => {
    const images = [image(1, { layers: null }), image(2, { layers: null, parent: imageId(1) })];
    expect(judged(inventory(images), '')[0]?.baseOf).toEqual([imageId(2)]);
    // Over a parent whose layers are not known either, what stays is seen all the way down.
    const chain = [...images, image(3, { layers: null, parent: imageId(2) })];
    const policy =
      `protect:\n  - { match: "${imageId(3)}", until: 2026-12-01 }\n` +
      'remove:\n  - { untagged: true }\n';
    expect(verdicts(chain, policy).slice(0, 2)).toEqual(Array(2).fill('keep hold base-of'));
    expect(judged(inventory(chain), policy)[0]?.changesWhen).toContainEqual({
      at: Date.UTC(2026, 11, 2),
    });
    const circle = [image(1, { parent: imageId(2) }), image(2, { parent: imageId(1) })];
    expect(judged(inventory(circle), '').flatMap(({ baseOf }) => baseOf)).toHaveLength(1);
  });
});

describe('protection', () => {
  it('ends at until, and not before', () => {
    const policy = (until: string) =>
      `protect:\n  - { id: p, match: a, until: ${until} }\n${removeAll}`;
    const one = [image(1, { refs: ['a:1'] })];
    expect(verdicts(one, policy('2026-11-24'))).toEqual(['keep protect p']);
    expect(verdicts(one, policy('2026-11-23'))).toEqual(['remove remove all']);
    expect(verdicts(one, policy('2026-11-24T12:00:00Z'))).toEqual(['remove remove all']);
  });

  it('by a container`s label counts only where it is not the image`s own', () => {
    const labels = { 'careen.keep': 'true' };
    const of = (facts: Partial<ImageFacts>) =>
      judged(inventory([image(1, facts)], { containers: [container(1, 1, { labels })] }), '')[0]
        ?.alsoMatched;
    expect(of({})).toEqual([
      { kind: 'protect', code: 'container-label', container: 'container-1' },
    ]);
    expect(of({ labels })).toEqual([]);
  });
});

describe('ages', () => {
  const policy =
    'grace: 0s\nkeep:\n  - { id: young, match: k, usedWithin: 30d }\nremove:\n  - { id: old, match: [k, r], unusedFor: 30d }\n';
  const one = (facts: Partial<ImageFacts>) => judged(inventory([image(1, facts)]), policy)[0];

  it('count from the latest of use, arrival and tag', () => {
    const facts = { refs: ['r:1'], arrived: arrived(50), used: used(40), lastTagged: ago(45) };
    expect(one(facts)?.decidedBy).toMatchObject({
      kind: 'remove',
      age: { since: ago(40), from: 'used', estimated: false },
    });
    expect(one({ ...facts, lastTagged: ago(29) })?.verdict).toBe('keep');
  });

  it('from created alone are an estimate', () => {
    expect(one({ refs: ['r:1'], created: ago(50) })).toMatchObject({
      verdict: 'remove',
      estimate: true,
    });
    expect(one({ refs: ['r:1'], created: ago(50), arrived: arrived(31) })).toMatchObject({
      verdict: 'remove',
      estimate: false,
    });
  });

  it('that nobody knows meet a keep rule and no remove rule', () => {
    for (const created of [null, 0, Date.UTC(1, 0, 1), now + 1]) {
      expect(one({ refs: ['r:1'], created })?.decidedBy.kind).toBe('default');
      expect(one({ refs: ['k:1'], created })?.decidedBy.kind).toBe('keep');
    }
  });

  it('are not asked by 0s', () => {
    const text = 'grace: 0s\nremove:\n  - { match: "**", unusedFor: 0s }\n';
    const [zero] = judged(inventory([image(1, { refs: ['a:1'] })]), text);
    expect(zero).toMatchObject({ verdict: 'remove', estimate: false });
  });

  it.each([
    [31, false],
    [29, true],
  ])(
    'decide over a rank that is not known: used %d days ago, an estimate: %s',
    (days, estimate) => {
      const text =
        'grace: 0s\nkeep:\n  - { match: "**", last: 1, usedWithin: 30d }\nremove:\n  - { match: "**" }\n';
      const images = [
        image(1, { refs: ['r:1'], used: used(days) }),
        image(2, { refs: ['r:2'], arrived: arrived(1) }),
      ];
      const [old] = judged(inventory(images), text);
      expect(old).toMatchObject({ verdict: 'remove', estimate });
    },
  );

  it('make no estimate where a rule that asks for none removes it too', () => {
    const text = 'remove:\n  - { match: a, unusedFor: 30d }\n  - { id: any, match: a }\n';
    const [sure] = judged(inventory([image(1, { refs: ['a:1'], created: ago(50) })]), text);
    expect(sure).toMatchObject({ verdict: 'remove', estimate: false, decidedBy: { rule: 'any' } });
  });

  it('make an estimate too where one kept a rule from keeping', () => {
    const text = 'grace: 0s\nkeep:\n  - { match: a, usedWithin: 30d }\nremove:\n  - { match: a }\n';
    const [est] = judged(inventory([image(1, { refs: ['a:1'], created: ago(50) })]), text);
    expect(est).toMatchObject({ verdict: 'remove', estimate: true });
    const byOrigin = text.replace('usedWithin: 30d', 'origin: pulled');
    const [unknown] = judged(
      inventory([image(1, { refs: ['a:1'], arrived: arrived(9) })]),
      byOrigin,
    );
    expect(unknown).toMatchObject({ verdict: 'remove', estimate: true });
  });

  it('of an untagged local build count from its creation', () => {
    const text = 'grace: 0s\nremove:\n  - { untagged: true, unusedFor: 3d }\n';
    const build = image(1, { created: ago(4) });
    const containerd = inventory([build]);
    containerd.engine = { ...containerd.engine, store: 'containerd' };
    expect(judged(inventory([build]), text)[0]).toMatchObject({
      verdict: 'remove',
      estimate: false,
    });
    // There an image that a pull superseded looks the same, so the build must have been seen.
    expect(judged(containerd, text)[0]).toMatchObject({ verdict: 'remove', estimate: true });
  });

  it('of a base follow the use of what is built on it', () => {
    const layers = [layer('a')];
    const images = [
      image(1, { refs: ['r:1'], layers, arrived: arrived(90) }),
      image(2, { refs: ['x:1'], layers: [...layers, layer('ab')], used: used(5) }),
    ];
    const [base] = judged(inventory(images), policy);
    expect(base?.facts.used).toEqual({ at: ago(5), source: 'base', by: 'x:1' });
  });
});

describe('the default policy', () => {
  it('takes old pulls and builds, keeps three versions in use and what is new', () => {
    const pulled = { origin: 'pulled' as const };
    const versions = [5, 70, 80, 85, 100].map((days, i) =>
      image(i + 1, { ...pulled, refs: [`a:${i}`], created: ago(days), used: used(days) }),
    );
    const others = [
      image(11, { arrived: arrived(2) }),
      image(12, { arrived: arrived(4) }),
      image(13, {
        refs: ['b:1'],
        origin: 'built',
        arrived: arrived(91),
        labels: { 'careen.keep': 'true' },
      }),
      image(14, { refs: ['c:1'], origin: 'built', arrived: arrived(91) }),
    ];
    const policy = readPolicy('', defaultPolicyText);
    const read = judge(inventory([...versions, ...others]), policy, { now, ages: 'calendar' });
    expect(
      read.map(({ decidedBy }) => ('rule' in decidedBy ? decidedBy.rule : decidedBy.code)),
    ).toEqual([
      'recent',
      'recent',
      'recent',
      'stale',
      'stale',
      'no-rule',
      'untagged',
      'protect[0]',
      'stale-builds',
    ]);
  });
});
