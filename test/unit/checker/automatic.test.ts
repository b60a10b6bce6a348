import { describe, expect, it } from 'vitest';
import { CareenError } from '../../../main/domain/errors.js';
import type { UpdateRun } from '../../../main/contract/runs.js';
import type { ContainerFacts, ImageFacts, ServiceImages } from '../../../main/domain/facts.js';
import { Automatic } from '../../../main/services/checker/automatic.js';
import { isForAll, isForPerson } from '../../../main/contract/pending.js';
import { image, imageId } from '../domain/arbitrary.js';
import {
  day,
  digestOf,
  hour,
  minute,
  now,
  pulled,
  running,
  Stage,
  type StageOptions,
  told,
  unreachable,
} from './stage.js';

const named = `version: 1
update:
  containers: [{ match: app, mode: auto }]
`;

const auto = (rules = '') => `version: 1
update:
  default: { mode: auto${rules} }
`;

/** A stage on which `app` runs version 1 and its registry shows version 2. */
function updatable(
  options: StageOptions & { app?: Partial<ContainerFacts>; v1?: Partial<ImageFacts> } = {},
) {
  const { app = {}, v1 = {}, ...rest } = options;
  const stage = new Stage({
    policy: auto(),
    images: [pulled(1, ['app:1'], v1)],
    containers: [running(1, 1, 'app', 'app:1', app)],
    ...rest,
  });
  stage.heads.set('app:1', digestOf(2));
  stage.images.set(digestOf(2), told(2));
  return stage;
}

