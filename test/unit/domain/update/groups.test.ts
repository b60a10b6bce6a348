import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dependenciesOf,
  memberOf,
  type Member,
  type NeedKind,
} from '../../../../main/domain/update/dependencies.js';
import { dependantsIn, groupsOf } from '../../../../main/domain/update/groups.js';
import { idOf, spec } from './support.js';

const hash = { 'com.docker.compose.config-hash': 'x' };
const member = (
  name: string,
  parts: Omit<Parameters<typeof spec>[0] & object, 'name'> = {},
  about: { running?: boolean; foreign?: boolean; imageLabels?: Record<string, string> } = {},
): Member =>
  memberOf(spec({ name, ...parts }), { running: true, foreign: false, imageLabels: {}, ...about });

const service = (name: string, dependsOn = '', more: Record<string, string> = {}) =>
  member(`p-${name}-1`, {
    labels: {
      ...hash,
      'com.docker.compose.project': 'p',
      'com.docker.compose.service': name,
      'com.docker.compose.depends_on': dependsOn,
      ...more,
    },
  });

/** Every group as its acts by name, in order. */
const acts = (targets: string[], members: Member[]) =>
  groupsOf(targets.map(idOf), members).map((group) =>
    group.members.map(({ name, act }) => `${act} ${name}`),
  );

