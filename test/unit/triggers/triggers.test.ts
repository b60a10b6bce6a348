import { describe, expect, it } from 'vitest';
import { agreementOf } from '../../../main/services/triggers/memory.js';
import type { Cause } from '../../../main/domain/triggers/types.js';
import { image, imageId, now } from '../domain/arbitrary.js';
import { fresh, pulled, Stage } from './stage.js';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const GB = 1e9;

const rules = (mode: string, more = '') => `version: 1
mode: ${mode}
remove:
  - { id: untagged, untagged: true, unusedFor: 3d }
  - { id: stale, match: "**", origin: pulled, unusedFor: 60d }
  - { id: stale-builds, match: "**", origin: built, unusedFor: 60d, mode: confirm }
${more}`;
const budget = 'triggers: { images: { max: 12GB, to: 11GB } }\n';
const pressure = 'triggers: { pressure: { high: 85%, low: 75%, cooldown: 6h } }\n';
const every = (mode: string) =>
  rules(
    mode,
    'triggers: { images: { max: 40GB, to: 1GB }, pressure: { high: 85%, low: 75%, cooldown: 6h } }\n',
  );

const causes: Cause[] = ['schedule', 'after-update', 'pressure', 'image-budget'];
const ids = (...numbers: number[]) => numbers.map(imageId);

/** A disk that is full, so that pressure asks for 15 GB. */
const opened = async (options: ConstructorParameters<typeof Stage>[0]) => {
  const stage = new Stage(options);
  stage.disk = { used: 90 * GB, available: 10 * GB };
  await stage.quiet();
  return stage;
};

describe('a disk of which no more is known than that it is at most so full', () => {
  it.each([true, false])(
    'is asked about in auto, and cleaned where it is known (%s)',
    async (keepsFreed) => {
      const stage = new Stage({ policy: every('auto') });
      stage.disk = { used: 90 * GB, available: 10 * GB, keepsFreed };
      await stage.quiet();
      await stage.fire('pressure');
      expect(stage.failures).toEqual([]);
      expect(stage.ran).toHaveLength(keepsFreed ? 0 : 1);
      if (keepsFreed)
        expect(stage.triggers.question).toMatchObject({ by: 'pressure', why: 'estimated-disk' });
    },
  );

  it('holds up no other cause', async () => {
    const stage = new Stage({ policy: every('auto') });
    stage.disk = { used: 90 * GB, available: 10 * GB, keepsFreed: true };
    await stage.quiet();
    await stage.fire('schedule');
    expect(stage.ran).toHaveLength(1);
  });
});

