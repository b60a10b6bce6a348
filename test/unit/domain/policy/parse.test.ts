import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { defaultPolicyText } from '../../../../main/domain/policy/default.js';
import { parsePolicy } from '../../../../main/domain/policy/parse.js';
import type { Policy } from '../../../../main/domain/policy/types.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

const day = 86_400_000;
const anything = {
  match: null,
  labels: null,
  platform: null,
  origin: null,
  largerThan: null,
  untagged: null,
};

/** Problems as `line:column code path | found | expected | suggestion`. */
function problems(text: string): string[] {
  const parsed = parsePolicy(text);
  if (!('problems' in parsed)) return [];
  return parsed.problems.map(
    (p) =>
      `${p.line}:${p.column} ${p.code} ${p.path} | ${p.found} | ${p.expected}` +
      (p.suggestion === null ? '' : ` | ${p.suggestion}`),
  );
}

function policy(text: string): Policy {
  const parsed = parsePolicy(text);
  if ('problems' in parsed) throw new Error(problems(text).join('\n'));
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
      limits: { pause: 250 },
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
        limits: { pause: 250 },
      },
      stoodIn: ['mode', 'protect', 'keep', 'remove', 'grace', 'limits.pause'],
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

  it('may use anchors', () => {
    expect(
      policy('version: 1\nkeep:\n  - { match: &m [a, b], last: 1 }\n  - { match: *m, last: 2 }\n')
        .keep[1]?.match,
    ).toEqual(['a', 'b']);
  });
});

const later = (path: string) => `not-yet ${path} | ${path.split('.').at(-1)} | later-version`;
const topKeys =
  'one-of version, mode, protect, keep, remove, grace, rollback, containers, networks, buildCache, triggers, limits, update';

