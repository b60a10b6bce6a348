import type { UpdateRun } from '../../main/contract/runs.js';
import type { KeptVersion, UpdateRow, UpdatesSlice } from '../../main/contract/updates.js';
import type { UpdatePreview } from '../../main/contract/update-preview.js';
import type { UpdatedContainer, UpdateResult } from '../../main/contract/update-steps.js';
import { serviceProof } from '../../main/domain/swarm/subject.js';
import type { Version } from '../../main/domain/update/types.js';

export const now = Date.UTC(2026, 10, 24, 12);
const day = 86_400_000;
const digestOf = (n: number) => `sha256:${String(n).repeat(64)}`;

export const version = (tag: string, n: number): Version => ({
  tag,
  digest: digestOf(n),
  imageId: digestOf(n),
  created: now - n * day,
  label: null,
});

export const kept = (tag: string, n: number, more: Partial<KeptVersion> = {}): KeptVersion => ({
  ...version(tag, n),
  imageId: digestOf(n),
  replacedAt: now - day,
  until: now + 6 * day,
  proven: true,
  bytes: 100_000_000,
  copies: [],
  ...more,
});

/** A container of a person's with an update. */
export const row = (more: Partial<UpdateRow> = {}): UpdateRow => ({
  kind: 'container',
  container: 'web',
  id: 'c1',
  imageId: digestOf(4),
  reference: 'acme/web:16',
  state: 'running',
  health: 'healthy',
  now: version('16.4', 4),
  verdict: { state: 'available', to: { ...version('16.6', 6), imageId: null }, source: 'registry' },
  error: null,
  majorWithData: false,
  checkedAt: now,
  firstSeen: now - 3_600_000,
  newTags: ['16.6', '16.5'],
  mode: 'notify',
  reason: { by: 'default', rule: 'update.default' },
  owner: { kind: 'person', tool: 'a person', unit: null, command: null, proof: '' },
  heldBack: null,
  unproven: null,
  kept: [],
  recreatedAt: null,
  ...more,
});

/** A service of a swarm with an update. */
export const service = (more: Partial<UpdateRow> = {}): UpdateRow =>
  row({
    kind: 'service',
    id: 's1',
    health: 'none',
    owner: {
      kind: 'swarm',
      tool: 'Swarm',
      unit: 'web',
      command: 'docker service update --image acme/web:16 web',
      proof: serviceProof,
    },
    ...more,
  });

/** One that a tool made, which would not know a copy. */
export const owned = (more: Partial<UpdateRow> = {}): UpdateRow =>
  row({
    container: 'ddev-shop-web',
    id: 'c2',
    mode: 'tell',
    reason: { by: 'owner', kind: 'devstack', tool: 'DDEV' },
    owner: {
      kind: 'devstack',
      tool: 'DDEV',
      unit: 'shop',
      command: 'ddev restart',
      proof: 'com.ddev.site-name',
    },
    ...more,
  });

export const slice = (rows: UpdateRow[], more: Partial<UpdatesSlice> = {}): UpdatesSlice => ({
  checking: false,
  checkedAt: now,
  nextAt: null,
  rows,
  limits: [],
  swarm: null,
  kept: { for: 7 * day, versions: 1 },
  recorded: [],
  ...more,
});

export const preview = (more: Partial<UpdatePreview> = {}): UpdatePreview => ({
  container: 'web',
  id: 'c1',
  reference: 'acme/web:16',
  from: version('16.4', 4),
  to: { ...version('16.6', 6), imageId: null },
  pull: 34_000_000,
  link: 'https://example.com/changes',
  changes: [
    {
      kind: 'inherited',
      area: 'env',
      name: 'PG_VERSION',
      before: '16.4',
      after: '16.6',
      secret: false,
    },
    { kind: 'dropped', area: 'hostname', name: null, before: 'c1', after: null, secret: false },
    {
      kind: 'kept',
      area: 'env',
      name: 'POSTGRES_PASSWORD',
      before: 'hunter2',
      after: 'hunter2',
      secret: true,
    },
  ],
  anonymous: [],
  writable: { bytes: 0, paths: [] },
  dependants: [{ container: 'api', act: 'restart' }],
  keepsData: [{ kind: 'volume', name: 'pgdata', at: '/var/lib/postgresql/data' }],
  copy: { volumes: ['pgdata'], bytes: 40_000_000 },
  hooks: [],
  heldBack: null,
  refused: null,
  composeRecreates: false,
  service: null,
  ...more,
});

export const updated = (
  result: UpdateResult,
  more: Partial<UpdatedContainer> = {},
): UpdatedContainer => ({
  container: 'web',
  reference: 'acme/web:16',
  from: version('16.4', 4),
  to: version('16.6', 6),
  result,
  downFor: 1_200,
  steps: [],
  data: ['pgdata'],
  recovered: null,
  ...more,
});

export const updateRun = (
  containers: UpdatedContainer[],
  more: Partial<UpdateRun> = {},
): UpdateRun => ({
  runId: 'r-1',
  kind: 'update',
  by: 'cli',
  engine: 'Docker Engine',
  startedAt: now,
  endedAt: now + 60_000,
  outcome: 'done',
  containers,
  ...more,
});

export const rolledBack: UpdateResult = {
  state: 'rolled-back',
  why: { code: 'exited', exitCode: 1 },
  log: ['FATAL: no such table'],
};
