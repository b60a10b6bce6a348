import type { JudgedOther, OtherKind } from '../verdict/types.js';
import { compare } from './order.js';
import type { PlanItem } from './types.js';

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

/**
 * Whether what may go of a kind stands ticked in a plan: a container's writable layer cannot come back,
 * so it does not; networks and build cache are by-products; a volume goes only when a person names it
 * (JUDGING §6).
 */
export const isTickedKind = (kind: OtherKind): boolean =>
  kind === 'network' || kind === 'buildCache';

function itemOf({ kind, id, name, reclaimable, decidedBy, project }: JudgedOther): PlanItem {
  return {
    kind,
    id,
    refs: kind === 'buildCache' ? [] : [name],
    reclaimable,
    reason: decidedBy,
    recoverable: { state: 'no' },
    ticked: isTickedKind(kind),
    group: kind === 'container' ? 'unrecoverable' : null,
    after: [],
    belongsTo: project,
  };
}
