import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../support/bundle.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { type Crash, Crashes, crashScenarios } from '../../support/kill-update.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';

const seed = process.env['CAREEN_SEED'] ?? '1';
const stores = ['classic', 'containerd'] as const;

/** One number of the run's seed, below `most`. */
function pick(what: string, most: number): number {
  return createHash('sha256').update(`${seed}/${what}`).digest().readUInt32BE(0) % most;
}

const store = stores[pick('store', stores.length)] ?? 'classic';

describe(`Careen killed in the middle of an update, sampled, on 26.1 ${store}`, () => {
  let registry: TestRegistry;
  let engine: TestEngine;
  let crashes: Crashes;

  beforeAll(async () => {
    const entry = bundle('test/support/entry-update.ts');
    [registry, engine] = await Promise.all([
      startRegistry(),
      startEngine({ version: '26.1', store }),
    ]);
    crashes = new Crashes(engine, registry.host, await entry);
  });
  afterAll(async () => {
    await engine.dispose();
    await registry.dispose();
  });

  it.each(crashScenarios)('%s: the next start ends it well', async (scenario) => {
    const records = await crashes.records(scenario);
    expect(records).toBeGreaterThan(10);
    const n = 1 + pick(`${scenario}/n`, records);
    const side: Crash['side'] = pick(`${scenario}/side`, 2) === 0 ? 'before' : 'after';
    const again = pick(`${scenario}/again`, 2) === 0 ? null : 1 + pick(`${scenario}/at`, 4);
    await crashes.check({ scenario, n, side, again });
  });
});
