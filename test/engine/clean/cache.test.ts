import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCareen } from '../../support/careen.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { buildImage } from '../../support/engine-cli.js';
import { loadFleet, testPolicy } from '../../support/fleet.js';

describe('build cache that shares layers with images', () => {
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await startEngine({ version: '26.1', store: 'classic' });
    await loadFleet(engine);
    await buildImage(engine, {
      tag: 'myorg/web:built',
      dockerfile: 'FROM myorg/web:2.2\nRUN echo built > /data/built\n',
    });
  });
  afterAll(() => engine.dispose());

  it('makes every figure an upper bound, and says so', async () => {
    const careen = await TestCareen.open({ socket: engine.socket, policy: testPolicy });
    try {
      const plan = await careen.call('plan.make', { policy: null });
      expect(plan.items.length).toBeGreaterThan(0);
      expect(plan.reclaimableAll.certainty).toBe('at-most');
      const run = await careen.clean({ also: ['unrecoverable', 'estimates'] });
      expect(run.estimated.certainty).toBe('at-most');
      expect(run.measured ?? Infinity).toBeLessThanOrEqual(run.estimated.max);
    } finally {
      await careen.close();
    }
  });
});
