import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';
import { stores } from '../../support/stores.js';
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

const port = 8101;

describe.each(stores)('an update on $version $store @store', (kind) => {
  let registry: TestRegistry;
  let engine: TestEngine;
  let careen: TestCareen;
  let ref: string;

  beforeAll(async () => {
    [registry, engine] = await Promise.all([startRegistry(), startEngine(kind)]);
    ref = `${registry.host}/acme/web:1`;
  });
  afterAll(async () => {
    await engine.dispose();
    await registry.dispose();
  });
  beforeEach(async () => {
    await publishAs(engine, ref, service('v1'));
    await serve(engine, ref, 'web', port);
    careen = await TestCareen.open({ socket: engine.socket, policy: updatePolicy });
  });
  afterEach(async () => {
    await careen.close();
    await clear(engine);
    expect(careen.reported).toEqual([]);
  });

  const update = (container = 'web', copy: string[] = []) =>
    careen.call('update.run', { containers: [{ container, to: null }], copy });
  const imageOf = async (name: string) => (await engine.docker.getContainer(name).inspect()).Image;

  it('finds the new version, runs it, proves it, and keeps the old one for going back', async () => {
    expect(await answers(port)).toBe('v1');
    const old = await imageOf('web');
    const digest = await publishAs(engine, ref, service('v2'));
    const run = await update();
    const web = of(run, 'web');
    expect(web.result).toEqual({ state: 'updated', proven: true });
    expect(run.outcome).toBe('done');
    expect(await answers(port)).toBe('v2');
    expect(await containers(engine)).toEqual(['web running']);
    const now = await engine.docker.getContainer('web').inspect();
    expect(now.Config.Image).toBe(ref);
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
    const [tag] = await ownTags(engine);
    expect((await engine.docker.getImage(tag ?? '').inspect()).Id).toBe(old);

    const back = await careen.call('update.rollback', { container: 'web' });
    expect(of(back, 'web').result).toEqual({ state: 'restored' });
    expect(await answers(port)).toBe('v1');
    expect(await imageOf('web')).toBe(old);
    expect(await containers(engine)).toEqual(['web running']);
    expect((await engine.docker.getImage(ref).inspect()).Id).toBe(old);
    // The version that a person went back from stays kept.
    const forward = await careen.call('update.rollback', { container: 'web', to: now.Image });
    expect(of(forward, 'web').result).toEqual({ state: 'restored' });
    expect(await answers(port)).toBe('v2');

    const release = await careen.call('update.release', { container: 'web' });
    expect(of(release, 'web').result).toMatchObject({ state: 'released' });
    expect(await ownTags(engine)).toEqual([]);
    expect((await engine.docker.listImages()).map(({ Id }) => Id)).toEqual([now.Image]);
  });

  it('takes at "all" what is too young to be updated by itself', async () => {
    await careen.close();
    const policy = updatePolicy.replace('settle', 'mode: auto, minAge: 7d, settle');
    careen = await TestCareen.open({ socket: engine.socket, policy });
    await publishAs(engine, ref, service('v2'));
    await careen.call('update.check', { containers: null });
    const [row] = careen.slice('updates').rows;
    expect(row).toMatchObject({ mode: 'auto', heldBack: { code: 'min-age' } });
    const run = await careen.call('update.run', { containers: null });
    expect(of(run, 'web').result).toEqual({ state: 'updated', proven: true });
    expect(await answers(port)).toBe('v2');
  });
});
