import { describe, expect, it } from 'vitest';
import type { ContainerFacts } from '../../../../main/domain/facts.js';
import { ownerOf } from '../../../../main/domain/owners/owner-of.js';
import { checkPolicy } from '../../../../main/domain/policy/check.js';
import { defaultPolicyText } from '../../../../main/domain/policy/default.js';
import { parsePolicy } from '../../../../main/domain/policy/parse.js';
import { everyOf } from '../../../../main/domain/update/move-over/every.js';
import {
  watchtowerOptions,
  type Started,
} from '../../../../main/domain/update/move-over/options.js';
import { moveOver, type Candidate } from '../../../../main/domain/update/move-over.js';
import { modeOf } from '../../../../main/domain/update/modes.js';
import { container, image, now } from '../arbitrary.js';

const label = (name: string) => `com.centurylinklabs.watchtower.${name}`;
const hour = 3_600_000;
const started = (args: string[] = [], env: Record<string, string> = {}): Started => ({ args, env });

const candidate = (
  name: string,
  labels: Record<string, string> = {},
  imageLabels: Record<string, string> = {},
): Candidate => {
  const facts: ContainerFacts = container(1, 1, {
    name,
    labels,
    reference: `myorg/${name}:1`,
    state: 'running',
  });
  const made = image(1, { labels: imageLabels });
  return { container: facts, image: made, owner: ownerOf(facts, made) };
};

function updateOf(text: string) {
  const parsed = parsePolicy(text);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  return parsed.policy.update;
}

function move(candidates: Candidate[], how: Started | null, text = defaultPolicyText) {
  const updater = how && { tool: 'Watchtower', container: 'watchtower', started: how };
  const { proposal, edit } = moveOver({ updater, candidates, policy: updateOf(text), text });
  const after = edit(text);
  const checked = checkPolicy(after, now);
  if ('problems' in checked) throw new Error(JSON.stringify(checked.problems));
  expect(checked.lints).toEqual([]);
  expect(after).toContain(proposal.yaml.trimEnd());
  // Moving over twice changes nothing more.
  expect(moveOver({ updater, candidates, policy: updateOf(after), text: after }).edit(after)).toBe(
    after,
  );
  const modes = Object.fromEntries(
    candidates.map((one) => [
      one.container.name,
      modeOf({ ...one, policy: updateOf(after), otherUpdater: null, isElsewhere: false }).mode,
    ]),
  );
  return { proposal, after, modes };
}

const fleet = [
  candidate('web', { [label('enable')]: 'true' }),
  candidate('db', { [label('monitor-only')]: 'true' }),
  candidate('cache', { [label('enable')]: 'false' }),
  candidate('plain'),
];

