import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dockerCli } from '../../support/engine-cli.js';
import { servicePolicy, ServiceUpdates } from '../../support/service-updates.js';
import { TestSwarm } from '../../support/swarm.js';
import { of, publishAs, service } from '../../support/updating.js';

/** One of the services may move to another tag. */
const policy = `${servicePolicy}  containers:
    - { match: other_web, tags: minor }
`;

const updated = { state: 'updated', proven: true };

describe("a stack's service that Careen has updated", () => {
  let swarm: TestSwarm;
  let updates: ServiceUpdates;
  beforeAll(async () => {
    swarm = await TestSwarm.start();
    updates = await ServiceUpdates.open(swarm, { policy });
  });
  afterEach(() => swarm.clear());
  afterAll(async () => {
    await updates.close();
    await swarm.dispose();
  });

  const publish = async (tag: string, version: string, app: string) => {
    const name = `${swarm.registry.host}/${app}:${tag}`;
    return `${name}@${await publishAs(swarm.manager, name, service(version))}`;
  };
  /** As a person does, with the same file each time. */
  async function deploy(app: string, tag: string): Promise<void> {
    const folder = path.join(swarm.manager.home, 'stack');
    await mkdir(folder, { recursive: true });
    const web = {
      image: `${swarm.registry.host}/${app}:${tag}`,
      init: true,
      stop_grace_period: '100ms',
      deploy: { restart_policy: { delay: '500ms' }, update_config: { monitor: '1s' } },
    };
    const file = path.join(folder, 'stack.yaml');
    // JSON is YAML.
    await writeFile(file, JSON.stringify({ version: '3.8', services: { web } }));
    await dockerCli(swarm.manager, ['stack', 'deploy', '-c', file, app]);
  }

  it('keeps the new version where its file names the same tag, and can go back', async () => {
    const web = 'same_web';
    const one = await publish('1', 'v1', 'same');
    await deploy('same', '1');
    await swarm.runs(web, one);
    const two = await publish('1', 'v2', 'same');
    await updates.known(web);
    await updates.check(web);
    expect((await updates.preview(web)).service).toMatchObject({
      to: two,
      stack: { namespace: 'same' },
      warnings: [],
    });
    expect(of(await updates.run(web), web).result).toEqual(updated);
    await deploy('same', '1');
    await swarm.runs(web, two);
    const { UpdateStatus: status, PreviousSpec: previous } = await swarm.inspect(web);
    expect(status).toBeUndefined();
    expect(previous?.TaskTemplate.ContainerSpec.Image).toBe(two);
    expect(await updates.check(web)).toMatchObject({
      verdict: { state: 'current' },
      kept: [{ digest: one.slice(one.indexOf('sha256:')), proven: true }],
    });
    expect((await updates.told(web)).result).toEqual(updated);
    expect(of(await updates.back(web), web).result).toEqual({ state: 'restored' });
    await swarm.runs(web, one);
    // What was gone back from is not offered to whoever takes all, and the file would bring it again.
    expect((await updates.check(web))?.heldBack).toMatchObject({ code: 'rolled-back' });
  });

  it('is taken back where its file names another tag, which is told before and after', async () => {
    const web = 'other_web';
    const one = await publish('1.0', 'v1', 'other');
    const two = await publish('1.1', 'v2', 'other');
    await deploy('other', '1.0');
    await swarm.runs(web, one);
    await updates.known(web);
    await updates.check(web);
    const preview = await updates.preview(web, '1.1');
    expect(preview.service).toMatchObject({
      to: two,
      warnings: [{ code: 'stack-takes-back', stack: { namespace: 'other' } }],
    });
    expect(of(await updates.run(web, '1.1'), web).result).toEqual(updated);
    await swarm.runs(web, two);
    await deploy('other', '1.0');
    await swarm.runs(web, one);
    expect(await updates.check(web)).toMatchObject({
      reference: `${swarm.registry.host}/other:1.0`,
      verdict: { state: 'available', to: { tag: '1.1' } },
      newTags: ['1.1'],
    });
    // It runs what it would go back to: nothing is asked of Swarm, and nothing swapped.
    expect(of(await updates.back(web), web).result).toMatchObject({ state: 'skipped' });
    expect(await updates.imageOf(web)).toBe(one);
  });
});
