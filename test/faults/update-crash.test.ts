import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../support/bundle.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { Crashes } from '../support/kill-update.js';
import { startRegistry, type TestRegistry } from '../support/registry.js';
import { stores } from '../support/stores.js';
import { scenarios } from '../support/update-scenarios.js';

const whole = 4 * 3_600_000;

describe.each(stores)('Careen killed anywhere in an update, on $version $store', (kind) => {
  let registry: TestRegistry;
  let engine: TestEngine;
  let crashes: Crashes;

  beforeAll(async () => {
    const entry = bundle('test/support/entry-update.ts');
    [registry, engine] = await Promise.all([startRegistry(), startEngine(kind)]);
    crashes = new Crashes(engine, registry.host, await entry);
  });
  afterAll(async () => {
    await engine.dispose();
    await registry.dispose();
  });

  it.each(scenarios)(
    '%s: before and after every record, the next start ends it well',
    async (scenario) => {
      const records = await crashes.records(scenario);
      expect(records).toBeGreaterThan(10);
      for (let n = 1; n <= records; n++)
        for (const side of ['before', 'after'] as const)
          await crashes.check({ scenario, n, side, again: null });
    },
    whole,
  );

  it.each(scenarios)(
    '%s: and whoever takes that up can be killed anywhere, too',
    async (scenario) => {
      const records = await crashes.records(scenario);
      for (let n = 1; n <= records; n++)
        await crashes.check({ scenario, n, side: 'after', again: 1 + (n % 4) });
    },
    whole,
  );
});
