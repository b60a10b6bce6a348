import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UpdateRun } from '../../../main/contract/runs.js';
import { atStep } from '../../support/in-the-middle.js';
import { updateStage } from '../../support/update-stage.js';
import {
  answers,
  containers,
  of,
  ownTags,
  publishAs,
  serve,
  service,
} from '../../support/updating.js';

const port = 8104;
const failing = { cmd: ['sh', '-c', 'echo broken; exit 3'] };
const rm = { HostConfig: { AutoRemove: true, RestartPolicy: { Name: '' } } };

describe('no container is lost', () => {
  const on = updateStage();
  const { open, inspect } = on;
  const ref = () => on.image('web');

  beforeEach(() => publishAs(on.engine, ref(), service('v1')));
  // One that went away in a test is there for the next.
  afterEach(() => on.registry.start());

  const update = async (name = 'web') => of(await on.update(name), name);

  describe('that the engine removes when it stops', () => {
    beforeEach(async () => {
      const volumes = { Volumes: { '/data': {} } };
      await serve(on.engine, ref(), 'web', port, { ...rm, ...volumes });
      await answers(port);
    });

    const dataOf = async () => (await inspect('web')).Mounts.map(({ Name: name }) => name);

    it('is updated, with its anonymous volume', async () => {
      const before = await dataOf();
      await publishAs(on.engine, ref(), service('v2'));
      await open();
      expect((await update()).result).toEqual({ state: 'updated', proven: true });
      expect(await answers(port)).toBe('v2');
      expect(await containers(on.engine)).toEqual(['web running']);
      expect((await inspect('web')).HostConfig.AutoRemove).toBe(true);
      expect(await dataOf()).toEqual(before);
    });

    it('is made again as it was where the new version fails', async () => {
      const before = await inspect('web');
      const volumes = await dataOf();
      await publishAs(on.engine, ref(), failing);
      await open();
      expect((await update()).result).toMatchObject({
        state: 'rolled-back',
        // The engine has removed it, with what it ended with.
        why: { code: 'exited' },
      });
      expect(await answers(port)).toBe('v1');
      expect(await containers(on.engine)).toEqual(['web running']);
      const now = await inspect('web');
      expect(now.Image).toBe(before.Image);
      expect(now.Config).toEqual({ ...before.Config, Hostname: now.Config.Hostname });
      expect(now.HostConfig.AutoRemove).toBe(true);
      expect(await dataOf()).toEqual(volumes);
    });
  });

  describe('that does not run', () => {
    const create = async () => {
      const web = await serve(on.engine, ref(), 'web', port);
      await web.stop();
      return web.inspect();
    };

    it('is made anew and left stopped; the old one goes at the first healthy start', async () => {
      const before = await create();
      await publishAs(on.engine, ref(), service('v2'));
      await open();
      const all = await on.careen.call('update.run', { containers: null });
      expect(all.containers).toEqual([]);
      expect((await update()).result).toEqual({ state: 'updated', proven: false });
      const stands = await containers(on.engine);
      expect(stands).toHaveLength(2);
      expect(stands).toContain('web created');
      const old = await on.engine.docker.getContainer(before.Id).inspect();
      expect(old.HostConfig.RestartPolicy?.Name).toBe('no');
      await on.careen.until('updates', ({ rows }) =>
        rows.some(({ unproven }) => unproven !== null),
      );

      const told: UpdateRun[] = [];
      on.careen.careen.onUpdateEnded((run) => told.push(run));
      await on.engine.docker.getContainer('web').start();
      await on.careen.until('history', ({ head: [run] }) => {
        return run?.kind === 'update' && of(run, 'web').result?.state === 'updated'
          ? (of(run, 'web').result as { proven: boolean }).proven
          : false;
      });
      expect(await answers(port)).toBe('v2');
      expect(await containers(on.engine)).toEqual(['web running']);
      expect(await ownTags(on.engine)).toHaveLength(1);
      // Whoever waits for proven updates is told of it now.
      expect(told.map((run) => of(run, 'web').result)).toEqual([
        { state: 'updated', proven: true },
      ]);
    });

    it('is theirs again where somebody goes back to it by hand', async () => {
      const before = await create();
      await publishAs(on.engine, ref(), service('v2'));
      await open();
      expect((await update()).result).toEqual({ state: 'updated', proven: false });
      await on.engine.docker.getContainer('web').remove();
      await on.engine.docker.getContainer(before.Id).rename({ name: 'web' });
      await on.careen.until('updates', ({ rows }) =>
        rows.some(({ unproven }) => unproven === null),
      );
      expect((await inspect('web')).Id).toBe(before.Id);
      expect(await containers(on.engine)).toEqual(['web exited']);
      await on.careen.until('history', ({ head: [run] }) => {
        return run?.kind === 'update' && of(run, 'web').result?.state === 'taken-over';
      });
      // As of every way back, what was left is not taken again by itself.
      await on.careen.until('updates', ({ rows: [row] }) => row?.heldBack?.code === 'rolled-back');
    });

    it('leaves to somebody what they named otherwise', async () => {
      const before = await create();
      await publishAs(on.engine, ref(), service('v2'));
      await open();
      expect((await update()).result).toEqual({ state: 'updated', proven: false });
      await on.careen.until('updates', ({ rows }) =>
        rows.some(({ unproven }) => unproven !== null),
      );
      await on.engine.docker.getContainer(before.Id).rename({ name: 'mine' });
      await on.engine.docker.getContainer('web').start();
      await on.careen.until('updates', ({ rows }) =>
        rows.every(({ unproven }) => unproven === null),
      );
      expect(await containers(on.engine)).toEqual(['mine exited', 'web running']);
    });
  });

  it('that is paused is left alone', async () => {
    const web = await serve(on.engine, ref(), 'web', port);
    await web.pause();
    await publishAs(on.engine, ref(), service('v2'));
    await open();
    expect((await update()).result).toEqual({ state: 'skipped', why: { code: 'paused' } });
    await web.unpause();
    expect(await containers(on.engine)).toEqual(['web running']);
  });

  it('when its registry goes away in the middle of the pull', async () => {
    const web = await serve(on.engine, ref(), 'web', port);
    const before = await web.inspect();
    await publishAs(on.engine, ref(), service('v2'));
    await open({ journalLog: atStep('pull', () => on.registry.stop()) });
    expect((await update()).result).toMatchObject({
      state: 'failed',
      error: { code: 'pull-failed' },
    });
    expect((await inspect('web')).Id).toBe(before.Id);
    expect((await inspect('web')).State.StartedAt).toBe(before.State.StartedAt);
    expect(await containers(on.engine)).toEqual(['web running']);
    expect(await ownTags(on.engine)).toEqual([]);
    // What failed for no fault of the version's is taken again.
    await on.registry.start();
    expect((await update()).result).toEqual({ state: 'updated', proven: true });
  });

  it('when it is cancelled before the old one stops', async () => {
    const web = await serve(on.engine, ref(), 'web', port);
    const before = await web.inspect();
    await publishAs(on.engine, ref(), service('v2'));
    const cancel = () => on.careen.call('run.cancel', { runId: 'mine' }).then(() => undefined);
    await open({ journalLog: atStep('create', cancel) });
    const containers_ = [{ container: 'web', to: null }];
    const run = await on.careen.call('update.run', { containers: containers_, token: 'mine' });
    expect(of(run, 'web').result).toEqual({ state: 'skipped', why: { code: 'cancelled' } });
    expect(run.outcome).toBe('cancelled');
    expect((await inspect('web')).State.StartedAt).toBe(before.State.StartedAt);
    expect(await containers(on.engine)).toEqual(['web running']);
    expect(await ownTags(on.engine)).toEqual([]);
    expect((await on.engine.docker.getImage(ref()).inspect()).Id).toBe(before.Image);
  });

  it('when it is cancelled after another, what hangs on that one follows it', async () => {
    const beside = { HostConfig: { NetworkMode: 'container:web' } };
    await serve(on.engine, ref(), 'web', port);
    await serve(on.engine, ref(), 'api', null, {
      ...beside,
      Cmd: ['sleep', 'infinity'],
    });
    const side = `${on.registry.host}/acme/side:1`;
    await publishAs(on.engine, side, { cmd: ['sleep', 'infinity'] });
    await serve(on.engine, side, 'side', null, beside);
    const api = await inspect('api');
    await publishAs(on.engine, ref(), service('v2'));
    const cancel = () => on.careen.call('run.cancel', { runId: 'mine' }).then(() => undefined);
    await open({ journalLog: atStep('create', cancel, 'api') });
    const both = ['web', 'api'].map((container) => ({ container, to: null }));
    const run = await on.careen.call('update.run', { containers: both, token: 'mine' });
    expect(run.outcome).toBe('cancelled');
    expect(of(run, 'web').result).toEqual({ state: 'updated', proven: true });
    expect(await answers(port)).toBe('v2');
    expect(await containers(on.engine)).toEqual(['api running', 'side running', 'web running']);
    expect((await inspect('api')).Image).toBe(api.Image);
    // Whoever lived in the namespace of the one that went lives in that of the new one.
    const web = await inspect('web');
    for (const name of ['api', 'side'])
      expect((await inspect(name)).HostConfig.NetworkMode).toBe(`container:${web.Id}`);
    expect(of(run, 'api').result).toEqual({ state: 'skipped', why: { code: 'cancelled' } });
    // It was made anew by the name that leads to another image meanwhile, and still does.
    expect((await inspect('api')).Config.Image).toBe(ref());
    expect((await on.engine.docker.getImage(ref()).inspect()).Id).toBe(web.Image);
  });

  it('that someone made under the name of one that waits for its turn', async () => {
    for (const name of ['aa', 'bb', 'web']) await serve(on.engine, ref(), name, null);
    await publishAs(on.engine, ref(), service('v2'));
    let theirs = '';
    const replace = async () => {
      await on.engine.docker.getContainer('web').remove({ force: true });
      theirs = (await serve(on.engine, `${on.registry.host}/acme/web:1`, 'web', null)).id;
    };
    await open({ journalLog: atStep('pull', replace, 'aa') });
    const run = await on.careen.call('update.run', { containers: null });
    expect(of(run, 'bb').result).toEqual({ state: 'updated', proven: true });
    expect(of(run, 'web').result).toEqual({ state: 'skipped', why: { code: 'gone' } });
    expect((await inspect('web')).Id).toBe(theirs);
    expect(await containers(on.engine)).toEqual(['aa running', 'bb running', 'web running']);
  });

  it('when two updates of it are asked for at once', async () => {
    await serve(on.engine, ref(), 'web', port);
    await publishAs(on.engine, ref(), service('v2'));
    await open();
    const [first, second] = await Promise.all([update(), update()]);
    expect(first.result).toEqual({ state: 'updated', proven: true });
    expect(second.result).toEqual({ state: 'skipped', why: { code: 'nothing-new' } });
    expect(await containers(on.engine)).toEqual(['web running']);
  });

  it('when the machine starts anew while the new version proves itself: only one starts', async () => {
    const HostConfig = { RestartPolicy: { Name: 'always' } };
    await serve(on.engine, ref(), 'web', port, { HostConfig });
    await publishAs(on.engine, ref(), service('v2'));
    let seen: string[] = [];
    const restart = async () => {
      await on.engine.kill();
      await on.engine.start();
      seen = await containers(on.engine);
    };
    await open({ journalLog: atStep('prove', restart) });
    expect((await update()).result).toEqual({ state: 'updated', proven: true });
    expect(seen.filter((one) => one.endsWith(' running'))).toEqual(['web running']);
    expect(await answers(port)).toBe('v2');
    expect(await containers(on.engine)).toEqual(['web running']);
  });
});
