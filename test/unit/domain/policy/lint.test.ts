import { describe, expect, it } from 'vitest';
import { checkPolicy } from '../../../../main/domain/policy/check.js';
import { defaultPolicyText } from '../../../../main/domain/policy/default.js';
import { templates } from '../../../../main/domain/policy/templates/index.js';
import { messages } from '../../../../main/messages/index.js';

const now = Date.UTC(2026, 10, 24, 12);

function lints(text: string): string[] {
  const checked = checkPolicy(text, now);
  if ('problems' in checked) throw new Error(JSON.stringify(checked.problems));
  for (const lint of checked.lints)
    expect(messages('zh-CN').policyLint(lint)).toMatch(/[一-鿿].*。$/);
  return checked.lints.map(
    (lint) => `${lint.line}:${lint.column} ${lint.code}: ${messages('en').policyLint(lint)}`,
  );
}

const policy = (...lines: string[]) => ['version: 1', ...lines, ''].join('\n');

describe('a policy that is hardly meant so', () => {
  it.each<[string, string, string[]]>([
    [
      'the same keep rule twice',
      policy('keep:', '  - { id: a, match: "myorg/*" }', '  - { match: "myorg/*" }'),
      ['4:5 rule-pointless: keep[1] changes nothing: rule "a" does all that it does.'],
    ],
    [
      'a tag in its repository',
      policy('keep:', '  - { match: "myorg/api:1" }', '  - { id: all, match: [x, myorg/api] }'),
      ['3:5 rule-pointless: keep[0] changes nothing: rule "all" does all that it does.'],
    ],
    [
      'a name in a pattern',
      policy(
        'protect:',
        '  - { id: all, match: "myorg/*" }',
        '  - { match: "myorg/api:1", until: 2027-01-31 }',
      ),
      ['4:5 rule-pointless: protect[1] changes nothing: rule "all" does all that it does.'],
    ],
    [
      'protection that ends before',
      policy(
        'protect:',
        '  - { match: a, until: 2027-01-31 }',
        '  - { match: a, until: 2027-01-30 }',
      ),
      ['4:5 rule-pointless: protect[1] changes nothing: rule "protect[0]" does all that it does.'],
    ],
    [
      'a shorter while',
      policy(
        'keep:',
        '  - { match: "**", usedWithin: 30d }',
        '  - { id: most, match: "**", usedWithin: 90d }',
      ),
      ['3:5 rule-pointless: keep[0] changes nothing: rule "most" does all that it does.'],
    ],
    [
      'a smaller count',
      policy('keep:', '  - { match: "a*", last: 2 }', '  - { id: most, match: "a*", last: 3 }'),
      ['3:5 rule-pointless: keep[0] changes nothing: rule "most" does all that it does.'],
    ],
    [
      'a longer wait',
      policy(
        'remove:',
        '  - { id: stale, match: "**", unusedFor: 60d }',
        '  - { match: "a*", origin: built, unusedFor: 90d }',
      ),
      ['4:5 rule-pointless: remove[1] changes nothing: rule "stale" does all that it does.'],
    ],
    [
      'every image kept',
      policy('keep:', '  - match: "**"'),
      [
        '3:5 keeps-everything: keep[0] holds every image, so no remove rule ever takes one; give it a condition.',
      ],
    ],
    [
      'every image protected',
      policy('protect:', '  - match: [a, "**"]'),
      [
        '3:5 keeps-everything: protect[0] holds every image, so no remove rule ever takes one; give it a condition.',
      ],
    ],
    [
      'a remove rule behind a keep rule',
      policy(
        'keep:',
        '  - { id: own, match: "myorg/*" }',
        'remove:',
        '  - { id: old, match: "myorg/*", unusedFor: 60d }',
      ),
      [
        '5:5 never-removes: remove[0] never removes anything: rule "own" keeps all that it selects.',
      ],
    ],
    [
      'a remove rule behind protection',
      policy(
        'protect:',
        '  - { match: "postgres" }',
        'remove:',
        '  - { match: "postgres:16", unusedFor: 60d }',
      ),
      [
        '5:5 never-removes: remove[0] never removes anything: rule "protect[0]" keeps all that it selects.',
      ],
    ],
    [
      'auto and no trigger',
      policy('mode: auto'),
      [
        '2:7 auto-without-trigger: The mode is auto, but no trigger ever starts a clean-up; write one under triggers.',
      ],
    ],
    [
      'a date that has passed',
      policy('protect:', '  - { match: a, until: 2026-11-23 }'),
      ['3:24 until-past: protect[0].until has passed, so the entry protects nothing any more.'],
    ],
    [
      'a pattern with capitals',
      policy('keep:', '  - match: [a, MyOrg/Api:v1]', '  - match: ghcr.io/Acme/*'),
      [
        '3:16 never-matches: keep[0].match[1] can match no image. "myorg/api:v1" was probably meant.',
        '4:12 never-matches: keep[1].match can match no image. "ghcr.io/acme/*" was probably meant.',
      ],
    ],
    [
      'the beginning of an ID',
      policy('keep:', '  - match: sha256:0123456789ab'),
      ['3:12 never-matches: keep[0].match can match no image.'],
    ],
    [
      'a tag that cannot be',
      policy('keep:', '  - match: "api@SHA256:*"', '  - match: "api:v+1"'),
      [
        '3:12 never-matches: keep[0].match can match no image.',
        '4:12 never-matches: keep[1].match can match no image.',
      ],
    ],
    [
      'a platform without a system',
      policy(
        'keep:',
        '  - { match: a, platform: arm64 }',
        '  - { match: b, platform: [Linux/AMD64, other/x] }',
      ),
      [
        '3:27 never-matches: keep[0].platform can match no image. "linux/arm64" was probably meant.',
        '4:28 never-matches: keep[1].platform[0] can match no image. "linux/amd64" was probably meant.',
        '4:41 never-matches: keep[1].platform[1] can match no image.',
      ],
    ],
    [
      'a day that there is not',
      policy('triggers: { schedule: "0 0 30 2 *" }'),
      ['2:23 schedule-never: triggers.schedule names a day that never comes.'],
    ],
    [
      'a rule that would do more',
      policy('remove:', '  - { match: a, unusedFor: 1d, mode: auto }'),
      [
        "3:38 mode-no-effect: remove[0].mode allows more than the policy's own mode, which a rule can only make stricter.",
      ],
    ],
    [
      'an entry behind a broader one',
      policy(
        'update:',
        '  containers:',
        '    - { image: "myorg/*" }',
        '    - { match: [db, "db-*"], mode: auto }',
        '    - { match: "api-*", image: "myorg/api", mode: auto }',
        '    - { match: db, mode: ignore }',
      ),
      [
        '6:7 entry-shadowed: update.containers[2] never applies: update.containers[0] comes first and matches every container that it does.',
        '7:7 entry-shadowed: update.containers[3] never applies: update.containers[1] comes first and matches every container that it does.',
      ],
    ],
    [
      'a name as the API writes it',
      policy('update:', '  containers:', '    - { match: [a, /web], mode: auto }'),
      [
        '4:20 never-matches-container: update.containers[0].match[1] can match no container. "web" was probably meant.',
      ],
    ],
    [
      'an image with capitals',
      policy('update: { containers: [{ image: MyOrg/Api }] }'),
      [
        '2:33 never-matches: update.containers[0].image can match no image. "myorg/api" was probably meant.',
      ],
    ],
    [
      'a container that settles after its time',
      policy(
        'update:',
        '  default: { settle: 10m }',
        '  containers:',
        '    - { match: a, proveWithin: 1m }',
        '    - { match: b, settle: 6m }',
        '    - { match: c, mode: auto }',
      ),
      [
        '3:22 never-settles: update.default.settle is longer than proveWithin, so a container without a health check is never proven in time.',
        '5:32 never-settles: update.containers[0].proveWithin is less than settle, so a container without a health check is never proven in time.',
        '6:27 never-settles: update.containers[1].settle is longer than proveWithin, so a container without a health check is never proven in time.',
      ],
    ],
    [
      'a check every minute',
      policy('update: { check: { every: 1m } }'),
      [
        '2:27 checks-often: update.check.every is so short that registries may refuse to answer; an hour or more is usual.',
      ],
    ],
    [
      'a text from Windows',
      '\uFEFFversion: 1\r\nmode: auto\r\n',
      [
        '2:7 auto-without-trigger: The mode is auto, but no trigger ever starts a clean-up; write one under triggers.',
      ],
    ],
  ])('%s', (_, text, expected) => {
    expect(lints(text)).toEqual(expected);
  });

  it.each<[string, string]>([
    [
      'a larger count of fewer',
      policy('keep:', '  - { match: "**", last: 3 }', '  - { match: "a*", last: 2 }'),
    ],
    [
      'an ID beside all names',
      policy(
        'keep:',
        `  - { match: "sha256:${'0'.repeat(64)}", last: 1 }`,
        '  - { match: "**", last: 1 }',
      ),
    ],
    [
      'a keep rule with a condition',
      policy('keep:', '  - { match: a, last: 1 }', 'remove:', '  - { match: a, unusedFor: 1d }'),
    ],
    [
      'two origins',
      policy('remove:', '  - { match: a, origin: pulled }', '  - { match: a, origin: built }'),
    ],
    [
      'a stricter rule',
      policy(
        'mode: auto',
        'triggers: { schedule: "@daily" }',
        'remove:',
        '  - { match: a, mode: confirm }',
      ),
    ],
    [
      'capitals of a tag or a domain',
      policy('keep:', '  - match: [a:V1-RC, Registry.local:5000/a]'),
    ],
    [
      'wildcards',
      policy(
        'keep:',
        '  - match: ["*/api", "ghcr.io/**", "a:*-alpine", "a@sha256:*", "my?rg/[a-c]*"]',
      ),
    ],
    ['a date of today', policy('protect:', '  - { match: a, until: 2026-11-24 }')],
    [
      'the very name behind a glob',
      policy(
        'update:',
        '  containers:',
        '    - { match: "web-*", mode: notify }',
        '    - { match: web-1, mode: auto }',
        '    - { image: "myorg/*" }',
        '    - { match: api, image: "myorg/api" }',
      ),
    ],
    ['a leap day', policy('triggers: { schedule: "0 0 29 2 *" }')],
  ])('not: %s', (_, text) => {
    expect(lints(text)).toEqual([]);
  });

  it.each(Object.entries({ default: defaultPolicyText, ...templates }))(
    'is not the one called %s',
    (_, text) => {
      expect(lints(text)).toEqual([]);
    },
  );
});