describe('what may be updated by itself', () => {
  it('is told after a check, once what it is was read', async () => {
    const stage = updatable();
    await stage.check();
    expect(stage.due).toEqual([['app']]);
    expect(stage.takeAsked()).toEqual(['HEAD app:1', `image ${digestOf(2)}`]);
    await stage.check();
    expect(stage.due).toEqual([['app'], ['app']]);
    // Once for each version.
    expect(stage.takeAsked()).toEqual(['HEAD app:1']);
  });

  it('is nothing where the policy says notify, nor in a process that does not stay', async () => {
    for (const options of [{ policy: 'version: 1\n' }, { begun: false }]) {
      const stage = updatable(options);
      await stage.check();
      expect(stage.due).toEqual([]);
      expect(stage.takeAsked()).toEqual(['HEAD app:1']);
    }
  });

  it.each(['tcp://192.0.2.1:2376', 'ssh://server'])(
    'is nothing on an engine of another machine (%s), where a person is told',
    async (endpoint) => {
      const engine = { ...new Stage({}).inventory.engine, endpoint };
      for (const policy of [auto(), named]) {
        const stage = updatable({ engine: { engine }, policy });
        await stage.check();
        expect(stage.due).toEqual([]);
        expect(stage.row('app')).toMatchObject({ mode: 'notify', reason: { by: 'elsewhere' } });
        expect(stage.found.flat().filter(isForPerson)).toHaveLength(1);
      }
    },
  );

  it('is nothing there whatever a row says', async () => {
    const stage = updatable();
    await stage.check();
    expect(stage.due).toEqual([['app']]);
    const ground = { engine: () => null, pausedUntil: () => null } as never;
    const bar = new Automatic(ground, {} as never, stage.clock);
    const { engine } = stage.inventory;
    const moment = (endpoint: string) => ({
      inventory: { ...stage.inventory, engine: { ...engine, endpoint } },
    });
    let isRead = false;
    const all = () => ((isRead = true), []);
    const of = (endpoint: string) => () =>
      Promise.resolve({
        ...moment(endpoint),
        standings: {
          get all() {
            return all();
          },
        },
      } as never);
    expect(await bar.due(of('ssh://server'))).toEqual([]);
    expect(isRead).toBe(false);
    expect(await bar.due(of(engine.endpoint))).toEqual([]);
    expect(isRead).toBe(true);
  });

  it('is nothing while another updater is at work', async () => {
    const watchtower = running(9, 9, 'watchtower', 'containrrr/watchtower:latest', {
      mountsSocket: true,
    });
    const stage = updatable();
    await stage.holds([...stage.inventory.containers, watchtower]);
    await stage.check();
    expect(stage.row('app')).toMatchObject({
      mode: 'notify',
      reason: { by: 'other-updater', tool: 'Watchtower' },
    });
    expect(stage.due).toEqual([]);
    await stage.policy(`version: 1
update:
  containers: [{ match: app, mode: auto }]
`);
    await stage.check();
    expect(stage.due).toEqual([['app']]);
  });

  it('waits for the minimum age of a version, from when it was first seen', async () => {
    const stage = updatable({ policy: auto(', minAge: 2d') });
    await stage.check();
    expect(stage.row('app').heldBack).toEqual({ code: 'min-age', until: now + 2 * day });
    expect(stage.due).toEqual([]);
    await stage.pass(2 * day - 1);
    expect(stage.due).toEqual([]);
    await stage.pass(1);
    expect(stage.due).toEqual([['app']]);
  });

  it('waits while Careen is paused', async () => {
    const stage = updatable();
    await stage.pause(now + hour);
    await stage.check();
    expect(stage.due).toEqual([]);
    await stage.pass(hour);
    expect(stage.due).toEqual([['app']]);
  });

  it('waits for the mains, without reading anything', async () => {
    const stage = updatable();
    stage.onBattery = true;
    await stage.check();
    expect(stage.takeAsked()).toEqual(['HEAD app:1']);
    await stage.pass(15 * minute);
    expect(stage.due).toEqual([]);
    stage.onBattery = false;
    await stage.pass(15 * minute);
    expect(stage.due).toEqual([['app']]);
  });

  it('is not what a person skips or went back from', async () => {
    const stage = updatable();
    await stage.checker.rolledBack('app', digestOf(2), now - hour);
    await stage.check();
    expect(stage.row('app').heldBack).toEqual({ code: 'rolled-back', at: now - hour });
    expect([stage.due, stage.found]).toEqual([[], []]);
    stage.heads.set('app:1', digestOf(3));
    stage.images.set(digestOf(3), told(3));
    await stage.check();
    expect(stage.due).toEqual([['app']]);
  });

  it('is not what is yet to be proven', async () => {
    const stage = updatable();
    stage.unproven.add('app');
    await stage.check();
    expect(stage.due).toEqual([]);
  });

  it('is what was pulled by hand, and never what was built', async () => {
    const stage = updatable();
    const own = pulled(1, [], { digests: [`app@${digestOf(1)}`] });
    await stage.holds(stage.inventory.containers, [own, pulled(2, ['app:1'])]);
    await stage.check();
    expect(stage.due).toEqual([['app']]);
    expect(stage.takeAsked()).toEqual(['HEAD app:1']);
    await stage.holds(stage.inventory.containers, [
      own,
      image(3, { refs: ['app:1'], origin: 'built' }),
    ]);
    await stage.check();
    expect(stage.due).toEqual([['app']]);
  });

  it('is not what takes more bytes than the policy lets go unasked', async () => {
    const layers = [1, 2].map((n) => ({ digest: digestOf(100 + n), size: n * 1_000 }));
    const diffIds = [1, 2].map((n) => digestOf(200 + n));
    const big = told(2, { layers, diffIds });
    const stage = updatable({ policy: auto(', askAbove: 2kB') });
    stage.images.set(digestOf(2), big);
    await stage.check();
    expect(stage.row('app').heldBack).toEqual({ code: 'too-large', bytes: 3_000, most: 2_000 });
    expect(stage.due).toEqual([]);
    // Known only once it was read; nobody else would tell of it.
    expect(stage.found.map((rows) => rows.map(({ container }) => container))).toEqual([['app']]);
    // A layer that is here already is not pulled.
    const base = pulled(5, ['base:1'], { layers: [{ chainId: digestOf(201), size: 9 }] });
    await stage.holds(stage.inventory.containers, [...stage.inventory.images, base]);
    await stage.check();
    expect(stage.due).toEqual([['app']]);
  });

  describe('that goes a major step', () => {
    const major = {
      policy: auto(', tags: major'),
      images: [pulled(1, ['app:1.0.0'])],
      containers: [running(1, 1, 'app', 'app:1.0.0', { volumes: ['data'] })],
    };
    const stepped = () => {
      const stage = updatable(major);
      stage.heads.set('app:1.0.0', digestOf(1)).set('app:2.0.0', digestOf(2));
      stage.tags.set('docker.io/library/app', ['2.0.0']);
      return stage;
    };
    const id = major.containers[0]?.id ?? '';

    it('is left to a person where there is data', async () => {
      const stage = stepped();
      stage.mounts.set(id, [{ Type: 'volume', RW: true, Name: 'data' }]);
      await stage.check();
      expect(stage.row('app').heldBack).toEqual({ code: 'major-with-data' });
      expect(stage.row('app').majorWithData).toBe(true);
      expect(stage.due).toEqual([]);
    });

    it('is taken where nothing can be written', async () => {
      const stage = stepped();
      stage.mounts.set(id, [{ Type: 'volume', RW: false, Name: 'data' }]);
      await stage.check();
      expect(stage.row('app').majorWithData).toBe(false);
      expect(stage.due).toEqual([['app']]);
    });
  });

  describe('that goes a major step, where a person is asked', () => {
    const stepped = () => {
      const stage = updatable({
        policy: 'version: 1\nupdate:\n  default: { tags: major }\n',
        images: [pulled(1, ['app:1.0.0'])],
        containers: [running(1, 1, 'app', 'app:1.0.0')],
      });
      stage.heads.set('app:1.0.0', digestOf(1)).set('app:2.0.0', digestOf(2));
      stage.tags.set('docker.io/library/app', ['2.0.0']);
      return stage;
    };
    const id = running(1, 1, 'app', 'app:1.0.0').id;
    const bind = { Type: 'bind', Source: '/home/ada/pgdata', Destination: '/data' };

    it.each([
      ['writes into a folder', [{ ...bind, RW: true }], true],
      ['only reads a folder', [{ ...bind, RW: false }], false],
      ['mounts nothing', [], false],
    ] as const)('is named for its data where it %s', async (_what, mounts, named) => {
      const stage = stepped();
      stage.mounts.set(id, [...mounts]);
      await stage.check();
      expect(stage.row('app')).toMatchObject({ mode: 'notify', majorWithData: named });
    });

    it('is named for data that nobody could look for', async () => {
      const stage = stepped();
      stage.mounts.set(id, new CareenError('engine-lost', { endpoint: 'unix:///d.sock' }));
      await stage.check();
      expect(stage.row('app').majorWithData).toBe(true);
    });
  });

  it('is not what its registry does not tell of, which is told', async () => {
    const stage = updatable();
    const lacks = new CareenError('registry-lacks', {
      reference: 'app:1',
      what: 'platform',
      platform: 'linux/amd64',
    });
    for (const said of [unreachable, lacks]) {
      stage.images.set(digestOf(2), said);
      await stage.check();
      expect(stage.row('app').error).toMatchObject({ code: said.code });
    }
    expect(stage.due).toEqual([]);
    stage.images.set(digestOf(2), told(2));
    await stage.check();
    expect(stage.row('app').error).toBeNull();
    expect(stage.due).toEqual([['app']]);
  });

  it('is not what is the same image under another index', async () => {
    const stage = updatable();
    stage.images.set(digestOf(2), told(2, { config: imageId(1) }));
    await stage.check();
    expect(stage.due).toEqual([]);
    expect(stage.row('app').verdict).toEqual({ state: 'current' });
  });

  it('is no image of which nobody knows that it came out of a registry', async () => {
    const v1 = { origin: 'unknown', recoverable: { state: 'unknown' } } as const;
    const stage = updatable({ v1 });
    await stage.check();
    expect(stage.verified).toEqual([[imageId(1)]]);
    expect(stage.due).toEqual([]);
    await stage.holds(stage.inventory.containers, [
      pulled(1, ['app:1'], { ...v1, recoverable: { state: 'verified', at: now } }),
    ]);
    await stage.check();
    expect(stage.due).toEqual([['app']]);
  });
});

