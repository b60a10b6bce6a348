import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { ContainerFacts } from '../../../../main/domain/facts.js';
import { ownerOf } from '../../../../main/domain/owners/owner-of.js';
import type { Owner, OwnerKind } from '../../../../main/domain/owners/types.js';
import { parsePolicy } from '../../../../main/domain/policy/parse.js';
import type { UpdateMode, UpdatePolicy } from '../../../../main/domain/policy/types.js';
import { ceilingByName, ceilingOf, isLower } from '../../../../main/domain/update/ceilings.js';
import { modeOf } from '../../../../main/domain/update/modes.js';
import { container, image } from '../arbitrary.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const person: Owner = { kind: 'person', tool: '', unit: null, command: null, proof: '' };
const of = (kind: OwnerKind, tool = kind as string): Owner => ({ ...person, kind, tool });

/** The `update` section of these lines. */
function policy(...lines: string[]): UpdatePolicy {
  const parsed = parsePolicy(
    ['version: 1', 'update:', ...lines.map((line) => `  ${line}`), ''].join('\n'),
  );
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy.update;
}

const auto = policy('default: { mode: auto }');

interface Asked {
  facts?: Partial<ContainerFacts>;
  imageLabels?: Record<string, string>;
  owner?: Owner;
  policy?: UpdatePolicy;
  other?: string;
  isElsewhere?: boolean;
}

function mode({
  facts = {},
  imageLabels,
  owner = person,
  policy = auto,
  other,
  isElsewhere = false,
}: Asked) {
  return modeOf({
    container: container(1, 1, { name: 'web', reference: 'myorg/web:1', ...facts }),
    image: imageLabels === undefined ? image(1) : image(1, { labels: imageLabels }),
    owner,
    policy,
    otherUpdater: other === undefined ? null : { tool: other },
    isElsewhere,
  });
}

const told = (asked: Asked) => {
  const { mode: inForce, reason } = mode(asked);
  const what = 'rule' in reason ? reason.rule : 'label' in reason ? reason.label : '';
  return `${inForce} by ${reason.by} ${'tool' in reason ? reason.tool : what}`;
};

