import { describe, expect, it } from 'vitest';
import { Stage, type StageOptions } from './stage.js';

const minute = 60_000;
const hour = 60 * minute;
const GB = 1e9;

const rules = (mode: string, more = '') => `version: 1
mode: ${mode}
remove:
  - { id: stale, match: "**", origin: pulled, unusedFor: 60d }
triggers: { pressure: { high: 85%, low: 75%, cooldown: 6h } }
${more}`;

const open = async (mode: string, options: Partial<StageOptions> = {}) => {
  const stage = new Stage({ policy: rules(mode), ...options });
  await stage.quiet();
  return stage;
};

describe('an answer to a full disk that fails', () => {
  const broken = async (stage: Stage, work: () => Promise<unknown>) => {
    const { images } = stage.taken;
    stage.taken = { ...stage.taken, images: null as never };
    await work();
    stage.taken = { ...stage.taken, images };
  };

  it('leaves the crossing to be answered at a later reading', async () => {
    const stage = await open('confirm');
    await broken(stage, () => stage.read(90 * GB, 10 * GB));
    expect(stage.failures).toHaveLength(1);
    expect(stage.remembered.pressure).toEqual({ armed: true, firedAt: null });
    await stage.pass(minute);
    expect(stage.triggers.question).toMatchObject({ by: 'pressure', items: 3 });
    expect(stage.remembered.pressure.armed).toBe(false);
    expect(stage.questions).toHaveLength(1);
  });

  it('is tried more and more seldom, but at least each hour', async () => {
    const stage = await open('confirm');
    await broken(stage, async () => {
      await stage.read(90 * GB, 10 * GB);
      for (let n = 0; n < 10; n++) await stage.pass(minute);
      expect(stage.failures).toHaveLength(4);
      for (let n = 0; n < 6 * 60; n++) await stage.pass(minute);
      expect(stage.failures.length).toBeGreaterThanOrEqual(10);
      expect(stage.failures.length).toBeLessThanOrEqual(12);
    });
    for (let n = 0; n < 60; n++) await stage.pass(minute);
    expect(stage.triggers.question).toMatchObject({ by: 'pressure' });
  });

  it('of images over their budget is tried again as well', async () => {
    const text = rules('confirm').replace(/pressure: .*\} \}/, 'images: { max: 12GB, to: 11GB } }');
    const stage = new Stage({ policy: text, judged: false });
    await stage.quiet();
    const { images } = stage.taken;
    // Judged before, and gone wrong by the time of the answer.
    const judging = stage.judge();
    stage.taken = { ...stage.taken, images: null as never };
    await judging;
    expect(stage.failures).toHaveLength(1);
    stage.taken = { ...stage.taken, images };
    await stage.pass(minute);
    expect(stage.triggers.question).toMatchObject({ by: 'image-budget' });
    await stage.pass(hour);
    expect(stage.failures).toHaveLength(1);
  });
});
