import { mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agreementOf, nothingRemembered } from '../../../main/services/triggers/memory.js';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { pullImage } from '../../support/images.js';
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

const port = 8113;
const probed = `probe: { http: "http://127.0.0.1:${port}/health" }, proveWithin: 2s`;

/** A service that says of itself at `/health` that it is well; one that does not has no such page. */
const healthy = (version: string) =>
  service(version, {
    cmd: [
      ...['sh', '-c'],
      `mkdir -p /www; echo ${version} >/www/index.html; echo ok >/www/health; exec httpd -f -p 80 -h /www`,
    ],
  });

describe('what proves a version, and what follows', () => {
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
  beforeEach(async () => {
    await publishAs(engine, ref, healthy('v1'));
    await serve(engine, ref, 'web', port);
  });
  afterEach(async () => {
    await careen.close();
    await clear(engine);
    expect(careen.reported).toEqual([]);
  });

  const update = async () => {
    const run = await careen.call('update.run', { containers: [{ container: 'web', to: null }] });
    return of(run, 'web').result;
  };

  it('the page that the policy names has to answer: else it goes back', async () => {
    const before = await engine.docker.getContainer('web').inspect();
    await publishAs(engine, ref, service('v2'));
    const policy = updatePolicy.replace('proveWithin: 5s', probed);
    careen = await TestCareen.open({ socket: engine.socket, policy });
    expect(await update()).toMatchObject({
      state: 'rolled-back',
      why: { code: 'probe', message: 'HTTP 404' },
    });
    expect((await engine.docker.getContainer('web').inspect()).Id).toBe(before.Id);
    expect(await answers(port)).toBe('v1');
    expect(await containers(engine)).toEqual(['web running']);

    await publishAs(engine, ref, healthy('v3'));
    expect(await update()).toEqual({ state: 'updated', proven: true });
    expect(await answers(port)).toBe('v3');
  });

  it('its repository is cleaned up by the policy, but for what can be gone back to', async () => {
    const image = (name: string) => `${registry.host}/acme/${name}:old`;
    for (const name of ['web', 'other']) {
      await publishAs(engine, image(name), { layers: ['busybox', { key: name, kB: 10 }] });
      await pullImage(engine, image(name));
    }
    const policy = `${updatePolicy}mode: auto
remove: [{ match: "**" }]
triggers: { afterUpdate: true }
limits: { pause: 0s }
`;
    careen = await TestCareen.open({
      socket: engine.socket,
      policy,
      home: await agreedHome(policy),
      by: 'app',
    });
    const v1 = (await engine.docker.getContainer('web').inspect()).Image;
    await publishAs(engine, ref, healthy('v2'));
    expect(await update()).toEqual({ state: 'updated', proven: true });
    await careen.until('history', ({ head }) =>
      head.some(({ kind, outcome }) => kind === 'clean' && outcome !== null),
    );
    const [run] = await careen.cleanRuns();
    expect(run).toMatchObject({ by: 'after-update', outcome: 'done' });
    expect(run?.removed.flatMap(({ refs }) => refs)).toEqual([image('web')]);
    const left = await engine.docker.listImages();
    expect(left.flatMap(({ RepoTags: tags }) => tags ?? [])).toEqual(
      expect.arrayContaining([ref, image('other')]),
    );
    expect(left.map(({ Id }) => Id)).toContain(v1);
    expect(await ownTags(engine)).toHaveLength(1);
  });

  /** One whose person has run a plan of that policy before. */
  async function agreedHome(policy: string): Promise<string> {
    const home = await mkdtemp(join(tmpdir(), 'careen-home-'));
    const { ID: id } = (await engine.docker.info()) as { ID: string };
    const endpoint = `unix://${await realpath(engine.socket)}`;
    const agreed = agreementOf(policy, { endpoint, id, store: engine.store });
    const value = { ...nothingRemembered, agreed };
    await writeFile(join(home, 'triggers.json'), JSON.stringify({ version: 1, value }));
    return home;
  }
});