describe('a policy that does not parse', () => {
  it.each<[string, string[]]>([
    ['', ['1:1 missing version | nothing | one-of 1']],
    ['# nothing\n', ['1:1 missing version | nothing | one-of 1']],
    ['mode: auto\n', ['1:1 missing version | nothing | one-of 1']],
    ['version: 2\n', ['1:10 bad-value version | 2 | one-of 1']],
    ['version: "1"\n', ['1:10 bad-value version | "1" | one-of 1 | 1']],
    ['- version: 1\n', ['1:1 wrong-type  | list | mapping']],
    ['just text\n', ['1:1 wrong-type  | "just text" | mapping']],
    [
      'version: 1\nmode: atuo\n',
      ['2:7 bad-value mode | "atuo" | one-of suggest, confirm, auto | auto'],
    ],
    ['version: 1\nmdoe: auto\n', [`2:1 unknown-key mdoe | mdoe | ${topKeys} | mode`]],
    ['version: 1\nzebra: 1\n', [`2:1 unknown-key zebra | zebra | ${topKeys}`]],
    ['version: 1\nProtect: []\n', [`2:1 unknown-key Protect | Protect | ${topKeys} | protect`]],
    ['version: 1\nprotect:\nkeep: []\n', ['2:1 wrong-type protect | nothing | list']],
    ['version: 1\nkeep: { match: a }\n', ['2:7 wrong-type keep | mapping | list']],
    ['version: 1\nkeep:\n  - a\n', ['3:5 wrong-type keep[0] | "a" | mapping']],
    ['version: 1\nkeep:\n  - {}\n', ['3:5 missing keep[0] | mapping | condition']],
    ['version: 1\nremove:\n  - { id: all }\n', ['3:5 missing remove[0] | mapping | condition']],
    ['version: 1\ngrace: 24\n', ['2:8 wrong-type grace | 24 | duration']],
    ['version: 1\ngrace: 1 day\n', ['2:8 bad-value grace | "1 day" | duration']],
    ['version: 1\ngrace: -1d\n', ['2:8 bad-value grace | "-1d" | duration']],
    [
      'version: 1\nkeep:\n  - { match: "**", usedWithin: 90D }\n',
      ['3:32 bad-value keep[0].usedWithin | "90D" | duration'],
    ],
    [
      'version: 1\nkeep:\n  - { match: "**", last: 0 }\n',
      ['3:26 bad-value keep[0].last | 0 | count'],
    ],
    [
      'version: 1\nkeep:\n  - { match: "**", last: "3" }\n',
      ['3:26 wrong-type keep[0].last | "3" | count'],
    ],
    [
      'version: 1\nkeep:\n  - { match: "**", last: 1.5 }\n',
      ['3:26 wrong-type keep[0].last | 1.5 | count'],
    ],
    ['version: 1\nkeep:\n  - { match: 5 }\n', ['3:14 wrong-type keep[0].match | 5 | text-or-list']],
    ['version: 1\nkeep:\n  - match: ""\n', ['3:12 bad-value keep[0].match | "" | pattern']],
    [
      'version: 1\nkeep:\n  - match: [a, "b c"]\n',
      ['3:16 bad-value keep[0].match[1] | "b c" | pattern'],
    ],
    ['version: 1\nkeep:\n  - match: [a, 5]\n', ['3:16 wrong-type keep[0].match[1] | 5 | pattern']],
    ['version: 1\nkeep:\n  - match: []\n', ['3:12 bad-value keep[0].match | list | filled-list']],
    [
      'version: 1\nkeep:\n  - match: "*a*b*c*d"\n',
      ['3:12 bad-value keep[0].match | "*a*b*c*d" | pattern'],
    ],
    [
      `version: 1\nkeep:\n  - match: ${'a'.repeat(257)}\n`,
      [`3:12 bad-value keep[0].match | "${'a'.repeat(59)}…" | pattern`],
    ],
    [
      'version: 1\nprotect:\n  - labels: { careen.keep: true }\n',
      ['3:28 wrong-type protect[0].labels.careen.keep | true | quoted-text'],
    ],
    [
      'version: 1\nprotect:\n  - { match: a, until: tomorrow }\n',
      ['3:24 bad-value protect[0].until | "tomorrow" | date'],
    ],
    [
      'version: 1\nprotect:\n  - { match: a, until: 2027-02-30 }\n',
      ['3:24 bad-value protect[0].until | "2027-02-30" | date'],
    ],
    [
      'version: 1\nprotect:\n  - { mach: a }\n',
      [
        '3:7 unknown-key protect[0].mach | mach | one-of id, match, labels, platform, origin, largerThan, untagged, project, until, note | match',
      ],
    ],
    [
      'version: 1\nremove:\n  - { match: a, origin: [pulled, bulit] }\n',
      [
        '3:34 bad-value remove[0].origin[1] | "bulit" | one-of pulled, built, loaded, unknown | built',
      ],
    ],
    [
      'version: 1\nremove:\n  - { match: a, origin: puled }\n',
      [
        '3:25 bad-value remove[0].origin | "puled" | one-of pulled, built, loaded, unknown | pulled',
      ],
    ],
    [
      'version: 1\nremove:\n  - { untagged: "yes" }\n',
      ['3:17 wrong-type remove[0].untagged | "yes" | true-or-false'],
    ],
    [
      'version: 1\nremove:\n  - { largerThan: 10 GB }\n',
      ['3:19 bad-value remove[0].largerThan | "10 GB" | size'],
    ],
    [
      'version: 1\nremove:\n  - { id: "a b", match: a }\n',
      ['3:11 bad-value remove[0].id | "a b" | rule-id'],
    ],
    [
      'version: 1\nkeep:\n  - { id: a, match: a }\n  - { id: a, match: b }\n',
      ['4:11 bad-value keep[1].id | "a" | unique-id'],
    ],
    ['version: 1\nrollback: { versions: 1 }\n', [`2:1 ${later('rollback')}`]],
    ['version: 1\ntriggers: rubbish\n', [`2:1 ${later('triggers')}`]],
    ['version: 1\nupdate:\n', [`2:1 ${later('update')}`]],
    ['version: 1\nlimits: { maxItems: 5, pause: 1s }\n', [`2:11 ${later('limits.maxItems')}`]],
    [
      'version: 1\nkeep:\n  - { id: projects, project: present }\n',
      [`3:21 ${later('keep[0].project')}`],
    ],
    [
      'version: 1\nlimits: { paus: 1s }\n',
      ['2:11 unknown-key limits.paus | paus | one-of pause, maxItems, maxBytes | pause'],
    ],
    ['version: 1\nmode: auto\nmode: confirm\n', ['3:1 duplicate-key  | mode | unique-key']],
    ['version: 1\nkeep: [\n', ['3:1 syntax  | nothing | yaml']],
    ['version: 1\n\tmode: auto\n', ['2:1 syntax  | "mode: auto" | yaml']],
    ['version: 1\n---\nversion: 1\n', ['2:1 syntax  | "---" | yaml']],
    ['version: !!set 1\n', ['1:10 syntax  | "version: !!set 1" | yaml']],
    ['version: 1\nkeep: *gone\n', ['2:7 syntax  | "*gone" | yaml']],
    ['version: 1\nkeep: &a [ *a ]\n', ['2:12 syntax  | "*a" | yaml']],
    ['version: 1\n<<: { mode: auto }\n', [`2:1 unknown-key << | << | ${topKeys}`]],
    [
      'version: 1\n__proto__: { mode: auto }\n',
      [`2:1 unknown-key __proto__ | __proto__ | ${topKeys}`],
    ],
    [
      'version: 1\nmdoe: auto\ngrace: soon\nupdate: {}\n',
      [
        `2:1 unknown-key mdoe | mdoe | ${topKeys} | mode`,
        '3:8 bad-value grace | "soon" | duration',
        `4:1 ${later('update')}`,
      ],
    ],
    [
      `version: 1\nkeep:\n  - match: [ &a x, ${Array.from({ length: 21 }, () => '*a').join(', ')} ]\n`,
      ['1:1 too-many-aliases  | 21 | 20'],
    ],
  ])('%j', (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it('is at most 256 kB', () => {
    expect(problems(`version: 1\n#${'x'.repeat(256_000)}\n`)).toEqual([
      '1:1 too-large  | 257 kB | 256 kB',
    ]);
  });

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
