import { describe, expect, it } from 'vitest';
import { nowKept } from '../../../main/services/cleaner/kept.js';

describe('a volume that a person named', () => {
  const item = {
    kind: 'volume' as const,
    id: 'volume:data',
    refs: ['data'],
    reclaimable: { min: 0, max: 0, certainty: 'at-least' as const },
    reason: { kind: 'default' as const, code: 'by-name-only' as const },
    recoverable: { state: 'no' as const },
    ticked: false,
    untick: { code: 'by-name' as const },
    group: null,
    after: [],
    belongsTo: null,
  };
  const judged = { verdict: 'keep' as const, decidedBy: item.reason };

  it.each([
    ['never used', null, null],
    ['used before the plan', 900, null],
    ['used since', 1_100, { code: 'state-changed', state: 'used' }],
  ])('%s', (_, at, skip) => {
    const lastUsed = at === null ? null : { at, by: 'db' };
    expect(nowKept(item, { ...judged, lastUsed }, 1_000)).toEqual(skip);
  });
});
