import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { LayerIndex } from '../../../main/domain/layers.js';
import { outlookOf } from '../../../main/domain/plan/outlook.js';
import { readPolicy } from '../../../main/domain/policy/read.js';
import { templates } from '../../../main/domain/policy/templates/index.js';
import type { Judgement } from '../../../main/services/judging.js';
import { imageRow } from '../../../main/services/state/rows.js';
import { imageTotals } from '../../../main/services/state/totals.js';
import { verdictOf } from '../../../renderer/app/overview/leaves.js';
import { countChips } from '../../../renderer/app/images/table.js';
import { inventories, now } from '../domain/arbitrary.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 60_000 });

const rules = readPolicy('', templates.tight);

/** As main has it, as far as rows and totals ask for it. */
function judgementOf(inventory: Judgement['inventory']): Judgement {
  const index = new LayerIndex(inventory);
  const outlook = outlookOf(inventory, rules, now, index);
  const byId = new Map(outlook.judged.map((one) => [one.id, one]));
  return { ...outlook, at: now, inventory, index, rules, byId, otherUpdater: null };
}

it('says of a row that it will go where the plan takes it as ticked, and as many as the headline', () => {
  fc.assert(
    fc.property(inventories(), (inventory) => {
      const current = judgementOf(inventory);
      const rows = current.judged.map((one) => imageRow(one, rules, current.going));
      const chips = countChips(rows);
      const { canGoImages, couldGoImages } = imageTotals({ current, policy: null }, '');
      expect([chips.go, chips.could]).toEqual([canGoImages, couldGoImages]);
      for (const { id, going } of rows) expect(going).toBe(current.going.has(id));
    }),
  );
});

it('says of what is no image that it will go where the plan takes it as ticked', () => {
  fc.assert(
    fc.property(inventories(), (inventory) => {
      const { others, going } = judgementOf(inventory);
      for (const other of others) expect(verdictOf(other).going).toBe(going.has(other.id));
    }),
  );
});