describe.each(causes)('%s', (cause) => {
  const ask = async (mode: string, more: Partial<ConstructorParameters<typeof Stage>[0]> = {}) => {
    const stage = await opened({ policy: every(mode), ...more });
    await stage.fire(cause);
    expect(stage.failures).toEqual([]);
    return stage;
  };

  it('does nothing in suggest', async () => {
    const stage = await ask('suggest');
    expect([stage.ran, stage.triggers.question, stage.asked]).toEqual([[], null, []]);
  });

  it('asks in confirm', async () => {
    const stage = await ask('confirm');
    expect(stage.ran).toEqual([]);
    const { question } = stage.triggers;
    expect(question).toMatchObject({ by: cause, why: 'mode', items: 3, at: now });
    expect((await stage.plan(question?.planId ?? '')).items.map(({ id }) => id)).toEqual(
      ids(1, 2, 3),
    );
  });

  it('runs in auto, with its rules and no others', async () => {
    const stage = await ask('auto');
    expect(stage.ran).toEqual([{ by: cause, ids: ids(1, 2, 3), policy: ['untagged', 'stale'] }]);
    // The disk is still full then, and that stands without being told again.
    if (cause !== 'pressure') expect(stage.triggers.question).toBeNull();
    else expect(stage.triggers.question).toMatchObject({ planId: null, why: 'nothing-can-go' });
    expect(stage.questions).toEqual([]);
    expect(stage.triggers.status().waiting).toBeNull();
  });

  it.each(['suggest', 'confirm', 'auto'])('does nothing in %s while paused', async (mode) => {
    const stage = await ask(mode, { pausedUntil: now + hour });
    expect([stage.ran, stage.triggers.question]).toEqual([[], null]);
    expect(stage.triggers.status().mode).toBeNull();
  });

  it('does nothing by a policy that cannot be read', async () => {
    const stage = await opened({ policy: 'version: 2\n' });
    await stage.fire(cause);
    expect([stage.ran, stage.triggers.question]).toEqual([[], null]);
    expect(stage.triggers.status().mode).toBe('suggest');
  });

  it('does nothing by itself on an engine elsewhere', async () => {
    const { engine } = (await opened({ policy: every('auto') })).taken;
    const stage = await ask('auto', {
      engine: { engine: { ...engine, endpoint: 'tcp://build:2376' } },
    });
    expect([stage.ran, stage.triggers.question]).toEqual([[], null]);
  });

  it('waits in auto after a gap, and asks in confirm', async () => {
    const waits = await ask('auto', { engine: { hoursSinceGap: 5 } });
    expect([waits.ran, waits.triggers.question, waits.asked]).toEqual([[], null, []]);
    expect(waits.triggers.status().waiting).toEqual({ cause, for: 'gap', since: now });
    waits.taken = { ...waits.taken, hoursSinceGap: 24 };
    await waits.pass(hour);
    expect(waits.ran).toHaveLength(1);
    expect(waits.triggers.status().waiting).toBeNull();
    const asks = await ask('confirm', { engine: { hoursSinceGap: 5 } });
    expect(asks.triggers.question).toMatchObject({ items: 3 });
  });

  it('waits in auto while registries are offline, for a day', async () => {
    const stage = await ask('auto', { registry: 'is offline' });
    expect([stage.ran, stage.triggers.question]).toEqual([[], null]);
    expect(stage.triggers.status().waiting).toEqual({ cause, for: 'offline', since: now });
    await stage.pass(15 * minute);
    expect(stage.triggers.status().waiting?.since).toBe(now);
    stage.registry = 'has it';
    await stage.pass(15 * minute);
    expect(stage.ran).toHaveLength(1);
    expect(stage.triggers.status().waiting).toBeNull();
  });

  it('leaves alone in auto what no registry has', async () => {
    const stage = await ask('auto', { registry: 'lost it' });
    expect(stage.ran).toEqual([]);
    expect(stage.triggers.status().waiting).toBeNull();
  });

  it.each([
    ['many-items', 'limits: { maxItems: 2 }\n'],
    ['many-bytes', 'limits: { maxBytes: 2GB }\n'],
  ])('asks in auto about %s', async (why, limits) => {
    const stage = await ask('auto', { policy: every('auto') + limits });
    expect(stage.ran).toEqual([]);
    expect(stage.triggers.question).toMatchObject({ by: cause, why, items: 3 });
  });

  it('asks in auto about a large share', async () => {
    const stage = await ask('auto', { images: [1, 2, 3].map((n) => pulled(n)).concat(fresh(4)) });
    expect(stage.ran).toEqual([]);
    expect(stage.triggers.question).toMatchObject({ why: 'large-share' });
  });

  it('asks though a person agreed to the same policy on another engine', async () => {
    const elsewhere = {
      endpoint: 'unix:///run/other.sock',
      id: 'other',
      store: 'classic',
    } as const;
    const agreed = agreementOf(every('auto'), elsewhere);
    const stage = await ask('auto', { remembered: { agreed } });
    expect(stage.ran).toEqual([]);
    expect(stage.triggers.question).toMatchObject({ why: 'new-policy' });
  });

  it('asks before the first run of a policy, until a person runs it', async () => {
    const stage = await ask('auto', { agreed: false });
    expect(stage.ran).toEqual([]);
    const { question } = stage.triggers;
    expect(question).toMatchObject({ why: 'new-policy', items: 3 });
    stage.triggers.dismiss(question?.planId ?? '');
    expect(stage.triggers.question).toBeNull();
    await stage.fire(cause);
    expect(stage.triggers.question).toMatchObject({ why: 'new-policy' });
    stage.refused(question?.planId ?? '');
    expect(stage.triggers.question).toMatchObject({ planId: question?.planId });
    expect(stage.remembered.agreed).toBeNull();
    await stage.run(question?.planId ?? '');
    expect(stage.triggers.question).toBeNull();
    expect(stage.remembered.agreed).toBe(agreementOf(every('auto'), stage.taken.engine));
    await stage.images([4, 5].map((n) => pulled(n)).concat([11, 12, 13, 14, 15].map(fresh)));
    await stage.fire(cause);
    expect(stage.ran.map(({ by }) => by)).toEqual(['window', cause]);
  });
});

