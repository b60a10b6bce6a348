import type { SuggestionsSlice } from '../../main/contract/suggestions.js';
import { NOW as now, exact } from './base.js';

const common = { urgent: false, items: 0 };

/** Suggestions as the overview lists them, one of each way on. */
export const suggestions: SuggestionsSlice = {
  rows: [
    {
      ...common,
      key: 'superseded myorg/api',
      evidence: {
        id: 'superseded',
        repository: 'myorg/api',
        images: 5,
        newer: 3,
        names: ['myorg/api:1.1', 'myorg/api:1.2', 'myorg/api:1.3'],
      },
      bytes: exact(2_600_000_000),
      safety: 'safe',
      items: 5,
      act: 'plan',
    },
    {
      ...common,
      key: 'build-cache all',
      evidence: { id: 'build-cache', bytes: 7_400e6, unusedFor: 7 * 86_400_000, keep: 5e9 },
      bytes: { min: 0, max: 1_700_000_000, certainty: 'at-most' },
      safety: 'safe',
      items: 1,
      act: 'plan',
    },
    {
      ...common,
      key: 'costly-keep lately',
      evidence: { id: 'costly-keep', rule: 'lately', images: 12 },
      bytes: exact(1_900_000_000),
      safety: 'told',
      act: 'policy',
    },
    {
      ...common,
      key: 'unused-volumes all',
      evidence: {
        id: 'unused-volumes',
        volumes: 4,
        first: [{ name: 'pgdata', mountedAt: '/var/lib/postgresql/data', by: 'db', at: now - 9e9 }],
      },
      bytes: exact(610_000_000),
      safety: 'data',
      items: 4,
      act: 'plan',
    },
    {
      ...common,
      key: 'unbounded-logs all',
      evidence: { id: 'unbounded-logs', containers: 6, running: 4, names: ['web', 'db', 'proxy'] },
      bytes: null,
      safety: 'told',
      act: 'advice',
    },
  ],
  dismissed: 1,
  at: now,
  measuredAt: null,
};
