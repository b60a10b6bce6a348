import { describe, expect, it } from 'vitest';
import { CareenError } from '../../../main/domain/errors.js';
import { image, imageId } from '../domain/arbitrary.js';
import { day, digestOf, hour, now, pulled, running, Stage, unreachable } from './stage.js';

const minor = (extra = '') => `version: 1
update:
  default: { mode: notify, tags: minor${extra} }
`;

describe('a check', () => {
  it('asks once about each reference, whoever was made from it', async () => {
    const images = [pulled(1, ['app:1']), pulled(2, ['ghcr.io/acme/web:2'])];
    const containers = [
      ...[1, 2, 3].map((n) => running(n, 1, `app-${n}`, 'app:1')),
      ...[4, 5].map((n) => running(n, 2, `web-${n}`, 'ghcr.io/acme/web:2')),
      running(6, 1, 'plain', 'app'),
    ];
    const stage = new Stage({ images, containers });
    stage.heads.set('app:1', digestOf(1)).set('ghcr.io/acme/web:2', digestOf(9));
    stage.heads.set('app:latest', digestOf(1));
    await stage.check();
    expect(stage.takeAsked()).toEqual(['HEAD app:1', 'HEAD app:latest', 'HEAD ghcr.io/acme/web:2']);
    for (const name of ['app-1', 'app-2', 'app-3', 'plain'])
      expect(stage.row(name).verdict).toEqual({ state: 'current' });
    for (const name of ['web-4', 'web-5'])
      expect(stage.row(name)).toMatchObject({
        now: { tag: '2', digest: digestOf(2) },
        verdict: {
          state: 'available',
          source: 'registry',
          to: { tag: '2', digest: digestOf(9), imageId: null },
        },
        checkedAt: now,
        firstSeen: now,
        error: null,
      });
    expect(stage.checker.status).toMatchObject({ checking: false, checkedAt: now });
  });

  it('tells them by name, and reads numbers in it as numbers', async () => {
    const names = ['web-10', 'web-9', 'web-09', 'db'];
    const containers = names.map((name, n) => running(n + 1, 1, name, 'app:1'));
    const stage = new Stage({ images: [pulled(1, ['app:1'])], containers });
    await stage.check();
    expect(stage.checker.rows().map(({ container }) => container)).toEqual([
      'db',
      'web-09',
      'web-9',
      'web-10',
    ]);
  });

  it('asks only about those that are named, and knows who is there', async () => {
    const images = [pulled(1, ['app:1', 'web:1'])];
    const stage = new Stage({
      images,
      containers: [running(1, 1, 'app', 'app:1'), running(2, 1, 'web', 'web:1')],
    });
    await stage.check('web');
    expect(stage.takeAsked()).toEqual(['HEAD web:1']);
    expect(stage.row('app')).toMatchObject({ verdict: { state: 'unchecked' }, checkedAt: null });
    expect(stage.checker.status.checkedAt).toBeNull();
    await expect(stage.checker.check(['gone'])).rejects.toMatchObject({
      code: 'container-unknown',
      details: { container: 'gone' },
    });
    expect(stage.checker.status.checking).toBe(false);
  });

  it('asks about nothing that no registry has anything to say of, and says why', async () => {
    const images = [
      pulled(1, ['app:1']),
      image(2, { refs: ['mine:dev'], origin: 'built' }),
      pulled(3, ['kindest/node:v1']),
    ];
    const labels = { 'io.x-k8s.kind.cluster': 'dev' };
    const stage = new Stage({
      images,
      policy: `version: 1
update:
  containers: [{ match: left, mode: ignore }]
`,
      containers: [
        running(1, 1, 'pinned', `app:1@${digestOf(1)}`),
        running(2, 2, 'local', 'mine:dev'),
        running(3, 1, 'by-id', imageId(1)),
        running(6, 1, 'odd', 'UPPER'),
        running(4, 1, 'left', 'app:1'),
        running(5, 3, 'dev-control-plane', 'kindest/node:v1', { labels }),
      ],
    });
    await stage.check();
    expect(stage.takeAsked()).toEqual([]);
    const why = (name: string) => stage.row(name).verdict;
    expect(why('pinned')).toEqual({ state: 'not-checked', why: 'pinned' });
    expect(why('local')).toEqual({ state: 'not-checked', why: 'local-build' });
    for (const name of ['by-id', 'odd'])
      expect(why(name)).toEqual({ state: 'not-checked', why: 'no-reference' });
    expect(why('left')).toEqual({ state: 'not-checked', why: 'ignored' });
    expect(why('dev-control-plane')).toEqual({ state: 'not-checked', why: 'owner-pulls' });
  });

  it('keeps what was said before where a registry fails, and the failure on that container', async () => {
    const images = [pulled(1, ['app:1']), pulled(2, ['web:1'])];
    const containers = [running(1, 1, 'app', 'app:1'), running(2, 2, 'web', 'web:1')];
    const stage = new Stage({ images, containers });
    stage.heads.set('app:1', digestOf(7)).set('web:1', digestOf(2));
    await stage.check();
    stage.heads.set(
      'app:1',
      new CareenError('registry-limited', { registry: 'docker.io', retryAfter: 30 }),
    );
    await stage.pass(hour);
    await stage.check();
    expect(stage.row('app')).toMatchObject({
      verdict: { state: 'available', to: { digest: digestOf(7) } },
      error: { code: 'registry-limited', details: { retryAfter: 30 } },
      checkedAt: now,
    });
    expect(stage.row('web')).toMatchObject({
      verdict: { state: 'current' },
      error: null,
      checkedAt: now + hour,
    });
    stage.heads.set('app:1', null);
    await stage.check('app');
    expect(stage.row('app')).toMatchObject({ verdict: { state: 'gone' }, error: null });
  });

  it('takes what was pulled or built under the tag by hand for what it is', async () => {
    const own = pulled(1, [], { digests: [`app@${digestOf(1)}`] });
    const containers = [running(1, 1, 'app', 'app:1')];
    const stage = new Stage({ images: [own, pulled(2, ['app:1'])], containers });
    stage.heads.set('app:1', digestOf(2));
    await stage.check();
    expect(stage.row('app').verdict).toMatchObject({
      state: 'available',
      source: 'pulled',
      to: { imageId: imageId(2), digest: digestOf(2) },
    });
    expect(stage.row('app').firstSeen).toBe(now);
    await stage.holds(containers, [own, image(3, { refs: ['app:1'], origin: 'built' })]);
    expect(stage.row('app')).toMatchObject({
      verdict: { state: 'available', source: 'built', to: { imageId: imageId(3) } },
      heldBack: { code: 'built-here' },
    });
    stage.takeAsked();
    await stage.check();
    expect(stage.takeAsked()).toEqual([]);
  });

  it('knows an image by its ID, as a containerd store has it', async () => {
    const stage = new Stage({
      images: [image(1, { id: digestOf(1), recoverable: { state: 'likely' } })],
      containers: [{ ...running(1, 1, 'app', 'app:1'), imageId: digestOf(1) }],
      engine: { engine: { ...new Stage({}).inventory.engine, store: 'containerd' } },
    });
    stage.heads.set('app:1', digestOf(1));
    await stage.check();
    expect(stage.row('app').verdict).toEqual({ state: 'current' });
  });

  it('passes over what an update has beside the container itself', () => {
    const containers = ['web', 'web.careen-old-0a1b2c3d', 'web.careen-new-0a1b2c3d'].map(
      (name, n) => running(n, 1, name, 'web:1'),
    );
    const stage = new Stage({ images: [pulled(1, ['web:1'])], containers });
    return stage.quiet().then(() => {
      expect(stage.checker.rows().map((row) => row.container)).toEqual(['web']);
    });
  });
});

