import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { standardUpdatePatience } from '../../../main/services/updater/types.js';
import { TestCareen, type TestCareenOptions } from '../../support/careen.js';
import { type ServiceChange, TestSwarm } from '../../support/swarm.js';
import { of, publishAs, service, updatePolicy } from '../../support/updating.js';

const updatePatience = { ...standardUpdatePatience, look: 200 };
const policy = updatePolicy
  .replace('settle: 400ms', 'settle: 3s')
  .replace('proveWithin: 5s', 'proveWithin: 10s');

/** Only its first version is healthy. */
const HealthCheck = {
  Test: ['CMD-SHELL', 'wget -qO- http://127.0.0.1/ | grep -q v1'],
  Interval: 300_000_000,
  Timeout: 1_000_000_000,
  Retries: 3,
};

describe('the update of a service', () => {
  let swarm: TestSwarm;
  let careen: TestCareen;
  let made = 0;
  beforeAll(async () => {
    swarm = await TestSwarm.start();
    careen = await open();
  });
  afterEach(() => swarm.clear());
  afterAll(async () => {
    await careen.close();
    await swarm.dispose();
  });

  const open = (options: Partial<TestCareenOptions> = {}) =>
    TestCareen.open({ socket: swarm.manager.socket, policy, updatePatience, ...options });

  /** A service of its own, with two versions of its image; the second is published. */
  async function stage(second = service('v2'), change: ServiceChange = {}) {
    made += 1;
    const web = `web${made}`;
    const name = `${swarm.registry.host}/${web}:1`;
    const one = `${name}@${await publishAs(swarm.manager, name, service('v1'))}`;
    await swarm.create(web, one, change);
    await swarm.runs(web, one);
    const two = `${name}@${await publishAs(swarm.manager, name, second)}`;
    await careen.until('updates', ({ rows }) => rows.some(({ container }) => container === web));
    await careen.call('update.check', { containers: [web] });
    return { web, one, two };
  }

  const run = (web: string) =>
    careen.call('update.run', {
      containers: [{ container: web, to: null, shown: null }],
      copy: [],
      token: null,
    });
  const row = async (web: string) => {
    const { rows } = await careen.call('update.list', {});
    return rows.find(({ container }) => container === web);
  };
  const imageOf = async (web: string) =>
    (await swarm.inspect(web)).Spec.TaskTemplate.ContainerSpec.Image;

  it('is told beforehand, done by Swarm, proved, and can be taken back after another write', async () => {
    const env = ['SECRET=kept'];
    const { web, one, two } = await stage(service('v2'), { container: { Env: env } });
    const preview = await careen.call('update.preview', { container: web, to: null });
    expect(preview).toMatchObject({
      refused: null,
      service: { from: one, to: two, failureAction: 'rollback', rollbackFor: 'pause' },
    });
    expect(of(await run(web), web)).toMatchObject({
      result: { state: 'updated', proven: true },
      steps: [
        { step: 'roll-out', state: 'done' },
        { step: 'prove', state: 'done' },
      ],
    });
    const { Spec } = await swarm.inspect(web);
    expect(Spec.TaskTemplate.ContainerSpec).toMatchObject({ Image: two, Env: env });
    expect(Spec.UpdateConfig?.FailureAction).toBe('rollback');
    // Any write replaces PreviousSpec: Swarm's own way back would lead nowhere now.
    await swarm.change(web, (spec) => {
      spec.Labels = { changed: 'by hand' };
    });
    const digest = one.slice(one.indexOf('sha256:'));
    expect((await row(web))?.kept).toMatchObject([{ digest, proven: true }]);
    const { swarm: known } = await careen.call('inventory', {});
    expect(known?.services.find(({ name }) => name === web)?.kept).toEqual([one]);
    const back = await careen.call('update.rollback', {
      container: web,
      to: null,
      copies: false,
      token: null,
    });
    expect(of(back, web).result).toEqual({ state: 'restored' });
    await swarm.runs(web, one);
    expect((await swarm.inspect(web)).Spec.Labels).toEqual({ changed: 'by hand' });
    expect(await row(web)).toMatchObject({ heldBack: { code: 'rolled-back' }, kept: [{}] });
    const gone = await careen.call('update.release', { container: web, token: null });
    expect(of(gone, web).result).toEqual({ state: 'released', freed: 0 });
    expect((await row(web))?.kept).toEqual([]);
  });

  it('that is not healthy is rolled back by Swarm, and told', async () => {
    const { web, one } = await stage(service('v2'), { container: { HealthCheck } });
    expect(of(await run(web), web).result).toMatchObject({
      state: 'rolled-back',
      why: { code: 'swarm', message: expect.stringContaining('unhealthy') as string },
    });
    await swarm.runs(web, one);
    expect((await row(web))?.heldBack).toMatchObject({ code: 'rolled-back' });
  });

  it("that dies once Swarm's watch is over is caught by Careen's proof, and taken back", async () => {
    const cmd = ['sh', '-c', 'sleep 2.5; exit 7'];
    const { web, one } = await stage(service('v2', { cmd }));
    expect(of(await run(web), web).result).toMatchObject({
      state: 'rolled-back',
      why: { code: 'task-died', message: expect.stringContaining('7') as string },
    });
    expect(await imageOf(web)).toBe(one);
    await swarm.runs(web, one);
    expect((await swarm.inspect(web)).UpdateStatus?.State).toBe('rollback_completed');
  });

  it('that finds no place is told as stuck, and taken back', async () => {
    const ports = [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8199, PublishMode: 'host' }];
    const { web, one } = await stage(service('v2'), {
      spec: {
        EndpointSpec: { Ports: ports } as never,
        UpdateConfig: { Parallelism: 1, Monitor: 1_000_000_000, Order: 'start-first' },
      },
    });
    expect(of(await run(web), web).result).toMatchObject({
      state: 'rolled-back',
      why: { code: 'stuck', by: 'host-port' },
    });
    await swarm.runs(web, one);
  });

  it('stops where someone else writes the service in its middle', async () => {
    const { web } = await stage();
    const updating = run(web);
    for (let n = 0; n < 100 && (await swarm.inspect(web)).UpdateStatus === undefined; n++)
      await delay(50);
    await swarm.change(web, (spec) => {
      spec.Labels = { mine: '1' };
    });
    expect(of(await updating, web).result).toMatchObject({ state: 'taken-over' });
    expect((await swarm.inspect(web)).Spec.Labels).toEqual({ mine: '1' });
  });

  it('that Careen leaves in the middle is finished by the next start', async () => {
    const { web, two } = await stage();
    const { home } = careen;
    const updating = run(web).catch((e: unknown) => e);
    for (let n = 0; n < 100 && (await imageOf(web)) !== two; n++) await delay(50);
    await careen.close();
    await updating;
    careen = await open({ home });
    for (let n = 0; n < 100; n++) {
      const { runs } = await careen.call('history', { since: null });
      const [last] = runs;
      if (last?.kind === 'update' && last.outcome !== null) break;
      await delay(100);
    }
    const [last] = (await careen.call('history', { since: null })).runs;
    if (last?.kind !== 'update') throw new Error('no update in the history');
    expect(of(last, web)).toMatchObject({
      result: { state: 'updated', proven: true },
      recovered: 'finished',
    });
  });
});
