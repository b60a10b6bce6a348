import { describe, expect, it } from 'vitest';
import type { ImageFacts } from '../../../../main/domain/facts.js';
import { withoutDismissed } from '../../../../main/domain/suggestions/dismissal.js';
import { container, digestOf, image, inventory, now } from '../arbitrary.js';
import { ago, day, groundOf, namedBy, plainPolicy, suggested, volume } from './support.js';

/** A version of a repository with so many bytes of its own, made so many days ago. */
const version = (
  n: number,
  name: string,
  days: number,
  bytes = 200,
  facts: Partial<ImageFacts> = {},
) =>
  image(n, {
    refs: [name],
    digests: [`${name.split(':')[0]}@${digestOf(n)}`],
    created: ago(days),
    layers: [{ chainId: `own-${n}`, size: bytes }],
    size: bytes,
    origin: 'pulled',
    recoverable: { state: 'verified', at: now },
    ...facts,
  });
const used = (n: number, by: ReturnType<typeof container>) => ({
  usedBy: [{ id: by.id, name: by.name, state: by.state }],
});

describe('superseded versions', () => {
  const three = [version(1, 'api:1', 30), version(2, 'api:2', 20), version(3, 'api:3', 10)];

  it('are all of a repository but the newest', () => {
    const [one] = suggested('superseded', groundOf(inventory(three)));
    expect(one).toMatchObject({
      key: 'superseded api',
      evidence: { repository: 'api', images: 2, newer: 1, names: ['api:1', 'api:2'] },
      bytes: { min: 400, max: 400, certainty: 'exact' },
      safety: 'safe',
      items: 2,
    });
    expect(namedBy(one)).toEqual([three[0]?.id, three[1]?.id]);
  });

  it('do not count those in use, nor what is newer than they are', () => {
    const user = container(1, 2, { state: 'running' });
    const taken = inventory(
      three.map((one, i) => (i === 1 ? { ...one, ...used(2, user) } : one)),
      { containers: [user] },
    );
    const [one] = suggested('superseded', groundOf(taken));
    expect(namedBy(one)).toEqual([three[0]?.id]);
    expect(one?.evidence).toMatchObject({ newer: 2 });
  });

  it('are none where each repository has one version, or one that goes anyway is the newer', () => {
    expect(
      suggested('superseded', groundOf(inventory([version(1, 'a:1', 1), version(2, 'b:1', 2)]))),
    ).toEqual([]);
    const policy = 'grace: 0s\nremove: [{ match: "api:2" }]\n';
    const two = inventory([version(1, 'api:1', 30), version(2, 'api:2', 20)]);
    expect(suggested('superseded', groundOf(two, policy))).toEqual([]);
  });

  it('are told from more bytes on than are worth a word', () => {
    const of = (bytes: number) =>
      suggested(
        'superseded',
        groundOf(inventory([version(1, 'api:1', 30, bytes), version(2, 'api:2', 20)])),
      );
    expect(of(100)).toEqual([]);
    expect(of(101)).toHaveLength(1);
  });

  it('that a registry is not known to have ask for a tick', () => {
    const [one] = suggested(
      'superseded',
      groundOf(
        inventory(three.map((one) => ({ ...one, origin: 'loaded', recoverable: { state: 'no' } }))),
      ),
    );
    expect(one?.safety).toBe('asks');
  });
});

describe('the same content under several names', () => {
  const layers = [{ chainId: 'same', size: 500 }];
  const twin = (n: number, name: string, facts: Partial<ImageFacts> = {}) =>
    version(n, name, 30 - n, 500, { layers, history: [`step-${n}`], ...facts });

  it('is told with what would stay, and frees what each has of its own: on a classic store nothing', () => {
    const [one] = suggested('same-content', groundOf(inventory([twin(1, 'a:1'), twin(2, 'b:1')])));
    expect(one).toMatchObject({
      evidence: { images: 2, names: ['b:1', 'a:1'] },
      bytes: { min: 0, max: 0 },
      items: 1,
    });
    const base = inventory([twin(1, 'a:1', { content: 900 }), twin(2, 'b:1', { content: 900 })]);
    const taken = { ...base, engine: { ...base.engine, store: 'containerd' as const } };
    expect(suggested('same-content', groundOf(taken))[0]?.bytes?.max).toBeGreaterThan(0);
  });

  it('is none of other layers, of no name, nor where both are kept', () => {
    const other = version(2, 'b:1', 3);
    expect(suggested('same-content', groundOf(inventory([twin(1, 'a:1'), other])))).toEqual([]);
    const unnamed = twin(2, 'b:1', { refs: [], digests: [] });
    expect(suggested('same-content', groundOf(inventory([twin(1, 'a:1'), unnamed])))).toEqual([]);
    const both = groundOf(
      inventory([twin(1, 'a:1'), twin(2, 'b:1')]),
      `${plainPolicy}keep: [{ match: "**" }]\n`,
    );
    expect(suggested('same-content', both)).toEqual([]);
  });
});

