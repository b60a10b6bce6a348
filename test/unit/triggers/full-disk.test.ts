import { describe, expect, it } from 'vitest';
import { now } from '../domain/arbitrary.js';
import { fresh, pulled, Stage, type StageOptions } from './stage.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
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

describe('a full disk for which nothing can go', () => {
  const kept = { images: [11, 12, 13].map(fresh) };
  const nothing = { planId: null, by: 'pressure', why: 'nothing-can-go', items: 0 };

  it.each(['confirm', 'auto'])('is told once a crossing all the same, in %s', async (mode) => {
    const stage = await open(mode, kept);
    await stage.read(95 * GB, 5 * GB);
    expect(stage.questions).toMatchObject([nothing]);
    expect(stage.triggers.question).toMatchObject(nothing);
    await stage.read(96 * GB, 4 * GB);
    await stage.pass(5 * hour);
    expect(stage.triggers.question).toMatchObject(nothing);
    expect(stage.questions).toHaveLength(1);
    await stage.read(70 * GB, 30 * GB);
    await stage.pass(2 * hour);
    await stage.read(95 * GB, 5 * GB);
    expect(stage.questions).toHaveLength(2);
    expect(stage.failures).toEqual([]);
  });

  it('is asked about once something can, and not told again', async () => {
    const stage = await open('confirm', kept);
    await stage.read(95 * GB, 5 * GB);
    await stage.images([...kept.images, pulled(1)]);
    expect(stage.triggers.question).toMatchObject({ by: 'pressure', why: 'mode', items: 1 });
    expect(stage.questions).toHaveLength(1);
  });

  it('is asked about once time lets something go', async () => {
    const young = pulled(1, {
      used: { at: now - 60 * day + hour, source: 'container-finished', by: 'web' },
    });
    const stage = await open('confirm', { images: [...kept.images, young] });
    await stage.read(95 * GB, 5 * GB);
    expect(stage.triggers.question).toMatchObject(nothing);
    await stage.pass(2 * hour);
    expect(stage.triggers.question).toMatchObject({ by: 'pressure', items: 1 });
  });

  it('is not told where the mark is not reached, nor where another question stands', async () => {
    const stage = await open('confirm', kept);
    await stage.read(84 * GB, 16 * GB);
    await stage.fire('pressure');
    expect([stage.questions, stage.triggers.question]).toEqual([[], null]);
    await stage.images([...kept.images, pulled(1)]);
    await stage.fire('schedule');
    const { question } = stage.triggers;
    stage.taken = { ...stage.taken, images: kept.images };
    await stage.read(95 * GB, 5 * GB);
    expect(stage.questions).toMatchObject([nothing]);
    expect(stage.triggers.question).toEqual(question);
  });

  it('is laid aside by a person until the next crossing', async () => {
    const stage = await open('confirm', kept);
    await stage.read(95 * GB, 5 * GB);
    stage.triggers.dismiss(null);
    await stage.read(96 * GB, 4 * GB);
    await stage.images([...kept.images, pulled(1)]);
    await stage.pass(5 * hour);
    expect(stage.triggers.question).toBeNull();
  });
});

describe('a full disk that must wait in auto', () => {
  const gap = { engine: { hoursSinceGap: 5 } };
  const waits: [string, Partial<StageOptions>][] = [
    ['gap', gap],
    ['offline', { registry: 'is offline' }],
  ];

  it.each(waits)('is told once, with what it waits for (%s)', async (why, options) => {
    const stage = await open('auto', options);
    await stage.read(90 * GB, 10 * GB);
    expect(stage.questions).toMatchObject([{ planId: null, by: 'pressure', why }]);
    expect(stage.triggers.question).toBeNull();
    await stage.pass(3 * hour);
    expect(stage.triggers.status().waiting).toMatchObject({ cause: 'pressure', for: why });
    expect(stage.questions).toHaveLength(1);
  });

  it.each(waits)('waits on after a start, and is not told again (%s)', async (why, options) => {
    const first = await open('auto', options);
    await first.read(90 * GB, 10 * GB);
    await first.pass(hour);
    const { remembered } = first;
    const again = await open('auto', { ...options, remembered });
    await again.read(90 * GB, 10 * GB);
    expect(again.triggers.status().waiting).toMatchObject({ cause: 'pressure', for: why });
    again.registry = 'has it';
    again.taken = { ...again.taken, hoursSinceGap: 24 };
    await again.pass(hour);
    expect(again.ran).toMatchObject([{ by: 'pressure' }]);
    expect(again.remembered.pressure.armed).toBe(false);
    expect(again.questions).toEqual([]);
  });

  it('is not held off by the battery', async () => {
    const stage = await open('auto');
    stage.onBattery = true;
    await stage.read(90 * GB, 10 * GB);
    expect(stage.ran).toHaveLength(1);
  });

  it('waits no more once it is below low, and is not told anew before the cooldown', async () => {
    const stage = await open('auto', gap);
    await stage.read(90 * GB, 10 * GB);
    await stage.read(70 * GB, 30 * GB);
    expect(stage.triggers.status().waiting).toBeNull();
    await stage.read(90 * GB, 10 * GB);
    await stage.pass(5 * hour);
    expect(stage.questions).toHaveLength(1);
    await stage.pass(hour);
    expect(stage.questions).toHaveLength(2);
  });
});