describe('a rule that looks at other tags', () => {
  const images = [pulled(1, ['app:1.2.0'])];
  const containers = [1, 2].map((n) => running(n, 1, `app-${n}`, 'app:1.2.0'));

  it('has the tags of a repository listed once, and asks about the newest', async () => {
    const stage = new Stage({ images, containers, policy: minor() });
    stage.heads.set('app:1.2.0', digestOf(1)).set('app:1.4.1', digestOf(4));
    stage.tags.set('docker.io/library/app', [
      '1.2.0',
      '1.3.0',
      '1.4.1',
      '2.0.0',
      'latest',
      '1.1.9',
    ]);
    await stage.check();
    expect(stage.takeAsked()).toEqual([
      'HEAD app:1.2.0',
      'HEAD app:1.4.1',
      'tags docker.io/library/app',
    ]);
    expect(stage.row('app-1')).toMatchObject({
      newTags: ['1.4.1', '1.3.0'],
      verdict: { state: 'available', to: { tag: '1.4.1', digest: digestOf(4) } },
      firstSeen: now,
    });
  });

  it('passes over a tag that is listed and not there', async () => {
    const stage = new Stage({ images, containers, policy: minor() });
    stage.heads.set('app:1.2.0', digestOf(1)).set('app:1.3.0', digestOf(3)).set('app:1.4.0', null);
    stage.tags.set('docker.io/library/app', ['1.3.0', '1.4.0']);
    await stage.check();
    expect(stage.row('app-1').verdict).toMatchObject({ to: { tag: '1.3.0', digest: digestOf(3) } });
  });

  it('keeps no more of ten thousand tags than a rule leads to', async () => {
    const stage = new Stage({ images, containers, policy: minor() });
    const many = Array.from({ length: 10_000 }, (_, n) => `1.${Math.floor(n / 10)}.${n % 10}`);
    stage.tags.set('docker.io/library/app', many);
    stage.heads.set('app:1.2.0', digestOf(1)).set('app:1.999.9', digestOf(5));
    await stage.check();
    expect(stage.row('app-1').verdict).toMatchObject({ to: { tag: '1.999.9' } });
    expect(JSON.stringify([...stage.stored.values()]).length).toBeLessThan(10_000);
  });

  it('tells where the tags could not be listed, and what its own tag shows still', async () => {
    const stage = new Stage({ images, containers, policy: minor() });
    stage.heads.set('app:1.2.0', digestOf(8));
    stage.tags.set('docker.io/library/app', unreachable);
    await stage.check();
    expect(stage.row('app-1')).toMatchObject({
      verdict: { state: 'available', to: { tag: '1.2.0', digest: digestOf(8) } },
      error: { code: 'registry-unreachable' },
    });
  });
});

