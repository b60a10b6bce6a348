import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCareen } from '../support/careen.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { dockerCli } from '../support/engine-cli.js';
import { loadMany, manyPolicy } from '../support/many.js';
import { quantile } from '../support/pinger.js';

/** DESIGN §8: times what `docker rmi` of the same list takes. */
const budget = 1.1;

const images = 500;
const rounds = 3;

describe('removing 500 images without a pause', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await startEngine({ version: '26.1', store: 'classic' });
  });
  afterAll(() => engine.dispose());

  const byDocker = async (): Promise<number> => {
    const refs = (await loadMany(engine, images)).flatMap((image) => image.refs);
    const from = performance.now();
    await dockerCli(engine, ['rmi', ...refs]);
    return performance.now() - from;
  };

  const byCareen = async (): Promise<number> => {
    await loadMany(engine, images);
    const careen = await TestCareen.open({ socket: engine.socket, policy: manyPolicy() });
    try {
      const { planId } = await careen.call('plan.make', { policy: null });
      const also = ['unrecoverable', 'estimates'];
      const from = performance.now();
      const run = await careen.call('plan.run', { planId, except: [], also });
      const took = performance.now() - from;
      expect(run.removed).toHaveLength(images);
      return took;
    } finally {
      await careen.close();
    }
  };

  it('takes no longer than the budget allows', { timeout: 600_000 }, async () => {
    const docker: number[] = [];
    const careen: number[] = [];
    for (let round = 0; round < rounds; round++) {
      docker.push(await byDocker());
      careen.push(await byCareen());
    }
    const [theirs, ours] = [quantile(docker, 0.5), quantile(careen, 0.5)];
    console.log(
      `removing ${images} images: docker rmi ${theirs.toFixed(0)} ms, Careen ${ours.toFixed(0)} ms (× ${(ours / theirs).toFixed(2)}; budget × ${budget})`,
    );
    expect(ours / theirs).toBeLessThanOrEqual(budget);
  });
});