describe('a service that may be updated by itself', () => {
  const image = (n: number, tag = '1') => `web:${tag}@${digestOf(n)}`;
  const service = (change: Partial<ServiceImages> = {}): ServiceImages => ({
    id: 'svc',
    name: 'web',
    labels: {},
    runs: true,
    image: image(1),
    previousImage: null,
    kept: [],
    volumes: [],
    hasData: false,
    isJob: false,
    neverStarts: false,
    platform: 'linux/arm64',
    ...change,
  });
  /** One on a manager that runs no task of it, and whose registry shows version 2. */
  function served(change: Partial<ServiceImages> = {}, policy = auto(), answered = true) {
    const swarm = { answered, elsewhere: false, services: [service(change)] };
    const stage = new Stage({ policy, engine: { swarm } });
    stage.heads.set('web:1', digestOf(2));
    stage.images.set(digestOf(2), told(2));
    return stage;
  }

  it('is told after a check, though this node has nothing of it', async () => {
    const stage = served();
    await stage.check();
    expect(stage.due).toEqual([['web']]);
    expect(stage.takeAsked()).toEqual(['HEAD web:1', `image ${digestOf(2)}`]);
    expect(stage.platforms).toEqual(['linux/arm64']);
    expect(stage.row('web')).toMatchObject({ kind: 'service', heldBack: null });
    // It goes by itself, and is told as done.
    expect(stage.found).toEqual([]);
  });

  it('is one that "all" takes, in either mode', async () => {
    for (const policy of [auto(', minAge: 2d'), 'version: 1\n']) {
      const stage = served({}, policy);
      await stage.check();
      expect(isForAll(stage.row('web'))).toBe(true);
      expect(await stage.checker.all()).toEqual(['web']);
      expect(await stage.checker.target('web', null, 'all')).toMatchObject({
        kind: 'service',
        forAll: true,
        heldBack: null,
        refused: null,
      });
    }
  });

  it('waits for the minimum age of a version', async () => {
    const stage = served({}, auto(', minAge: 2d'));
    await stage.check();
    expect(stage.row('web').heldBack).toEqual({ code: 'min-age', until: now + 2 * day });
    await stage.pass(2 * day - 1);
    expect([stage.due, stage.found]).toEqual([[], []]);
    await stage.pass(1);
    expect(stage.due).toEqual([['web']]);
  });

  it('waits for the end of a snooze', async () => {
    const stage = served();
    await stage.checker.snooze('web', now + hour);
    await stage.check();
    expect(stage.row('web').heldBack).toEqual({ code: 'snoozed', until: now + hour });
    expect([stage.due, isForAll(stage.row('web'))]).toEqual([[], false]);
    await stage.pass(hour);
    expect(stage.due).toEqual([['web']]);
  });

  it('is not what was rolled back from, nor a job, nor what is scaled to nothing', async () => {
    const back = served();
    await back.checker.rolledBack('web', digestOf(2), now - hour);
    for (const [stage, code] of [
      [back, 'rolled-back'],
      [served({ isJob: true }), 'job'],
      [served({ runs: false }), 'not-running'],
    ] as const) {
      await stage.check();
      expect(stage.row('web').heldBack).toMatchObject({ code });
      expect([stage.due, isForAll(stage.row('web'))]).toEqual([[], false]);
    }
  });

  it('is none that no manager tells of now', async () => {
    const stage = served({}, auto(), false);
    await stage.check();
    expect([stage.due, stage.checker.rows()]).toEqual([[], []]);
  });

  it('is left to a person, and told, where a major step meets data', async () => {
    const stepped = (hasData: boolean) => {
      const stage = served({ image: image(1, '1.0.0'), hasData }, auto(', tags: major'));
      stage.heads.set('web:1.0.0', digestOf(1)).set('web:2.0.0', digestOf(2));
      stage.tags.set('docker.io/library/web', ['2.0.0']);
      return stage;
    };
    const stage = stepped(true);
    await stage.check();
    expect(stage.row('web')).toMatchObject({
      heldBack: { code: 'major-with-data' },
      majorWithData: true,
    });
    expect([stage.due, isForAll(stage.row('web'))]).toEqual([[], true]);
    expect(stage.found.flat().map(({ container }) => container)).toEqual(['web']);
    const free = stepped(false);
    await free.check();
    expect(free.due).toEqual([['web']]);
  });

  it('is told as new once', async () => {
    const stage = served({}, 'version: 1\n');
    await stage.check();
    await stage.check();
    expect(stage.found.flat().map(({ container }) => container)).toEqual(['web']);
  });

  describe('and that somebody else changed', () => {
    const known = async () => {
      const stage = served();
      stage.heads.set('web:1', digestOf(1));
      await stage.check();
      return stage;
    };

    it('goes no more by itself until a person updates it', async () => {
      const stage = await known();
      // As "docker service rollback" does.
      await stage.serves([service({ image: image(3) })]);
      await stage.check();
      expect(stage.row('web')).toMatchObject({
        mode: 'notify',
        reason: { by: 'recreated' },
        recreatedAt: now,
      });
      expect(stage.due).toEqual([]);
    });

    it('is not one that was scaled, or whose manager was silent meanwhile', async () => {
      const stage = await known();
      await stage.serves([service({ runs: false })]);
      await stage.serves(null);
      await stage.serves([service({ labels: { by: 'hand' } })]);
      expect(stage.row('web')).toMatchObject({ mode: 'auto', recreatedAt: null });
    });

    it('is not one that Careen updates', async () => {
      const stage = await known();
      stage.checker.updating({ steps: [{ container: 'web' }] } as never);
      await stage.quiet();
      await stage.serves([service({ image: image(2) })]);
      stage.clock.advance(5_000);
      stage.checker.updating(null);
      await stage.quiet();
      await stage.serves([service({ image: image(2) })]);
      expect(stage.row('web').recreatedAt).toBeNull();
      stage.clock.advance(1);
      await stage.serves([service({ image: image(1) })]);
      expect(stage.row('web').recreatedAt).toBe(now + 5_001);
    });

    it('is not one that recovery went on with', async () => {
      const stage = await known();
      stage.clock.advance(day);
      await stage.serves([service({ image: image(2) })]);
      expect(stage.row('web').mode).toBe('notify');
      const result = { state: 'updated', proven: true };
      const containers = [{ container: 'web', to: {}, result, recovered: 'finished' }];
      const run = { kind: 'update', by: 'check', startedAt: now, containers };
      stage.checker.updated(run as never);
      expect(stage.row('web')).toMatchObject({ mode: 'auto', recreatedAt: null });
    });
  });
});

