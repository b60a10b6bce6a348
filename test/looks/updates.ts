import type { KeptVersion, UpdateRow, UpdatesSlice } from '../../main/contract/updates.js';
import type { Owner } from '../../main/domain/owners/types.js';
import type { Version } from '../../main/domain/update/types.js';
import { DAY, NOW } from './base.js';

const HOUR = 3_600_000;
const hex = (seed: string) => `sha256:${seed.repeat(64).slice(0, 64)}`;

export const version = (
  tag: string | null,
  label: string | null,
  seed: string,
  age: number,
): Version => ({
  tag,
  digest: hex(seed),
  imageId: hex(`${seed}1`),
  created: NOW - age * DAY,
  label,
});

const person: Owner = { kind: 'person', tool: 'docker', unit: null, command: null, proof: '' };
const compose: Owner = {
  kind: 'compose',
  tool: 'Compose',
  unit: 'shop',
  command: 'docker compose -p shop pull db && docker compose -p shop up -d db',
  proof: 'com.docker.compose.config-hash',
};

const base = {
  kind: 'container',
  state: 'running',
  health: 'none',
  error: null,
  checkedAt: NOW - 2 * HOUR,
  firstSeen: null,
  newTags: [],
  mode: 'notify',
  reason: { by: 'default', rule: 'update.default' },
  owner: person,
  heldBack: null,
  majorWithData: false,
  unproven: null,
  kept: [],
  recreatedAt: null,
} satisfies Partial<UpdateRow>;

type Given = Pick<UpdateRow, 'container' | 'reference' | 'now' | 'verdict'> & Partial<UpdateRow>;
const row = (given: Given): UpdateRow => ({
  ...base,
  id: given.container.padEnd(64, '0'),
  imageId: given.now.imageId ?? hex('0'),
  ...given,
});

const current = { state: 'current' } as const;
const available = (to: Version, source: 'registry' | 'pulled' | 'built' = 'registry') =>
  ({ state: 'available', to, source }) as const;

const kept = (v: Version, over: Partial<KeptVersion> = {}): KeptVersion => ({
  ...v,
  imageId: v.imageId ?? hex('0'),
  replacedAt: NOW - DAY,
  until: NOW + 6 * DAY,
  proven: true,
  bytes: 153e6,
  copies: [],
  ...over,
});

/** What the two that are told most of run now. */
export const old = {
  db: version('16', '16.4', 'a4', 60),
  mail: version('v1', '1.21.4', 'b4', 40),
};

const names = new Intl.Collator('en', { numeric: true });
/** As main gives them. */
const byName = (a: UpdateRow, b: UpdateRow) => names.compare(a.container, b.container);