describe('one mechanism', () => {
  it('answers an equal cause once', async () => {
    const stage = await opened({ policy: every('auto') });
    const bid = { cause: 'schedule', repository: null } as const;
    await Promise.all([stage.triggers.fire(bid), stage.triggers.fire({ ...bid })]);
    expect(stage.ran).toHaveLength(1);
  });

  it('runs nothing that was no longer wanted when its turn came', async () => {
    const stage = await opened({ policy: every('auto') });
    const fired = stage.triggers.fire({ cause: 'schedule', repository: null });
    await stage.pause(now + hour);
    await fired;
    expect(stage.ran).toEqual([]);
    expect(stage.failures).toEqual([]);
  });

  it('asks beside its runs about what a stricter rule takes', async () => {
    const build = pulled(9, { origin: 'built', digests: [], refs: ['own:1'] });
    const newer = { ...pulled(10, { origin: 'built', digests: [], refs: ['own:2'] }) };
    const used = { ...newer, used: fresh(10).used };
    const images = [...(await opened({ policy: every('auto') })).taken.images, build, used];
    const stage = await opened({ policy: every('auto'), images });
    await stage.fire('schedule');
    expect(stage.ran).toMatchObject([{ ids: ids(1, 2, 3) }]);
    const { question } = stage.triggers;
    expect(question).toMatchObject({ by: 'schedule', why: 'mode', items: 1 });
    expect((await stage.plan(question?.planId ?? '')).items).toMatchObject([{ id: imageId(9) }]);
  });

  it('takes by-products without a registry, and lets the rest wait', async () => {
    const loose = image(8, {
      origin: 'built',
      used: { at: now - 10 * day, source: 'container-finished', by: 'x' },
    });
    const images = [...(await opened({ policy: every('auto') })).taken.images, loose];
    const stage = await opened({ policy: every('auto'), images, registry: 'is offline' });
    await stage.fire('schedule');
    expect(stage.ran).toMatchObject([{ ids: ids(8) }]);
    expect(stage.triggers.status().waiting).toMatchObject({ for: 'offline' });
  });

  it('does not wait for a registry that turns it away', async () => {
    const stage = await opened({ policy: every('auto'), registry: 'refuses' });
    await stage.fire('schedule');
    expect(stage.ran).toEqual([]);
    expect(stage.triggers.status().waiting).toBeNull();
  });

  it('tells what fails, and goes on', async () => {
    const stage = await opened({ policy: every('auto') });
    const { images } = stage.taken;
    stage.taken = { ...stage.taken, images: null as never };
    await stage.fire('schedule');
    expect(stage.failures).toHaveLength(1);
    stage.taken = { ...stage.taken, images };
    await stage.fire('schedule');
    expect(stage.ran).toHaveLength(1);
  });

  it('does nothing after its end', async () => {
    const stage = await opened({ policy: rules('auto', budget) });
    stage.triggers.close();
    stage.ran.length = 0;
    await stage.fire('schedule');
    await stage.pass(2 * day);
    expect(stage.ran).toEqual([]);
  });
});

