import type { MoveOver, UpdatePreview } from '../../main/contract/update-preview.js';
import { DAY, NOW } from './base.js';
import { rowOf } from './updates.js';

/** What a container's row says of it and of its update: its preview says no other. */
function toldOf(name: string): Pick<UpdatePreview, 'id' | 'reference' | 'from' | 'to'> {
  const { id, reference, now: from, verdict } = rowOf(name);
  if (verdict.state !== 'available') throw new Error(`no update of ${name}`);
  return { id, reference, from, to: { ...verdict.to, imageId: null } };
}

/** What an update of the database would change. */
const preview: UpdatePreview = {
  container: 'db',
  ...toldOf('db'),
  pull: 156e6,
  link: 'https://github.com/docker-library/postgres/releases',
  changes: [
    {
      kind: 'inherited',
      area: 'env',
      name: 'PG_VERSION',
      before: '16.4-1',
      after: '16.6-1',
      secret: false,
    },
    { kind: 'inherited', area: 'env', name: 'GOSU', before: '1.16', after: '1.17', secret: false },
    {
      kind: 'dropped',
      area: 'hostname',
      name: null,
      before: '7c1e09ab42d1',
      after: null,
      secret: false,
    },
    {
      kind: 'kept',
      area: 'ports',
      name: null,
      before: null,
      after: '127.0.0.1:5432 → 5432',
      secret: false,
    },
    {
      kind: 'kept',
      area: 'volume',
      name: null,
      before: null,
      after: 'shop_pgdata → /var/lib/postgresql/data',
      secret: false,
    },
    {
      kind: 'kept',
      area: 'network',
      name: null,
      before: null,
      after: 'shop_default as db',
      secret: false,
    },
    {
      kind: 'kept',
      area: 'env',
      name: 'POSTGRES_PASSWORD',
      before: null,
      after: 'correct-horse',
      secret: true,
    },
    {
      kind: 'kept',
      area: 'restart',
      name: null,
      before: null,
      after: 'unless-stopped',
      secret: false,
    },
    ...['init', 'log options', 'ulimits', 'labels', 'shm size', 'cap add', 'dns'].map((area) => ({
      kind: 'kept' as const,
      area,
      name: null,
      before: null,
      after: 'as it was',
      secret: false,
    })),
  ],
  anonymous: [{ volume: '9f'.repeat(32), at: '/var/cache' }],
  writable: { bytes: 0, paths: [] },
  dependants: [
    { container: 'api', act: 'none' },
    { container: 'worker', act: 'none' },
  ],
  keepsData: [{ kind: 'volume', name: 'shop_pgdata', at: '/var/lib/postgresql/data' }],
  copy: { volumes: ['shop_pgdata'], bytes: 610e6 },
  hooks: [],
  heldBack: null,
  refused: null,
  composeRecreates: false,
  service: null,
};

/** One that would lose data, runs hooks, and takes others along. */
const harshPreview: UpdatePreview = {
  ...preview,
  container: 'search',
  ...toldOf('search'),
  changes: null,
  pull: null,
  link: null,
  writable: { bytes: 12e6, paths: ['/usr/share/opensearch/plugins', '/tmp/index'] },
  dependants: [
    { container: 'dashboards', act: 'restart' },
    { container: 'sidecar', act: 'recreate' },
  ],
  copy: null,
  hooks: [
    { when: 'pre-update', command: '/usr/local/bin/drain --wait 30' },
    { when: 'post-update', command: '/usr/local/bin/warm' },
  ],
  heldBack: { code: 'min-age', until: NOW + 2 * DAY },
  composeRecreates: true,
};

export const moveOver: MoveOver = {
  updater: { tool: 'Watchtower', container: 'watchtower' },
  default: { mode: 'auto', every: DAY, hooks: false },
  entries: [
    {
      container: 'proxy',
      wanted: 'auto',
      without: 'notify',
      because: ['com.centurylinklabs.watchtower.enable=true'],
    },
    {
      container: 'cache',
      wanted: 'auto',
      without: 'notify',
      because: ['--label-enable', 'com.centurylinklabs.watchtower.enable=true'],
    },
  ],
  left: ['--rolling-restart', '--notifications=slack'],
  yaml: `update:
  check: { every: 1d }
  default: { mode: auto }
  containers:
    - { match: proxy, mode: auto }
    - { match: cache, mode: auto }
`,
};

/** By container; of every other the registry did not answer. */
export const previews: Record<string, UpdatePreview> = {
  db: preview,
  search: harshPreview,
  mail: {
    ...preview,
    container: 'mail',
    ...toldOf('mail'),
    keepsData: [],
    copy: null,
    heldBack: null,
  },
};
export const previewFailed = {
  code: 'registry-silent',
  details: { registry: 'docker.io', seconds: 30 },
};
