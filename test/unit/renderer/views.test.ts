import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { messages } from '../../../main/messages/index.js';
import { layoutOf } from '../../../renderer/app/overview/layout.js';
import type { Leaf } from '../../../renderer/app/overview/leaves.js';
import type { TileState } from '../../../renderer/app/overview/naming.js';
import { spaceOf } from '../../../renderer/app/overview/space.js';
import { viewsOf } from '../../../renderer/app/overview/views.js';
import { disks, knownOf, rowOf } from './space-samples.js';

// Properties are many runs; a busy machine is no failure.
vi.setConfig({ testTimeout: 120_000 });

// Only a page can measure text.
vi.mock('../../../renderer/app/overview/text-width.js', () => ({
  widthOf: (text: string) => text.length * 6,
}));

const m = messages('en');
const states: TileState[] = ['keep', 'go', 'maybe', 'now', 'gone'];
/** What becomes of a leaf in one of many plans, the same each time. */
const tileOf = (plan: number) => (leaf: Leaf) =>
  states[(leaf.key.length * 7 + leaf.bytes + plan * (leaf.bytes % 3)) % states.length] ?? 'keep';

describe('viewsOf', () => {
  it('draws by one plan after another what it draws by the last alone', () => {
    fc.assert(
      fc.property(disks, fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }), (disk, plans) => {
        const space = spaceOf(disk);
        const whole = space.bytes;
        const spots = layoutOf(space, null, 800, 500);
        for (const plan of plans) {
          const views = viewsOf(spots, { whole, tile: tileOf(plan), m });
          const anew = layoutOf(space, null, 800, 500);
          expect(views).toEqual(viewsOf(anew, { whole, tile: tileOf(plan), m }));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('gives the very views of what is drawn as it was', () => {
    const rows = Array.from({ length: 40 }, (_, n) => rowOf(n, `r${n % 4}`, 1e9 + n));
    const space = spaceOf(knownOf(rows));
    const spots = layoutOf(space, null, 800, 500);
    const drawing = { whole: space.bytes, m, tile: (): TileState => 'keep' };
    const before = viewsOf(spots, drawing);
    const gone = rows[5]?.id ?? '';
    const after = viewsOf(spots, {
      ...drawing,
      tile: (leaf) => (leaf.key === gone ? 'go' : 'keep'),
    });
    const others = after.filter((view, i) => view !== before[i]).map(({ spot }) => spot.key);
    // The tile, its repository's header and that of all images.
    expect(others.sort()).toEqual([gone, 'kind:images', 'repo:r1'].sort());
    const chinese = viewsOf(spots, { ...drawing, m: messages('zh-CN') });
    expect(chinese.every((view, i) => view !== before[i])).toBe(true);
  });
});