describe('what was found', () => {
  const images = [pulled(1, ['app:1'])];
  const containers = [running(1, 1, 'app', 'app:1')];

  it('is known after a start, without asking', async () => {
    const before = new Stage({ images, containers });
    before.heads.set('app:1', digestOf(2));
    await before.check();
    await before.checker.close();
    const stage = new Stage({ images, containers, stored: before.stored });
    await stage.quiet();
    expect(stage.row('app')).toEqual(before.row('app'));
    expect(stage.checker.status.checkedAt).toBe(now);
    expect(stage.asked).toEqual([]);
  });

  it('is told once, over a start too, and again when it is another version', async () => {
    const before = new Stage({ images, containers });
    before.heads.set('app:1', digestOf(2));
    await before.check();
    await before.check();
    expect(before.found.map((rows) => rows.map((row) => row.container))).toEqual([['app']]);
    const stage = new Stage({ images, containers, stored: before.stored });
    stage.heads.set('app:1', digestOf(2));
    await stage.check();
    expect(stage.found).toEqual([]);
    stage.heads.set('app:1', digestOf(3));
    await stage.check();
    expect(stage.found).toHaveLength(1);
  });

  it('of another engine is not mixed with it', async () => {
    const stage = new Stage({ images, containers });
    stage.heads.set('app:1', digestOf(2));
    await stage.check();
    await stage.engine('another');
    expect(stage.row('app')).toMatchObject({ verdict: { state: 'unchecked' }, checkedAt: null });
    await stage.engine('engine');
    expect(stage.row('app').verdict).toMatchObject({ state: 'available' });
  });

  it('of containers that are gone is forgotten after 90 days', async () => {
    const stage = new Stage({ images, containers: [...containers, running(2, 1, 'old', 'app:1')] });
    stage.heads.set('app:1', digestOf(1));
    await stage.check();
    await stage.holds(containers);
    const kept = () => [...stage.stored.values()][0]?.containers.map(({ name }) => name);
    stage.clock.set(now + 89 * day);
    await stage.check();
    expect(kept()).toEqual(['app', 'old']);
    stage.clock.set(now + 91 * day);
    await stage.check();
    expect(kept()).toEqual(['app']);
  });
});

describe('what a person says of a version', () => {
  const images = [pulled(1, ['app:1'])];
  const containers = [running(1, 1, 'app', 'app:1')];
  const available = () => {
    const stage = new Stage({ images, containers });
    stage.heads.set('app:1', digestOf(2));
    return stage;
  };

  it('skips that one and no other, until it is taken back', async () => {
    const stage = available();
    await expect(stage.checker.skip('app', true)).rejects.toMatchObject({
      code: 'version-unknown',
    });
    await stage.check();
    await stage.checker.skip('app', true);
    expect(stage.row('app').heldBack).toEqual({ code: 'skipped' });
    stage.heads.set('app:1', digestOf(3));
    await stage.check();
    expect(stage.row('app').heldBack).toBeNull();
    stage.heads.set('app:1', digestOf(2));
    await stage.check();
    expect(stage.row('app').heldBack).toEqual({ code: 'skipped' });
    await stage.checker.skip('app', false);
    expect(stage.row('app').heldBack).toBeNull();
    expect([...stage.stored.values()][0]?.containers[0]?.skipped).toEqual([]);
  });

  it('leaves it alone for a time', async () => {
    const stage = available();
    await stage.checker.snooze('app', now + day);
    await stage.check();
    expect(stage.row('app').heldBack).toEqual({ code: 'snoozed', until: now + day });
    expect(stage.found).toEqual([]);
    await stage.pass(day);
    expect(stage.row('app').heldBack).toBeNull();
  });

  it('is of a container that is there', async () => {
    const stage = available();
    const unknown = { code: 'container-unknown' };
    await expect(stage.checker.skip('gone', true)).rejects.toMatchObject(unknown);
    await expect(stage.checker.snooze('gone', null)).rejects.toMatchObject(unknown);
    expect(() => stage.checker.ceiling('gone')).toThrow(expect.objectContaining(unknown));
  });
});