describe('a question', () => {
  const asked = async () => {
    const stage = await opened({ policy: rules('confirm') });
    await stage.fire('schedule');
    const { question } = stage.triggers;
    if (!question?.planId) throw new Error('nothing was asked');
    return { stage, question: { ...question, planId: question.planId } };
  };

  it('stands with a plan that is good, however long', async () => {
    const { stage, question } = await asked();
    await stage.pass(5 * hour);
    expect(stage.triggers.question).toEqual(question);
    await stage.run(question.planId);
    expect(stage.ran).toMatchObject([{ by: 'window', ids: ids(1, 2, 3) }]);
    expect(stage.triggers.question).toBeNull();
  });

  const isGood = async (stage: Stage) => {
    const { takenAt } = await stage.plan(stage.triggers.question?.planId ?? '');
    return stage.clock.now() - takenAt < hour;
  };

  it('stands with a plan that is good where making it anew failed once', async () => {
    const { stage } = await asked();
    const { images } = stage.taken;
    await stage.pass(49 * minute);
    stage.taken = { ...stage.taken, images: null as never };
    await stage.pass(minute);
    expect(stage.failures).toHaveLength(1);
    stage.taken = { ...stage.taken, images };
    await stage.pass(9 * minute);
    await stage.pass(2 * minute);
    expect([await isGood(stage), stage.failures.length]).toEqual([true, 1]);
  });

  it('that comes back as its run is refused ages from when its plan was made', async () => {
    const { stage, question } = await asked();
    await stage.pass(49 * minute);
    stage.refused(question.planId);
    expect(stage.triggers.question).toEqual(question);
    for (let n = 0; n < 20; n++) {
      await stage.pass(minute);
      expect(await isGood(stage)).toBe(true);
    }
  });

  it('does not give way to the smaller one of an update, which is asked later', async () => {
    const text = rules('confirm', 'triggers: { afterUpdate: true }\n');
    const stage = await opened({ policy: text });
    await stage.fire('schedule');
    const { question } = stage.triggers;
    await stage.triggers.afterUpdate('docker.io/library/app');
    await stage.quiet();
    expect(stage.triggers.question).toEqual(question);
    stage.refused(question?.planId ?? '');
    await stage.quiet();
    expect(stage.triggers.question).toEqual(question);
    stage.triggers.dismiss(question?.planId ?? '');
    await stage.quiet();
    expect(stage.triggers.question).toMatchObject({ by: 'after-update', items: 3 });
    stage.triggers.dismiss(stage.triggers.question?.planId ?? '');
    await stage.quiet();
    expect(stage.triggers.question).toBeNull();
  });

  it('gives way to that of a full disk, and is asked again after it', async () => {
    const stage = await opened({ policy: rules('confirm', pressure) });
    await stage.fire('schedule');
    await stage.read(90 * GB, 10 * GB);
    expect(stage.triggers.question).toMatchObject({ by: 'pressure' });
    await stage.fire('schedule');
    expect(stage.triggers.question).toMatchObject({ by: 'pressure' });
    await stage.read(50 * GB, 50 * GB);
    expect(stage.triggers.question).toMatchObject({ by: 'schedule', items: 3 });
    expect(stage.failures).toEqual([]);
  });

  it('is asked anew at the end of a pause', async () => {
    const { stage } = await asked();
    await stage.pause(now + hour);
    expect(stage.triggers.question).toBeNull();
    await stage.pass(hour);
    expect(stage.triggers.question).toMatchObject({ by: 'schedule', items: 3 });
    expect(stage.questions).toHaveLength(1);
  });

  it('goes when there is nothing left to ask', async () => {
    const { stage } = await asked();
    await stage.images([11, 12].map(fresh));
    await stage.pass(hour);
    expect(stage.triggers.question).toBeNull();
  });

  it('goes with its policy', async () => {
    const { stage } = await asked();
    await stage.policy(rules('suggest'));
    expect(stage.triggers.question).toBeNull();
  });

  it('is laid aside until something asks anew', async () => {
    const { stage, question } = await asked();
    stage.triggers.dismiss('another');
    expect(stage.triggers.question).toEqual(question);
    stage.triggers.dismiss(question.planId);
    await stage.pass(5 * hour);
    expect(stage.triggers.question).toBeNull();
    await stage.fire('schedule');
    expect(stage.triggers.question).toMatchObject({ planId: question.planId });
  });

  /** What comes between as its plan is made anew, while registries are asked. */
  const meanwhile = (stage: Stage, act: () => void) => {
    stage.whileAsking = () => {
      stage.whileAsking = () => undefined;
      act();
    };
  };

  it('stays laid aside where that comes while its plan is made anew', async () => {
    const { stage, question } = await asked();
    meanwhile(stage, () => stage.triggers.dismiss(question.planId));
    await stage.pass(hour);
    expect(stage.triggers.question).toBeNull();
  });

  it('goes with its policy where that changes while its plan is made anew', async () => {
    const { stage } = await asked();
    meanwhile(stage, () => void stage.policy(rules('suggest')));
    await stage.pass(hour);
    expect(stage.triggers.question).toBeNull();
  });

  it('is told once a day, and only above a gigabyte', async () => {
    const { stage } = await asked();
    expect(stage.questions).toMatchObject([{ by: 'schedule', items: 3 }]);
    await stage.fire('schedule');
    await stage.fire('after-update');
    expect(stage.questions).toHaveLength(1);
    await stage.pass(day);
    await stage.fire('schedule');
    expect(stage.questions).toHaveLength(2);
    const small = await opened({ policy: rules('confirm'), images: [pulled(1), fresh(2)] });
    await small.fire('schedule');
    expect(small.triggers.question).toMatchObject({ items: 1 });
    expect(small.questions).toEqual([]);
  });
});

