import { mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { agreementOf, nothingRemembered } from '../../../main/services/triggers/memory.js';
import { pullImage } from '../../support/images.js';
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

const port = 8113;
const probed = `probe: { http: "http://127.0.0.1:${port}/health" }, proveWithin: 5s`;

/** A service that says of itself at `/health` that it is well; one that does not has no such page. */
const healthy = (version: string) =>
  service(version, {
    cmd: [
      ...['sh', '-c'],
      `mkdir -p /www; echo ${version} >/www/index.html; echo ok >/www/health; exec httpd -f -p 80 -h /www`,
    ],
  });

describe('what proves a version, and what follows', () => {
  const on = updateStage();
  const ref = () => on.image('web');

  beforeEach(async () => {
    await publishAs(on.engine, ref(), healthy('v1'));
    await serve(on.engine, ref(), 'web', port);
  });

  const update = async () => of(await on.update('web'), 'web').result;

  it('the page that the policy names has to answer: else it goes back', async () => {
    const before = await on.inspect('web');
    await publishAs(on.engine, ref(), service('v2'));
    const policy = updatePolicy.replace('proveWithin: 5s', probed);
    await on.open({ policy });
    expect(await update()).toMatchObject({
      state: 'rolled-back',
      why: { code: 'probe', message: 'HTTP 404' },
    });
    expect((await on.inspect('web')).Id).toBe(before.Id);
    expect(await answers(port)).toBe('v1');
    expect(await containers(on.engine)).toEqual(['web running']);

    await publishAs(on.engine, ref(), healthy('v3'));
    expect(await update()).toEqual({ state: 'updated', proven: true });
    expect(await answers(port)).toBe('v3');
  });

  it('its repository is cleaned up by the policy, but for what can be gone back to', async () => {
    const image = (name: string) => `${on.registry.host}/acme/${name}:old`;
    for (const name of ['web', 'other']) {
      await publishAs(on.engine, image(name), { layers: ['busybox', { key: name, kB: 10 }] });
      await pullImage(on.engine, image(name));
    }
    const policy = `${updatePolicy}mode: auto
remove: [{ match: "**" }]
triggers: { afterUpdate: true }
limits: { pause: 0s }
`;
    await on.open({ policy, home: await agreedHome(policy), by: 'app' });
    const v1 = (await on.inspect('web')).Image;
    await publishAs(on.engine, ref(), healthy('v2'));
    expect(await update()).toEqual({ state: 'updated', proven: true });
    await on.careen.until('history', ({ head }) =>
      head.some(({ kind, outcome }) => kind === 'clean' && outcome !== null),
    );
    const [run] = await on.careen.cleanRuns();
    expect(run).toMatchObject({ by: 'after-update', outcome: 'done' });
    expect(run?.removed.flatMap(({ refs }) => refs)).toEqual([image('web')]);
    const left = await on.engine.docker.listImages();
    expect(left.flatMap(({ RepoTags: tags }) => tags ?? [])).toEqual(
      expect.arrayContaining([ref(), image('other')]),
    );
    expect(left.map(({ Id }) => Id)).toContain(v1);
    expect(await ownTags(on.engine)).toHaveLength(1);
  });

  /** One whose person has run a plan of that policy before. */
  async function agreedHome(policy: string): Promise<string> {
    const home = await mkdtemp(join(tmpdir(), 'careen-home-'));
    const { ID: id } = (await on.engine.docker.info()) as { ID: string };
    const endpoint = `unix://${await realpath(on.engine.socket)}`;
    const agreed = agreementOf(policy, { endpoint, id, store: on.engine.store });
    const value = { ...nothingRemembered, agreed };
    await writeFile(join(home, 'triggers.json'), JSON.stringify({ version: 1, value }));
    return home;
  }
});
