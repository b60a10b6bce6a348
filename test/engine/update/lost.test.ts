import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UpdateRun } from '../../../main/contract/runs.js';
import { TestCareen, type TestCareenOptions } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { atStep } from '../../support/in-the-middle.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';
import {
  answers,
  clear,
  containers,
  of,
  ownTags,
  publishAs,
  serve,
  service,
  updatePolicy,
} from '../../support/updating.js';

const port = 8104;
const failing = { cmd: ['sh', '-c', 'echo broken; exit 3'] };
const rm = { HostConfig: { AutoRemove: true, RestartPolicy: { Name: '' } } };

describe('no container is lost', () => {
  let registry: TestRegistry;
  let engine: TestEngine;
  let careen: TestCareen;
  let ref: string;

  beforeAll(async () => {
    [registry, engine] = await Promise.all([startRegistry(), startEngine()]);
    ref = `${registry.host}/acme/web:1`;
  });
  afterAll(async () => {
    await engine.dispose();
    await registry.dispose();
  });
  beforeEach(() => publishAs(engine, ref, service('v1')));
  afterEach(async () => {
    await careen.close();
    await registry.start();
    await clear(engine);
    expect(careen.reported).toEqual([]);
  });

  const open = async (options: Partial<TestCareenOptions> = {}) => {
    careen = await TestCareen.open({ socket: engine.socket, policy: updatePolicy, ...options });
  };
  const update = async (name = 'web') => {
    const run = await careen.call('update.run', { containers: [{ container: name, to: null }] });
    return of(run, name);
  };
  const inspect = (name: string) => engine.docker.getContainer(name).inspect();

  describe('that the engine removes when it stops', () => {
    beforeEach(async () => {
      const volumes = { Volumes: { '/data': {} } };
      await serve(engine, ref, 'web', port, { ...rm, ...volumes });
      await answers(port);
    });

    const dataOf = async () => (await inspect('web')).Mounts.map(({ Name: name }) => name);

    it('is updated, with its anonymous volume', async () => {
      const before = await dataOf();
      await publishAs(engine, ref, service('v2'));
      await open();
      expect((await update()).result).toEqual({ state: 'updated', proven: true });
      expect(await answers(port)).toBe('v2');
      expect(await containers(engine)).toEqual(['web running']);
      expect((await inspect('web')).HostConfig.AutoRemove).toBe(true);
      expect(await dataOf()).toEqual(before);
    });

    it('is made again as it was where the new version fails', async () => {
      const before = await inspect('web');
      const volumes = await dataOf();
      await publishAs(engine, ref, failing);
      await open();
      expect((await update()).result).toMatchObject({
        state: 'rolled-back',
        // The engine has removed it, with what it ended with.
        why: { code: 'exited' },
      });
      expect(await answers(port)).toBe('v1');
      expect(await containers(engine)).toEqual(['web running']);
      const now = await inspect('web');
      expect(now.Image).toBe(before.Image);
      expect(now.Config).toEqual({ ...before.Config, Hostname: now.Config.Hostname });
      expect(now.HostConfig.AutoRemove).toBe(true);
      expect(await dataOf()).toEqual(volumes);
    });
  });

  describe('that does not run', () => {
    const create = async () => {
      const web = await serve(engine, ref, 'web', port);
      await web.stop();
      return web.inspect();
    };

    it('is made anew and left stopped; the old one goes at the first healthy start', async () => {
      const before = await create();
      await publishAs(engine, ref, service('v2'));
      await open();
      const all = await careen.call('update.run', { containers: null });
      expect(all.containers).toEqual([]);
      expect((await update()).result).toEqual({ state: 'updated', proven: false });
      const stands = await containers(engine);
      expect(stands).toHaveLength(2);
      expect(stands).toContain('web created');
      const old = await engine.docker.getContainer(before.Id).inspect();
      expect(old.HostConfig.RestartPolicy?.Name).toBe('no');
      await careen.until('updates', ({ rows }) => rows.some(({ unproven }) => unproven !== null));

      const told: UpdateRun[] = [];
      careen.careen.onUpdateEnded((run) => told.push(run));
      await engine.docker.getContainer('web').start();
      await careen.until('history', ({ head: [run] }) => {
        return run?.kind === 'update' && of(run, 'web').result?.state === 'updated'
          ? (of(run, 'web').result as { proven: boolean }).proven
          : false;
      });
      expect(await answers(port)).toBe('v2');
      expect(await containers(engine)).toEqual(['web running']);
      expect(await ownTags(engine)).toHaveLength(1);
      // Whoever waits for proven updates is told of it now.
      expect(told.map((run) => of(run, 'web').result)).toEqual([
        { state: 'updated', proven: true },
      ]);
    });

    it('is theirs again where somebody goes back to it by hand', async () => {
      const before = await create();
      await publishAs(engine, ref, service('v2'));
      await open();
      expect((await update()).result).toEqual({ state: 'updated', proven: false });
      await engine.docker.getContainer('web').remove();
      await engine.docker.getContainer(before.Id).rename({ name: 'web' });
      await careen.until('updates', ({ rows }) => rows.some(({ unproven }) => unproven === null));
      expect((await inspect('web')).Id).toBe(before.Id);
      expect(await containers(engine)).toEqual(['web exited']);
      await careen.until('history', ({ head: [run] }) => {
        return run?.kind === 'update' && of(run, 'web').result?.state === 'taken-over';
      });
      // As of every way back, what was left is not taken again by itself.
      await careen.until('updates', ({ rows: [row] }) => row?.heldBack?.code === 'rolled-back');
    });

    it('leaves to somebody what they named otherwise', async () => {
      const before = await create();
      await publishAs(engine, ref, service('v2'));
      await open();
      expect((await update()).result).toEqual({ state: 'updated', proven: false });
      await careen.until('updates', ({ rows }) => rows.some(({ unproven }) => unproven !== null));
      await engine.docker.getContainer(before.Id).rename({ name: 'mine' });
      await engine.docker.getContainer('web').start();
      await careen.until('updates', ({ rows }) => rows.every(({ unproven }) => unproven === null));
      expect(await containers(engine)).toEqual(['mine exited', 'web running']);
    });
  });

  it('that is paused is left alone', async () => {
    const web = await serve(engine, ref, 'web', port);
    await web.pause();
    await publishAs(engine, ref, service('v2'));
    await open();
    expect((await update()).result).toEqual({ state: 'skipped', why: { code: 'paused' } });
    await web.unpause();
    expect(await containers(engine)).toEqual(['web running']);
  });

  it('when its registry goes away in the middle of the pull', async () => {
    const web = await serve(engine, ref, 'web', port);
    const before = await web.inspect();
    await publishAs(engine, ref, service('v2'));
    await open({ journalLog: atStep('pull', () => registry.stop()) });
    expect((await update()).result).toMatchObject({
      state: 'failed',
      error: { code: 'pull-failed' },
    });
    expect((await inspect('web')).Id).toBe(before.Id);
    expect((await inspect('web')).State.StartedAt).toBe(before.State.StartedAt);
    expect(await containers(engine)).toEqual(['web running']);
    expect(await ownTags(engine)).toEqual([]);
    // What failed for no fault of the version's is taken again.
    await registry.start();
    expect((await update()).result).toEqual({ state: 'updated', proven: true });
  });

  it('when it is cancelled before the old one stops', async () => {
    const web = await serve(engine, ref, 'web', port);
    const before = await web.inspect();
    await publishAs(engine, ref, service('v2'));
    const cancel = () => careen.call('run.cancel', { runId: 'mine' }).then(() => undefined);
    await open({ journalLog: atStep('create', cancel) });
    const containers_ = [{ container: 'web', to: null }];
    const run = await careen.call('update.run', { containers: containers_, token: 'mine' });
    expect(of(run, 'web').result).toEqual({ state: 'skipped', why: { code: 'cancelled' } });
    expect(run.outcome).toBe('cancelled');
    expect((await inspect('web')).State.StartedAt).toBe(before.State.StartedAt);
    expect(await containers(engine)).toEqual(['web running']);
    expect(await ownTags(engine)).toEqual([]);
    expect((await engine.docker.getImage(ref).inspect()).Id).toBe(before.Image);
  });

  it('when it is cancelled after another, what hangs on that one follows it', async () => {
    const beside = { HostConfig: { NetworkMode: 'container:web' } };
    await serve(engine, ref, 'web', port);
    await serve(engine, ref, 'api', null, {
      ...beside,
      Cmd: ['sleep', 'infinity'],
    });
    const side = `${registry.host}/acme/side:1`;
    await publishAs(engine, side, { cmd: ['sleep', 'infinity'] });
    await serve(engine, side, 'side', null, beside);
    const api = await inspect('api');
    await publishAs(engine, ref, service('v2'));
    const cancel = () => careen.call('run.cancel', { runId: 'mine' }).then(() => undefined);
    await open({ journalLog: atStep('create', cancel, 'api') });
    const both = ['web', 'api'].map((container) => ({ container, to: null }));
    const run = await careen.call('update.run', { containers: both, token: 'mine' });
    expect(run.outcome).toBe('cancelled');
    expect(of(run, 'web').result).toEqual({ state: 'updated', proven: true });
    expect(await answers(port)).toBe('v2');
    expect(await containers(engine)).toEqual(['api running', 'side running', 'web running']);
    expect((await inspect('api')).Image).toBe(api.Image);
    // Whoever lived in the namespace of the one that went lives in that of the new one.
    const web = await inspect('web');
    for (const name of ['api', 'side'])
      expect((await inspect(name)).HostConfig.NetworkMode).toBe(`container:${web.Id}`);
    expect(of(run, 'api').result).toEqual({ state: 'skipped', why: { code: 'cancelled' } });
    // It was made anew by the name that leads to another image meanwhile, and still does.
    expect((await inspect('api')).Config.Image).toBe(ref);
    expect((await engine.docker.getImage(ref).inspect()).Id).toBe(web.Image);
  });

  it('that someone made under the name of one that waits for its turn', async () => {
    for (const name of ['aa', 'bb', 'web']) await serve(engine, ref, name, null);
    await publishAs(engine, ref, service('v2'));
    let theirs = '';
    const replace = async () => {
      await engine.docker.getContainer('web').remove({ force: true });
      theirs = (await serve(engine, `${registry.host}/acme/web:1`, 'web', null)).id;
    };
    await open({ journalLog: atStep('pull', replace, 'aa') });
    const run = await careen.call('update.run', { containers: null });
    expect(of(run, 'bb').result).toEqual({ state: 'updated', proven: true });
    expect(of(run, 'web').result).toEqual({ state: 'skipped', why: { code: 'gone' } });
    expect((await inspect('web')).Id).toBe(theirs);
    expect(await containers(engine)).toEqual(['aa running', 'bb running', 'web running']);
  });

  it('when two updates of it are asked for at once', async () => {
    await serve(engine, ref, 'web', port);
    await publishAs(engine, ref, service('v2'));
    await open();
    const [first, second] = await Promise.all([update(), update()]);
    expect(first.result).toEqual({ state: 'updated', proven: true });
    expect(second.result).toEqual({ state: 'skipped', why: { code: 'nothing-new' } });
    expect(await containers(engine)).toEqual(['web running']);
  });

  it('when the machine starts anew while the new version proves itself: only one starts', async () => {
    const HostConfig = { RestartPolicy: { Name: 'always' } };
    await serve(engine, ref, 'web', port, { HostConfig });
    await publishAs(engine, ref, service('v2'));
    let seen: string[] = [];
    const restart = async () => {
      await engine.kill();
      await engine.start();
      seen = await containers(engine);
    };
    await open({ journalLog: atStep('prove', restart) });
    expect((await update()).result).toEqual({ state: 'updated', proven: true });
    expect(seen.filter((one) => one.endsWith(' running'))).toEqual(['web running']);
    expect(await answers(port)).toBe('v2');
    expect(await containers(engine)).toEqual(['web running']);
  });
});
