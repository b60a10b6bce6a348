import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type TestEngine } from '../support/engine.js';
import { EngineCrashes } from '../support/kill-engine.js';
import { startRegistry, type TestRegistry } from '../support/registry.js';
import { TestSshd } from '../support/sshd.js';

/** Every how many records the link goes away: ssh takes seconds to find out that it is silent. */
const steps = { cut: 1, silent: 3 } as const;

describe('the link to an engine by ssh goes away at each record of an update', () => {
  let engine: TestEngine;
  let registry: TestRegistry;
  let sshd: TestSshd;
  beforeAll(async () => {
    [engine, registry] = await Promise.all([startEngine(), startRegistry()]);
    sshd = await TestSshd.start(engine);
  });
  afterAll(async () => {
    await sshd.dispose();
    await registry.dispose();
    await engine.dispose();
  });

  it.each(
    (['cut', 'silent'] as const).flatMap((how) =>
      (['good', 'bad', 'rollback'] as const).map((scenario) => ({ how, scenario })),
    ),
  )('$how, $scenario', { timeout: 1_800_000 }, async ({ how, scenario }) => {
    const crashes = new EngineCrashes(engine, `${registry.host}/acme/web:1`, sshd.outage(how));
    const records = await crashes.records(scenario);
    expect(records).toBeGreaterThan(10);
    for (let n = 1; n < records; n += steps[how])
      await crashes.check({ scenario, n, side: 'after' });
  });
});
