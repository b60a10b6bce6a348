import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type TestEngine } from '../support/engine.js';
import { EngineCrashes, engineCrashScenarios } from '../support/kill-engine.js';
import { startRegistry, type TestRegistry } from '../support/registry.js';
import { stores } from '../support/stores.js';

const whole = 4 * 3_600_000;

describe.each(stores)('an engine of $version $store killed anywhere in an update', (kind) => {
  let registry: TestRegistry;
  let engine: TestEngine;
  let crashes: EngineCrashes;

  beforeAll(async () => {
    [registry, engine] = await Promise.all([startRegistry(), startEngine(kind)]);
    crashes = new EngineCrashes(engine, `${registry.host}/acme/web:1`);
  });
  afterAll(async () => {
    await engine.dispose();
    await registry.dispose();
  });

  it.each(engineCrashScenarios)(
    '%s: before and after every record, the run ends well',
    async (scenario) => {
      const records = await crashes.records(scenario);
      expect(records).toBeGreaterThan(10);
      for (let n = 1; n <= records; n++)
        for (const side of ['before', 'after'] as const) await crashes.check({ scenario, n, side });
    },
    whole,
  );
});
