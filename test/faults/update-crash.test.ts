import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../support/bundle.js';
import { startEngine, type TestEngine } from '../support/engine.js';
import { Crashes, crashScenarios } from '../support/kill-update.js';
import { startRegistry, type TestRegistry } from '../support/registry.js';

const kinds = [
  { version: '26.1', store: 'classic' },
  { version: '26.1', store: 'containerd' },
  { version: '20.10', store: 'classic' },
] as const;

const whole = 4 * 3_600_000;

describe.each(kinds)('Careen killed anywhere in an update, on $version $store', (kind) => {
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

  it.each(crashScenarios)(
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

  it.each(crashScenarios)(
    '%s: and whoever takes that up can be killed anywhere, too',
    async (scenario) => {
      const records = await crashes.records(scenario);
      for (let n = 1; n <= records; n++)
        await crashes.check({ scenario, n, side: 'after', again: 1 + (n % 4) });
    },
    whole,
  );
});
