import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { EngineCrashes, engineCrashScenarios } from '../../support/kill-engine.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';
import { picked } from '../../support/seed.js';

const store = picked('engine-killed/store', 2) === 0 ? 'classic' : 'containerd';

describe(`an engine of 26.1 ${store} killed in the middle of an update, sampled`, () => {
  let registry: TestRegistry;
  let engine: TestEngine;
  let crashes: EngineCrashes;

  beforeAll(async () => {
    [registry, engine] = await Promise.all([startRegistry(), startEngine({ store })]);
    crashes = new EngineCrashes(engine, `${registry.host}/acme/web:1`);
  });
  afterAll(async () => {
    await engine.dispose();
    await registry.dispose();
  });

  it.each(engineCrashScenarios)('%s: the run ends well', async (scenario) => {
    const records = await crashes.records(scenario);
    expect(records).toBeGreaterThan(10);
    const n = 1 + picked(`engine-killed/${scenario}/n`, records);
    const side = picked(`engine-killed/${scenario}/side`, 2) === 0 ? 'before' : 'after';
    await crashes.check({ scenario, n, side });
  });
});