describe('what depends on an updated container', () => {
  it('is made anew when it names the container by its ID', () => {
    for (const key of ['NetworkMode', 'IpcMode', 'PidMode']) {
      const vpn = member('vpn');
      const app = member('app', { host: { [key]: `container:${idOf('vpn')}` } });
      expect(acts(['vpn'], [app, vpn])).toEqual([['update vpn', 'recreate app']]);
    }
  });

  it('is made anew by a link of the default bridge, and only comes after one of another network', () => {
    const db = member('db');
    const old = member('old', { host: { Links: ['/db:/old/database'] } });
    const young = member('young', { networks: { net: { Links: ['db:database'] } } });
    expect(acts(['db'], [old, young, db])).toEqual([['update db', 'recreate old']]);
    expect(acts(['db', 'young'], [young, db])).toEqual([['update db', 'update young']]);
  });

  it('is restarted where Compose says `restart: true`, and else only named', () => {
    const db = service('db');
    const api = service('api', 'db:service_healthy:true');
    const web = service('web', 'api:service_started:false,db:service_started:false');
    const [group] = groupsOf([db.id], [web, api, db]);
    expect(group && dependantsIn(group)).toEqual([
      { container: 'p-api-1', act: 'restart' },
      { container: 'p-web-1', act: 'none' },
    ]);
  });

  it('is every container of a service, in its own project only', () => {
    const db = service('db');
    const second = { ...service('db'), id: idOf('second'), name: 'p-db-2' };
    const other = { ...service('db'), id: idOf('other'), name: 'q-db-1', project: 'q' };
    const api = service('api', 'db:service_started:true');
    const needs = dependenciesOf([db, second, other, api]).map(({ on }) => on.name);
    expect(needs).toEqual(['p-db-1', 'p-db-2']);
  });

  it('is restarted where Watchtower’s label names what it depends on', () => {
    const labels = { 'com.centurylinklabs.watchtower.depends-on': 'nothere, /db ,' };
    const app = member('app', { labels });
    expect(acts(['db'], [app, member('db')])).toEqual([['update db', 'restart app']]);
    expect(acts(['app'], [app, member('db')])).toEqual([['update app']]);
  });

  it.each([
    ['com.ouroboros.depends_on', 'restart'],
    ['com.ouroboros.hard_depends_on', 'recreate'],
  ])('is what Ouroboros stops for it, by the label %s on the one that is updated', (label, act) => {
    const db = member('db', { labels: { [label]: 'nothere, app ,' } });
    expect(acts(['db'], [member('app'), db])).toEqual([['update db', `${act} app`]]);
    expect(acts(['app'], [member('app'), db])).toEqual([['update app']]);
  });

  it('is restarted where drydock’s action says so', () => {
    const labels = { 'dd.depends_on': 'db' };
    const only = member('only', { labels });
    const restarted = member('restarted', {
      labels: { ...labels, 'dd.depends_on.action': 'restart' },
    });
    expect(acts(['db'], [only, restarted, member('db')])).toEqual([
      ['update db', 'restart restarted'],
    ]);
  });

  it('is not told by its image’s labels, nor by Compose’s where Compose did not make it', () => {
    const labels = { 'com.centurylinklabs.watchtower.depends-on': 'db' };
    const leaked = member('leaked', { labels }, { imageLabels: labels });
    const painted = service('web', 'db:service_started:true', hash);
    const paint = member('paint', {
      labels: {
        'com.docker.compose.project': 'p',
        'com.docker.compose.depends_on': 'db:service_started:true',
      },
    });
    const db = { ...service('db'), id: idOf('db'), name: 'db' };
    expect(acts(['db'], [leaked, paint, db])).toEqual([['update db']]);
    expect(acts(['db'], [painted, db])).toEqual([['update db', 'restart p-web-1']]);
  });

  it('goes on through those that are touched', () => {
    const vpn = member('vpn');
    const api = member('api', { host: { NetworkMode: `container:${vpn.id}` } });
    const log = member('log', { host: { PidMode: `container:${api.id}` } });
    const web = member('web', { labels: { 'com.centurylinklabs.watchtower.depends-on': 'api' } });
    const side = member('side', { host: { NetworkMode: `container:${web.id}` } });
    expect(acts(['vpn'], [side, web, log, api, vpn])).toEqual([
      ['update vpn', 'recreate api', 'recreate log', 'restart web', 'restart side'],
    ]);
  });

  it('has its lot also where it is to be updated itself, for the case that it is not', () => {
    const vpn = member('vpn');
    const api = member('api', { host: { NetworkMode: `container:${vpn.id}` } });
    const web = member('web', { labels: { 'com.centurylinklabs.watchtower.depends-on': 'api' } });
    const all = [vpn, api, web];
    const [group] = groupsOf(
      all.map(({ id }) => id),
      all,
    );
    expect(group?.members.map(({ name, act, otherwise }) => [name, act, otherwise])).toEqual([
      ['vpn', 'update', 'none'],
      ['api', 'update', 'recreate'],
      ['web', 'update', 'restart'],
    ]);
  });

  it('is left alone when it does not run or another tool would miss it', () => {
    const label = { labels: { 'com.centurylinklabs.watchtower.depends-on': 'db' } };
    const network = { host: { NetworkMode: `container:${idOf('db')}` } };
    const members = [
      member('db'),
      member('stopped', label, { running: false }),
      member('cut-off', network, { running: false }),
      member('foreign', network, { foreign: true }),
    ];
    const [group] = groupsOf([idOf('db')], members);
    expect(group && dependantsIn(group)).toEqual([
      { container: 'cut-off', act: 'recreate' },
      { container: 'foreign', act: 'none' },
      { container: 'stopped', act: 'none' },
    ]);
  });
});

describe('groups', () => {
  it('stand apart where nothing connects them, also when one that is left alone knows both', () => {
    const app = member('app', { labels: { 'dd.depends_on': 'db,cache' } });
    expect(acts(['db', 'cache'], [app, member('db'), member('cache')])).toEqual([
      ['update cache'],
      ['update db'],
    ]);
  });

  it('are one where both restart the same, or one waits for the other through a third', () => {
    const app = member('app', {
      labels: { 'com.centurylinklabs.watchtower.depends-on': 'db,cache' },
    });
    expect(acts(['db', 'cache'], [app, member('db'), member('cache')])).toEqual([
      ['update cache', 'update db', 'restart app'],
    ]);
    const api = member('api', { labels: { 'dd.depends_on': 'db' } });
    const web = member('web', { labels: { 'dd.depends_on': 'api' } });
    expect(acts(['web', 'db'], [api, web, member('db')])).toEqual([['update db', 'update web']]);
  });

  it('name circles, and cut them where it hurts least', () => {
    const app = member('app', { host: { NetworkMode: `container:${idOf('vpn')}` } });
    const vpn = member('vpn', { labels: { 'com.centurylinklabs.watchtower.depends-on': 'app' } });
    const [group] = groupsOf([vpn.id], [app, vpn]);
    expect(group?.members.map(({ name, act }) => [name, act])).toEqual([
      ['vpn', 'update'],
      ['app', 'recreate'],
    ]);
    expect(group?.cycles).toEqual([['app', 'vpn']]);
  });
});

