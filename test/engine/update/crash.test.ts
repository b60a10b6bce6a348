import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../support/bundle.js';
import { startEngine, type TestEngine } from '../../support/engine.js';
import { type Crash, Crashes } from '../../support/kill-update.js';
import { startRegistry, type TestRegistry } from '../../support/registry.js';
import { picked } from '../../support/seed.js';
import { scenarios } from '../../support/update-scenarios.js';

const stores = ['classic', 'containerd'] as const;

const store = stores[picked('store', stores.length)] ?? 'classic';

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

  it.each(scenarios)('%s: the next start ends it well', async (scenario) => {
    const records = await crashes.records(scenario);
    expect(records).toBeGreaterThan(10);
    const n = 1 + picked(`${scenario}/n`, records);
    const side: Crash['side'] = picked(`${scenario}/side`, 2) === 0 ? 'before' : 'after';
    const again = picked(`${scenario}/again`, 2) === 0 ? null : 1 + picked(`${scenario}/at`, 4);
    await crashes.check({ scenario, n, side, again });
  });

  it.each([
    ['before that is written', 'before', null],
    ['before that is written, and again once it has its name back', 'before', 2],
    ['after that is written, and again once it has its name back', 'after', 1],
  ] as const)(
    'one that the engine removes at its stop is made again, killed %s: the next start ends it well',
    async (_, side, again) => {
      await crashes.check({ scenario: 'bad-rm', kind: 'turned', n: 2, side, again });
    },
  );
});
