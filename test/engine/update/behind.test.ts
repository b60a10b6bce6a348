import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';
import {
  clear,
  containers,
  of,
  ownTags,
  publishAs,
  serve,
  service,
  updatePolicy,
} from '../../support/updating.js';

describe('a container behind another one', () => {
  let registry: TestRegistry;
  let engine: TestEngine;
  let careen: TestCareen;
  let vpn: string;
  let client: string;

  beforeAll(async () => {
    [registry, engine] = await Promise.all([startRegistry(), startEngine()]);
    vpn = `${registry.host}/acme/vpn:1`;
    client = `${registry.host}/acme/client:1`;
  });
  afterAll(async () => {
    await engine.dispose();
    await registry.dispose();
  });
  afterEach(async () => {
    await careen.close();
    await clear(engine);
    expect(careen.reported).toEqual([]);
  });

  const inspect = (name: string) => engine.docker.getContainer(name).inspect();
  const sleeps = (version: string) => service(version, { cmd: ['sleep', '1000000'] });
  const update = async (container: string) => {
    const run = await careen.call('update.run', { containers: [{ container, to: null }] });
    expect(of(run, container).result).toEqual({ state: 'updated', proven: true });
    return run;
  };

  it('goes back to what it ran before also once that one was replaced', async () => {
    await publishAs(engine, vpn, sleeps('v1'));
    await publishAs(engine, client, sleeps('v1'));
    const { id } = await serve(engine, vpn, 'vpn', null, { Volumes: { '/state': {} } });
    const HostConfig = { NetworkMode: 'container:vpn', VolumesFrom: [`${id}:ro`] };
    await serve(engine, client, 'client', null, { HostConfig });
    const before = await inspect('client');
    careen = await TestCareen.open({ socket: engine.socket, policy: updatePolicy });

    await publishAs(engine, client, sleeps('v2'));
    await update('client');
    await publishAs(engine, vpn, sleeps('v2'));
    expect(of(await update('vpn'), 'client').result).toEqual({ state: 'restarted' });
    const back = await careen.call('update.rollback', {
      container: 'client',
      to: null,
      copies: false,
    });

    expect(of(back, 'client').result).toEqual({ state: 'restored' });
    const now = await inspect('client');
    expect(now.Image).toBe(before.Image);
    expect(now.HostConfig.NetworkMode).toBe(`container:${(await inspect('vpn')).Id}`);
    expect(now.HostConfig.VolumesFrom).toEqual(['vpn:ro']);
    expect(now.HostConfig.Mounts ?? []).toEqual([]);
    expect(now.Mounts).toEqual(before.Mounts);
    expect(now.Mounts).toMatchObject([{ Destination: '/state', RW: false }]);
    expect(await containers(engine)).toEqual(['client running', 'vpn running']);
    expect(await ownTags(engine)).toHaveLength(2);
  });

  it('is updated where that one is gone for good, with what it had of it', async () => {
    await publishAs(engine, vpn, sleeps('v1'));
    await publishAs(engine, client, sleeps('v1'));
    const { id } = await serve(engine, vpn, 'vpn', null, { Volumes: { '/state': {} } });
    const HostConfig = { VolumesFrom: [`${id}:ro`] };
    await serve(engine, client, 'client', null, { HostConfig });
    const before = await inspect('client');
    await engine.docker.getContainer(id).remove({ force: true });
    careen = await TestCareen.open({ socket: engine.socket, policy: updatePolicy });

    await publishAs(engine, client, sleeps('v2'));
    await update('client');
    const [mount] = before.Mounts;
    expect((await inspect('client')).Mounts).toMatchObject([
      { Name: mount?.Name, Destination: '/state', RW: false },
    ]);
  });
});