describe('images for another platform', () => {
  it('are told with the machine that they are for', () => {
    const taken = inventory([
      version(1, 'a:1', 9, 200, { platform: 'linux/arm64/v8' }),
      version(2, 'b:1', 9, 200, { platform: 'linux/amd64' }),
    ]);
    const [one, ...rest] = suggested('foreign-platform', groundOf(taken));
    expect(rest).toEqual([]);
    expect(one).toMatchObject({
      evidence: { platforms: ['linux/arm64'], own: 'linux/amd64', images: 1, names: ['a:1'] },
      bytes: { max: 200 },
    });
  });

  it.each([
    ['linux/amd64', 'linux/386', false],
    ['linux/amd64', 'linux/arm/v7', true],
    ['linux/arm64', 'linux/arm/v5', false],
    ['linux/arm64', 'linux/arm/v7', false],
    ['linux/arm64', 'linux/386', true],
    ['linux/386', 'linux/amd64', true],
    ['linux/arm', 'linux/arm64', true],
    ['linux/amd64', 'windows/amd64', true],
  ])('are, on %s, %s: %s', (own, platform, isForeign) => {
    const base = inventory([version(1, 'a:1', 9, 200, { platform })]);
    const taken = { ...base, engine: { ...base.engine, platform: own } };
    expect(suggested('foreign-platform', groundOf(taken))).toHaveLength(isForeign ? 1 : 0);
  });

  it('are none where the engine or the image does not tell, or a container uses it', () => {
    const foreign = version(1, 'a:1', 9, 200, { platform: 'linux/arm64' });
    const base = inventory([foreign]);
    const silent = { ...base, engine: { ...base.engine, platform: null } };
    expect(suggested('foreign-platform', groundOf(silent))).toEqual([]);
    for (const platform of ['', 'unknown/unknown', 'linux', 'linux/amd64/v2'])
      expect(
        suggested('foreign-platform', groundOf(inventory([{ ...foreign, platform }]))),
      ).toEqual([]);
    const user = container(1, 1, { state: 'running' });
    const busy = inventory([{ ...foreign, ...used(1, user) }], { containers: [user] });
    expect(suggested('foreign-platform', groundOf(busy))).toEqual([]);
  });
});

describe('a keep rule', () => {
  const images = [version(1, 'a:1', 90), version(2, 'b:1', 90, 300)];
  const policy = (keep: string) => `grace: 0s\nkeep: [${keep}]\nremove: [{ match: "**" }]\n`;

  it('is told with what could go without it', () => {
    const keep = '{ id: b, match: b }, { id: a, match: a }';
    const [one, ...rest] = suggested('costly-keep', groundOf(inventory(images), policy(keep)));
    expect(rest).toEqual([]);
    expect(one).toMatchObject({
      key: 'costly-keep b',
      evidence: { rule: 'b', images: 1 },
      bytes: { min: 300, max: 300, certainty: 'exact' },
      action: { kind: 'policy', edit: { edit: 'remove-rule', list: 'keep', id: 'b' } },
    });
  });

  it('that keeps everything is told once: it is hardly meant', () => {
    const all = groundOf(inventory(images), policy('{ id: all, match: "**" }'));
    expect(suggested('costly-keep', all)).toEqual([]);
    expect(
      suggested('policy-rule', all).filter(({ action }) => action.kind === 'policy'),
    ).toMatchObject([{ bytes: { max: 500 }, action: { edit: { list: 'keep', id: 'all' } } }]);
  });

  it('costs nothing where another keeps the same, or nothing would remove it', () => {
    const twice = policy('{ id: b, match: b }, { id: all, match: "**" }');
    expect(suggested('costly-keep', groundOf(inventory([images[1] as ImageFacts]), twice))).toEqual(
      [],
    );
    const unremoved = `${plainPolicy}keep: [{ id: b, match: b }]\n`;
    expect(suggested('costly-keep', groundOf(inventory(images), unremoved))).toEqual([]);
  });
});

