import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { type Fleet, loadFleet, testPolicy } from '../../support/fleet.js';

const keepsAll = 'version: 1\ngrace: 0s\n';

describe('a draft of the policy, on a real engine', () => {
  let engine: TestEngine;
  let fleet: Fleet;
  let careen: TestCareen;

  beforeAll(async () => {
    engine = await startEngine({ version: '26.1', store: 'classic' });
    fleet = await loadFleet(engine);
    careen = await TestCareen.open({ socket: engine.socket, policy: keepsAll });
  });
  afterAll(async () => {
    await careen.close();
    await engine.dispose();
  });

  const totals = () => careen.slice('images').totals;

  it('says what saving it then does', async () => {
    const before = totals();
    const trial = await careen.call('policy.try', { text: testPolicy });
    expect(trial.error).toBeNull();
    expect(trial.less).toEqual([]);
    expect(trial.more.map(({ id }) => id)).toContain(fleet.api1.id);
    // Nothing has changed by it.
    expect((await careen.call('policy.get', {})).text).toBe(keepsAll);
    expect(totals()).toEqual(before);

    await careen.call('policy.save', { text: testPolicy, base: keepsAll });
    await careen.until('images', (slice) => slice.totals.rules.length > 0);
    const { rules, canGo, canGoImages, couldGoImages } = totals();
    const { more, ...said } = trial;
    expect(said).toMatchObject({ rules, canGo, canGoImages, couldGoImages });
    const plan = await careen.call('plan.make', { policy: null });
    const planned = plan.items.map(({ id, ticked }) => ({ id, ticked }));
    expect(more.map(({ id, ticked }) => ({ id, ticked }))).toEqual(planned);
    expect(said.canGoAll).toEqual(plan.reclaimableAll);
    expect(said.moreBytes).toEqual(plan.reclaimableAll);
  });

  it('and the way back is what it says as well', async () => {
    const { more, less } = await careen.call('policy.try', { text: keepsAll });
    expect(more).toEqual([]);
    expect(less.map(({ id }) => id)).toContain(fleet.api1.id);
  });
});