describe('the question of a disk that is still full', () => {
  const asked = async (mode = 'confirm', options: Partial<StageOptions> = {}) => {
    const stage = await open(mode, options);
    await stage.read(90 * GB, 10 * GB);
    expect(stage.triggers.question).toMatchObject({ by: 'pressure', items: 3 });
    expect(stage.questions).toHaveLength(1);
    return stage;
  };
  const losses: [string, (stage: Stage) => Promise<void>, (stage: Stage) => Promise<void>][] = [
    ['a pause', (stage) => stage.pause(stage.clock.now() + hour), (stage) => stage.pass(hour)],
    [
      'a slip in the policy',
      (stage) => stage.policy('version: 1\nmode: cofirm\n'),
      (stage) => stage.policy(rules('confirm')),
    ],
    [
      'an hour without the engine',
      async (stage) => {
        await stage.connect(false);
        for (let n = 0; n < 60; n++) await stage.pass(minute);
      },
      (stage) => stage.connect(true),
    ],
  ];

  it.each(losses)('is put again after %s, and not told again', async (_what, lose, regain) => {
    const stage = await asked();
    await lose(stage);
    expect(stage.triggers.question).toBeNull();
    await regain(stage);
    await stage.pass(minute);
    expect(stage.triggers.question).toMatchObject({ by: 'pressure', why: 'mode', items: 3 });
    expect(stage.questions).toHaveLength(1);
    expect(stage.failures).toEqual([]);
  });

  it('is put again after a start, and not told again', async () => {
    const { remembered } = await asked();
    const again = await open('confirm', { remembered });
    await again.read(90 * GB, 10 * GB);
    expect(again.triggers.question).toMatchObject({ by: 'pressure', why: 'mode', items: 3 });
    expect(again.questions).toEqual([]);
  });

  it('keeps why it was asked in auto, and nothing runs of it', async () => {
    const { remembered } = await asked('auto', { agreed: false });
    const again = await open('auto', { agreed: false, remembered });
    await again.read(90 * GB, 10 * GB);
    expect(again.triggers.question).toMatchObject({ by: 'pressure', why: 'new-policy' });
    const agreed = await open('auto', {
      remembered: { ...remembered, agreed: (await open('auto')).remembered.agreed },
    });
    await agreed.read(90 * GB, 10 * GB);
    expect(agreed.triggers.question).toMatchObject({ by: 'pressure', why: 'mode' });
    expect([again.ran, agreed.ran]).toEqual([[], []]);
  });

  it('is not put again once a person answered, also after a start', async () => {
    const stage = await asked();
    stage.triggers.dismiss(stage.triggers.question?.planId ?? null);
    await stage.read(91 * GB, 9 * GB);
    expect(stage.triggers.question).toBeNull();
    const { remembered } = stage;
    const again = await open('confirm', { remembered });
    await again.read(91 * GB, 9 * GB);
    expect(again.triggers.question).toBeNull();
    const ran = await asked();
    await ran.run(ran.triggers.question?.planId ?? '');
    await ran.images([4, 5].map((n) => pulled(n)));
    await ran.read(91 * GB, 9 * GB);
    expect(ran.triggers.question).toBeNull();
  });
});

describe('a question of a full disk', () => {
  it('goes with a reading below low, and comes with the next crossing', async () => {
    const stage = await open('confirm');
    await stage.read(90 * GB, 10 * GB);
    await stage.read(76 * GB, 24 * GB);
    expect(stage.triggers.question).not.toBeNull();
    await stage.read(74 * GB, 26 * GB);
    expect(stage.triggers.question).toBeNull();
    await stage.pass(6 * hour);
    await stage.read(90 * GB, 10 * GB);
    expect(stage.triggers.question).not.toBeNull();
    expect(stage.questions).toHaveLength(2);
  });

  it('goes as well where nothing could be asked, and leaves that of another cause', async () => {
    const stage = await open('confirm', { images: [11, 12].map(fresh) });
    await stage.read(90 * GB, 10 * GB);
    expect(stage.triggers.question).toMatchObject({ planId: null });
    await stage.read(74 * GB, 26 * GB);
    expect(stage.triggers.question).toBeNull();
    await stage.images([pulled(1), fresh(11)]);
    await stage.fire('schedule');
    await stage.read(73 * GB, 27 * GB);
    expect(stage.triggers.question).toMatchObject({ by: 'schedule' });
  });

  it('has the figures of now', async () => {
    const stage = await open('confirm');
    await stage.read(90 * GB, 10 * GB);
    const before = stage.triggers.question;
    await stage.read(89.5 * GB, 10.5 * GB);
    expect(stage.triggers.question).toEqual(before);
    await stage.read(76.5 * GB, 23.5 * GB);
    expect(stage.triggers.question).toMatchObject({ items: 2, at: before?.at });
    expect(stage.questions).toHaveLength(1);
  });
});

