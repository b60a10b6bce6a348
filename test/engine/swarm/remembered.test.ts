import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pullImage } from '../../support/images.js';
import { takesAll } from '../../support/swarm-clean.js';
import { ServiceUpdates, servicePolicy } from '../../support/service-updates.js';
import { TestSwarm } from '../../support/swarm.js';
import { of, publishAs, service } from '../../support/updating.js';

describe('a clean-up right after a start, while the manager that a service was updated by is away', () => {
  let swarm: TestSwarm;
  let updates: ServiceUpdates;
  beforeAll(async () => {
    // Without the one the other two still answer.
    swarm = await TestSwarm.start({ nodes: 3, managers: 3 });
    updates = await ServiceUpdates.open(swarm, {
      policy: servicePolicy + takesAll.slice(takesAll.indexOf('remove:')),
    });
  });
  afterAll(async () => {
    await updates.close();
    await swarm.dispose();
  });

  it('keeps on another node what the service can go back to', async () => {
    const [recorder, other] = swarm.nodes;
    if (!recorder || !other) throw new Error('there are not two nodes');
    const { engine } = await updates.careen.call('engines.add', {
      endpoint: other.url,
      name: 'other',
    });
    await updates.careen.call('engines.set', { engine, policy: 'shared' });
    const { web, one, two } = await updates.stage(service('v2'));
    expect(of(await updates.run(web), web).result).toMatchObject({ state: 'updated' });
    // From now on no manager tells of the former image: the version that Careen kept is all there is.
    await swarm.change(web, (spec) => {
      spec.Labels = { changed: 'by hand' };
    });
    const unused = `${swarm.registry.host}/unused:1`;
    const gone = `${unused}@${await publishAs(swarm.manager, unused, service('v3'))}`;
    for (const image of [one, gone]) await pullImage(other, image);
    await updates.close();

    await recorder.stop();
    swarm.ask(other);
    // The others choose another leader first.
    const isLed = () => swarm.inspect(web).then(Boolean, () => false);
    await expect.poll(isLed, { timeout: 60_000, interval: 500 }).toBe(true);
    await swarm.runs(web, two);
    await swarm.forgetEnded([other]);
    await updates.reopen(recorder);
    const { careen } = updates;
    const { removed } = await careen.clean({ also: ['unrecoverable', 'estimates'] }, engine);
    expect(careen.slice('fleet').engines[0]?.state).not.toBe('found');
    const { swarm: known } = await careen.call('inventory', {}, engine);
    expect(known?.services.find(({ name }) => name === web)?.kept).toEqual([one]);
    await other.docker.getImage(one).inspect();
    expect(removed.length).toBeGreaterThan(0);
    await expect(other.docker.getImage(gone).inspect()).rejects.toMatchObject({ statusCode: 404 });
  });
});
