import { expect, it } from 'vitest';
import { LayerIndex } from '../../../../main/domain/layers.js';
import { changeBetween, outlookOf } from '../../../../main/domain/plan/outlook.js';
import { partCounts } from '../../../../main/domain/plan/part-counts.js';
import { readPolicy } from '../../../../main/domain/policy/read.js';
import { container, inventory, now } from '../arbitrary.js';

const day = 86_400_000;
const policy = (text: string) => readPolicy('policy.yaml', `version: 1\n${text}`);
const none = policy('');

it('what a policy takes beside images is told, and counted by the part that takes it', () => {
  const finished = now - 30 * day;
  const [ended, young] = [
    container(1, 9, { finished, sizeRw: 10 }),
    container(2, 9, { finished: now - day, sizeRw: 5 }),
  ];
  const all = inventory([], { containers: [ended, young] });
  const index = new LayerIndex(all);
  const off = outlookOf(all, none, now, index);
  const on = outlookOf(all, policy('containers: { enabled: true }\n'), now, index);
  const bytes = { min: 10, max: 10, certainty: 'at-least' };
  const gone = [{ kind: 'container', id: ended.id, name: 'container-1', reclaimable: bytes }];
  expect(changeBetween(off, on, index)).toMatchObject({ moreOthers: gone, lessOthers: [] });
  expect(changeBetween(on, off, index)).toMatchObject({ moreOthers: [], lessOthers: gone });
  const nothing = { min: 0, max: 0, certainty: 'exact' };
  expect(partCounts(off.others).map(({ items }) => items)).toEqual([0, 0, 0]);
  expect(partCounts(on.others)).toEqual([
    { part: 'containers', items: 1, reclaimable: bytes },
    { part: 'networks', items: 0, reclaimable: nothing },
    { part: 'buildCache', items: 0, reclaimable: nothing },
  ]);
});
