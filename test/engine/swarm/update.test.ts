import { totalmem } from 'node:os';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { exitOfUpdates } from '../../../main/cli/acts.js';
import { exit } from '../../../main/contract/exit.js';
import { standstill } from '../../../main/domain/swarm/stuck.js';
import { atStep } from '../../support/in-the-middle.js';
import { PassingClock } from '../../support/passing-clock.js';
import { deathIsCaught, scaledSince, stuckOnPort } from '../../support/service-cases.js';
import {
  HealthCheck,
  servicePolicy,
  ServiceUpdates,
  type Staged,
} from '../../support/service-updates.js';
import { type InspectedTask, TestSwarm } from '../../support/swarm.js';
import { of, service } from '../../support/updating.js';

describe('the update of a service', () => {
  let swarm: TestSwarm;
  let updates: ServiceUpdates;
  beforeAll(async () => {
    swarm = await TestSwarm.start();
    updates = await ServiceUpdates.open(swarm);
  });
  afterEach(() => swarm.clear());
  afterAll(async () => {
    await updates.close();
    await swarm.dispose();
  });

  it('is told beforehand, done by Swarm, proved, and can be taken back after another write', async () => {
    const env = ['SECRET=kept'];
    const { web, one, two } = await updates.stage(service('v2'), { container: { Env: env } });
    const preview = await updates.preview(web);
    expect(preview).toMatchObject({
      refused: null,
      service: { from: one, to: two, failureAction: 'rollback', rollbackFor: 'pause' },
    });
    expect(of(await updates.run(web), web)).toMatchObject({
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
    expect((await updates.row(web))?.kept).toMatchObject([{ digest, proven: true }]);
    const { swarm: known } = await updates.careen.call('inventory', {});
    expect(known?.services.find(({ name }) => name === web)?.kept).toEqual([one]);
    const back = await updates.back(web);
    expect(of(back, web).result).toEqual({ state: 'restored' });
    await swarm.runs(web, one);
    expect((await swarm.inspect(web)).Spec.Labels).toEqual({ changed: 'by hand' });
    expect(await updates.row(web)).toMatchObject({ heldBack: { code: 'rolled-back' }, kept: [{}] });
    const gone = await updates.careen.call('update.release', { container: web, token: null });
    expect(of(gone, web).result).toEqual({ state: 'released', freed: 0 });
    expect((await updates.row(web))?.kept).toEqual([]);
  });

  it('that is not healthy is rolled back by Swarm, and told', async () => {
    const { web, one } = await updates.stage(service('v2'), { container: { HealthCheck } });
    expect(of(await updates.run(web), web).result).toMatchObject({
      state: 'rolled-back',
      why: { code: 'swarm', message: expect.stringContaining('unhealthy') as string },
    });
    await swarm.runs(web, one);
    expect((await updates.row(web))?.heldBack).toMatchObject({ code: 'rolled-back' });
  });

  it("that dies once Swarm's watch is over is caught by Careen's proof, and taken back", async () => {
    const web = await deathIsCaught(swarm, servicePolicy, {}, 1);
    expect((await swarm.inspect(web)).UpdateStatus?.State).toBe('rollback_completed');
  });

  it('that a person cancels while its tasks do not get healthy is taken back', async () => {
    const { careen } = updates;
    // Its health check goes on for longer than the test: neither Swarm nor Careen would end it.
    const slow = { ...HealthCheck, Retries: 1_000 };
    const staged = await updates.stage(service('v2'), {
      container: { HealthCheck: slow },
      spec: {
        Mode: { Replicated: { Replicas: 2 } },
        UpdateConfig: { Parallelism: 1, Monitor: 600_000_000_000, Order: 'start-first' },
        RollbackConfig: { Parallelism: 0, Monitor: 500_000_000, Order: 'stop-first' },
      },
    });
    const { web, one } = staged;
    const token = 'mine';
    const containers = [{ container: web }];
    const updating = careen.call('update.run', { containers, copy: [], token });
    await updates.underWay(staged);
    await careen.call('run.cancel', { runId: token });
    const run = await updating;
    expect(run.outcome).toBe('cancelled');
    expect(exitOfUpdates(run)).toBe(exit.cancelled);
    expect(of(run, web).result).toEqual({
      state: 'rolled-back',
      why: { code: 'cancelled' },
      log: [],
    });
    await swarm.runs(web, one, 2);
    expect((await updates.row(web))?.heldBack).toMatchObject({ code: 'rolled-back' });
  });

  it('that finds no place is told as stuck, and taken back', async () => {
    await stuckOnPort(updates, {});
  });

  it('that no node has room for twice is told as stuck, and taken back', async () => {
    // start-first needs both at once.
    const { web, one } = await updates.stage(service('v2'), {
      task: { Resources: { Reservations: { MemoryBytes: Math.floor(totalmem() * 0.6) } } },
      spec: { UpdateConfig: { Parallelism: 1, Monitor: 1_000_000_000, Order: 'start-first' } },
    });
    expect(of(await updates.run(web), web).result).toMatchObject({
      state: 'rolled-back',
      why: {
        code: 'stuck',
        by: 'pending',
        message: expect.stringContaining('insufficient resources') as string,
      },
    });
    await swarm.runs(web, one);
    expect((await updates.row(web))?.heldBack).toMatchObject({ code: 'rolled-back' });
  });

  it('whose task does not get healthy for an hour is told as at a standstill, and taken back', async () => {
    const clock = new PassingClock();
    const other = await ServiceUpdates.open(swarm, { clock });
    try {
      // Its second version is never healthy, and Swarm would wait for a week.
      const endless = { ...HealthCheck, Retries: 2_000_000 };
      const staged = await other.stage(service('v2'), {
        container: { HealthCheck: endless },
        spec: { UpdateConfig: { Parallelism: 1, Monitor: 1_000_000_000, Order: 'start-first' } },
      });
      const { web, one, two } = staged;
      const updating = other.run(web);
      await other.underWay(staged);
      const isStarting = ({ Status, Spec }: InspectedTask) =>
        Status.State === 'starting' && Spec.ContainerSpec.Image === two;
      await expect
        .poll(async () => (await swarm.tasks(web)).some(isStarting), { timeout: 60_000 })
        .toBe(true);
      clock.pass(standstill);
      expect(of(await updating, web).result).toMatchObject({
        state: 'rolled-back',
        why: { code: 'standstill', state: 'starting', ms: standstill },
      });
      await swarm.runs(web, one);
    } finally {
      await other.close();
    }
  });

  it('stops where someone else writes the service in its middle', async () => {
    let intended = false;
    const journalLog = atStep('roll-out', () => Promise.resolve(void (intended = true)));
    const other = await ServiceUpdates.open(swarm, { journalLog });
    try {
      const staged = await other.stage();
      const { web } = staged;
      const updating = other.run(web);
      await other.underWay(staged);
      expect(intended).toBe(true);
      await swarm.change(web, (spec) => {
        spec.Labels = { mine: '1' };
      });
      expect(of(await updating, web).result).toMatchObject({ state: 'taken-over' });
      expect((await swarm.inspect(web)).Spec.Labels).toEqual({ mine: '1' });
    } finally {
      await other.close();
    }
  });

  it('that Careen leaves in the middle is finished by the next start', async () => {
    const staged = await updates.stage();
    const updating = updates.run(staged.web).catch((e: unknown) => e);
    await updates.underWay(staged);
    await updates.close();
    await updating;
    await updates.reopen();
    expect(await updates.told(staged.web)).toMatchObject({
      result: { state: 'updated', proven: true },
      recovered: 'finished',
    });
  });

  it('whose asking came through although nobody heard so is watched, and not asked again', async () => {
    let staged: Staged | null = null;
    // As an asking that a lost leader had held up: it is there when Careen asks once more.
    const journalLog = atStep('roll-out', async () => {
      if (staged) await swarm.setImage(staged.web, staged.two);
    });
    const other = await ServiceUpdates.open(swarm, { journalLog });
    try {
      staged = await other.stage();
      const { web } = staged;
      expect(of(await other.run(web), web).result).toEqual({ state: 'updated', proven: true });
    } finally {
      await other.close();
    }
  });

  it('that was scaled since goes back to what Careen recorded, and keeps its number', () =>
    scaledSince(updates, {}, 2));
});