describe('checks by themselves', () => {
  it('come as often as the policy says', async () => {
    const stage = updatable({
      policy: `version: 1
update:
  check: { every: 6h }
`,
    });
    await stage.quiet();
    expect(stage.checker.status.nextAt).toBe(now + 2 * minute);
    await stage.pass(2 * minute);
    expect(stage.takeAsked()).toEqual(['HEAD app:1']);
    expect(stage.checker.status.nextAt).toBe(now + 2 * minute + 6 * hour);
    await stage.pass(6 * hour);
    expect(stage.takeAsked()).toEqual(['HEAD app:1']);
    await stage.policy(`version: 1
update:
  check: { every: 1h }
`);
    await stage.pass(hour);
    expect(stage.takeAsked()).toEqual(['HEAD app:1']);
    expect(stage.failures).toEqual([]);
  });

  it('do not come where nothing can be asked about, nor after the end', async () => {
    const stage = updatable({ containers: [running(1, 1, 'app', `app@${digestOf(1)}`)] });
    await stage.quiet();
    expect(stage.checker.status.nextAt).toBeNull();
    const other = updatable();
    await other.quiet();
    await other.checker.close();
    await other.pass(day);
    expect(other.asked).toEqual([]);
  });

  it('come sooner where no registry was reached', async () => {
    const stage = updatable();
    await stage.quiet();
    stage.heads.set('app:1', unreachable);
    await stage.pass(2 * minute);
    stage.takeAsked();
    await stage.pass(15 * minute);
    expect(stage.takeAsked()).toEqual(['HEAD app:1']);
  });

  it('come soon after a wake', async () => {
    const stage = updatable();
    await stage.check();
    stage.takeAsked();
    stage.clock.set(now + 8 * hour);
    stage.checker.woke();
    await stage.pass(30_000);
    expect(stage.takeAsked()).toEqual(['HEAD app:1']);
  });
});

