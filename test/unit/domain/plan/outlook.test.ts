import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { LayerIndex } from '../../../../main/domain/layers.js';
import { changeBetween, outlookOf } from '../../../../main/domain/plan/outlook.js';
import { readPolicy } from '../../../../main/domain/policy/read.js';
import { templates } from '../../../../main/domain/policy/templates/index.js';
import { image, inventory, inventories, now } from '../arbitrary.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 60_000 });

const day = 86_400_000;
const policy = (text: string) => readPolicy('policy.yaml', `version: 1\n${text}`);
const all = policy('remove:\n  - { match: "**", unusedFor: 0s }\n');
const none = policy('');

const old = {
  arrived: { at: now - 99 * day, source: 'event' },
  recoverable: { state: 'verified', at: now - 3_600_000 },
};
const base = { chainId: `sha256:${'a'.repeat(64)}`, size: 100 };
const own = (n: number) => ({ chainId: `sha256:${String(n).repeat(64)}`, size: 10 * n });
const taken = inventory([
  image(1, { ...old, refs: ['a:1'], layers: [base, own(1)], origin: 'pulled' } as never),
  image(2, { ...old, refs: ['b:1'], layers: [base, own(2)], origin: 'pulled' } as never),
]);

describe('changeBetween', () => {
  it('tells what more goes, with the layers that only then go', () => {
    const index = new LayerIndex(taken);
    const onlyA = policy('remove:\n  - { match: a, unusedFor: 0s }\n');
    const [some, both] = [outlookOf(taken, onlyA, now, index), outlookOf(taken, all, now, index)];
    const change = changeBetween(some, both, index);
    expect(change.more).toEqual([
      {
        id: taken.images[1]?.id,
        refs: ['b:1'],
        reclaimable: { min: 120, max: 120, certainty: 'exact' },
        ticked: true,
      },
    ]);
    expect(change.moreBytes.max).toBe(120);
    expect(change.less).toEqual([]);
  });

  it('is the other way round what it was', () => {
    fc.assert(
      fc.property(inventories(), (random) => {
        const index = new LayerIndex(random);
        const careful = outlookOf(random, readPolicy('', templates.careful), now, index);
        const tight = outlookOf(random, readPolicy('', templates.tight), now, index);
        const there = changeBetween(careful, tight, index);
        const back = changeBetween(tight, careful, index);
        const named = ({ id, refs }: { id: string; refs: string[] }) => ({ id, refs });
        expect(back.less).toEqual(there.more.map(named));
        expect(there.less).toEqual(back.more.map(named));
        expect(back.lessBytes).toEqual(there.moreBytes);
      }),
    );
  });

  it('of all against nothing is the whole plan', () => {
    fc.assert(
      fc.property(inventories(), (random) => {
        const index = new LayerIndex(random);
        const after = outlookOf(random, all, now, index);
        const change = changeBetween(outlookOf(random, none, now, index), after, index);
        expect(change.more.map(({ id }) => id)).toEqual(after.plan.items.map(({ id }) => id));
        expect(change.moreBytes.max).toBe(after.plan.reclaimableAll.max);
      }),
    );
  });
});
