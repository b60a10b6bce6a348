import { describe, expect, it } from 'vitest';
import { leftWhy } from '../../../main/contract/pending.js';
import type { UpdateRow } from '../../../main/contract/updates.js';
import { messages } from '../../../main/messages/index.js';
import { leftOut } from '../../../renderer/app/updates/left.js';
import {
  canRelease,
  ceilingFor,
  isRaised,
  countsOf,
  dotOf,
  hasMode,
  keptAsNew,
  lastRunOf,
  matches,
  outSince,
  sorted,
  standingOf,
  underWayOf,
} from '../../../renderer/app/updates/view.js';
import { DAY, NOW } from '../../looks/base.js';
import { failedRun, pulling, updateRuns } from '../../looks/update-runs.js';
import { rows } from '../../looks/updates.js';

const none: ReadonlySet<string> = new Set();
const named = (container: string): UpdateRow => {
  const row = rows.find((one) => one.container === container);
  if (!row) throw new Error(`no row ${container}`);
  return row;
};
const standing = (container: string, over: Partial<UpdateRow> = {}) =>
  standingOf({ ...named(container), ...over }, none, NOW);

describe('how a row stands', () => {
  it.each([
    ['db', 'update'],
    ['dev', 'update'],
    ['search', 'update'],
    ['mail', 'rolled-back'],
    ['supabase_db_app', 'owner'],
    ['registry', 'failed'],
    ['legacy', 'gone'],
    ['metrics', 'snoozed'],
    ['queue', 'skipped'],
    ['cache', 'current'],
    ['grafana', 'unproven'],
    ['traefik', 'elsewhere'],
    ['api', 'not-checked'],
    ['kind-control-plane', 'owner'],
  ])('%s: %s', (container, expected) => {
    expect(standing(container)).toBe(expected);
  });

  it('is the run while one is under way, until its last step', () => {
    const underWay = underWayOf(pulling);
    expect(standingOf(named('db'), underWay, NOW)).toBe('under-way');
    const done = {
      ...pulling,
      steps: pulling.steps.map((s) => ({ ...s, state: 'done' as const })),
    };
    expect(underWayOf(done).size).toBe(0);
  });

  it('offers an update whose last check failed, since the one before found it', () => {
    expect(standing('db', { error: named('registry').error })).toBe('update');
  });

  it('offers nothing where the mode is Ignore, or the container is paused', () => {
    expect(standing('db', { mode: 'ignore' })).toBe('not-checked');
    expect(standing('db', { state: 'paused' })).toBe('paused');
    expect(standing('db', { mode: 'tell' })).toBe('tell');
  });

  it('forgets after a day that something else changed it', () => {
    expect(standing('traefik', { recreatedAt: NOW - 2 * DAY })).toBe('current');
  });
});

describe('the order of rows', () => {
  it('leads with what is under way, then with what a person can do', () => {
    const order = sorted(rows, underWayOf(pulling), NOW).map(({ container }) => container);
    expect(order.slice(0, 3)).toEqual(['db', 'dev', 'proxy']);
    expect(order.indexOf('search')).toBeLessThan(order.indexOf('mail'));
    expect(order.indexOf('supabase_db_app')).toBeLessThan(order.indexOf('cache'));
    expect(order.at(-1)).toBe('api');
  });

  it('is theirs inside of what stands alike', () => {
    const alike = ['web-9', 'web-10', 'app'].map((container) => ({ ...named('db'), container }));
    expect(sorted(alike, none, NOW)).toEqual(alike);
  });
});

describe('counts', () => {
  it('count what waits, and name what "Update all" takes', () => {
    const counts = countsOf(rows, null);
    expect(counts).toMatchObject({ waiting: 5, underWay: 0, failed: 1, left: 3 });
    expect(counts.forAll).toEqual(['db', 'proxy', 'search']);
  });

  it('leave what is under way to its run', () => {
    const counts = countsOf(rows, pulling);
    expect(counts).toMatchObject({ waiting: 5, underWay: 3 });
    expect(counts.forAll).toEqual(['search']);
  });

  it('count no update for a rollback under way', () => {
    const counts = countsOf(rows, { ...pulling, kind: 'rollback' });
    expect(counts).toMatchObject({ waiting: 5, underWay: 0 });
  });
});