describe('a full disk that was emptied and filled while nothing might be done', () => {
  const idle = {
    'in a pause': (stage: Stage, is: boolean) => stage.pause(is ? now + 10 * day : null),
    'in suggest': (stage: Stage, is: boolean) => stage.policy(rules(is ? 'suggest' : 'confirm')),
  };

  it.each(['in a pause', 'in suggest'] as const)(
    '%s is another crossing, and told',
    async (how) => {
      const stage = await open('confirm');
      await stage.read(90 * GB, 10 * GB);
      expect(stage.questions).toHaveLength(1);
      await idle[how](stage, true);
      await stage.read(70 * GB, 30 * GB);
      await stage.read(90 * GB, 10 * GB);
      await stage.pass(7 * hour);
      expect([stage.triggers.question, stage.questions.length]).toEqual([null, 1]);
      await idle[how](stage, false);
      expect(stage.triggers.question).toMatchObject({ by: 'pressure' });
      expect(stage.questions).toHaveLength(2);
    },
  );

  it('is the same crossing where it was full all along', async () => {
    const stage = await open('confirm');
    await stage.read(90 * GB, 10 * GB);
    await stage.pause(now + 10 * day);
    await stage.read(84 * GB, 16 * GB);
    await stage.read(90 * GB, 10 * GB);
    await stage.pass(7 * hour);
    await stage.pause(null);
    expect(stage.triggers.question).toMatchObject({ by: 'pressure' });
    expect(stage.questions).toHaveLength(1);
  });
});

describe('a disk that shows later what was freed', () => {
  const nearby = rules('auto').replace('75%', '83%');
  const images = [1, 2, 3, 4, 5, 6, 7]
    .map((n) => pulled(n))
    .concat([11, 12, 13, 14, 15, 16, 17, 18, 19, 20].map(fresh));
  /** After a run by itself that freed 3 GB, with the disk as it was before. */
  const ran = async (policy = nearby) => {
    const stage = await open('auto', { policy, images });
    stage.disk = { used: 0, available: 0, late: true };
    await stage.read(86 * GB, 14 * GB);
    expect(stage.ran).toMatchObject([{ by: 'pressure' }]);
    return stage;
  };

  it('is not asked about, nor told, for what was freed just now', async () => {
    const stage = await ran();
    expect(stage.ran[0]?.ids).toHaveLength(3);
    expect(stage.triggers.question).toBeNull();
    // The first reading may be taken at once.
    await stage.read(86 * GB, 14 * GB);
    expect(stage.triggers.question).toBeNull();
    stage.disk = { used: 82 * GB, available: 18 * GB, late: true };
    await stage.pass(10 * minute);
    expect(stage.triggers.question).toBeNull();
    expect([stage.questions, stage.failures]).toEqual([[], []]);
    expect(stage.ran).toHaveLength(1);
  });

  it('is asked about at a later reading where it is full all the same', async () => {
    const stage = await ran();
    await stage.pass(2 * minute);
    expect(stage.triggers.question).toMatchObject({ by: 'pressure', items: 3 });
    expect(stage.questions).toEqual([]);
    expect(stage.ran).toHaveLength(1);
  });

  it('is asked at once about what is known to be missing, by the figures of now', async () => {
    const build = (n: number) => pulled(n, { origin: 'built', digests: [], refs: [`own:${n}`] });
    const text = nearby
      .replace('83%', '81%')
      .replace(
        'triggers',
        '  - { id: builds, match: "**", origin: built, mode: confirm, unusedFor: 60d }\ntriggers',
      );
    const stage = await open('auto', {
      policy: text,
      images: [1, 2, 3]
        .map((n) => pulled(n))
        .concat([11, 12, 13, 14, 15, 16, 17].map(fresh), build(4), build(5), build(6), {
          ...build(9),
          used: fresh(9).used,
        }),
    });
    stage.disk = { used: 0, available: 0, late: true };
    await stage.read(86 * GB, 14 * GB);
    expect(stage.ran).toHaveLength(1);
    expect(stage.ran[0]?.ids).toHaveLength(3);
    const { question } = stage.triggers;
    expect(question).toMatchObject({ by: 'pressure', items: 2 });
    await stage.read(86 * GB, 14 * GB);
    expect(stage.triggers.question).toEqual(question);
    expect([stage.questions, stage.failures]).toEqual([[], []]);
  });
});

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
