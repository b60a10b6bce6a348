import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { CareenError } from '../../../main/domain/errors.js';
import type { ImageFacts, Inventory } from '../../../main/domain/facts.js';
import { LayerIndex } from '../../../main/domain/layers.js';
import type { Plan } from '../../../main/domain/plan/types.js';
import { nothing } from '../../../main/domain/plan/sum.js';
import { readPolicy } from '../../../main/domain/policy/read.js';
import type { Judgement } from '../../../main/services/judging.js';
import { Dismissals, type DismissalsDoc } from '../../../main/services/suggestions/dismissals.js';
import { Suggestions } from '../../../main/services/suggestions/index.js';
import { TestClock } from '../../support/clock.js';
import { container, image, inventory, now } from '../domain/arbitrary.js';
import { groundOf, plainPolicy, volume } from '../domain/suggestions/support.js';

const log = { driver: 'json-file', maxSize: null, maxFile: null };
const loud = container(1, 9, { state: 'running', log });
const version = (n: number, bytes = 200) =>
  image(n, {
    refs: [`api:${n}`],
    created: now - (10 - n) * 86_400_000,
    layers: [{ chainId: `own-${n}`, size: bytes }],
  });
/** Met too short ago for a rule of the policy to seem a slip. */
const met = (images: ImageFacts[], more: Partial<Inventory> = {}) =>
  inventory(images, { observedDays: 0, ...more });
const taken = met([version(1), version(2)], { containers: [loud] });

/** Verdicts that a test says, with a count of how often they were asked for. */
class Verdicts extends EventEmitter {
  policy: unknown = null;
  asked = 0;

  constructor(public inventory: Inventory | null) {
    super();
  }

  get current(): Judgement | null {
    this.asked += 1;
    if (this.inventory === null) return null;
    const { judged, others, plan } = groundOf(this.inventory);
    return {
      at: now,
      inventory: this.inventory,
      index: new LayerIndex(this.inventory),
      rules: readPolicy('', `version: 1\n${plainPolicy}`),
      judged: [...judged],
      byId: new Map(),
      others: [...others],
      plan,
      going: new Set(),
      imagesFree: nothing,
      otherUpdater: null,
    };
  }
}

/** Each look at it finds that time has passed, as it does while something is reckoned. */
class WorkingClock extends TestClock {
  #looks = 0;

  override now(): number {
    this.#looks += 1;
    return super.now() + this.#looks * 10;
  }
}

function stage(first: Inventory | null = taken, clock = new TestClock(now)) {
  const judging = new Verdicts(first);
  const doc: DismissalsDoc = {
    value: { dismissed: [] },
    set(value) {
      Object.assign(doc, { value });
      return Promise.resolve();
    },
  };
  const planned: string[][] = [];
  const around = { nextRun: null as number | null, fails: false, userActive: false };
  const open = () =>
    new Suggestions(
      {
        judging,
        surroundings: () => {
          if (around.fails) throw new Error('no surroundings');
          return { projects: [], vm: null, forecast: null, nextRun: around.nextRun };
        },
        userActive: () => around.userActive,
        plan: (only) => {
          planned.push([...only]);
          return Promise.resolve({ planId: 'plan' } as Plan);
        },
        edited: () => Promise.resolve(readPolicy('', 'version: 1\n')),
        measure: () => Promise.resolve(new Map([[loud.id, 5_000]])),
      },
      new Dismissals(doc),
      clock,
      { bytes: 100, idle: 0 },
    );
  const suggestions = open();
  let changes = 0;
  suggestions.on('changed', () => (changes += 1));
  return { judging, clock, doc, planned, around, suggestions, open, changes: () => changes };
}
const keys = ({ rows }: { rows: readonly { key: string }[] }) => rows.map(({ key }) => key);

