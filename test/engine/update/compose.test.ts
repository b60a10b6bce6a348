import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enginePath } from '../../../scripts/lib/engines.mjs';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { type CliVersion, dockerCli } from '../../support/engine-cli.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';
import { isMatrix, stores } from '../../support/stores.js';
import { containers, of, publishAs, service, updatePolicy } from '../../support/updating.js';

/** The oldest Compose that can be had everywhere, and in the matrix the newest. */
const composes: CliVersion[] =
  isMatrix && existsSync(enginePath('28.5', 'usr/bin/docker')) ? ['26.1', '28.5'] : ['26.1'];
const cases = stores.flatMap((kind) => composes.map((cli) => ({ ...kind, cli })));

describe.each(cases)('Compose of $cli on $version $store @store', ({ cli, ...kind }) => {
  let registry: TestRegistry;
  let engine: TestEngine;
  let careen: TestCareen;
  let folder: string;

  const image = (name: string) => `${registry.host}/acme/${name}:1`;
  const compose = (...args: string[]) => dockerCli(engine, ['compose', ...args], folder, cli);
  const file = () => `name: shop
services:
  db:
    image: ${image('db')}
    init: true
    volumes: [data:/data]
    environment: { POSTGRES_PASSWORD: secret }
  api:
    image: ${image('api')}
    init: true
    depends_on: { db: { condition: service_started, restart: true } }
  web:
    image: ${image('api')}
    init: true
    depends_on: [db]
volumes: { data: {} }
`;
  /** Each container's ID and since when it runs, by name. */
  const now = async () => {
    const all = await engine.docker.listContainers({ all: true });
    const each = await Promise.all(
      all.map(async ({ Id: id, Names: [name = ''] }) => {
        const { State: state } = await engine.docker.getContainer(id).inspect();
        return [name.slice(1), { id, since: state.StartedAt }] as const;
      }),
    );
    return Object.fromEntries(each.sort(([a], [b]) => (a < b ? -1 : 1)));
  };

  beforeAll(async () => {
    [registry, engine] = await Promise.all([startRegistry(), startEngine(kind)]);
    folder = join(engine.home, 'shop');
    await mkdir(folder);
    await writeFile(join(folder, 'compose.yaml'), file());
    for (const name of ['db', 'api']) await publishAs(engine, image(name), service('v1'));
    await compose('up', '-d');
    careen = await TestCareen.open({ socket: engine.socket, policy: updatePolicy });
  });
  afterAll(async () => {
    await careen?.close();
    await engine.dispose();
    await registry.dispose();
  });

  it('takes an updated service, and one that was rolled back, for its own', async () => {
    const before = await now();
    expect(Object.keys(before)).toEqual(['shop-api-1', 'shop-db-1', 'shop-web-1']);
    await publishAs(engine, image('db'), service('v2'));

    const run = await careen.call('update.run', {
      containers: [{ container: 'shop-db-1', to: null }],
    });
    expect(of(run, 'shop-db-1').result).toEqual({ state: 'updated', proven: true });
    expect(of(run, 'shop-api-1').result).toEqual({ state: 'restarted' });
    const updated = await now();
    expect(Object.keys(updated)).toEqual(Object.keys(before));
    expect(updated['shop-db-1']?.id).not.toBe(before['shop-db-1']?.id);
    // `restart: true` is honoured, and what only waits for its start is left alone.
    expect(updated['shop-api-1']?.id).toBe(before['shop-api-1']?.id);
    expect(updated['shop-api-1']?.since).not.toBe(before['shop-api-1']?.since);
    expect(updated['shop-web-1']).toEqual(before['shop-web-1']);

    await compose('up', '-d');
    expect(await now()).toEqual(updated);

    const back = await careen.call('update.rollback', { container: 'shop-db-1' });
    expect(of(back, 'shop-db-1').result).toEqual({ state: 'restored' });
    const restored = await now();
    expect(restored['shop-db-1']?.id).not.toBe(updated['shop-db-1']?.id);
    await compose('up', '-d');
    expect(await now()).toEqual(restored);

    await compose('down');
    expect(await containers(engine)).toEqual([]);
    const networks = (await engine.docker.listNetworks()).map(({ Name }) => Name);
    expect(networks).not.toContain('shop_default');
  });
});
