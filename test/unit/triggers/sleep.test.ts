import { describe, expect, it } from 'vitest';
import { Stage } from './stage.js';

const minute = 60_000;
const hour = 60 * minute;
const GB = 1e9;

const rules = `version: 1
mode: auto
remove:
  - { id: stale, match: "**", origin: pulled, unusedFor: 60d }
triggers: { pressure: { high: 85%, low: 75%, cooldown: 6h } }
`;

/** A machine that is about to sleep while registries are asked. */
const dozing = async () => {
  const stage = new Stage({ policy: rules });
  await stage.quiet();
  stage.whileAsking = () => {
    stage.whileAsking = () => undefined;
    stage.triggers.suspending();
  };
  return stage;
};
const wake = async (stage: Stage) => {
  stage.clock.set(stage.clock.now() + 8 * hour);
  stage.triggers.woke();
  await stage.quiet();
};

describe('what was being answered as the machine was about to sleep', () => {
  it.each(['schedule', 'after-update', 'pressure'] as const)(
    'begins no run (%s), and is answered anew after a rest',
    async (cause) => {
      const stage = await dozing();
      stage.disk = { used: 90 * GB, available: 10 * GB };
      const fired = stage.fire(cause);
      await stage.quiet();
      expect(stage.ran).toEqual([]);
      await wake(stage);
      await stage.pass(29_000);
      expect(stage.ran).toEqual([]);
      await stage.pass(1_000);
      await fired;
      expect(stage.ran).toMatchObject([{ by: cause }]);
      expect(stage.failures).toEqual([]);
    },
  );

  it('leaves the crossing of a full disk open until then', async () => {
    const stage = await dozing();
    await stage.read(90 * GB, 10 * GB);
    expect(stage.ran).toEqual([]);
    expect(stage.remembered.pressure.armed).toBe(true);
    await wake(stage);
    await stage.pass(30_000);
    expect(stage.ran).toMatchObject([{ by: 'pressure' }]);
    expect(stage.remembered.pressure.armed).toBe(false);
  });

  it('goes on where it does not sleep after all', async () => {
    const stage = await dozing();
    const fired = stage.fire('schedule');
    await stage.quiet();
    expect(stage.ran).toEqual([]);
    await stage.pass(minute);
    await fired;
    expect(stage.ran).toMatchObject([{ by: 'schedule' }]);
  });

  it('asks about the mains again', async () => {
    const stage = await dozing();
    const fired = stage.fire('schedule');
    await stage.quiet();
    stage.onBattery = true;
    await wake(stage);
    await stage.pass(30_000);
    await fired;
    expect(stage.ran).toEqual([]);
    expect(stage.triggers.status().waiting).toMatchObject({ cause: 'schedule', for: 'battery' });
    stage.onBattery = false;
    await stage.pass(15 * minute);
    expect(stage.ran).toHaveLength(1);
  });

  it('is asked about the mains again when its turn comes, without any sleep', async () => {
    const stage = new Stage({ policy: rules });
    stage.whileAsking = () => void (stage.onBattery = true);
    await stage.fire('schedule');
    expect(stage.ran).toEqual([]);
    expect(stage.triggers.status().waiting).toMatchObject({ cause: 'schedule', for: 'battery' });
  });
});
