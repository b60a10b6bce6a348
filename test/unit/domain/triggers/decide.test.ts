import { describe, expect, it } from 'vitest';
import {
  decide,
  deservesNotification,
  modeNow,
  type Circumstances,
  type Decision,
  type Found,
} from '../../../../main/domain/triggers/decide.js';
import type { Mode } from '../../../../main/domain/policy/types.js';
import type { Cause } from '../../../../main/domain/triggers/types.js';

describe('what a trigger may do', () => {
  const plain: Circumstances = {
    mode: 'auto',
    paused: false,
    engineIsLocal: true,
    otherUpdater: false,
  };

  it.each<[string, Partial<Circumstances>, Mode | null]>([
    ['auto', {}, 'auto'],
    ['confirm', { mode: 'confirm' }, 'confirm'],
    ['suggest', { mode: 'suggest' }, 'suggest'],
    ['paused', { paused: true }, null],
    ['paused, by a policy that only suggests', { paused: true, mode: 'suggest' }, null],
    ['auto beside another updater', { otherUpdater: true }, 'confirm'],
    ['suggest beside another updater', { otherUpdater: true, mode: 'suggest' }, 'suggest'],
    ['auto on an engine elsewhere', { engineIsLocal: false }, 'suggest'],
    ['confirm on an engine elsewhere', { engineIsLocal: false, mode: 'confirm' }, 'suggest'],
  ])('%s', (_when, change, wanted) => {
    expect(modeNow({ ...plain, ...change })).toBe(wanted);
  });
});

describe('what becomes of an automatic clean-up', () => {
  const plain: Found = { candidates: 8, taken: 8, unreached: 0, afterGap: false, unusual: null };

  it.each<[string, Partial<Found>, Decision]>([
    ['as usual', {}, { act: 'run' }],
    ['nothing that may go', { candidates: 0, taken: 0 }, { act: 'nothing' }],
    [
      'nothing that may go after a gap',
      { candidates: 0, taken: 0, afterGap: true },
      { act: 'nothing' },
    ],
    ['soon after a gap', { afterGap: true }, { act: 'wait', for: 'gap' }],
    [
      'unusual soon after a gap',
      { afterGap: true, unusual: 'many-items' },
      { act: 'wait', for: 'gap' },
    ],
    ['offline', { taken: 0, unreached: 8 }, { act: 'wait', for: 'offline' }],
    [
      'offline by a new policy',
      { taken: 0, unreached: 8, unusual: 'new-policy' },
      { act: 'wait', for: 'offline' },
    ],
    ['by-products offline', { taken: 2, unreached: 6 }, { act: 'run' }],
    ['nothing of it recoverable', { taken: 0 }, { act: 'nothing' }],
    ['the first of a policy', { unusual: 'new-policy' }, { act: 'ask', why: 'new-policy' }],
    ['too many', { unusual: 'many-items' }, { act: 'ask', why: 'many-items' }],
    ['too much', { unusual: 'many-bytes' }, { act: 'ask', why: 'many-bytes' }],
    ['too large a share', { unusual: 'large-share' }, { act: 'ask', why: 'large-share' }],
  ])('%s', (_when, change, wanted) => {
    expect(decide({ ...plain, ...change })).toEqual(wanted);
  });
});

describe('whether a question is told', () => {
  it.each<[Cause, number, boolean, boolean]>([
    ['schedule', 1e9, false, false],
    ['schedule', 1e9 + 1, false, true],
    ['schedule', 5e9, true, false],
    ['image-budget', 5e9, false, true],
    ['image-budget', 5e9, true, false],
    ['after-update', 0.5e9, false, false],
    ['pressure', 0, false, true],
    ['pressure', 0, true, true],
  ])('%s, %d bytes, told today: %s', (cause, bytes, today, wanted) => {
    expect(deservesNotification(cause, bytes, today)).toBe(wanted);
  });
});