describe('a schedule', () => {
  const noon = (mode: string) => rules(mode, 'triggers: { schedule: "0 12 * * *" }\n');

  it('fires once at its moment, each day', async () => {
    const stage = await opened({ policy: noon('auto') });
    const { next } = stage.triggers.status();
    const at = next?.at ?? 0;
    expect([new Date(at).getHours(), new Date(at).getMinutes()]).toEqual([12, 0]);
    await stage.pass(at - stage.clock.now() - 1);
    expect(stage.ran).toEqual([]);
    await stage.pass(1);
    expect(stage.ran).toHaveLength(1);
    await stage.images([4, 5].map((n) => pulled(n)).concat([11, 12, 13, 14, 15].map(fresh)));
    await stage.pass(day - minute);
    expect(stage.ran).toHaveLength(1);
    await stage.pass(minute);
    expect(stage.ran).toHaveLength(2);
  });

  it('goes by the policy of now', async () => {
    const stage = await opened({ policy: noon('confirm') });
    await stage.policy(noon('confirm').replace('0 12', '30 17'));
    const at = stage.triggers.status().next?.at ?? 0;
    expect([new Date(at).getHours(), new Date(at).getMinutes()]).toEqual([17, 30]);
    await stage.pass(at - now - 1);
    expect(stage.triggers.question).toBeNull();
    await stage.pass(1);
    expect(stage.triggers.question).not.toBeNull();
    await stage.policy(rules('confirm'));
    expect(stage.triggers.status().next).toBeNull();
  });

  it('is not ahead of a clock that was set back, nor behind one set forward', async () => {
    const stage = await opened({ policy: noon('auto') });
    const at = stage.triggers.status().next?.at ?? 0;
    stage.clock.set(now - 2 * hour);
    await stage.pass(at - now);
    expect(stage.ran).toEqual([]);
    stage.clock.set(at);
    await stage.pass(10 * minute);
    expect(stage.ran).toHaveLength(1);
  });
});

