import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Inventory } from '../../../../main/domain/facts.js';
import { outlookOf } from '../../../../main/domain/plan/outlook.js';
import { readPolicy } from '../../../../main/domain/policy/read.js';
import { templates } from '../../../../main/domain/policy/templates/index.js';
import { furnished, inventories, now } from '../arbitrary.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 60_000 });

const policies = {
  careful: readPolicy('careful', templates.careful),
  balanced: readPolicy('balanced', templates.balanced),
  tight: readPolicy('tight', templates.tight),
};

/** What a template removes of an inventory. */
function removedBy(template: keyof typeof policies, taken: Inventory): string[] {
  const { judged, others } = outlookOf(taken, policies[template], now);
  return [...judged, ...others].flatMap(({ id, verdict }) => (verdict === 'remove' ? [id] : []));
}

describe('the templates of the first run', () => {
  it.each([
    ['careful', 'balanced'],
    ['balanced', 'tight'],
  ] as const)('what %s removes, %s removes too', (less, more) => {
    fc.assert(
      fc.property(fc.oneof(inventories(), inventories({ dayOne: true }), furnished()), (taken) => {
        expect(removedBy(more, taken)).toEqual(expect.arrayContaining(removedBy(less, taken)));
      }),
      { numRuns: 100 },
    );
  });

  it('each removes what the one before keeps', () => {
    const found = { balanced: false, tight: false };
    fc.assert(
      fc.property(inventories(), (taken) => {
        const counts = (['careful', 'balanced', 'tight'] as const).map(
          (template) => removedBy(template, taken).length,
        );
        const [careful = 0, balanced = 0, tight = 0] = counts;
        found.balanced ||= balanced > careful;
        found.tight ||= tight > balanced;
      }),
      { numRuns: 100 },
    );
    expect(found).toEqual({ balanced: true, tight: true });
  });

  it('none runs by itself without being asked', () => {
    for (const { mode, update } of Object.values(policies)) {
      expect(mode).toBe('confirm');
      expect(update.default.mode).toBe('notify');
    }
  });
});
