import { describe, expect, it } from 'vitest';
import { heldBackBy, type HeldBackQuestion } from '../../../../main/domain/update/held-back.js';
import type { Version } from '../../../../main/domain/update/types.js';
import { now } from '../arbitrary.js';

const day = 86_400_000;
const version = (tag: string | null, label: string | null = null): Version => ({
  tag,
  digest: null,
  imageId: null,
  created: null,
  label,
});

/** One that nothing holds back. */
const free: HeldBackQuestion = {
  by: 'auto',
  now,
  rules: { minAge: 0, askAbove: 2e9, tags: { level: 'same' } },
  state: 'running',
  from: version('1.27'),
  available: { to: version('1.27'), source: 'registry' },
  firstSeen: now - day,
  snoozedUntil: null,
  skipped: false,
  rolledBackAt: null,
  ofRegistry: true,
  isJob: false,
  neverStarts: false,
  hasData: true,
  bytes: 5e8,
};
const held = (more: Partial<HeldBackQuestion>) => heldBackBy({ ...free, ...more });
const major = {
  from: version('16'),
  available: { to: version('17'), source: 'registry' as const },
};

describe('an available update is held back', () => {
  it('by nothing, by default', () => {
    expect(held({})).toBeNull();
    expect(held({ by: 'all' })).toBeNull();
  });

  it.each<[string, Partial<HeldBackQuestion>, unknown, unknown]>([
    ['skipped', { skipped: true }, { code: 'skipped' }, { code: 'skipped' }],
    [
      'rolled back',
      { rolledBackAt: 5 },
      { code: 'rolled-back', at: 5 },
      { code: 'rolled-back', at: 5 },
    ],
    [
      'snoozed',
      { snoozedUntil: now + 1 },
      { code: 'snoozed', until: now + 1 },
      { code: 'snoozed', until: now + 1 },
    ],
    ['no longer snoozed', { snoozedUntil: now }, null, null],
    ['a job', { isJob: true, state: 'created' }, { code: 'job' }, { code: 'job' }],
    ['paused', { state: 'paused' }, { code: 'paused' }, { code: 'paused' }],
    ['exited', { state: 'exited' }, { code: 'not-running' }, { code: 'not-running' }],
    ['restarting', { state: 'restarting' }, { code: 'not-running' }, { code: 'not-running' }],
    [
      'built here',
      { available: { to: version('1.27'), source: 'built' } },
      { code: 'built-here' },
      { code: 'built-here' },
    ],
    ['pulled by hand', { available: { to: version('1.27'), source: 'pulled' } }, null, null],
    [
      'what runs may be built here',
      { ofRegistry: false },
      { code: 'built-here' },
      { code: 'built-here' },
    ],
    [
      'a port that its own task holds',
      { neverStarts: true },
      { code: 'never-starts' },
      { code: 'never-starts' },
    ],
    ['a major step with data', major, { code: 'major-with-data' }, null],
    ['a major step without data', { ...major, hasData: false }, null, null],
    [
      'a minor step with data',
      { from: version('16.1'), available: { to: version('16.2'), source: 'registry' } },
      null,
      null,
    ],
    [
      'to a tag without an order',
      { from: version('stable'), available: { to: version('edge'), source: 'registry' } },
      { code: 'major-with-data' },
      null,
    ],
    [
      'a major step behind one tag',
      {
        from: version('latest', '1.9'),
        available: { to: version('latest', '2.0'), source: 'registry' },
      },
      { code: 'major-with-data' },
      null,
    ],
    [
      'a major step behind one tag with a label that tells less',
      {
        from: version('latest', '1.9'),
        available: { to: version('latest'), source: 'registry' },
      },
      null,
      null,
    ],
    [
      'a step that tags tell, whatever labels do',
      {
        from: version('1.0', '5'),
        available: { to: version('1.1', '6'), source: 'registry' },
      },
      null,
      null,
    ],
    [
      'young',
      { rules: { ...free.rules, minAge: 3 * day } },
      { code: 'min-age', until: now + 2 * day },
      null,
    ],
    [
      'never seen before',
      { firstSeen: null, rules: { ...free.rules, minAge: day } },
      { code: 'min-age', until: now + day },
      null,
    ],
    ['old enough', { rules: { ...free.rules, minAge: day } }, null, null],
    ['large', { bytes: 3e9 }, { code: 'too-large', bytes: 3e9, most: 2e9 }, null],
    ['as large as may be', { bytes: 2e9 }, null, null],
    ['of unknown size', { bytes: null }, null, null],
    [
      'what a person said comes first',
      { skipped: true, state: 'exited', bytes: 9e9, rolledBackAt: 5 },
      { code: 'skipped' },
      { code: 'skipped' },
    ],
  ])('%s', (_, more, auto, all) => {
    expect(held(more)).toEqual(auto);
    expect(held({ ...more, by: 'all' })).toEqual(all);
  });
});
