import { describe, expect, it } from 'vitest';
import { updateStage } from '../../support/update-stage.js';
import { containers, of, ownTags, publishAs, serve, service } from '../../support/updating.js';

describe('a container behind another one', () => {
  const on = updateStage();
  const vpn = () => on.image('vpn');
  const client = () => on.image('client');

  const sleeps = (version: string) => service(version, { cmd: ['sleep', '1000000'] });
  const update = async (container: string) => {
    const run = await on.update(container);
    expect(of(run, container).result).toEqual({ state: 'updated', proven: true });
    return run;
  };

  it('goes back to what it ran before also once that one was replaced', async () => {
    await publishAs(on.engine, vpn(), sleeps('v1'));
    await publishAs(on.engine, client(), sleeps('v1'));
    const { id } = await serve(on.engine, vpn(), 'vpn', null, { Volumes: { '/state': {} } });
    const HostConfig = { NetworkMode: 'container:vpn', VolumesFrom: [`${id}:ro`] };
    await serve(on.engine, client(), 'client', null, { HostConfig });
    const before = await on.inspect('client');
    await on.open();

    await publishAs(on.engine, client(), sleeps('v2'));
    await update('client');
    await publishAs(on.engine, vpn(), sleeps('v2'));
    expect(of(await update('vpn'), 'client').result).toEqual({ state: 'restarted' });
    const back = await on.careen.call('update.rollback', {
      container: 'client',
      to: null,
      copies: false,
    });

    expect(of(back, 'client').result).toEqual({ state: 'restored' });
    const now = await on.inspect('client');
    expect(now.Image).toBe(before.Image);
    expect(now.HostConfig.NetworkMode).toBe(`container:${(await on.inspect('vpn')).Id}`);
    expect(now.HostConfig.VolumesFrom).toEqual(['vpn:ro']);
    expect(now.HostConfig.Mounts ?? []).toEqual([]);
    expect(now.Mounts).toEqual(before.Mounts);
    expect(now.Mounts).toMatchObject([{ Destination: '/state', RW: false }]);
    expect(await containers(on.engine)).toEqual(['client running', 'vpn running']);
    expect(await ownTags(on.engine)).toHaveLength(2);
  });

  it('is updated where that one is gone for good, with what it had of it', async () => {
    await publishAs(on.engine, vpn(), sleeps('v1'));
    await publishAs(on.engine, client(), sleeps('v1'));
    const { id } = await serve(on.engine, vpn(), 'vpn', null, { Volumes: { '/state': {} } });
    const HostConfig = { VolumesFrom: [`${id}:ro`] };
    await serve(on.engine, client(), 'client', null, { HostConfig });
    const before = await on.inspect('client');
    await on.engine.docker.getContainer(id).remove({ force: true });
    await on.open();

    await publishAs(on.engine, client(), sleeps('v2'));
    await update('client');
    const [mount] = before.Mounts;
    expect((await on.inspect('client')).Mounts).toMatchObject([
      { Name: mount?.Name, Destination: '/state', RW: false },
    ]);
  });
});
