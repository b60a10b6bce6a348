import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { dockerCli } from './engine-cli.js';
import { servicePolicy, type ServiceUpdates } from './service-updates.js';
import { of, publishAs, service } from './updating.js';

/** One of the services may move to another tag. */
export const stackPolicy = `${servicePolicy}  containers:
    - { match: other_web, tags: minor }
`;

const updated = { state: 'updated', proven: true };

/** A stack of one service, `web`, deployed as a person does, with the same file each time. */
class Stack {
  readonly web: string;
  constructor(
    private readonly updates: ServiceUpdates,
    private readonly app: string,
    private readonly replicas: number,
  ) {
    this.web = `${app}_web`;
  }

  image(tag: string): string {
    return `${this.updates.swarm.registry.host}/${this.app}:${tag}`;
  }

  /** Gives what it is pinned to. */
  async publish(tag: string, version: string): Promise<string> {
    const name = this.image(tag);
    return `${name}@${await publishAs(this.updates.swarm.manager, name, service(version))}`;
  }

  async deploy(tag: string): Promise<void> {
    const { manager } = this.updates.swarm;
    const folder = path.join(manager.home, 'stack');
    await mkdir(folder, { recursive: true });
    const { replicas } = this;
    const web = {
      image: this.image(tag),
      init: true,
      stop_grace_period: '100ms',
      deploy: { replicas, restart_policy: { delay: '500ms' }, update_config: { monitor: '1s' } },
    };
    const file = path.join(folder, 'stack.yaml');
    // JSON is YAML.
    await writeFile(file, JSON.stringify({ version: '3.8', services: { web } }));
    await dockerCli(manager, ['stack', 'deploy', '-c', file, this.app]);
  }

  runs(image: string): Promise<void> {
    return this.updates.swarm.runs(this.web, image, this.replicas);
  }
}

/** Deployed again with the tag that it was updated by, a stack stays as it is, and can go back. */
export async function stackOfSameTag(updates: ServiceUpdates, replicas: number): Promise<void> {
  const stack = new Stack(updates, 'same', replicas);
  const { web } = stack;
  const one = await stack.publish('1', 'v1');
  await stack.deploy('1');
  await stack.runs(one);
  const two = await stack.publish('1', 'v2');
  await updates.known(web);
  await updates.check(web);
  expect((await updates.preview(web)).service).toMatchObject({
    to: two,
    stack: { namespace: 'same' },
    warnings: [],
  });
  expect(of(await updates.run(web), web).result).toEqual(updated);
  await stack.deploy('1');
  await stack.runs(two);
  const { UpdateStatus: status, PreviousSpec: previous } = await updates.swarm.inspect(web);
  expect(status).toBeUndefined();
  expect(previous?.TaskTemplate.ContainerSpec.Image).toBe(two);
  expect(await updates.check(web)).toMatchObject({
    verdict: { state: 'current' },
    kept: [{ digest: one.slice(one.indexOf('sha256:')), proven: true }],
  });
  expect((await updates.told(web)).result).toEqual(updated);
  expect(of(await updates.back(web), web).result).toEqual({ state: 'restored' });
  await stack.runs(one);
  // What was gone back from is not offered to whoever takes all, and the file would bring it again.
  expect((await updates.check(web))?.heldBack).toMatchObject({ code: 'rolled-back' });
}

/** Deployed again with the tag of before, a stack takes an update to another back: told beforehand. */
export async function stackOfOtherTag(updates: ServiceUpdates, replicas: number): Promise<void> {
  const stack = new Stack(updates, 'other', replicas);
  const { web } = stack;
  const one = await stack.publish('1.0', 'v1');
  const two = await stack.publish('1.1', 'v2');
  await stack.deploy('1.0');
  await stack.runs(one);
  await updates.known(web);
  await updates.check(web);
  const preview = await updates.preview(web, '1.1');
  expect(preview.service).toMatchObject({
    to: two,
    warnings: [{ code: 'stack-takes-back', stack: { namespace: 'other' } }],
  });
  expect(of(await updates.run(web, '1.1'), web).result).toEqual(updated);
  await stack.runs(two);
  await stack.deploy('1.0');
  await stack.runs(one);
  expect(await updates.check(web)).toMatchObject({
    reference: stack.image('1.0'),
    verdict: { state: 'available', to: { tag: '1.1' } },
    newTags: ['1.1'],
  });
  // It runs what it would go back to: nothing is asked of Swarm, and nothing swapped.
  expect(of(await updates.back(web), web).result).toMatchObject({ state: 'skipped' });
  expect(await updates.imageOf(web)).toBe(one);
}
