import { beforeEach, describe, expect, it } from 'vitest';
import { asNamed } from '../../../main/contract/pending.js';
import type { Version } from '../../../main/domain/update/types.js';
import { stores } from '../../support/stores.js';
import { updateStage } from '../../support/update-stage.js';
import {
  answers,
  containers,
  of,
  ownTags,
  publishAs,
  serve,
  service,
  updatePolicy,
} from '../../support/updating.js';

const port = 8101;

describe.each(stores)('an update on $version $store @store', (kind) => {
  const on = updateStage(kind);
  const ref = () => on.image('web');

  beforeEach(async () => {
    await publishAs(on.engine, ref(), service('v1'));
    await serve(on.engine, ref(), 'web', port);
    await on.open();
  });

  const imageOf = async (name: string) => (await on.inspect(name)).Image;

  it('finds the new version, runs it, proves it, and keeps the old one for going back', async () => {
    expect(await answers(port)).toBe('v1');
    const old = await imageOf('web');
    const digest = await publishAs(on.engine, ref(), service('v2'));
    const run = await on.update('web');
    const web = of(run, 'web');
    expect(web.result).toEqual({ state: 'updated', proven: true });
    expect(run.outcome).toBe('done');
    expect(await answers(port)).toBe('v2');
    expect(await containers(on.engine)).toEqual(['web running']);
    const now = await on.inspect('web');
    expect(now.Config.Image).toBe(ref());
    expect(now.HostConfig.RestartPolicy?.Name).toBe('unless-stopped');
    expect(now.Image).not.toBe(old);
    expect(web.to).toMatchObject({ digest, imageId: now.Image });
    expect(web.steps.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'retain done',
      'pull done',
      'tag done',
      'create done',
      'restart-policy-off done',
      'stop done',
      'rename done',
      'start done',
      'prove done',
      'retire done',
      'clean-up done',
    ]);
    expect(web.downFor).toBeGreaterThan(0);
    const [tag] = await ownTags(on.engine);
    expect((await on.engine.docker.getImage(tag ?? '').inspect()).Id).toBe(old);

    const back = await on.careen.call('update.rollback', { container: 'web' });
    expect(of(back, 'web').result).toEqual({ state: 'restored' });
    expect(await answers(port)).toBe('v1');
    expect(await imageOf('web')).toBe(old);
    expect(await containers(on.engine)).toEqual(['web running']);
    expect((await on.engine.docker.getImage(ref()).inspect()).Id).toBe(old);
    // The version that a person went back from stays kept.
    const forward = await on.careen.call('update.rollback', { container: 'web', to: now.Image });
    expect(of(forward, 'web').result).toEqual({ state: 'restored' });
    expect(await answers(port)).toBe('v2');

    const release = await on.careen.call('update.release', { container: 'web' });
    expect(of(release, 'web').result).toMatchObject({ state: 'released' });
    expect(await ownTags(on.engine)).toEqual([]);
    expect((await on.engine.docker.listImages()).map(({ Id }) => Id)).toEqual([now.Image]);
  });

  it('leaves a version that is out since another was shown, and takes it once that is shown', async () => {
    await publishAs(on.engine, ref(), service('v2'));
    await on.careen.call('update.check', { containers: null });
    const look = async () => (await on.careen.call('update.preview', { container: 'web' })).to;
    const seen = await look();
    await publishAs(on.engine, ref(), service('v3'));
    const update = (shown: Version) =>
      on.careen.call('update.run', { containers: [asNamed('web', null, shown)] });
    const why = { code: 'changed' };
    expect(of(await update(seen), 'web').result).toEqual({ state: 'skipped', why });
    expect(await answers(port)).toBe('v1');
    const result = { state: 'updated', proven: true };
    expect(of(await update(await look()), 'web').result).toEqual(result);
    expect(await answers(port)).toBe('v3');
  });

  const reopen = async (policy: string) => {
    await on.careen.close();
    await on.open({ policy, home: on.careen.home });
  };
  const updated = async (policy: string) => {
    const old = await imageOf('web');
    await publishAs(on.engine, ref(), service('v2'));
    await on.update('web');
    await reopen(policy);
    return old;
  };
  const imageIds = async () => (await on.engine.docker.listImages()).map(({ Id }) => Id);
  const gone = updatePolicy.replace('for: 7d', 'for: 1ms');
  const removing = `${gone}remove: [{ match: "**" }, { untagged: true }]\nlimits: { pause: 0s }\n`;

  it('has its old version cleaned up, with its tag, once that is held no longer', async () => {
    const old = await updated(removing);
    const run = await on.careen.clean({ also: ['unrecoverable', 'estimates'] });
    expect(run.removed.map(({ id }) => id)).toEqual([old]);
    expect(await ownTags(on.engine)).toEqual([]);
    expect(await imageIds()).toEqual([await imageOf('web')]);
  });

  it('leaves what a rule protects to the judge when it is released', async () => {
    const old = await updated(`${updatePolicy}protect: [{ match: "**/acme/web" }]\n`);
    const release = await on.careen.call('update.release', { container: 'web' });
    expect(of(release, 'web').result).toMatchObject({ state: 'released' });
    expect(await imageIds()).toContain(old);
    expect(on.careen.slice('updates').rows[0]?.kept).toEqual([]);
    await reopen(removing);
    const run = await on.careen.clean({ also: ['unrecoverable', 'estimates'] });
    expect(run.removed.map(({ id }) => id)).toEqual([old]);
    expect(await ownTags(on.engine)).toEqual([]);
  });

  it('keeps a version once, however often it is gone back from and taken again', async () => {
    const old = await imageOf('web');
    await publishAs(on.engine, ref(), service('v2'));
    await on.update('web');
    for (let turn = 0; turn < 2; turn++) {
      const back = await on.careen.call('update.rollback', { container: 'web' });
      expect(of(back, 'web').result).toEqual({ state: 'restored' });
      const again = await on.update('web');
      expect(of(again, 'web').result).toEqual({ state: 'updated', proven: true });
      const [row] = on.careen.slice('updates').rows;
      expect(row?.kept.map(({ imageId }) => imageId)).toEqual([old]);
      expect(await ownTags(on.engine)).toHaveLength(1);
    }
    expect(await answers(port)).toBe('v2');
  });

  it('takes at "all" what is too young to be updated by itself', async () => {
    await on.careen.close();
    const policy = updatePolicy.replace('settle', 'mode: auto, minAge: 7d, settle');
    await on.open({ policy });
    await publishAs(on.engine, ref(), service('v2'));
    await on.careen.call('update.check', { containers: null });
    const [row] = on.careen.slice('updates').rows;
    expect(row).toMatchObject({ mode: 'auto', heldBack: { code: 'min-age' } });
    const run = await on.careen.call('update.run', { containers: null });
    expect(of(run, 'web').result).toEqual({ state: 'updated', proven: true });
    expect(await answers(port)).toBe('v2');
  });
});