describe('whatever depends on whatever', () => {
  const kinds: NeedKind[] = ['namespace', 'link', 'hard', 'restart', 'order'];
  const world = fc.integer({ min: 1, max: 12 }).chain((count) =>
    fc.record({
      members: fc
        .array(
          fc.record({
            running: fc.boolean(),
            foreign: fc.boolean(),
            needs: fc.array(
              fc.record({
                kind: fc.constantFrom(...kinds),
                container: fc.integer({ min: 0, max: count }).map((n) => `c${n}`),
              }),
              { maxLength: 3 },
            ),
          }),
          { minLength: count, maxLength: count },
        )
        .map((all): Member[] =>
          all.map((one, n) => ({
            ...one,
            id: `id${n}`,
            name: `c${n}`,
            project: null,
            service: null,
          })),
        ),
      targets: fc.array(fc.integer({ min: 0, max: count }).map((n) => `id${n}`)),
    }),
  );

  it('every target is in one group, once, and nobody is touched twice', () => {
    fc.assert(
      fc.property(world, ({ members, targets }) => {
        const touched = groupsOf(targets, members).flatMap((group) => group.members);
        const ids = touched.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const updated = touched.filter(({ act }) => act === 'update').map(({ id }) => id);
        const there = targets.filter((id) => members.some((one) => one.id === id));
        expect(updated.sort()).toEqual([...new Set(there)].sort());
      }),
    );
  });

  it('each comes after what it waits for, in its own group', () => {
    fc.assert(
      fc.property(world, ({ members, targets }) => {
        for (const group of groupsOf(targets, members)) {
          const seen = new Set<string>();
          for (const { id, after } of group.members) {
            for (const other of after) expect(seen.has(other)).toBe(true);
            seen.add(id);
          }
        }
      }),
    );
  });

  it('a dependency is waited for, unless a circle is named that both are in', () => {
    fc.assert(
      fc.property(world, ({ members, targets }) => {
        const groups = groupsOf(targets, members);
        const groupOf = (id: string) => groups.find((g) => g.members.some((one) => one.id === id));
        for (const { from, on } of dependenciesOf(members)) {
          const group = groupOf(from.id);
          if (!group || !groupOf(on.id)) continue;
          const after = group.members.find(({ id }) => id === from.id)?.after ?? [];
          const circle = group.cycles.some(
            (one) => one.includes(from.name) && one.includes(on.name),
          );
          expect(after.includes(on.id) || circle).toBe(true);
        }
      }),
    );
  });

  it('nothing connects two groups', () => {
    fc.assert(
      fc.property(world, ({ members, targets }) => {
        const groups = groupsOf(targets, members);
        const circles = groups.flatMap(({ cycles }) => cycles).flat();
        const groupOf = (id: string) =>
          groups.findIndex((g) => g.members.some((one) => one.id === id));
        for (const { from, on } of dependenciesOf(members)) {
          if (circles.includes(from.name) && circles.includes(on.name)) continue;
          const [a, b] = [groupOf(from.id), groupOf(on.id)];
          if (a >= 0 && b >= 0) expect(a).toBe(b);
        }
      }),
    );
  });

  it('another tool’s is never touched, and what does not run is never restarted', () => {
    fc.assert(
      fc.property(world, ({ members, targets }) => {
        for (const { id, act } of groupsOf(targets, members).flatMap((group) => group.members)) {
          const one = members.find((member) => member.id === id);
          if (act !== 'update') expect(one?.foreign).toBe(false);
          if (act === 'restart') expect(one?.running).toBe(true);
        }
      }),
    );
  });

  it('says the same in whatever order the engine lists', () => {
    fc.assert(
      fc.property(world, fc.infiniteStream(fc.nat()), ({ members, targets }, random) => {
        const shuffled = members
          .map((one) => ({ one, key: random.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one);
        expect(groupsOf(targets, shuffled)).toEqual(groupsOf(targets, members));
      }),
    );
  });
});