describe('what "Update all" leaves', () => {
  it('adds up with what it takes, and with what is under way, to all that waits', () => {
    for (const run of [null, pulling]) {
      const { waiting, underWay, forAll, others } = countsOf(rows, run);
      const left = leftOut(others).reduce((sum, { n }) => sum + n, 0);
      expect(underWay + forAll.length + left).toBe(waiting);
    }
  });

  it('is counted by why, and of owners by their tools', () => {
    const supabase = named('supabase_db_app');
    const other = { ...supabase, owner: { ...supabase.owner, tool: 'DDEV' } };
    const counted = leftOut([supabase, supabase, other, named('dev'), named('db')]);
    expect(counted).toMatchObject([
      { why: 'owner', tool: 'Supabase', n: 2 },
      { why: 'owner', tool: 'DDEV', n: 1 },
      { why: 'not-running', n: 1 },
    ]);
    expect(messages('en').window.updates.leftOut(counted)).toBe(
      '2 containers are left to Supabase, 1 is left to DDEV, 1 does not run.',
    );
    expect(messages('zh-CN').window.updates.leftOut(counted)).toBe(
      '2 个容器由 Supabase 更新，1 个由 DDEV 更新，1 个没有运行。',
    );
  });

  it('is said of containers', () => {
    const words = messages('en').window;
    const told = { why: 'tell', tool: '', n: 1 } as const;
    expect(words.updates.leftOut([told])).toBe('You are only told about 1 container.');
    expect(words.updates.leftOut([{ why: 'not-running', tool: '', n: 1 }, told])).toBe(
      '1 container does not run, you are only told about 1.',
    );
    expect(words.updates.updateAll(3, 5)).toBe('Update 3 containers');
    expect(words.updates.updateOther(1, 2)).toBe('Update 1 more container');
  });

  it.each<[string, Partial<UpdateRow>]>([
    ['tell', { mode: 'tell' }],
    ['by-name', { owner: named('supabase_db_app').owner }],
    ['paused', { state: 'paused' }],
    ['not-running', { state: 'exited' }],
    ['built', { heldBack: { code: 'built-here' } }],
    ['no-room', { heldBack: { code: 'never-starts' } }],
  ])('%s', (why, over) => {
    const row = { ...named('db'), ...over };
    expect(leftWhy(row)).toBe(why);
    for (const language of ['en', 'zh-CN'] as const) {
      const words = messages(language).window.updates;
      const left = [words.leftOut(leftOut([row])), words.askAll.why(leftWhy(row)!, 'DDEV')];
      expect(left.filter((text) => text === '' || /undefined|\d{2}/.test(text))).toEqual([]);
    }
  });
});

describe('what a version is out for', () => {
  const out = (created: number | null, firstSeen: number | null) => {
    const row = named('db');
    if (row.verdict.state !== 'available') throw new Error('no update');
    return outSince({
      ...row,
      firstSeen,
      verdict: { ...row.verdict, to: { ...row.verdict.to, created } },
    });
  };
  it('counts from its making', () => expect(out(NOW - 9 * DAY, NOW - DAY)).toBe(NOW - 9 * DAY));
  it('counts from when it was seen, where its date tells nothing', () =>
    expect(out(1000, NOW - DAY)).toBe(NOW - DAY));
  it('is unknown where nothing is', () => expect(out(null, null)).toBeNull());
  it('is not told of what is up to date', () => expect(outSince(named('cache'))).toBeNull());
});