describe('moving over from Watchtower', () => {
  it.each<
    [string, Started | null, object, Record<string, string>, [string, string, string, string[]][]]
  >([
    [
      'that takes everything',
      started(),
      { mode: 'auto', every: null, hooks: null },
      { web: 'auto', db: 'notify', cache: 'ignore', plain: 'auto' },
      [],
    ],
    [
      'that only monitors',
      started(['--monitor-only']),
      { mode: 'notify' },
      { web: 'notify', db: 'notify', cache: 'ignore', plain: 'notify' },
      [],
    ],
    [
      'that takes what is labelled',
      started(['--label-enable', '--cleanup', '--interval', '3600']),
      { mode: null, every: hour },
      { web: 'auto', db: 'notify', cache: 'ignore', plain: 'notify' },
      [['web', 'auto', 'notify', ['--label-enable', label('enable')]]],
    ],
    [
      'by its environment',
      started([], {
        WATCHTOWER_LABEL_ENABLE: '1',
        WATCHTOWER_POLL_INTERVAL: '300',
        WATCHTOWER_LIFECYCLE_HOOKS: 'true',
        PATH: '/',
      }),
      { mode: null, every: 900_000, hooks: true },
      { web: 'auto', db: 'notify', cache: 'ignore', plain: 'notify' },
      [['web', 'auto', 'notify', ['WATCHTOWER_LABEL_ENABLE', label('enable')]]],
    ],
    [
      'that takes the containers it names',
      started(['plain', '/cache', 'db']),
      { mode: null },
      { web: 'notify', db: 'notify', cache: 'ignore', plain: 'auto' },
      [['plain', 'auto', 'notify', ['plain']]],
    ],
    [
      'that leaves some out',
      started(['--disable-containers=plain,web']),
      { mode: 'auto' },
      { web: 'ignore', db: 'notify', cache: 'ignore', plain: 'ignore' },
      [
        ['web', 'ignore', 'auto', ['--disable-containers']],
        ['plain', 'ignore', 'auto', ['--disable-containers']],
      ],
    ],
    [
      'that is asked by another program',
      started(['--http-api-update'], { WATCHTOWER_HTTP_API_TOKEN: 'secret' }),
      { mode: 'notify' },
      { web: 'notify', db: 'notify', cache: 'ignore', plain: 'notify' },
      [],
    ],
    [
      'whose filter has no counterpart',
      started([], { WATCHTOWER_ENABLE_CONTAINERS_BY_LABEL: 'a=b' }),
      { mode: null },
      { web: 'notify', db: 'notify', cache: 'ignore', plain: 'notify' },
      [],
    ],
    [
      'of which only labels are left',
      null,
      { mode: null, every: null, hooks: null },
      { web: 'auto', db: 'notify', cache: 'ignore', plain: 'notify' },
      [['web', 'auto', 'notify', [label('enable')]]],
    ],
  ])('%s', (_, how, defaults, modes, entries) => {
    const moved = move(fleet, how);
    expect(moved.proposal.default).toMatchObject(defaults);
    expect(moved.modes).toEqual(modes);
    expect(
      moved.proposal.entries.map(({ container: name, wanted, without, because }) => [
        name,
        wanted,
        without,
        because,
      ]),
    ).toEqual(entries);
  });

  it('follows a label that takes precedence', () => {
    const some = [candidate('web', { [label('monitor-only')]: 'false' }), candidate('plain')];
    expect(move(some, started(['-m', '--label-take-precedence'])).modes).toEqual({
      web: 'auto',
      plain: 'notify',
    });
    expect(move(some, started(['-m'])).modes).toEqual({ web: 'notify', plain: 'notify' });
  });

  it('follows a scope', () => {
    const some = [
      candidate('web', { [label('scope')]: 'home' }),
      candidate('other', { [label('scope')]: 'work' }),
      candidate('plain'),
    ];
    expect(move(some, started(['--scope', 'home'])).modes).toEqual({
      web: 'auto',
      other: 'notify',
      plain: 'notify',
    });
    expect(move(some, started(['--scope', 'none'])).modes).toEqual({
      web: 'notify',
      other: 'notify',
      plain: 'auto',
    });
  });

  it("writes down what an image's own label said, which counts no longer", () => {
    const said = { [label('enable')]: 'false' };
    const { proposal, modes } = move([candidate('web', said, said)], started());
    expect(modes).toEqual({ web: 'ignore' });
    expect(proposal.entries).toEqual([
      { container: 'web', wanted: 'ignore', without: 'auto', because: [label('enable')] },
    ]);
  });

  it("lifts no owner's ceiling, and leaves what a person wrote", () => {
    const ddev = candidate('ddev-shop-web', {
      'com.ddev.platform': 'ddev',
      'com.ddev.site-name': 'shop',
      [label('enable')]: 'true',
    });
    const text = 'version: 1\nupdate:\n  containers:\n    - { match: web, mode: tell } # mine\n';
    const { proposal, modes, after } = move([ddev, ...fleet], started(['--label-enable']), text);
    expect(proposal.entries).toEqual([]);
    expect(modes).toMatchObject({ 'ddev-shop-web': 'tell', web: 'tell' });
    expect(after).toBe(text);
  });

  it('tells what has no counterpart, and never its value', () => {
    const how = started(
      [
        '--schedule',
        '0 0 4 * * *',
        '--remove-volumes',
        '-S',
        '--rolling-restart=false',
        '--cleanup',
        '--debug',
        '--made-up=x',
      ],
      {
        WATCHTOWER_NOTIFICATION_URL: 'slack://secret@x',
        WATCHTOWER_NOTIFICATIONS: 'email',
        WATCHTOWER_INCLUDE_RESTARTING: 'false',
        WATCHTOWER_NO_PULL: 'true',
      },
    );
    const { proposal } = move(
      [candidate('web', { [label('stop-signal')]: 'SIGHUP', [label('lifecycle.pre-check')]: 'x' })],
      how,
    );
    expect([...proposal.left].sort()).toEqual(
      [
        ...[
          '--schedule',
          '--remove-volumes',
          '-S',
          '--made-up',
          'WATCHTOWER_NOTIFICATION_URL',
          'WATCHTOWER_NOTIFICATIONS',
          'WATCHTOWER_NO_PULL',
        ],
        ...[label('stop-signal'), label('lifecycle.pre-check')],
      ].sort(),
    );
    expect(JSON.stringify(proposal)).not.toContain('secret');
    expect(proposal.default.every).toBe(24 * hour);
  });

  it('keeps the comments of the policy', () => {
    const text = `# mine
version: 1
update: # how
  default: { mode: notify, tags: minor } # all of them
  containers:
    # the front
    - { match: "we*", tags: patch, probe: { tcp: "a:1" } } # two
`;
    const { after, proposal } = move(fleet, started(['--label-enable', '-i5400']), text);
    expect(after).toBe(`# mine
version: 1
update: # how
  default: { mode: notify, tags: minor } # all of them
  containers:
    - { match: "web", mode: auto, tags: patch, probe: { tcp: "a:1" } }
    # the front
    - { match: "we*", tags: patch, probe: { tcp: "a:1" } } # two
  check: { every: 90m }
`);
    expect(proposal.yaml).toBe(after.slice(after.indexOf('update:')));
  });
});

