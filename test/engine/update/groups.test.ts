import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../../main/adapters/docker/client.js';
import type { DockerEngine } from '../../../main/adapters/docker/types.js';
import { groupsOf } from '../../../main/domain/update/groups.js';
import { membersOf } from '../../../main/services/updater/members.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { loadImages, runContainer } from '../../support/images.js';

const engines = [
  { version: '26.1', store: 'classic' },
  { version: '20.10', store: 'classic' },
] as const;

describe.each(engines)('what depends on a container of $version', (kind) => {
  let test: TestEngine;
  let engine: DockerEngine;

  beforeAll(async () => {
    test = await startEngine(kind);
    await loadImages(test, [{ refs: ['app:1'], layers: ['busybox'] }]);
    engine = await connect(test.url);
  });
  afterAll(async () => {
    engine.close();
    await test.dispose();
  });

  const run = (name: string, HostConfig: object = {}, options: object = {}) =>
    runContainer(test, { image: 'app:1', name, options: { ...options, HostConfig } });

  it('is read from what the engine says, and a link ends with the very container', async () => {
    const db = await run('db');
    await run('linked', { Links: ['db:database'] });
    await run('beside', { NetworkMode: `container:${db.id}` });
    await run('watching', { PidMode: 'container:db' });
    await test.docker.createNetwork({ Name: 'net' });
    const endpoints = { EndpointsConfig: { net: { Links: ['db:database'] } } };
    await run('named', { NetworkMode: 'net' }, { NetworkingConfig: endpoints });
    const containers = await engine.containersNow();
    const [group] = groupsOf([db.id], await membersOf(engine, { containers, images: [] }));
    expect(group?.members.map(({ name, act }) => `${act} ${name}`)).toEqual([
      'update db',
      'recreate beside',
      'recreate linked',
      'recreate watching',
    ]);
    expect(group?.untouched.map(({ name }) => name)).toEqual(['named']);

    await db.stop({ t: 0 });
    await db.rename({ name: 'db-before' });
    await run('db');
    for (const name of ['linked', 'beside', 'watching'])
      await expect(test.docker.getContainer(name).restart({ t: 0 })).rejects.toThrow(
        /non running container|joining network namespace|No such container|is not running/,
      );
    await expect(test.docker.getContainer('named').restart({ t: 0 })).resolves.toBeDefined();
  });
});