describe('suggestions', () => {
  it('cost nothing while nobody watches', () => {
    const { judging, clock, suggestions } = stage();
    for (let i = 0; i < 5; i += 1) judging.emit('changed');
    clock.advance(600_000);
    expect(judging.asked).toBe(0);
    expect(suggestions.value.at).toBeNull();
  });

  it('are made once for many changes while somebody watches, and told only when they differ', () => {
    const { judging, clock, suggestions, changes } = stage();
    suggestions.watch(true);
    for (let i = 0; i < 5; i += 1) judging.emit('changed');
    clock.advance(999);
    expect(judging.asked).toBe(0);
    clock.advance(1);
    expect(judging.asked).toBe(1);
    expect(keys(suggestions.value)).toEqual(['superseded api', 'unbounded-logs all']);
    judging.emit('changed');
    clock.advance(1_000);
    expect([judging.asked, changes()]).toEqual([2, 1]);
    judging.emit('changed');
    suggestions.watch(false);
    clock.advance(10_000);
    expect(judging.asked).toBe(2);
  });

  it('are made anew for a new watcher only where something changed, or an hour passed', () => {
    const { judging, clock, suggestions } = stage();
    const watchAgain = () => {
      suggestions.watch(false);
      suggestions.watch(true);
      clock.advance(1_000);
    };
    watchAgain();
    watchAgain();
    expect(judging.asked).toBe(1);
    suggestions.watch(false);
    judging.emit('changed');
    watchAgain();
    expect(judging.asked).toBe(2);
    clock.advance(3_600_000);
    expect(judging.asked).toBe(2);
    watchAgain();
    expect(judging.asked).toBe(3);
  });

  it('are made anew where another run is the next, and not for what changes nothing', () => {
    const { judging, clock, suggestions, around } = stage();
    const look = () => {
      suggestions.lookAround();
      clock.advance(60_000);
    };
    look();
    suggestions.watch(true);
    clock.advance(60_000);
    expect(judging.asked).toBe(1);
    look();
    expect(judging.asked).toBe(1);
    around.nextRun = now + 1;
    look();
    expect(judging.asked).toBe(2);
  });

  it('that cannot be begun are told of once, until something changes', () => {
    const { clock, suggestions, around, judging } = stage();
    let failures = 0;
    suggestions.on('failed', () => (failures += 1));
    around.fails = true;
    suggestions.watch(true);
    clock.advance(60_000);
    expect(failures).toBe(1);
    judging.emit('changed');
    clock.advance(60_000);
    expect(failures).toBe(2);
  });

  it('that were given up halfway are made for the next watcher', () => {
    const { judging, clock, suggestions } = stage(taken, new WorkingClock(now));
    suggestions.watch(true);
    clock.advance(60_000);
    expect(judging.asked).toBe(1);
    judging.inventory = met([version(1)], { containers: [loud] });
    judging.emit('changed');
    while (judging.asked < 2) clock.advance(10);
    suggestions.watch(false);
    expect(keys(suggestions.value)).toEqual(['superseded api', 'unbounded-logs all']);
    suggestions.watch(true);
    clock.advance(60_000);
    expect(judging.asked).toBe(3);
    expect(keys(suggestions.value)).toEqual(['unbounded-logs all']);
  });

  it('are made in steps with rests, and again of what changed in between', () => {
    const { judging, clock, suggestions } = stage(taken, new WorkingClock(now));
    suggestions.watch(true);
    clock.advance(1_000);
    expect([judging.asked, suggestions.value.at]).toEqual([1, null]);
    judging.inventory = met([version(2)], { containers: [loud] });
    judging.emit('changed');
    // Twenty steps, each of 10 ms, with three times that of rest.
    clock.advance(1_000);
    expect(judging.asked).toBe(1);
    expect(keys(suggestions.value)).toEqual(['superseded api', 'unbounded-logs all']);
    clock.advance(60_000);
    expect(judging.asked).toBe(2);
    expect(keys(suggestions.value)).toEqual(['unbounded-logs all']);
    clock.advance(60_000);
    expect(judging.asked).toBe(2);
  });

  it('wait between their steps while a person acts, and no longer than that is bearable', () => {
    const { clock, around, suggestions } = stage(taken, new WorkingClock(now));
    suggestions.watch(true);
    clock.advance(1_000);
    around.userActive = true;
    clock.advance(5_000);
    expect(suggestions.value.at).toBeNull();
    around.userActive = false;
    clock.advance(1_500);
    expect(keys(suggestions.value)).toEqual(['superseded api', 'unbounded-logs all']);
    around.userActive = true;
    suggestions.again();
    const { at } = suggestions.value;
    clock.advance(50_000);
    expect(suggestions.value.at).toBe(at);
    clock.advance(25_000);
    expect(suggestions.value.at).not.toBe(at);
  });

  it('are made of what is known once a person has come to rest, also where they were begun before', () => {
    const { judging, clock, around, suggestions } = stage(taken, new WorkingClock(now));
    suggestions.watch(true);
    clock.advance(1_000);
    around.userActive = true;
    clock.advance(1_000);
    judging.inventory = met([version(2)], { containers: [loud] });
    judging.emit('changed');
    clock.advance(1_000);
    around.userActive = false;
    while (suggestions.value.at === null) clock.advance(10);
    expect(keys(suggestions.value)).toEqual(['unbounded-logs all']);
  });

  it('that are being made are given up where nobody watches any more', () => {
    const { clock, suggestions, changes } = stage(taken, new WorkingClock(now));
    suggestions.watch(true);
    clock.advance(1_000);
    suggestions.watch(false);
    clock.advance(60_000);
    expect([suggestions.value.at, changes()]).toEqual([null, 0]);
  });

  it('are told to be none once that is known, and not again', () => {
    const { judging, clock, suggestions, changes } = stage(met([version(2)]));
    suggestions.watch(true);
    clock.advance(1_000);
    expect(suggestions.value).toMatchObject({ rows: [], at: now + 1_000 });
    expect(changes()).toBe(1);
    judging.emit('changed');
    clock.advance(1_000);
    expect(changes()).toBe(1);
  });

  it('are none before an engine was read', () => {
    const { suggestions } = stage(null);
    expect(suggestions.make()).toMatchObject({ rows: [], at: null });
  });

  it('open a plan of exactly their items; what is not told any more opens nothing', async () => {
    const { suggestions, planned, judging } = stage();
    expect(await suggestions.open('superseded api')).toMatchObject({ kind: 'plan' });
    expect(planned).toEqual([[version(1).id]]);
    judging.inventory = met([version(2)]);
    await expect(suggestions.open('superseded api')).rejects.toThrow(CareenError);
  });

  it('say nothing of a policy that cannot be read, nor plan by it', () => {
    const { suggestions, judging } = stage();
    judging.policy = new CareenError('policy-unreadable', { file: 'policy.yaml', why: 'EACCES' });
    expect(keys(suggestions.make())).toEqual(['unbounded-logs all']);
  });

  it('that were dismissed stay away from this engine, the next process too, until they matter more', async () => {
    const { suggestions, judging, open } = stage();
    const after = await suggestions.dismiss('superseded api');
    expect([keys(after), after.dismissed]).toEqual([['unbounded-logs all'], 1]);
    judging.inventory = met([version(1, 400), version(2)]);
    expect(keys(open().make())).toEqual([]);
    judging.inventory = met([version(1, 401), version(2)]);
    expect(keys(open().make())).toEqual(['superseded api']);
    judging.inventory = { ...taken, engine: { ...taken.engine, id: 'another' } };
    expect(keys(open().make())).toContain('superseded api');
    judging.inventory = taken;
    expect(keys(await open().restore())).toContain('superseded api');
  });

  it('that were dismissed before they were measured stay away once they are, until they matter more', async () => {
    const idle = (size: number | null) => volume('data', { size });
    const { suggestions, judging, open, doc } = stage(met([], { volumes: [idle(null)] }));
    await suggestions.dismiss('unused-volumes all');
    expect(doc.value.dismissed).toMatchObject([{ weight: null }]);
    for (const size of [3_000, null, 6_000]) {
      judging.inventory = met([], { volumes: [idle(size)] });
      expect(keys(open().make())).toEqual([]);
      expect(doc.value.dismissed).toMatchObject([{ weight: 3_000 }]);
    }
    judging.inventory = met([], { volumes: [idle(6_001)] });
    expect(keys(open().make())).toEqual(['unused-volumes all']);
  });

  it('tell when the data home does not take what was measured', async () => {
    const { suggestions, judging, doc } = stage(
      met([], { volumes: [volume('data', { size: null })] }),
    );
    await suggestions.dismiss('unused-volumes all');
    const failed = once(suggestions, 'failed');
    doc.set = () =>
      Promise.reject(new CareenError('home-unwritable', { home: '/home', why: 'ENOSPC' }));
    judging.inventory = met([], { volumes: [volume('data', { size: 3_000 })] });
    expect(keys(suggestions.make())).toEqual([]);
    expect(await failed).toMatchObject([{ code: 'home-unwritable' }]);
  });

  it('keep sizes that were asked for, of the engine that told them', async () => {
    const { suggestions, judging } = stage();
    const { rows, measuredAt } = await suggestions.measure(taken);
    expect(rows[0]).toMatchObject({ key: 'unbounded-logs all', bytes: { max: 5_000 } });
    expect(measuredAt).toBe(now);
    judging.inventory = { ...taken, engine: { ...taken.engine, endpoint: 'unix:///other.sock' } };
    const other = suggestions.make();
    expect(other.measuredAt).toBeNull();
    expect(other.rows.find(({ key }) => key === 'unbounded-logs all')?.bytes).toBeNull();
  });
});

describe('what was dismissed', () => {
  it('stays so under the new identity of its engine', async () => {
    const { doc } = stage();
    const dismissals = new Dismissals(doc);
    const before = { endpoint: 'unix:///x', id: 'a', store: 'classic' as const };
    const [after, other] = [
      { ...before, id: 'b' },
      { ...before, endpoint: 'unix:///y' },
    ];
    const one = { key: 'superseded api', weight: 1, at: now };
    await dismissals.add(before, one);
    await dismissals.add(other, one);
    await dismissals.carryOver({ ...before, store: 'containerd' }, after);
    expect([before, after, other].map((of) => dismissals.of(of).length)).toEqual([0, 1, 1]);
  });
});