describe('a budget for images', () => {
  it('frees what is above it, the longest unused first, and fires once', async () => {
    const stage = await opened({ policy: rules('auto', budget) });
    expect(stage.ran).toMatchObject([{ by: 'image-budget', ids: ids(1, 2) }]);
    await stage.images([...stage.taken.images]);
    expect(stage.ran).toHaveLength(1);
    expect(stage.triggers.question).toBeNull();
  });

  it('asks for what it may not take by itself', async () => {
    const stage = await opened({
      policy: rules('auto', budget).replace('unusedFor: 60d }', 'unusedFor: 60d, mode: confirm }'),
    });
    expect(stage.ran).toEqual([]);
    expect(stage.triggers.question).toMatchObject({ by: 'image-budget', why: 'mode', items: 2 });
  });

  it('asks registries about the next where one has lost an image', async () => {
    const stage = await opened({ policy: rules('auto', budget), registry: 'lost it' });
    expect(stage.ran).toEqual([]);
    expect(stage.asked[0]).toEqual(ids(1, 2));
    expect(stage.asked[1]).toEqual(ids(3));
  });

  it('is not asked again before a day', async () => {
    const stage = await opened({ policy: rules('confirm', budget) });
    const planId = stage.triggers.question?.planId ?? '';
    stage.triggers.dismiss(planId);
    await stage.images([...stage.taken.images, pulled(4)]);
    expect(stage.triggers.question).toBeNull();
    await stage.pass(day);
    expect(stage.triggers.question).not.toBeNull();
  });

  it('is looked at once a pause ends', async () => {
    const stage = await opened({ policy: rules('auto', budget), pausedUntil: now + hour });
    expect(stage.ran).toEqual([]);
    await stage.pass(hour);
    expect(stage.ran).toHaveLength(1);
  });

  it('remembers from one start to the next that it fired', async () => {
    const first = await opened({ policy: rules('confirm', budget) });
    expect(first.triggers.question).not.toBeNull();
    const second = await opened({
      policy: rules('confirm', budget),
      remembered: first.remembered,
    });
    expect(second.triggers.question).toBeNull();
    const { engine } = second.taken;
    const other = await opened({
      policy: rules('confirm', budget),
      remembered: first.remembered,
      engine: { engine: { ...engine, id: 'another' } },
    });
    expect(other.triggers.question).not.toBeNull();
  });
});