describe('about to sleep', () => {
  it('nothing is begun until it woke', async () => {
    const stage = updatable({ policy: auto() });
    await stage.check();
    const { length } = stage.due;
    stage.checker.suspending();
    await stage.check();
    expect(stage.due).toHaveLength(length);
    stage.clock.set(stage.clock.now() + 8 * hour);
    stage.checker.woke();
    await stage.pass(0);
    expect(stage.due.length).toBeGreaterThan(length);
  });

  it('and awake after all, it goes on', async () => {
    const stage = updatable({ policy: auto() });
    stage.checker.suspending();
    await stage.check();
    expect(stage.due).toEqual([]);
    await stage.pass(minute);
    expect(stage.due).not.toEqual([]);
  });

  it('a check that comes due waits', async () => {
    const stage = updatable();
    await stage.check();
    stage.takeAsked();
    await stage.pass(6 * hour - 1000);
    stage.checker.suspending();
    await stage.pass(30_000);
    expect(stage.takeAsked()).toEqual([]);
    await stage.pass(30_000);
    expect(stage.takeAsked()).toEqual(['HEAD app:1']);
  });
});

describe('another`s act', () => {
  const v2 = pulled(2, ['app:1']);
  const other = () => running(7, 2, 'app', 'app:1', { created: now + hour });
  const policy = auto();
  const watched = async (options: StageOptions = {}) => {
    const stage = updatable({ policy, ...options });
    stage.heads.set('app:1', digestOf(1));
    await stage.check();
    return stage;
  };
  const updated = (by: UpdateRun['by']) =>
    ({
      kind: 'update',
      by,
      containers: [
        {
          container: 'app',
          to: { tag: '1', digest: digestOf(2), imageId: null, created: null, label: null },
          result: { state: 'updated', proven: true },
        },
      ],
    }) as unknown as UpdateRun;

  it('is told, and nothing is updated by itself until a person does', async () => {
    const stage = await watched();
    await stage.holds([other()], [v2]);
    expect(stage.row('app')).toMatchObject({
      recreatedAt: now + hour,
      mode: 'notify',
      reason: { by: 'recreated', at: now + hour },
    });
    stage.heads.set('app:1', digestOf(3));
    stage.images.set(digestOf(3), told(3));
    await stage.check();
    expect(stage.due).toEqual([]);
    stage.checker.updated(updated('check'));
    expect(stage.row('app').mode).toBe('notify');
    stage.checker.updated(updated('window'));
    expect(stage.row('app')).toMatchObject({ mode: 'auto', recreatedAt: now + hour });
    await stage.check();
    expect(stage.due).toEqual([['app']]);
  });

  it('does not stand above the policy`s own entry for this very container', async () => {
    const stage = await watched({
      policy: `version: 1
update:
  containers: [{ match: app, mode: auto }]
`,
    });
    await stage.holds([other()], [v2]);
    expect(stage.row('app')).toMatchObject({ mode: 'auto', recreatedAt: now + hour });
  });

  it('is noticed over a start', async () => {
    const before = await watched();
    await before.checker.close();
    const stage = updatable({ policy, stored: before.stored, containers: [other()], images: [v2] });
    await stage.quiet();
    expect(stage.row('app').recreatedAt).toBe(now + hour);
  });

  it('is not believed of what is only remembered', async () => {
    const stage = await watched();
    stage.isCurrent = false;
    await stage.holds([other()], [v2]);
    expect(stage.row('app').recreatedAt).toBeNull();
  });

  it('is none where the image is the same, nor a build`s, nor a new name`s', async () => {
    const stage = await watched();
    await stage.holds([running(7, 1, 'app', 'app:1'), running(8, 1, 'new', 'app:1')]);
    expect(stage.checker.rows().map(({ recreatedAt }) => recreatedAt)).toEqual([null, null]);
    await stage.holds(
      [running(9, 3, 'app', 'app:1')],
      [image(3, { refs: ['app:1'], origin: 'built' })],
    );
    expect(stage.row('app').recreatedAt).toBeNull();
  });

  it('is none of what Careen itself does', async () => {
    const stage = await watched();
    const progress = { steps: [{ container: 'app' }, { container: 'app' }] };
    stage.checker.updating(progress as never);
    await stage.holds([{ ...other(), created: now + 1_000 }], [v2]);
    stage.clock.advance(5_000);
    // Taken back: what ran before runs again, which the engine's news do not tell yet.
    stage.left.set('app', { id: running(1, 1, '', '').id, imageId: imageId(1) });
    stage.checker.updating(null);
    await stage.quiet();
    await stage.holds([{ ...other(), created: now + 1_000 }], [v2]);
    await stage.holds([running(1, 1, 'app', 'app:1')], [pulled(1, ['app:1'])]);
    expect(stage.row('app').recreatedAt).toBeNull();
    // At once after it something else does.
    await stage.holds([{ ...other(), created: now + 5_001 }], [v2]);
    expect(stage.row('app').recreatedAt).toBe(now + 5_001);
  });

  it('leaves alone what Careen is at already', async () => {
    const stage = updatable({ policy });
    stage.checker.updating({ steps: [{ container: 'app' }] } as never);
    await stage.check();
    expect(stage.due).toEqual([]);
    stage.checker.updating(null);
    await stage.check();
    expect(stage.due).toEqual([['app']]);
  });
});