describe('how Watchtower was started', () => {
  it.each<[string[], Record<string, string>, object]>([
    [['-cSe', '-i', '30'], {}, { labelEnable: true, interval: 30, left: ['-S'] }],
    [['-i30'], {}, { interval: 30 }],
    [['-i=30'], {}, { interval: 30 }],
    [
      ['--interval=30', '--label-enable=false'],
      { WATCHTOWER_LABEL_ENABLE: 'true' },
      { interval: 30, labelEnable: false },
    ],
    [
      ['--notification-url', 'smtp://x', 'web', '--', '--db'],
      {},
      { only: ['web', '--db'], left: ['--notification-url'] },
    ],
    [['-x', 'a, b', 'c d'], {}, { except: ['a', 'b'], only: ['c', 'd'] }],
    [['--interval', 'soon'], {}, { interval: null }],
    [['-e=0'], {}, { labelEnable: false }],
    [
      [],
      { WATCHTOWER_MONITOR_ONLY: 'yes', WATCHTOWER_SCOPE: '' },
      { monitorOnly: false, scope: null },
    ],
    [['--no-restart'], {}, { monitorOnly: true, left: ['--no-restart'] }],
    [['--http-api-update', '--http-api-periodic-polls'], {}, { monitorOnly: false }],
    [['--interval'], {}, { interval: null }],
  ])('%j %j', (args, env, expected) => {
    expect(watchtowerOptions({ args, env })).toMatchObject(expected);
  });

  it.each<[string, number | null]>([
    ['0 0 4 * * *', 24 * hour],
    ['0 0 */6 * * *', 6 * hour],
    ['0 30 2 * * 0', 7 * 24 * hour],
    ['0 0 4 * *', 24 * hour],
    ['@daily', 24 * hour],
    ['@every 6h', 6 * hour],
    ['0 0 4 1 * *', null],
    ['0 0 4,5 * * *', null],
    ['every day', null],
  ])('%s is every %s ms', (schedule, expected) => {
    expect(everyOf(schedule)).toBe(expected);
  });
});
