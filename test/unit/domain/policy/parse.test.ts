import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { defaultPolicyText } from '../../../../main/domain/policy/default.js';
import { parsePolicy } from '../../../../main/domain/policy/parse.js';
import type { Policy } from '../../../../main/domain/policy/types.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const hour = 3_600_000;
const day = 24 * hour;
const anything = {
  match: null,
  labels: null,
  platform: null,
  origin: null,
  largerThan: null,
  untagged: null,
  project: null,
};

function policy(text: string): Policy {
  const parsed = parsePolicy(text);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy;
}

describe('a policy that parses', () => {
  it('is the default one as it is written', () => {
    expect(policy(defaultPolicyText)).toEqual({
      version: 1,
      mode: 'confirm',
      protect: [
        {
          ...anything,
          id: 'protect[0]',
          labels: { 'careen.keep': 'true' },
          until: null,
          note: null,
        },
      ],
      keep: [
        {
          ...anything,
          id: 'recent',
          match: ['**'],
          last: 3,
          per: 'repository',
          usedWithin: 90 * day,
        },
        {
          ...anything,
          id: 'lately',
          match: ['**'],
          last: null,
          per: 'repository',
          usedWithin: 30 * day,
        },
      ],
      remove: [
        { ...anything, id: 'untagged', untagged: true, unusedFor: 3 * day, mode: null },
        {
          ...anything,
          id: 'stale',
          match: ['**'],
          origin: ['pulled'],
          unusedFor: 60 * day,
          mode: null,
        },
        {
          ...anything,
          id: 'stale-builds',
          match: ['**'],
          origin: ['built', 'loaded', 'unknown'],
          unusedFor: 60 * day,
          mode: 'confirm',
        },
      ],
      grace: day,
      rollback: { versions: 1, for: 7 * day },
      containers: { enabled: false, exitedFor: 14 * day },
      networks: { enabled: false, unusedFor: 14 * day },
      buildCache: { enabled: false, unusedFor: 7 * day, keep: 5e9 },
      triggers: {
        schedule: '0 12 * * *',
        afterUpdate: true,
        pressure: { high: 85, low: 75, cooldown: 6 * hour },
        hostNotice: 90,
        images: { max: 40e9, to: 30e9 },
      },
      limits: { pause: 250, maxItems: 50, maxBytes: 20e9 },
      update: {
        check: { every: 6 * hour },
        default: {
          mode: 'notify',
          tags: { level: 'same' },
          minAge: 0,
          settle: 30_000,
          proveWithin: 300_000,
          stuckAfter: 60_000,
          hooks: false,
          askAbove: 2e9,
          copyUpTo: 1e9,
          probe: null,
        },
        containers: [],
      },
    });
  });

  it('needs only a version, and tells what stood in', () => {
    expect(parsePolicy('version: 1\n')).toEqual({
      policy: {
        version: 1,
        mode: 'confirm',
        protect: [],
        keep: [],
        remove: [],
        grace: day,
        rollback: { versions: 1, for: 7 * day },
        containers: { enabled: false, exitedFor: 14 * day },
        networks: { enabled: false, unusedFor: 14 * day },
        buildCache: { enabled: false, unusedFor: 7 * day, keep: 5e9 },
        triggers: {
          schedule: null,
          afterUpdate: false,
          pressure: null,
          hostNotice: null,
          images: null,
        },
        limits: { maxItems: 50, maxBytes: 20e9, pause: 250 },
        update: {
          check: { every: 6 * hour },
          default: {
            mode: 'notify',
            tags: { level: 'same' },
            minAge: 0,
            settle: 30_000,
            proveWithin: 300_000,
            stuckAfter: 60_000,
            hooks: false,
            askAbove: 2e9,
            copyUpTo: 1e9,
            probe: null,
          },
          containers: [],
        },
      },
      stoodIn: [
        { key: 'mode', value: 'confirm' },
        { key: 'protect', value: '[]' },
        { key: 'keep', value: '[]' },
        { key: 'remove', value: '[]' },
        { key: 'grace', value: '24h' },
        { key: 'rollback.versions', value: '1' },
        { key: 'rollback.for', value: '7d' },
        { key: 'containers.enabled', value: 'false' },
        { key: 'containers.exitedFor', value: '14d' },
        { key: 'networks.enabled', value: 'false' },
        { key: 'networks.unusedFor', value: '14d' },
        { key: 'buildCache.enabled', value: 'false' },
        { key: 'buildCache.unusedFor', value: '7d' },
        { key: 'buildCache.keep', value: '5GB' },
        { key: 'triggers.afterUpdate', value: 'false' },
        { key: 'limits.maxItems', value: '50' },
        { key: 'limits.maxBytes', value: '20GB' },
        { key: 'limits.pause', value: '250ms' },
        { key: 'update.check.every', value: '6h' },
        { key: 'update.default.mode', value: 'notify' },
        { key: 'update.default.tags', value: 'same' },
        { key: 'update.default.minAge', value: '0s' },
        { key: 'update.default.settle', value: '30s' },
        { key: 'update.default.proveWithin', value: '5m' },
        { key: 'update.default.stuckAfter', value: '1m' },
        { key: 'update.default.hooks', value: 'false' },
        { key: 'update.default.askAbove', value: '2GB' },
        { key: 'update.default.copyUpTo', value: '1GB' },
      ],
    });
  });

  it('tells what stood in inside of what is written', () => {
    const text = `version: 1
mode: auto
protect: []
keep: []
remove: []
grace: 0s
rollback: { for: 1d }
containers: { enabled: true, exitedFor: 1d }
networks: {}
buildCache: { keep: 1GB }
triggers: { pressure: { free: 10GB, to: 20GB } }
limits: { pause: 0s, maxItems: 1 }
update: { check: {}, default: { tags: { include: x }, settle: 1s, hooks: true } }
`;
    const parsed = parsePolicy(text);
    if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
    expect(parsed.stoodIn.map(({ key }) => key)).toEqual([
      'rollback.versions',
      'networks.enabled',
      'networks.unusedFor',
      'buildCache.enabled',
      'buildCache.unusedFor',
      'triggers.afterUpdate',
      'triggers.pressure.cooldown',
      'limits.maxBytes',
      'update.check.every',
      'update.default.mode',
      'update.default.minAge',
      'update.default.proveWithin',
      'update.default.stuckAfter',
      'update.default.askAbove',
      'update.default.copyUpTo',
    ]);
    expect(parsed.policy).toMatchObject({
      rollback: { versions: 1, for: day },
      networks: { enabled: false, unusedFor: 14 * day },
      buildCache: { enabled: false, unusedFor: 7 * day, keep: 1e9 },
      triggers: {
        schedule: null,
        afterUpdate: false,
        pressure: { free: 10e9, to: 20e9, cooldown: 6 * hour },
        hostNotice: null,
        images: null,
      },
      limits: { pause: 0, maxItems: 1, maxBytes: 20e9 },
      update: {
        check: { every: 6 * hour },
        default: {
          mode: 'notify',
          tags: { level: 'pattern', include: 'x', exclude: null, transform: null },
          settle: 1_000,
          proveWithin: 300_000,
          stuckAfter: 60_000,
          hooks: true,
        },
      },
    });
  });

  it('takes every key that a rule can have', () => {
    const text = `version: 1
protect:
  - { id: gold, match: [ "myorg/golden:2.1", "sha256:${'0'.repeat(64)}" ], until: 2027-01-31, note: audit }
  - { match: x, until: 2027-01-31T10:00:00+02:00 }
keep:
  - { platform: linux/arm64, largerThan: 1.5GiB, per: family, last: 2, untagged: false }
remove:
  - { origin: loaded, unusedFor: 0s, mode: suggest }
limits: { pause: 0s }
grace: 5m
`;
    const read = policy(text);
    expect(read.protect.map((rule) => rule.until)).toEqual([
      Date.UTC(2027, 1, 1),
      Date.UTC(2027, 0, 31, 8),
    ]);
    expect(read.protect[0]).toMatchObject({ id: 'gold', note: 'audit' });
    expect(read.keep[0]).toMatchObject({
      platform: ['linux/arm64'],
      largerThan: 1.5 * 2 ** 30,
      per: 'family',
      last: 2,
      untagged: false,
    });
    expect(read.remove[0]).toMatchObject({ origin: ['loaded'], unusedFor: 0, mode: 'suggest' });
    expect(read.limits.pause).toBe(0);
    expect(read.grace).toBe(300_000);
  });

  it.each(['@hourly', '0 12 * * *', '*/15 8-18 * * MON-FRI', '0 0 L * *'])(
    'takes the schedule %s',
    (schedule) => {
      expect(policy(`version: 1\ntriggers: { schedule: "${schedule}" }\n`).triggers.schedule).toBe(
        schedule,
      );
    },
  );

  it('takes a project, or both', () => {
    const text = 'version: 1\nkeep:\n  - project: present\n  - project: [present, gone]\n';
    expect(policy(text).keep.map(({ project }) => project)).toEqual([
      ['present'],
      ['present', 'gone'],
    ]);
  });

  it('takes rules of single containers, and keeps what they leave out open', () => {
    const text = `version: 1
update:
  check: { every: 1h }
  default: { mode: auto, minAge: 3d }
  containers:
    - { match: "web-*", mode: notify, tags: minor, probe: { http: "http://127.0.0.1:8080/health" } }
    - match: [db, cache]
      image: ["postgres:16*", "redis"]
      tags: { include: '^(?<major>\\d+)-lts$', exclude: rc, transform: '^v?(\\d+)_(\\d+)$ => $1.$2' }
      settle: 1s
      proveWithin: 10m
      stuckAfter: 10s
      hooks: true
      askAbove: 500MB
      copyUpTo: 0B
      probe: { tcp: "[::1]:5432" }
    - { image: "myorg/*" }
`;
    const { update } = policy(text);
    expect(update.check).toEqual({ every: hour });
    expect(update.default).toMatchObject({ mode: 'auto', minAge: 3 * day, settle: 30_000 });
    expect(update.containers).toEqual([
      {
        id: 'update.containers[0]',
        match: ['web-*'],
        image: null,
        rules: {
          mode: 'notify',
          tags: { level: 'minor' },
          probe: { http: 'http://127.0.0.1:8080/health', status: 200 },
        },
      },
      {
        id: 'update.containers[1]',
        match: ['db', 'cache'],
        image: ['postgres:16*', 'redis'],
        rules: {
          tags: {
            level: 'pattern',
            include: '^(?<major>\\d+)-lts$',
            exclude: 'rc',
            transform: '^v?(\\d+)_(\\d+)$ => $1.$2',
          },
          settle: 1_000,
          proveWithin: 600_000,
          stuckAfter: 10_000,
          hooks: true,
          askAbove: 5e8,
          copyUpTo: 0,
          probe: { tcp: '[::1]:5432' },
        },
      },
      { id: 'update.containers[2]', match: null, image: ['myorg/*'], rules: {} },
    ]);
  });

  it('may use 20 aliases', () => {
    const aliases = Array.from({ length: 20 }, () => '*m').join(', ');
    expect(policy(`version: 1\nkeep:\n  - { match: [&m a, ${aliases}] }\n`).keep[0]?.match).toEqual(
      Array.from({ length: 21 }, () => 'a'),
    );
  });

  it('may come from an editor that writes CRLF and a byte order mark', () => {
    const windows = `\uFEFF${defaultPolicyText.replaceAll('\n', '\r\n')}`;
    expect(policy(windows)).toEqual(policy(defaultPolicyText));
  });

  it('has places that count neither', () => {
    const parsed = parsePolicy('\uFEFFmode: atuo\r\nversion: 1\r\ngrace: soon\r\n');
    expect('problems' in parsed && parsed.problems).toMatchObject([
      { line: 1, column: 7, found: '"atuo"' },
      { line: 3, column: 8, found: '"soon"' },
    ]);
  });
});

describe('a policy that does not parse', () => {
  it('is told about, whatever the text', () => {
    const piece = fc.constantFrom(
      ...['version: 1\n', 'keep:\n', '  - ', '{ ', '}\n', 'match: ', '"**"', '&a ', '*a', '[', ']'],
      ...['!!x ', '? ', ': ', '| \n', '\t', '\n', 'remove: ', 'last: 3', ', ', '%YAML 1.1\n', "'"],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const parsed = parsePolicy(pieces.join(''));
        if (!('problems' in parsed)) return;
        expect(parsed.problems.length).toBeGreaterThan(0);
        for (const { line, column } of parsed.problems) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
