import type { EngineSlice, ImageRow, Slices } from '../../main/contract/slices.js';
import { gaugeOf, gaugeOfSpace } from '../../main/domain/disk/gauge.js';
import { DAY, exact, NOW } from './base.js';
import { rules, undoneOf } from './kinds.js';
import { goes, runOf } from './runs.js';
import { suggestions } from './suggestions.js';
import { updateRuns } from './update-runs.js';
import { updates } from './updates.js';

export const HOME = '/home/ada/.config/careen';

const hex = (n: number) => `sha256:${(0xabc000 + n).toString(16)}${'7'.repeat(58)}`;

const repositories = [
  ['myorg/api', 212e6, 8],
  ['postgres', 362e6, 3],
  ['mcr.microsoft.com/playwright', 2.1e9, 3],
  ['mcr.microsoft.com/devcontainers/typescript-node', 980e6, 1],
  ['localstack/localstack', 1.1e9, 1],
  ['myorg/web', 88e6, 7],
  ['ghcr.io/myorg/storybook', 640e6, 2],
  ['node', 198e6, 2],
  ['python', 239e6, 2],
  ['redis', 41e6, 1],
] as const;

function projectOf(repository: string | null): string | null {
  if (repository === 'myorg/web' || repository === 'redis') return 'acme-web';
  return repository?.startsWith('myorg/') || repository === 'postgres' ? 'acme-shop' : null;
}

function row(
  n: number,
  repository: string | null,
  tag: string,
  unique: number,
  age: number,
): ImageRow {
  const newest = tag.endsWith('.0') || age < 12;
  const used = age < 5 ? ['api', 'db', 'dev'][n % 3] : undefined;
  const base = {
    id: hex(n),
    refs: repository === null ? [] : [`${repository}:${tag}`],
    repository,
    size: unique + 1.1e9,
    unique: exact(unique),
    created: NOW - age * DAY,
    used: NOW - age * DAY * 0.7,
    usedBy: used === undefined ? [] : [used],
    project: projectOf(repository),
    estimate: false,
    recoverable: repository?.startsWith('myorg') ? ('no' as const) : ('likely' as const),
    protected: null,
  };
  const decided = (decidedBy: ImageRow['decidedBy'], code: string, rule: string | null) => ({
    ...base,
    verdict: decidedBy === 'remove' ? ('remove' as const) : ('keep' as const),
    going: decidedBy === 'remove' && repository !== 'myorg/web',
    decidedBy,
    code,
    rule,
  });
  if (used !== undefined) return decided('hold', 'used', null);
  if (repository === 'postgres')
    return { ...decided('protect', 'rule', 'protect[0]'), protected: 'rule' };
  if (repository === 'localstack/localstack') return decided('hold', 'fact-unknown', null);
  if (repository === 'redis')
    return { ...decided('protect', 'rule', 'protect[1]'), protected: 'toggle' };
  return newest
    ? decided('keep', 'rule', 'recent')
    : decided('remove', 'rule', repository === null ? 'untagged' : 'stale');
}

/** A store as a developer has it: about fifty images, of several ages. */
export function smallStore(): ImageRow[] {
  const rows: ImageRow[] = [];
  for (const [repository, bytes, versions] of repositories)
    for (let v = 0; v < versions; v++)
      rows.push(
        row(rows.length, repository, `1.${14 - v}.${v}`, bytes * (1 - v * 0.06), 3 + v * 9),
      );
  for (let i = 0; i < 4; i++) rows.push(row(rows.length, null, '', 60e6 + i * 40e6, 20 + i));
  return rows;
}

/** A store as large as the table has to bear. */
export function largeStore(images: number): ImageRow[] {
  return Array.from({ length: images }, (_, n) =>
    row(
      n,
      `team${(n % 611) % 37}/service-${n % 611}`,
      `2.${n % 90}.${n % 7}`,
      1e6 + ((n * 7919) % 400) * 1e6,
      n % 200,
    ),
  );
}