/** Containers as a developer has them: every way that a row can stand. */
export const rows: UpdateRow[] = [
  row({
    container: 'db',
    reference: 'postgres:16',
    now: old.db,
    verdict: available(version('16', '16.6', 'a6', 2)),
    firstSeen: NOW - 2 * DAY,
    health: 'healthy',
    owner: compose,
    kept: [
      kept(version('16', '16.3', 'a3', 120), {
        copies: [{ volume: 'shop_pgdata', copy: 'careen-copy-1', bytes: 610e6 }],
      }),
      kept(version('16', '16.2', 'a2', 190), { proven: false, bytes: 149e6 }),
    ],
  }),
  row({
    container: 'proxy',
    reference: 'nginx:1.27.2',
    now: version('1.27.2', null, 'c2', 50),
    verdict: available(version('1.27.3', null, 'c3', 5)),
    firstSeen: NOW - 5 * DAY,
    newTags: ['1.27.3', '1.27.3-perl', '1.28.0'],
    owner: compose,
    reason: { by: 'entry', rule: 'update.containers[0]' },
  }),
  row({
    container: 'dev',
    reference: 'mcr.microsoft.com/playwright:latest',
    now: version('latest', null, 'd1', 90),
    verdict: available(version('latest', null, 'd2', 9), 'pulled'),
    firstSeen: NOW - 9 * DAY,
    state: 'exited',
    heldBack: { code: 'not-running' },
  }),
  row({
    container: 'search',
    reference: 'opensearchproject/opensearch:2',
    now: version('2', '2.17.1', 'e1', 60),
    verdict: available(version('2', '2.18.0', 'e2', 1)),
    firstSeen: NOW - 20 * HOUR,
    health: 'unhealthy',
    mode: 'auto',
    reason: { by: 'name', rule: 'update.containers[2]' },
    heldBack: { code: 'min-age', until: NOW + 2 * DAY },
  }),
  row({
    container: 'mail',
    reference: 'ghcr.io/axllent/mailpit:v1',
    now: old.mail,
    verdict: available(version('v1', '1.21.5', 'b5', 6)),
    firstSeen: NOW - 6 * DAY,
    mode: 'auto',
    reason: { by: 'name', rule: 'update.containers[1]' },
    heldBack: { code: 'rolled-back', at: NOW - 6 * DAY },
  }),
  row({
    container: 'supabase_db_app',
    reference: 'public.ecr.aws/supabase/postgres:15.6.1',
    now: version('15.6.1', null, 'f1', 120),
    verdict: available(version('15.8.1', null, 'f2', 14)),
    firstSeen: NOW - 14 * DAY,
    mode: 'tell',
    reason: { by: 'owner', kind: 'devstack', tool: 'Supabase' },
    owner: {
      kind: 'devstack',
      tool: 'Supabase',
      unit: 'app',
      command: 'supabase stop && supabase start',
      proof: 'com.supabase.cli.project',
    },
  }),
  row({
    container: 'registry',
    reference: 'registry.acme.internal:5000/tools/registry-mirror:3.1',
    now: version('3.1', null, '91', 200),
    verdict: current,
    error: {
      code: 'registry-auth',
      details: {
        registry: 'registry.acme.internal:5000',
        repository: 'tools/registry-mirror',
        why: 'not-signed-in',
      },
    },
  }),
  row({
    container: 'legacy',
    reference: 'bitnami/redis:6.0',
    now: version('6.0', '6.0.16', '92', 900),
    verdict: { state: 'gone' },
    state: 'restarting',
  }),
  row({
    container: 'metrics',
    reference: 'prom/prometheus:v3',
    now: version('v3', '3.0.0', '93', 20),
    verdict: available(version('v3', '3.0.1', '94', 3)),
    firstSeen: NOW - 3 * DAY,
    heldBack: { code: 'snoozed', until: NOW + 4 * DAY },
    reason: { by: 'label', label: 'com.centurylinklabs.watchtower.monitor-only' },
  }),
  row({
    container: 'queue',
    reference: 'rabbitmq:4-management',
    now: version('4-management', '4.0.3', '95', 30),
    verdict: available(version('4-management', '4.0.4', '96', 4)),
    firstSeen: NOW - 4 * DAY,
    heldBack: { code: 'skipped' },
  }),
  row({
    container: 'cache',
    reference: 'redis:7.4',
    now: version('7.4', '7.4.1', '97', 30),
    verdict: current,
    mode: 'auto',
    reason: { by: 'entry', rule: 'update.containers[0]' },
    kept: [kept(version('7.4', '7.4.0', '98', 80), { bytes: null })],
  }),
  row({
    container: 'grafana',
    reference: 'grafana/grafana:11.3.0',
    now: version('11.3.0', null, '99', 11),
    verdict: current,
    health: 'starting',
    unproven: { since: NOW - 40_000, runId: 'u9' },
  }),
  row({
    container: 'traefik',
    reference: 'traefik:v3.2',
    now: version('v3.2', null, '9a', 12),
    verdict: current,
    recreatedAt: NOW - 3 * HOUR,
    state: 'paused',
  }),
  row({
    container: 'api',
    reference: 'myorg/api:1.14.0',
    now: { tag: '1.14.0', digest: null, imageId: hex('9b'), created: NOW - DAY, label: null },
    verdict: { state: 'not-checked', why: 'local-build' },
    owner: compose,
  }),
  row({
    container: 'buildx_buildkit_default0',
    reference: `moby/buildkit@${hex('86c0ad9d1137c186e9d455912167df20')}`,
    now: version(null, '0.17.2', '9c', 30),
    verdict: { state: 'not-checked', why: 'pinned' },
    mode: 'tell',
    reason: { by: 'owner', kind: 'builder', tool: 'buildx' },
    owner: {
      kind: 'builder',
      tool: 'buildx',
      unit: 'default',
      command: 'docker buildx rm default && docker buildx create --name default',
      proof: 'buildx_buildkit_default0',
    },
  }),
  row({
    container: 'kind-control-plane',
    reference: 'kindest/node:v1.31.2',
    now: version('v1.31.2', null, '9d', 40),
    verdict: { state: 'not-checked', why: 'ignored' },
    mode: 'ignore',
    reason: { by: 'owner', kind: 'cluster', tool: 'kind' },
    owner: {
      kind: 'cluster',
      tool: 'kind',
      unit: 'kind',
      command: null,
      proof: 'io.x-k8s.kind.cluster',
    },
  }),
].sort(byName);

export function rowOf(container: string): UpdateRow {
  const row = rows.find((one) => one.container === container);
  if (!row) throw new Error(`no container ${container}`);
  return row;
}

export const updates: UpdatesSlice = {
  checking: false,
  checkedAt: NOW - 2 * HOUR,
  nextAt: NOW + 4 * HOUR,
  rows,
  limits: [],
  swarm: null,
  kept: { for: 7 * DAY, versions: 1 },
  recorded: [],
};

/** The row after a rollback by a person, that keeps what it ran. */
export function rolledBackFrom(one: UpdateRow): UpdateRow {
  if (one.heldBack?.code !== 'rolled-back' || one.verdict.state !== 'available') return one;
  return { ...one, kept: [kept(one.verdict.to)] };
}

/** As many containers as the table has to bear. */
export function manyRows(n: number): UpdateRow[] {
  return Array.from({ length: n }, (_, i) => {
    const like = rows[i % rows.length]!;
    return {
      ...like,
      container: `team${i % 7}-${like.container}-${i}`,
      id: `${i}`.padStart(64, '0'),
    };
  }).sort(byName);
}
