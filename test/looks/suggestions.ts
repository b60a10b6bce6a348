import type { ImageRow } from '../../main/contract/slices.js';
import type { SuggestionsSlice } from '../../main/contract/suggestions.js';
import { sumOf } from '../../main/domain/plan/sum.js';
import { suggest } from '../../main/domain/suggestions/suggest.js';
import { rowOf } from '../../main/services/suggestions/rows.js';
import { DAY, NOW } from './base.js';
import { cacheBytes, others } from './kinds.js';
import { freedBy, groundOf, keptBy } from './store.js';

const common = { urgent: false, items: 0 };

/**
 * Suggestions of these images, and of what there is beside them: one of each way on.
 *
 * @param rule the keep rule that holds most
 */
export function suggestionsOf(rows: readonly ImageRow[], rule = 'recent'): SuggestionsSlice {
  const superseded = suggest(groundOf(rows)).find(({ key }) => key === 'superseded myorg/api');
  if (!superseded) throw new Error('nothing is superseded here');
  // Without it another rule would keep them here, so that the domain does not tell of it.
  const kept = keptBy(rows, rule);
  const unused = others.filter(({ decidedBy }) => decidedBy.code === 'by-name-only');
  const cache = others.filter(({ kind }) => kind === 'buildCache');
  return {
    rows: [
      rowOf(superseded),
      {
        ...common,
        key: 'build-cache all',
        evidence: { id: 'build-cache', bytes: cacheBytes, unusedFor: 7 * DAY, keep: 5e9 },
        bytes: sumOf(cache.map(({ reclaimable }) => reclaimable)),
        safety: 'safe',
        items: 1,
        act: 'plan',
      },
      {
        ...common,
        key: `costly-keep ${rule}`,
        evidence: { id: 'costly-keep', rule, images: kept.length },
        bytes: freedBy(kept),
        safety: 'told',
        act: 'policy',
      },
      {
        ...common,
        key: 'unused-volumes all',
        evidence: {
          id: 'unused-volumes',
          volumes: unused.length,
          first: unused.map(({ name, lastUsed }) => ({
            name,
            mountedAt: null,
            by: lastUsed?.by ?? null,
            at: lastUsed?.at ?? null,
          })),
        },
        bytes: sumOf(unused.map(({ reclaimable }) => reclaimable)),
        safety: 'data',
        items: unused.length,
        act: 'plan',
      },
      {
        ...common,
        key: 'unbounded-logs all',
        evidence: {
          id: 'unbounded-logs',
          containers: 6,
          running: 4,
          names: ['web', 'db', 'proxy'],
        },
        bytes: null,
        safety: 'told',
        act: 'advice',
      },
    ],
    dismissed: 1,
    at: NOW,
    measuredAt: null,
  };
}