export const engine: EngineSlice = {
  status: 'connected',
  facts: {
    endpoint: 'unix:///var/run/docker.sock',
    id: 'A:B',
    store: 'containerd',
    name: 'Docker Desktop',
    product: 'docker-desktop',
    version: '28.5.1',
    apiVersion: '1.51',
    platform: 'linux/arm64',
  },
  chosen: {
    name: 'desktop-linux',
    kind: 'context',
    endpoint: 'unix:///var/run/docker.sock',
    outcome: 'answers',
  },
  looked: [
    { name: 'DOCKER_HOST', kind: 'variable', endpoint: '', outcome: 'not-set' },
    {
      name: 'desktop-linux',
      kind: 'context',
      endpoint: 'unix:///var/run/docker.sock',
      outcome: 'answers',
    },
    { name: 'prod', kind: 'context', endpoint: 'ssh://ops@prod', outcome: 'remote' },
    {
      name: 'Colima',
      kind: 'socket',
      endpoint: 'unix:///home/ada/.colima/default/docker.sock',
      outcome: 'no-socket',
    },
    {
      name: 'Docker Engine',
      kind: 'socket',
      endpoint: 'unix:///run/docker.sock',
      outcome: 'no-permission',
    },
  ],
  since: NOW - 4000,
  error: null,
  contextMoved: null,
  asOf: null,
  otherUpdater: null,
};

export const noEngine: EngineSlice = {
  ...engine,
  status: 'none',
  facts: null,
  chosen: null,
  looked: engine.looked.map((place) =>
    place.outcome === 'answers' ? { ...place, outcome: 'silent' as const } : place,
  ),
  error: { code: 'engine-not-found', details: { looked: [] } },
};

export function slicesOf(rows: readonly ImageRow[]): Slices {
  const may = goes(rows);
  const going = may.filter((r) => r.going);
  const canGo = going.reduce((s, r) => s + r.unique.min, 0);
  const alone = rows.reduce((s, r) => s + r.unique.min, 0);
  const run = may.length > 1 ? runOf(rows) : null;
  return {
    engine,
    gauges: {
      engine: gaugeOf({
        kind: 'vm',
        file: '/home/ada/.docker/desktop/vms/0/data/Docker.raw',
        allocated: 45.4e9,
        limit: { bytes: 64e9, from: 'settings' },
        host: { of: '/home/ada', used: 360e9, available: 140e9 },
        inside: null,
        returns: 'shortly',
        close: true,
        oddity: null,
      }),
      host: gaugeOfSpace({ of: '/home/ada', used: 360e9, available: 140e9 }),
      same: false,
      at: NOW,
      forecast: { fullAt: NOW + 9 * DAY, earliest: NOW + 6 * DAY, latest: NOW + 14 * DAY },
    },
    images: {
      from: 0,
      to: 1,
      upsert: [...rows],
      remove: [],
      totals: {
        images: rows.length,
        onDisk: alone + 4.2e9,
        sumOfSizes: rows.reduce((s, r) => s + r.size, 0),
        canGo: { min: canGo, max: canGo * 1.1, certainty: 'range' },
        canGoImages: going.length,
        canGoOfImages: { min: canGo, max: canGo * 1.1, certainty: 'range' },
        couldGoImages: may.length - going.length,
        judgedAt: NOW - 120_000,
        rules,
        parts: [],
        policy: { source: 'default', file: `${HOME}/policy.yaml`, error: null, modeLowered: null },
      },
    },
    containers: { from: 0, to: 1, upsert: [], remove: [] },
    updates,
    run: {
      current: null,
      queued: 0,
      last: null,
      question: null,
      next: { cause: 'schedule', at: NOW + DAY / 8 },
      update: null,
    },
    suggestions,
    history: { head: run ? [undoneOf(run), run, ...updateRuns] : [], more: false, read: true },
    settings: {
      theme: 'system',
      language: 'en',
      pausedUntil: null,
      endpoint: null,
      otherAppsData: false,
      launchAtLogin: false,
      notify: { disk: true, failed: true, runs: true, updates: 'daily' },
      home: HOME,
      movedAside: [],
      welcomed: true,
    },
    fleet: { engines: [], together: false },
  };
}