describe('pressure', () => {
  it('fires once at its crossing, and is told each time', async () => {
    const stage = await opened({ policy: rules('confirm', pressure) });
    await stage.read(80 * GB, 20 * GB);
    expect(stage.triggers.question).toBeNull();
    await stage.read(86 * GB, 14 * GB);
    expect(stage.triggers.question).toMatchObject({ by: 'pressure', why: 'mode', items: 3 });
    await stage.read(87 * GB, 13 * GB);
    expect(stage.questions).toHaveLength(1);
    await stage.read(70 * GB, 30 * GB);
    await stage.pass(6 * hour);
    await stage.read(90 * GB, 10 * GB);
    expect(stage.questions).toHaveLength(2);
  });

  it('frees down to low by itself, and asks for what is missing', async () => {
    const stage = await opened({ policy: rules('auto', pressure) });
    await stage.read(86 * GB, 14 * GB);
    expect(stage.ran).toMatchObject([{ by: 'pressure', ids: ids(1, 2, 3) }]);
    expect(stage.triggers.question).toBeNull();
  });

  it('asks although nothing would go without a tick', async () => {
    const build = (n: number) => pulled(n, { origin: 'built', digests: [], refs: [`own${n}:1`] });
    const stage = await opened({
      policy: rules('confirm', pressure),
      images: [build(1), fresh(2)],
    });
    await stage.read(90 * GB, 10 * GB);
    expect(stage.triggers.question).toMatchObject({ by: 'pressure', items: 0 });
  });

  it('goes by bytes free as well', async () => {
    const stage = await opened({
      policy: rules('auto', 'triggers: { pressure: { free: 10GB, to: 11GB } }\n'),
    });
    await stage.read(90 * GB, 9.5 * GB);
    expect(stage.ran).toMatchObject([{ ids: ids(1, 2) }]);
  });

  it('is looked at as soon as the policy is judged, though the disk was read before, and once', async () => {
    const stage = new Stage({ policy: rules('confirm', pressure), judged: false });
    await stage.read(90 * GB, 10 * GB);
    expect(stage.questions).toEqual([]);
    await stage.judge();
    expect(stage.questions).toMatchObject([{ by: 'pressure' }]);
    await stage.judge();
    await stage.read(90 * GB, 10 * GB);
    expect(stage.questions).toHaveLength(1);
  });

  it('is looked at as soon as the policy has other marks, and once', async () => {
    const stage = await opened({ policy: rules('confirm', pressure.replace('85', '95')) });
    await stage.read(90 * GB, 10 * GB);
    expect(stage.questions).toEqual([]);
    await stage.policy(rules('confirm', pressure));
    expect(stage.questions).toHaveLength(1);
    await stage.policy(rules('confirm', pressure.replace('85', '80')));
    await stage.read(90 * GB, 10 * GB);
    expect(stage.questions).toHaveLength(1);
  });

  it('is told no second time after a start, whichever is known first', async () => {
    const first = await opened({ policy: rules('confirm', pressure) });
    await first.read(90 * GB, 10 * GB);
    expect(first.questions).toHaveLength(1);
    for (const judged of [true, false, 'policy'] as const) {
      const { remembered } = first;
      const again = new Stage({ policy: rules('confirm', pressure), remembered, judged });
      await again.read(90 * GB, 10 * GB);
      await again.judge();
      await again.pass(7 * hour);
      expect([again.questions, again.failures]).toEqual([[], []]);
      expect(again.remembered.pressure).toEqual(first.remembered.pressure);
    }
  });

  it('is not of another engine than the one that is judged', async () => {
    const stage = await opened({ policy: rules('confirm', pressure) });
    const { engine } = stage.taken;
    stage.taken = { ...stage.taken, engine: { ...engine, id: 'another' } };
    await stage.judge();
    await stage.read(90 * GB, 10 * GB);
    expect([stage.questions, stage.remembered.pressure.firedAt]).toEqual([[], null]);
  });

  it('leaves alone what cannot be measured', async () => {
    const stage = await opened({ policy: rules('auto', pressure) });
    stage.disk = null;
    await stage.pass(minute);
    await stage.fire('pressure');
    expect(stage.ran).toEqual([]);
  });
});

describe('an update', () => {
  it('is followed by its repository alone, where the policy says so', async () => {
    const other = pulled(4, { refs: ['myorg/api:1'], digests: [] });
    const images = [...(await opened({ policy: every('auto') })).taken.images, other];
    const text = rules('auto', 'triggers: { afterUpdate: true }\n');
    const stage = await opened({ policy: text, images });
    await stage.triggers.afterUpdate('docker.io/myorg/none');
    expect(stage.ran).toEqual([]);
    await stage.triggers.afterUpdate('docker.io/library/app');
    expect(stage.ran).toMatchObject([{ by: 'after-update', ids: ids(1, 2, 3) }]);
    const off = await opened({ policy: rules('auto'), images });
    await off.triggers.afterUpdate('docker.io/library/app');
    expect(off.ran).toEqual([]);
  });

  it.each(['confirm', 'auto'])(
    'is followed by nothing in %s in a process for one command',
    async (mode) => {
      const policy = rules(mode, 'triggers: { afterUpdate: true }\n');
      const stage = await opened({ policy, watches: false });
      await stage.triggers.afterUpdate('docker.io/library/app');
      expect([stage.ran, stage.triggers.question, stage.questions]).toEqual([[], null, []]);
      expect(stage.remembered.notifiedAt).toBeNull();
    },
  );
});
