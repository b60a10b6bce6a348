import type { Slices } from '../../main/contract/slices.js';
import type { OpenedSuggestion, SuggestionRow } from '../../main/contract/suggestions.js';
import { gaugeOf, gaugeOfSpace } from '../../main/domain/disk/gauge.js';
import type { VmDisk } from '../../main/domain/disk/types.js';
import { DAY, exact, NOW } from './base.js';
import { freedBy, keptBy } from './store.js';
import { slicesOf, smallStore, suggestions } from './synthetic.js';

export const slices = slicesOf(smallStore());

const vm: VmDisk = {
  kind: 'vm',
  file: '/home/ada/.docker/desktop/vms/0/data/Docker.raw',
  allocated: 58.1e9,
  limit: { bytes: 64e9, from: 'settings' },
  host: { of: '/home/ada', used: 466e9, available: 34e9 },
  inside: null,
  returns: 'shortly',
  close: true,
  oddity: null,
};

/** Both disks past their marks. */
export const full: Slices = {
  ...slices,
  gauges: {
    ...slices.gauges,
    engine: gaugeOf(vm),
    host: gaugeOfSpace({ of: '/home/ada', used: 466e9, available: 34e9 }),
    forecast: {
      fullAt: NOW + 0.9 * DAY,
      earliest: NOW + 0.5 * DAY,
      latest: NOW + 1.6 * DAY,
    },
  },
};

/** Linux without a VM: engine and host on one file system. */
const one = gaugeOfSpace({ of: '/var/lib/docker', used: 176e9, available: 324e9 });
export const oneDisk: Slices = {
  ...slices,
  gauges: { engine: one, host: one, same: true, at: NOW, forecast: null },
};

/** A disk file of which nothing says how far it may grow. */
export const partlyKnown: Slices = {
  ...slices,
  gauges: {
    ...slices.gauges,
    engine: gaugeOf({
      ...vm,
      allocated: 45.4e9,
      limit: { why: 'unreadable', about: '/home/ada/.docker/desktop/settings-store.json' },
    }),
    forecast: null,
  },
};

/** The first hours after Careen was set up: two samples, and a night's sleep between. */
export const few = {
  samples: [19, 18, 17, 16, 5, 4, 3, 1].map((ago) => ({
    at: NOW - (ago * DAY) / 24,
    used: 45.4e9 - ago * 0.1e9,
    available: 18.6e9 + ago * 0.1e9,
  })),
  cleanUps: [],
};
/** A year: a sample a day before the last month, and a laptop that slept for three weeks in between. */
export const year = {
  samples: [
    ...Array.from({ length: 336 }, (_, n) => 366 - n).filter((ago) => ago < 200 || ago > 221),
    ...Array.from({ length: 30 * 24 }, (_, n) => (30 * 24 - 1 - n) / 24),
  ].map((ago) => {
    const used = 20e9 + (366 - ago) * 0.05e9 + ((366 - ago) % 21) * 0.34e9;
    return { at: NOW - ago * DAY, used, available: 64e9 - used };
  }),
  cleanUps: [],
};
export const none = { samples: [], cleanUps: [] };
export const young: Slices = { ...slices, gauges: { ...slices.gauges, forecast: null } };

const common = { urgent: false, items: 3, safety: 'safe', act: 'plan' } as const;
const LONG =
  'registry.internal.example-company.com:5000/platform-engineering/developer-experience/backend-for-frontend-gateway';

/** More than the overview shows at first, with names as long as they come. */
const rows: SuggestionRow[] = [
  {
    ...common,
    key: 'fills-first',
    urgent: true,
    evidence: { id: 'fills-first', fullAt: NOW + 2.4 * DAY, nextRun: NOW + 6 * DAY },
    bytes: { min: 6.1e9, max: 8.4e9, certainty: 'range' },
  },
  {
    ...common,
    key: 'superseded long',
    evidence: {
      id: 'superseded',
      repository: LONG,
      images: 14,
      newer: 2,
      names: [`${LONG}:2026.11.3-build.1482`],
    },
    bytes: exact(12_600_000_000),
  },
  {
    ...common,
    key: 'project-gone long',
    evidence: {
      id: 'project-gone',
      project: 'customer-portal-integration-environment',
      folder: '/home/ada/work/customers/northwind/customer-portal-integration-environment',
      images: 4,
      containers: 6,
      volumes: 3,
      networks: 1,
    },
    bytes: { min: 3.4e9, max: 3.4e9, certainty: 'at-least' },
    safety: 'data',
  },
  ...suggestions.rows,
  {
    ...common,
    key: 'exited-containers',
    evidence: {
      id: 'exited-containers',
      containers: 9,
      images: 5,
      names: ['notebook-run-7', 'notebook-run-8', 'migrate'],
    },
    bytes: exact(4_200_000_000),
    safety: 'asks',
  },
  {
    ...common,
    key: 'same-content',
    evidence: { id: 'same-content', images: 3, names: [`${LONG}:a`, `${LONG}:b`] },
    bytes: exact(0),
    safety: 'told',
  },
  {
    ...common,
    key: 'foreign-platform',
    evidence: {
      id: 'foreign-platform',
      platforms: ['linux/amd64'],
      own: 'linux/arm64',
      images: 2,
      names: ['postgres:16', 'redis:7'],
    },
    bytes: exact(403_000_000),
  },
  {
    ...common,
    key: 'writes-much',
    evidence: { id: 'writes-much', container: 'elasticsearch', state: 'running' },
    bytes: exact(5_300_000_000),
    safety: 'told',
    act: 'advice',
  },
  {
    ...common,
    key: 'host-bytes',
    evidence: { id: 'host-bytes', file: vm.file ?? '', returns: 'restart' },
    bytes: exact(9_800_000_000),
    safety: 'told',
    act: 'advice',
  },
  {
    ...common,
    key: 'policy-rule',
    evidence: { id: 'policy-rule', list: 'keep', rule: 'everything', fault: 'keeps-everything' },
    bytes: null,
    safety: 'told',
    act: 'policy',
  },
];
const LEAST_MEASURED = NOW - DAY / 8;
export const manySuggestions: Slices = {
  ...slices,
  suggestions: { rows, dismissed: 0, at: NOW, measuredAt: LEAST_MEASURED },
};
export const noSuggestions: Slices = {
  ...slices,
  suggestions: { rows: [], dismissed: 0, at: NOW, measuredAt: LEAST_MEASURED },
};

/** What the rule keeps that is told of. */
const kept = keptBy(slices.images.upsert, 'recent');

export const opened: Record<string, OpenedSuggestion> = {
  'costly-keep recent': {
    kind: 'policy',
    edit: { edit: 'remove-rule', list: 'keep', id: 'recent' },
    more: kept.map(({ id, refs }, n) => ({
      id,
      refs: n === 0 ? [`${LONG}:2026.11.3-build.1482`] : refs,
    })),
    bytes: freedBy(kept),
  },
  'unbounded-logs all': { kind: 'advice', advice: { advice: 'limit-logs' } },
  'host-bytes': { kind: 'advice', advice: { advice: 'give-back', product: 'docker-desktop' } },
};

export const paused: Slices = {
  ...slices,
  updates: { ...slices.updates, nextAt: NOW + 3 * DAY },
  run: { ...slices.run, next: { cause: 'schedule', at: NOW + 3.125 * DAY } },
  settings: { ...slices.settings, pausedUntil: NOW + 3 * DAY, launchAtLogin: true },
};
