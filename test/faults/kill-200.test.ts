import { afterAll, beforeAll, describe, it } from 'vitest';
import { bundle } from '../support/bundle.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { killAndCheck, randomPoints } from '../support/kill-run.js';

const seed = process.env['CAREEN_SEED'] ?? '1';

describe(`kill -9 at 20 random points of a run of 200 removals (CAREEN_SEED=${seed})`, () => {
  let entry: string;
  let engine: TestEngine;

  beforeAll(async () => {
    [entry, engine] = await Promise.all([
      bundle('test/support/entry-clean.ts'),
      startEngine({ version: '26.1', store: 'classic' }),
    ]);
  });
  afterAll(() => engine.dispose());

  it.each(randomPoints(seed, 20))(
    '%j: the next start says exactly what was done',
    async (point) => {
      await killAndCheck(engine, entry, point);
    },
  );
});