describe('rules that are hardly meant', () => {
  const faults = (text: string, days = 200) =>
    suggested(
      'policy-rule',
      groundOf(inventory([version(1, 'api:1', 1)], { observedDays: days }), text),
    ).map(({ evidence, action }) => [
      evidence.id === 'policy-rule' ? [evidence.list, evidence.rule, evidence.fault] : [],
      action.kind,
    ]);

  it('keep everything, and are taken out', () => {
    const text = 'keep: [{ id: all, match: "**" }]\nremove: [{ id: api, match: api }]\n';
    expect(faults(text)).toEqual([
      [['keep', 'all', 'keeps-everything'], 'policy'],
      [['remove', 'api', 'never-removes'], 'advice'],
    ]);
  });

  it('never match: no image can, or in two weeks none did', () => {
    const slip = 'remove: [{ id: slip, match: "myrog/api" }, { id: api, match: api }]\n';
    expect(faults(slip)).toEqual([[['remove', 'slip', 'never-matches'], 'advice']]);
    expect(faults(slip, 13)).toEqual([]);
    expect(faults('remove: [{ id: big, match: "MyOrg/api" }]\n', 1)).toEqual([
      [['remove', 'big', 'never-matches'], 'advice'],
    ]);
  });

  it('are missing where nothing is ever removed', () => {
    expect(faults('keep: [{ id: api, match: api }]\n')).toEqual([
      [['remove', null, 'removes-nothing'], 'policy'],
    ]);
  });

  it('are others once they are written anew', () => {
    const keys = ['myrog/api', 'myrog/web'].map(
      (match) =>
        suggested(
          'policy-rule',
          groundOf(inventory([]), `remove: [{ id: slip, match: "${match}" }]\n`),
        )[0]?.key,
    );
    expect(new Set(keys).size).toBe(2);
  });
});

describe('a disk that fills', () => {
  const at = (days: number) => now + days * day;
  const forecast = (days: number) => ({
    fullAt: at(days),
    earliest: at(days - 1),
    latest: at(days + 3),
  });
  const policy = 'grace: 0s\nremove: [{ match: old }]\n';
  const taken = inventory([
    version(1, 'old:1', 90),
    version(2, 'old:2', 80),
    version(3, 'new:1', 1),
  ]);
  const of = (days: number, nextRun: number | null) =>
    suggested('fills-first', groundOf(taken, policy, { forecast: forecast(days), nextRun }));

  it('before the next clean-up comes first, with what can go now', () => {
    const ground = groundOf(taken, policy, { forecast: forecast(2), nextRun: at(3) });
    const [one] = of(2, at(3));
    expect(one).toMatchObject({
      urgent: true,
      evidence: { fullAt: at(2), nextRun: at(3) },
      bytes: ground.plan.reclaimable,
      weight: day,
    });
    expect(namedBy(one)).toEqual(ground.plan.items.filter((i) => i.ticked).map((i) => i.id));
  });

  it('is told also where nothing can go: what to tick, else what to do', () => {
    const soon = { forecast: forecast(2), nextRun: at(3) };
    const holding = { ...taken, volumes: [volume('shop_db', { project: 'shop' })] };
    const bare = suggested('fills-first', groundOf(holding, plainPolicy, soon));
    expect(bare).toMatchObject([
      {
        key: 'fills-first all',
        evidence: { fullAt: at(2), nextRun: at(3) },
        urgent: true,
        bytes: null,
        safety: 'told',
        weight: day,
        action: { kind: 'advice', advice: 'make-room' },
      },
    ]);
    const lost = inventory([version(1, 'old:1', 90, 200, { recoverable: { state: 'no' } })]);
    const [one] = suggested('fills-first', groundOf(lost, policy, soon));
    expect(one).toMatchObject({ safety: 'asks', bytes: { max: 200 } });
    expect(namedBy(one)).toEqual([version(1, 'old:1', 90).id]);
  });

  it('that was dismissed comes again when it would be full for twice as long', () => {
    const hour = day / 24;
    const thresholds = { bytes: 100_000_000, idle: 30 * day };
    const full = (hours: number) =>
      suggested(
        'fills-first',
        groundOf(taken, policy, {
          forecast: forecast(2),
          nextRun: at(2) + hours * hour,
          thresholds,
        }),
      );
    const shown = (hours: number, before: number) =>
      withoutDismissed(full(hours), [{ key: 'fills-first all', weight: before * hour, at: now }])
        .length;
    expect([shown(6, 3), shown(7, 3)]).toEqual([0, 1]);
    expect([shown(2, 0), shown(3, 0)]).toEqual([0, 1]);
  });

  it('after it, or within no time that is known, is no matter', () => {
    expect(of(3, at(3))).toHaveLength(1);
    expect(of(4, at(3))).toEqual([]);
    expect(of(14, null)).toHaveLength(1);
    expect(of(15, null)).toEqual([]);
    expect(suggested('fills-first', groundOf(taken, policy))).toEqual([]);
  });
});
