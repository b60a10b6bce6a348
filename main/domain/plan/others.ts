import type { JudgedOther, OtherKind } from '../verdict/types.js';
import { compare } from './order.js';
import type { PlanItem } from './types.js';
import { groupOf, untickOfKind } from './untick.js';

const order: OtherKind[] = ['container', 'network', 'volume', 'buildCache'];

/**
 * Items beside images, in the order of running: those that go before images, and the build cache,
 * which is pruned last since images pin it (ACCOUNTING). Of containers the longest ended first.
 */
export function otherItems(others: readonly JudgedOther[]): {
  before: PlanItem[];
  after: PlanItem[];
} {
  const items = others
    .filter(({ kind, verdict, nameable }) => (kind === 'volume' ? nameable : verdict === 'remove'))
    .sort(
      (a, b) =>
        order.indexOf(a.kind) - order.indexOf(b.kind) ||
        (a.lastUsed?.at ?? 0) - (b.lastUsed?.at ?? 0) ||
        compare(a.id, b.id),
    )
    .map(itemOf);
  return {
    before: items.filter(({ kind }) => kind !== 'buildCache'),
    after: items.filter(({ kind }) => kind === 'buildCache'),
  };
}

function itemOf({ kind, id, name, reclaimable, decidedBy, project }: JudgedOther): PlanItem {
  const untick = untickOfKind(kind);
  return {
    kind,
    id,
    refs: kind === 'buildCache' ? [] : [name],
    reclaimable,
    reason: decidedBy,
    recoverable: { state: 'no' },
    ticked: untick === null,
    untick,
    group: untick && groupOf(untick),
    after: [],
    belongsTo: project,
  };
}
