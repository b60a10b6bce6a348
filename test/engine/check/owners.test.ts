import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isForAll } from '../../../main/contract/pending.js';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { dockerCli } from '../../support/engine-cli.js';
import type { ImageSpec } from '../../support/images.js';
import { isInside } from '../../support/namespace.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';
import { clear, publishAs, serve, updatePolicy } from '../../support/updating.js';

const port = 5094;
/** The service itself is Careen's to update: tests of services have that. */
const auto = `${updatePolicy.replace('settle', 'mode: auto, settle')}  containers: [{ match: hello, mode: ignore }]
`;

/** What buildx takes for BuildKit: it stays, and says that it is well. */
const standIn = `printf '#!/bin/sh\\n' >/bin/buildctl; busybox chmod +x /bin/buildctl; exec sleep 1000000`;

/** Containers that Swarm, buildx and Compose made themselves; those of more owners by their labels in `others`. */
describe.runIf(isInside)('containers that their owners made', () => {
  let registry: TestRegistry;
  let engine: TestEngine;
  let careen: TestCareen | undefined;

  const image = (name: string) => `${registry.host}/acme/${name}:1`;
  const publishAll = async (version: string) => {
    const labels = { version };
    const builder: ImageSpec = {
      labels,
      config: { Entrypoint: ['sh', '-c', standIn, 'buildkitd'] },
    };
    await publishAs(engine, image('app'), { labels });
    await publishAs(engine, image('builder'), builder);
  };
  const names = async () =>
    (await engine.docker.listContainers()).map(({ Names: [name = ''] }) => name.slice(1)).sort();
  const ids = async () => (await engine.docker.listContainers()).map(({ Id }) => Id).sort();

  beforeAll(async () => {
    [registry, engine] = await Promise.all([startRegistry({ port }), startEngine()]);
    await publishAll('v1');
    await serve(engine, image('app'), 'web', null);

    const folder = join(engine.home, 'shop');
    await mkdir(folder);
    await writeFile(
      join(folder, 'compose.yaml'),
      `name: shop\nservices: { job: { image: "${image('app')}", init: true } }\n`,
    );
    await dockerCli(engine, ['compose', 'run', '-d', 'job'], folder);
    await dockerCli(engine, [
      ...['buildx', 'create', '--name', 'multi', '--driver', 'docker-container', '--bootstrap'],
      ...['--driver-opt', `image=${image('builder')},network=host`],
    ]);
    await dockerCli(engine, ['swarm', 'init', '--advertise-addr', '127.0.0.1']);
    await dockerCli(engine, [
      ...['service', 'create', '--name', 'hello', '--network', 'host', '--init'],
      ...['--detach=false', '--quiet', '--no-resolve-image', image('app')],
    ]);
  });
  afterAll(async () => {
    await careen?.close();
    await engine.docker.swarmLeave({ force: true });
    await clear(engine);
    await engine.dispose();
    await registry.dispose();
  });

  it('are left alone by `auto`, by "all" and by name, and each says whose it is', async () => {
    const [builder = '', task = '', job = '', web = ''] = await names();
    expect(builder).toBe('buildx_buildkit_multi0');
    expect(task).toMatch(/^hello\.1\.[a-z0-9]{25}$/);
    expect(job).toMatch(/^shop-job-run-[0-9a-f]{12}$/);
    expect(web).toBe('web');
    const before = await ids();
    await publishAll('v2');

    careen = await TestCareen.open({ socket: engine.socket, policy: auto, by: 'app' });
    const { rows } = await careen.call('update.check', { containers: null });
    expect(rows.filter(isForAll).map(({ container }) => container)).toEqual(['web']);
    const told = Object.fromEntries(
      rows.map(({ container, mode, reason, owner: { kind, unit, command } }) => [
        container,
        { mode, by: reason.by, kind, unit, command },
      ]),
    );
    expect(told).toMatchObject({
      [builder]: { by: 'owner', kind: 'builder', unit: 'multi0', command: null },
      [task]: {
        by: 'owner',
        kind: 'swarm',
        unit: 'hello',
        command: 'docker service update --image IMAGE hello',
      },
      [job]: { by: 'owner', kind: 'ephemeral', unit: 'shop', command: null },
      [web]: { mode: 'auto', kind: 'person' },
    });
    for (const name of [builder, task, job]) expect(told[name]?.mode).toMatch(/^(tell|ignore)$/);

    await careen.until('history', ({ head }) => head.some(({ outcome }) => outcome !== null));
    const all = await careen.call('update.run', { containers: null });
    expect(all.containers).toEqual([]);
    const named = await careen.call('update.run', {
      containers: [builder, task, job].map((container) => ({ container, to: null })),
    });
    for (const { result } of named.containers)
      expect(result).toMatchObject({ state: 'skipped', why: { code: 'owned' } });
    const { runs } = await careen.call('history', { since: null });
    const touched = runs.flatMap((run) =>
      run.kind === 'update' ? run.containers.map(({ container }) => container) : [],
    );
    expect(touched).toEqual(['web']);

    const now = await ids();
    expect(now).toHaveLength(before.length);
    expect(now.filter((id) => before.includes(id))).toHaveLength(3);
    expect(careen.reported).toEqual([]);
  });
});