describe('the mode in force', () => {
  it.each<[string, Asked, string]>([
    ['of the default', { policy: policy('check: {}') }, 'notify by default update.default'],
    [
      'of the first entry that matches',
      { policy: policy('containers: [{ match: "w*", mode: tell }, { match: "*", mode: auto }]') },
      'tell by entry update.containers[0]',
    ],
    [
      'of the very name, though a glob comes first',
      {
        policy: policy(
          'containers: [{ match: "w*", mode: tell }, { match: [db, web], mode: auto }]',
        ),
      },
      'auto by name update.containers[1]',
    ],
    [
      'of the image',
      { policy: policy('containers: [{ image: "myorg/*", mode: ignore }]') },
      'ignore by entry update.containers[0]',
    ],
    [
      'of name and image both',
      {
        policy: policy(
          'containers: [{ match: web, image: postgres, mode: ignore }, { image: "myorg/web:1", mode: tell }]',
        ),
      },
      'tell by entry update.containers[1]',
    ],
    [
      'of an image without a tag, which is latest',
      {
        facts: { reference: 'myorg/web' },
        policy: policy('containers: [{ image: "myorg/web:latest", mode: tell }]'),
      },
      'tell by entry update.containers[0]',
    ],
    [
      'of an image by its ID',
      {
        facts: { reference: `sha256:${'1'.padStart(64, '0')}` },
        policy: policy(`containers: [{ image: "sha256:${'1'.padStart(64, '0')}", mode: tell }]`),
      },
      'tell by entry update.containers[0]',
    ],
    [
      'of the default, where the entry says none',
      { policy: policy('default: { mode: tell }', 'containers: [{ match: web, minAge: 1d }]') },
      'tell by default update.default',
    ],
    ['lowered on another machine', { isElsewhere: true }, 'notify by elsewhere '],
    [
      'lowered there also of the very name',
      { isElsewhere: true, policy: policy('containers: [{ match: web, mode: auto }]') },
      'notify by elsewhere ',
    ],
    [
      'raised by nothing there',
      { isElsewhere: true, policy: policy('default: { mode: tell }') },
      'tell by default update.default',
    ],
    [
      'lowered by a label',
      { facts: { labels: { 'careen.update': 'tell' } } },
      'tell by label careen.update',
    ],
    [
      'lowered by the lowest of several',
      {
        facts: {
          labels: { 'wud.watch': 'false', 'com.centurylinklabs.watchtower.monitor-only': 'true' },
        },
      },
      'ignore by label wud.watch',
    ],
    [
      'never raised by a label',
      {
        facts: { labels: { 'careen.update': 'auto' } },
        policy: policy('default: { mode: notify }'),
      },
      'notify by default update.default',
    ],
    [
      'of the very name, whatever a label says',
      {
        facts: { labels: { 'careen.update': 'ignore' } },
        policy: policy('containers: [{ match: web, mode: auto }]'),
      },
      'auto by name update.containers[0]',
    ],
    [
      "not lowered by the image's own label",
      {
        facts: { labels: { 'careen.update': 'ignore', 'wud.watch': 'false' } },
        imageLabels: { 'careen.update': 'ignore', 'wud.watch': 'false' },
      },
      'auto by default update.default',
    ],
    [
      "lowered by a label that is not as the image's",
      {
        facts: { labels: { 'careen.update': 'ignore' } },
        imageLabels: { 'careen.update': 'auto' },
      },
      'ignore by label careen.update',
    ],
    ['lowered by another updater', { other: 'Watchtower' }, 'notify by other-updater Watchtower'],
    [
      'of the very name, though another updater is there',
      { other: 'Watchtower', policy: policy('containers: [{ match: web, mode: auto }]') },
      'auto by name update.containers[0]',
    ],
    [
      'of an entry, which another updater lowers',
      { other: 'Watchtower', policy: policy('containers: [{ match: "we*", mode: auto }]') },
      'notify by other-updater Watchtower',
    ],
    ['lowered by its owner', { owner: of('devstack', 'DDEV') }, 'tell by owner DDEV'],
    [
      'raised from tell to notify by the very name',
      {
        owner: of('devstack', 'DDEV'),
        policy: policy('containers: [{ match: web, mode: notify }]'),
      },
      'notify by name update.containers[0]',
    ],
    [
      'no further than to notify',
      { owner: of('devstack', 'DDEV'), policy: policy('containers: [{ match: web, mode: auto }]') },
      'notify by owner DDEV',
    ],
    [
      'not raised by a glob',
      {
        owner: of('devstack', 'DDEV'),
        policy: policy('containers: [{ match: "we*", mode: notify }]'),
      },
      'tell by owner DDEV',
    ],
    [
      'not raised from ignore',
      { owner: of('cluster', 'kind'), policy: policy('containers: [{ match: web, mode: auto }]') },
      'ignore by owner kind',
    ],
    [
      'not raised of a task of Swarm',
      { owner: of('swarm', 'Swarm'), policy: policy('containers: [{ match: web, mode: notify }]') },
      'tell by owner Swarm',
    ],
  ])('is %s', (_, asked, expected) => {
    expect(told(asked)).toBe(expected);
  });

  it('tells what else was said', () => {
    const named = policy('containers: [{ match: web, mode: notify }]');
    const labels = { 'careen.update': 'ignore' };
    expect(mode({ policy: named, facts: { labels }, owner: of('editor', 'VS Code') }).also).toEqual(
      [
        { mode: 'ignore', reason: { by: 'label', label: 'careen.update' } },
        { mode: 'tell', reason: { by: 'owner', kind: 'editor', tool: 'VS Code' } },
      ],
    );
    expect(mode({ other: 'Watchtower', owner: of('systemd', 'systemd') }).also).toEqual([
      { mode: 'auto', reason: { by: 'default', rule: 'update.default' } },
      { mode: 'notify', reason: { by: 'other-updater', tool: 'Watchtower' } },
    ]);
  });

  it('comes with the rules of the entry, and what it leaves out of the default', () => {
    const { rules, tags } = mode({
      policy: policy(
        'default: { tags: minor, minAge: 3d, hooks: true }',
        'containers: [{ match: "w*", settle: 1s, probe: { tcp: "a:1" } }]',
      ),
    });
    expect(rules).toEqual({
      tags: { level: 'minor' },
      minAge: 3 * 86_400_000,
      settle: 1_000,
      proveWithin: 300_000,
      stuckAfter: 60_000,
      hooks: true,
      askAbove: 2e9,
      copyUpTo: 1e9,
      probe: { tcp: 'a:1' },
    });
    expect(tags).toEqual({ level: 'minor' });
  });
});

describe('tags in force', () => {
  const tagsOf = (labels: Record<string, string>, ...lines: string[]) =>
    mode({ facts: { labels }, policy: policy(...lines) }).tags;
  const wud = { 'wud.tag.include': '^\\d+$' };
  const included = { level: 'pattern', include: '^\\d+$', exclude: null, transform: null };

  it('are narrowed by a label, and never widened', () => {
    expect(tagsOf({ 'careen.tags': 'patch' }, 'default: { tags: major }')).toEqual({
      level: 'patch',
    });
    expect(tagsOf({ 'careen.tags': 'major' }, 'default: { tags: minor }')).toEqual({
      level: 'minor',
    });
    expect(tagsOf({ 'careen.tags': 'major' }, 'default: {}')).toEqual({ level: 'same' });
    expect(tagsOf({ 'careen.tags': 'moinr' }, 'default: { tags: major }')).toEqual({
      level: 'same',
    });
    expect(tagsOf(wud, 'default: { tags: same }')).toEqual({ level: 'same' });
    expect(tagsOf(wud, 'default: { tags: minor }')).toEqual({
      ...included,
      within: { level: 'minor' },
    });
    expect(tagsOf({ ...wud, 'careen.tags': 'patch' }, 'default: { tags: minor }')).toEqual({
      ...included,
      within: { level: 'patch' },
    });
    expect(tagsOf({ 'careen.tags': 'patch' }, 'default: { tags: { exclude: x } }')).toEqual({
      level: 'pattern',
      include: null,
      exclude: 'x',
      transform: null,
      within: { level: 'patch' },
    });
    expect(tagsOf({ ...wud, 'dd.tag.exclude': 'rc' }, 'default: { tags: major }')).toEqual({
      level: 'pattern',
      include: null,
      exclude: 'rc',
      transform: null,
      within: { ...included, within: { level: 'major' } },
    });
  });

  it('stay the same where a label holds back what cannot be read', () => {
    expect(tagsOf({ 'wud.tag.include': '^(?!rc)' }, 'default: { tags: major }')).toEqual({
      level: 'same',
    });
    expect(tagsOf({ 'wud.tag.transform': 'x' }, 'default: { tags: major }')).toEqual({
      level: 'same',
    });
  });

  it("are the very name's, whatever a label says", () => {
    const labels = { 'careen.tags': 'patch', 'dd.updatePolicy.maturityMode': 'mature' };
    expect(tagsOf(labels, 'containers: [{ match: web, tags: major }]')).toEqual({ level: 'major' });
    // But a name with a mode alone says nothing of tags.
    expect(
      tagsOf(labels, 'default: { tags: major }', 'containers: [{ match: web, mode: auto }]'),
    ).toEqual({ level: 'patch' });
  });
});