describe('modes', () => {
  it('stop at what the owner allows', () => {
    expect(ceilingFor(named('kind-control-plane'))).toBe('ignore');
    expect(ceilingFor(named('db'))).toBe('auto');
  });
  it('can be raised to Notify by name, of what Compose builds too', () => {
    const supabase = named('supabase_db_app');
    expect(ceilingFor(supabase)).toBe('notify');
    expect(isRaised(supabase, 'notify')).toBe(true);
    expect(isRaised(named('db'), 'notify')).toBe(false);
    const built = { by: 'owner', kind: 'compose', tool: 'Compose' } as const;
    expect(ceilingFor({ ...named('db'), mode: 'tell', reason: built })).toBe('notify');
  });
  it('are not chosen for what no registry can be asked about', () => {
    expect(hasMode(named('api'))).toBe(false);
    expect(hasMode(named('kind-control-plane'))).toBe(true);
  });
});

describe('the last run of a container', () => {
  it('is its newest, of whatever kind', () => {
    expect(lastRunOf(updateRuns, 'mail')?.run.runId).toBe('u4');
    expect(lastRunOf([...updateRuns].reverse(), 'grafana')?.run.kind).toBe('rollback');
    expect(lastRunOf([failedRun], 'mail')?.told.result?.state).toBe('rolled-back');
  });
  it('is none where it is in no run', () => expect(lastRunOf(updateRuns, 'proxy')).toBeNull());
});

describe('the new version', () => {
  it('is the kept one that it was rolled back to from, known by its digest or its image', () => {
    const mail = named('mail');
    if (mail.verdict.state !== 'available') throw new Error('it has no new one');
    const { to } = mail.verdict;
    const [old] = named('cache').kept;
    const rolled = { ...old!, ...to, imageId: to.imageId! };
    expect(keptAsNew({ ...mail, kept: [old!, rolled] })).toBe(rolled);
    const byDigest = { ...rolled, imageId: old!.imageId };
    expect(keptAsNew({ ...mail, kept: [byDigest] })).toBe(byDigest);
    expect(keptAsNew({ ...mail, kept: [old!] })).toBeNull();
    expect(keptAsNew({ ...mail, kept: [rolled], verdict: { state: 'current' } })).toBeNull();
    const unread = { ...to, digest: null, imageId: null };
    const nameless = { ...rolled, digest: null };
    const verdict = { ...mail.verdict, to: unread };
    expect(keptAsNew({ ...mail, kept: [nameless], verdict })).toBeNull();
    // Only a way back gives its data back, and where nobody went back it is the tag that did.
    const copied = { ...rolled, copies: [{ volume: 'data', copy: 'data-copy', bytes: 1 }] };
    expect(keptAsNew({ ...mail, kept: [copied] })).toBeNull();
    expect(keptAsNew({ ...mail, kept: [rolled], heldBack: null })).toBeNull();
  });
});

describe('the search', () => {
  it('finds by name, image, owner and what of it', () => {
    expect(rows.filter((row) => matches(row, 'SUPA')).map((r) => r.container)).toEqual([
      'supabase_db_app',
    ]);
    expect(matches(named('db'), 'shop')).toBe(true);
    expect(matches(named('db'), 'nginx')).toBe(false);
    expect(matches(named('db'), '  ')).toBe(true);
  });
});

describe('the shape of a state', () => {
  it('tells health apart only while it runs', () => {
    expect(dotOf({ state: 'running', health: 'unhealthy' })).toBe('unhealthy');
    expect(dotOf({ state: 'exited', health: 'unhealthy' })).toBe('off');
    expect(dotOf({ state: 'running', health: 'healthy' })).toBe('running');
  });
});

describe('whether there is something to release', () => {
  const one = { kind: 'container', container: 'web', kept: [] } as const;
  const recorded = [{ container: 'web', versions: 1 }];

  it('is told by what is on record, held by the policy or not', () => {
    expect(canRelease({ ...one, kept: [] }, { recorded: [] })).toBe(false);
    expect(canRelease({ ...one, kept: [] }, { recorded })).toBe(true);
    expect(canRelease({ ...one, kept: [], kind: 'service' }, { recorded })).toBe(false);
  });
});
