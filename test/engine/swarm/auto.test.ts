import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UpdateRunDocument } from '../../../main/contract/documents/updates.js';
import { isForAll, isForPerson } from '../../../main/contract/pending.js';
import { careenCli } from '../../support/cli.js';
import { servicePolicy, ServiceUpdates } from '../../support/service-updates.js';
import { TestSwarm } from '../../support/swarm.js';

const second = 1_000;
/** Old enough once its test has published what it needs. */
const minAge = 4 * second;
const policy = servicePolicy.replace('settle', `mode: auto, minAge: ${minAge / second}s, settle`);
const tooYoung = policy.replace(`minAge: ${minAge / second}s`, 'minAge: 30d');

describe('services that nobody names', () => {
  let swarm: TestSwarm;
  let updates: ServiceUpdates;
  beforeAll(async () => {
    swarm = await TestSwarm.start();
  });
  beforeEach(async ({ task }) => {
    const isYoung = task.name.includes('too young');
    const options = { policy: isYoung ? tooYoung : policy, by: 'app' as const };
    updates = await ServiceUpdates.open(swarm, options);
  });
  afterEach(async () => {
    await updates.close();
    await swarm.clear();
  });
  afterAll(() => swarm.dispose());

  const runs = async () => (await updates.careen.call('history', { since: null })).runs;

  it('are updated by themselves at their time, and not once somebody has gone back', async () => {
    const { web, one, two } = await updates.stage();
    const row = await updates.row(web);
    expect(row).toMatchObject({ kind: 'service', mode: 'auto', heldBack: { code: 'min-age' } });
    expect(await updates.imageOf(web)).toBe(one);
    await updates.careen.until('history', ({ head }) =>
      head.some(({ kind, outcome }) => kind === 'update' && outcome !== null),
    );
    await swarm.runs(web, two);
    const [run] = await runs();
    expect(run).toMatchObject({
      kind: 'update',
      by: 'check',
      outcome: 'done',
      containers: [{ container: web, result: { state: 'updated', proven: true } }],
    });
    expect(run?.startedAt).toBeGreaterThanOrEqual((row?.firstSeen ?? Infinity) + minAge);
    expect(await updates.check(web)).toMatchObject({ mode: 'auto', recreatedAt: null });

    await swarm.rollback(web);
    await swarm.runs(web, one);
    await updates.careen.until('updates', ({ rows }) =>
      rows.some(({ container, recreatedAt }) => container === web && recreatedAt !== null),
    );
    expect(await updates.check(web)).toMatchObject({
      mode: 'notify',
      reason: { by: 'recreated' },
      verdict: { state: 'available' },
    });
    expect(await runs()).toHaveLength(1);
    expect(await updates.imageOf(web)).toBe(one);
    expect(updates.careen.reported).toEqual([]);
  });

  it('are left to whoever puts another image into them in the middle', async () => {
    const staged = await updates.stage();
    const { web, one } = staged;
    await updates.careen.until('run', ({ update }) => update !== null);
    await updates.underWay(staged);
    await swarm.setImage(web, one);
    await updates.careen.until('history', ({ head: [last] }) => last?.outcome != null);
    expect(await runs()).toMatchObject([
      { containers: [{ container: web, result: { state: 'taken-over', by: 'image' } }] },
    ]);
    expect(await updates.check(web)).toMatchObject({
      mode: 'notify',
      reason: { by: 'recreated' },
      verdict: { state: 'available' },
    });
    await swarm.runs(web, one);
    expect(await runs()).toHaveLength(1);
  });

  it('are left to a person where start-first would wait for ever for a port', async () => {
    const ports = [{ Protocol: 'tcp', TargetPort: 80, PublishedPort: 8198, PublishMode: 'host' }];
    const { web, one } = await updates.stage(undefined, {
      spec: {
        EndpointSpec: { Ports: ports } as never,
        UpdateConfig: { Parallelism: 1, Order: 'start-first' },
      },
    });
    const row = await updates.row(web);
    expect(row).toMatchObject({ mode: 'auto', heldBack: { code: 'never-starts' } });
    expect(row && [isForAll(row), isForPerson(row)]).toEqual([false, true]);
    // Another that may go has gone meanwhile: it was looked at, and left.
    const other = await updates.stage();
    await swarm.runs(other.web, other.two);
    expect(await runs()).toMatchObject([{ containers: [{ container: other.web }] }]);
    expect(await updates.imageOf(web)).toBe(one);
  });

  it('that are too young are left by themselves, and taken by "careen update --all"', async () => {
    const { web, one, two } = await updates.stage();
    const row = await updates.row(web);
    expect(row).toMatchObject({ mode: 'auto', heldBack: { code: 'min-age' } });
    expect(row && isForAll(row)).toBe(true);
    expect([await runs(), await updates.imageOf(web)]).toEqual([[], one]);
    const { home } = updates.careen;
    await updates.close();
    const { socket } = swarm.manager;
    const all = ['update', '--all', '--yes'];
    const { code, document } = await careenCli<UpdateRunDocument>(all, { home, socket });
    expect(document).toMatchObject({
      containers: [{ container: web, result: { state: 'updated', proven: true } }],
    });
    expect(code).toBe(0);
    await swarm.runs(web, two);
    await updates.reopen();
    expect(await updates.check(web)).toMatchObject({
      verdict: { state: 'current' },
      mode: 'auto',
      recreatedAt: null,
    });
  });
});
