import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { defaultPolicyText } from '../../../../../main/domain/policy/default.js';
import { setValue } from '../../../../../main/domain/policy/edit/value.js';
import { parsePolicy } from '../../../../../main/domain/policy/parse.js';
import type { Policy } from '../../../../../main/domain/policy/types.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

function policy(text: string): Policy {
  const parsed = parsePolicy(text);
  if ('problems' in parsed) throw new Error(`${JSON.stringify(parsed.problems)} in\n${text}`);
  return parsed.policy;
}

/** The lines that only one of two texts has. */
function changed(before: string, after: string): [string[], string[]] {
  const [one, other] = [before.split('\n'), after.split('\n')];
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  let end = 0;
  while (end < Math.min(one.length, other.length) - same && one.at(-1 - end) === other.at(-1 - end))
    end += 1;
  return [one.slice(same, one.length - end), other.slice(same, other.length - end)];
}

describe('setValue', () => {
  it.each<
    [string, Parameters<typeof setValue>[1], Parameters<typeof setValue>[2], string[], string[]]
  >([
    [
      'keeps the comment in its column',
      ['mode'],
      'auto',
      ['mode: confirm                 # what triggers may do: suggest | confirm | auto'],
      ['mode: auto                    # what triggers may do: suggest | confirm | auto'],
    ],
    [
      'keeps the quotes',
      ['triggers', 'schedule'],
      '@daily',
      ['  schedule: "0 12 * * *"      # a cron expression, in local time'],
      ['  schedule: "@daily"          # a cron expression, in local time'],
    ],
    [
      'in a flow mapping',
      ['containers', 'enabled'],
      true,
      ['containers: { enabled: false, exitedFor: 14d }'],
      ['containers: { enabled: true, exitedFor: 14d }'],
    ],
    [
      'takes the first of a flow mapping out',
      ['containers', 'enabled'],
      null,
      ['containers: { enabled: false, exitedFor: 14d }'],
      ['containers: { exitedFor: 14d }'],
    ],
    [
      'takes the last of a flow mapping out',
      ['buildCache', 'keep'],
      null,
      ['buildCache: { enabled: false, unusedFor: 7d, keep: 5GB }'],
      ['buildCache: { enabled: false, unusedFor: 7d }'],
    ],
    [
      'takes a line out',
      ['triggers', 'schedule'],
      null,
      ['  schedule: "0 12 * * *"      # a cron expression, in local time'],
      [],
    ],
    [
      'a number',
      ['limits', 'maxItems'],
      100,
      ['  maxItems: 50                # above these an automatic run becomes a question'],
      ['  maxItems: 100               # above these an automatic run becomes a question'],
    ],
    [
      'key by key, so that what stands beside them stays',
      ['triggers', 'pressure'],
      { high: '90%', low: '75%' },
      [
        "  pressure: { high: 85%, low: 75%, cooldown: 6h }     # of the engine's disk; or { free: 10GB, to: 20GB }",
      ],
      [
        "  pressure: { high: 90%, low: 75% }     # of the engine's disk; or { free: 10GB, to: 20GB }",
      ],
    ],
    [
      'one form instead of another',
      ['triggers', 'pressure'],
      { free: '10GB', to: '20GB' },
      [
        "  pressure: { high: 85%, low: 75%, cooldown: 6h }     # of the engine's disk; or { free: 10GB, to: 20GB }",
      ],
      [
        "  pressure: { free: 10GB, to: 20GB }     # of the engine's disk; or { free: 10GB, to: 20GB }",
      ],
    ],
  ])('%s', (_, path, value, before, after) => {
    const text = setValue(defaultPolicyText, path, value);
    expect(changed(defaultPolicyText, text)).toEqual([before, after]);
    policy(text);
  });

  it.each<[string, Parameters<typeof setValue>[1], Parameters<typeof setValue>[2], string]>([
    ['version: 1\n', ['mode'], 'auto', 'version: 1\nmode: auto\n'],
    ['version: 1 # one', ['mode'], 'auto', 'version: 1 # one\nmode: auto\n'],
    [
      'version: 1\n',
      ['containers', 'enabled'],
      true,
      'version: 1\ncontainers: { enabled: true }\n',
    ],
    [
      'version: 1\nlimits:\n    pause: 1s # slow\n\n# the end\n',
      ['limits', 'maxItems'],
      5,
      'version: 1\nlimits:\n    pause: 1s # slow\n    maxItems: 5\n\n# the end\n',
    ],
    [
      'version: 1\nlimits: {}\n',
      ['limits', 'maxItems'],
      5,
      'version: 1\nlimits: { maxItems: 5 }\n',
    ],
    ['version: 1\nlimits: { pause: 1s }\n', ['limits', 'pause'], null, 'version: 1\n'],
    [
      'version: 1\ntriggers:\n  images:\n    max: 2GB\n    to: 1GB\n# end\n',
      ['triggers', 'images'],
      null,
      'version: 1\n# end\n',
    ],
    [
      'version: 1\ntriggers:\n  images:\n    max: 2GB # much\n    to: 1GB\n',
      ['triggers', 'images'],
      { max: '3GB', to: '1GB' },
      'version: 1\ntriggers:\n  images:\n    max: 3GB # much\n    to: 1GB\n',
    ],
    ['{ version: 1 }', ['mode'], 'auto', '{ version: 1, mode: auto }'],
    ['version: 1\nmode: "confirm"\n', ['mode'], 'auto', 'version: 1\nmode: "auto"\n'],
    [
      '\uFEFFversion: 1\r\nmode: confirm # ask\r\ngrace: 1h\r\n',
      ['mode'],
      'auto',
      '\uFEFFversion: 1\r\nmode: auto    # ask\r\ngrace: 1h\r\n',
    ],
    [
      'version: 1\r\ngrace: 1h\r\n',
      ['limits', 'maxItems'],
      5,
      'version: 1\r\ngrace: 1h\r\nlimits: { maxItems: 5 }\r\n',
    ],
    [
      'version: 1\ncontainers: &off { enabled: false }\nnetworks: *off # end\n',
      ['containers', 'enabled'],
      true,
      'version: 1\ncontainers: { enabled: true }\nnetworks: { enabled: false } # end\n',
    ],
    [
      'version: 1\ncontainers: &off { enabled: false }\nnetworks: *off\n',
      ['networks', 'enabled'],
      true,
      'version: 1\ncontainers: { enabled: false }\nnetworks: { enabled: true }\n',
    ],
    [
      'version: 1\ntriggers:\n  schedule: >-\n    0 12\n    * * *\ngrace: 1h\n',
      ['triggers', 'schedule'],
      '@daily',
      'version: 1\ntriggers:\n  schedule: "@daily"\ngrace: 1h\n',
    ],
  ])('%j', (text, path, value, expected) => {
    expect(setValue(text, path, value)).toBe(expected);
    policy(expected);
  });

  it('gives the same text back when it says so already', () => {
    expect(setValue(defaultPolicyText, ['mode'], 'confirm')).toBe(defaultPolicyText);
    expect(setValue(defaultPolicyText, ['update', 'containers'], null)).toBe(defaultPolicyText);
    expect(setValue('version: 1\n', ['triggers', 'images', 'max'], null)).toBe('version: 1\n');
  });

  it('changes nothing but what it was told to, and takes it back to the letter', () => {
    const texts = fc.constantFrom(
      defaultPolicyText,
      defaultPolicyText.replaceAll('\n', '\r\n'),
      'version: 1\n',
      '# first\nversion: 1\n\ntriggers:\n  # when\n  schedule: "@daily"\n  # end\nlimits: { pause: 1s } # x\n# last\n',
      '{ version: 1, mode: auto, containers: { enabled: true } }\n',
    );
    const edit = fc.constantFrom<[string, string | number | boolean]>(
      ...(['suggest', 'confirm', 'auto'] as const).map((m): [string, string] => ['mode', m]),
      ...[
        'containers.enabled',
        'networks.enabled',
        'buildCache.enabled',
        'triggers.afterUpdate',
      ].flatMap((key): [string, boolean][] => [
        [key, true],
        [key, false],
      ]),
      ['triggers.schedule', '0 3 * * SUN'],
      ['triggers.schedule', '@weekly'],
      ['limits.pause', '0s'],
      ['limits.maxItems', 7],
      ['limits.maxBytes', '1.5GiB'],
      ['rollback.for', '3d'],
      ['grace', '1h'],
    );
    const at = (value: unknown, path: string[]) =>
      path.reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], value);
    fc.assert(
      fc.property(texts, fc.array(edit, { minLength: 1, maxLength: 6 }), (text, edits) => {
        let now = text;
        for (const [key, value] of edits) {
          const path = key.split('.');
          const next = setValue(now, path, value);
          const before = policy(now);
          const after = policy(next);
          // Idempotent, and everything else is as it was.
          expect(setValue(next, path, value)).toBe(next);
          const holder = at(after, path.slice(0, -1)) as Record<string, unknown>;
          holder[path.at(-1) ?? ''] = at(before, path);
          expect(after).toEqual(before);
          // All other lines, to the letter.
          const [gone, come] = changed(now, next);
          expect(gone.length).toBeLessThanOrEqual(1);
          expect(come.length).toBeLessThanOrEqual(1);
          now = next;
        }
        expect(now.match(/#.*/g)).toEqual(text.match(/#.*/g));
      }),
      { numRuns: 200 },
    );
  });
});