describe('what an owner allows', () => {
  const kinds: [OwnerKind, string, UpdateMode, UpdateMode][] = [
    ['person', '', 'auto', 'auto'],
    ['compose', 'Compose', 'auto', 'auto'],
    ['compose', 'Portainer', 'tell', 'notify'],
    ['swarm', 'Swarm', 'tell', 'tell'],
    ['cluster', 'kind', 'ignore', 'ignore'],
    ['editor', 'VS Code', 'tell', 'notify'],
    ['devstack', 'DDEV', 'tell', 'notify'],
    ['ephemeral', 'act', 'ignore', 'ignore'],
    ['builder', 'Dagger', 'ignore', 'ignore'],
    ['builder', 'buildx', 'tell', 'notify'],
    ['platform', 'Docker Desktop', 'ignore', 'ignore'],
    ['updater', 'Watchtower', 'ignore', 'ignore'],
    ['systemd', 'systemd', 'tell', 'notify'],
  ];

  it.each(kinds)('of %s (%s) is %s, by name %s', (kind, tool, most, byName) => {
    expect(ceilingOf(of(kind, tool), null)).toBe(most);
    expect(ceilingByName(of(kind, tool), null)).toBe(byName);
  });

  it('is to tell of a service that Compose builds', () => {
    const labels = {
      'com.docker.compose.project': 'shop',
      'com.docker.compose.service': 'web',
      'com.docker.compose.config-hash': 'c0ffee',
    };
    const facts = container(1, 1, { labels });
    const built = image(1, {
      labels: { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web' },
    });
    expect(ceilingOf(ownerOf(facts, image(1)), image(1))).toBe('auto');
    expect(ceilingOf(ownerOf(facts, built), built)).toBe('tell');
  });

  it('binds over all, and labels only ever lower', () => {
    const modes = fc.constantFrom<UpdateMode[]>('auto', 'notify', 'tell', 'ignore');
    const labels = fc.dictionary(
      fc.constantFrom(
        ...[
          'careen.update',
          'careen.tags',
          'wud.watch',
          'wud.trigger.exclude',
          'dd.watch',
          'diun.enable',
        ],
        ...[
          'com.centurylinklabs.watchtower.enable',
          'com.centurylinklabs.watchtower.monitor-only',
          'com.ouroboros.enable',
        ],
      ),
      fc.constantFrom('true', 'false', '', 'auto', 'ignore', 'docker.local:minor', '1', 'no', 'x'),
    );
    fc.assert(
      fc.property(
        modes,
        fc.option(modes, { nil: null }),
        fc.boolean(),
        labels,
        fc.constantFrom(...kinds),
        fc.boolean(),
        (byDefault, byEntry, exact, own, [kind, tool], other) => {
          const owner = of(kind, tool);
          const update = policy(
            `default: { mode: ${byDefault}, tags: major }`,
            ...(byEntry === null
              ? []
              : [`containers: [{ match: "${exact ? 'web' : 'w*'}", mode: ${byEntry} }]`]),
          );
          const ask = (labels: Record<string, string>) =>
            mode({ owner, policy: update, facts: { labels }, ...(other ? { other: 'WUD' } : {}) });
          const [without, withLabels] = [ask({}), ask(own)];
          expect(isLower(without.mode, withLabels.mode)).toBe(false);
          const most =
            byEntry !== null && exact ? ceilingByName(owner, null) : ceilingOf(owner, null);
          expect(isLower(most, withLabels.mode)).toBe(false);
          expect(isLower(byEntry ?? byDefault, withLabels.mode)).toBe(false);
          // Labels that the image bears too are nobody's wish.
          expect(
            mode({
              owner,
              policy: update,
              facts: { labels: own },
              imageLabels: own,
              ...(other ? { other: 'WUD' } : {}),
            }),
          ).toEqual(without);
        },
      ),
      { numRuns: 500 },
    );
  });
});
